package resolve

import (
	"reflect"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/images"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// launchTemplateRule is what EC2 takes as the name of a launch template; see
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html.
var launchTemplateRule = nameRule{"a launch template name", lazyregexp.New(`^[a-zA-Z0-9().\-/_]{3,}$`), 128, "at least three letters, digits and ().-/_"}

// besideTemplate are the fields of every node group that a managed one says to
// EKS, and not in its launch template; see
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html. What is
// said of the image and the volume is looked at on its own.
var besideTemplate = []string{
	"instanceTypes", "capacityType", "version", "scaling", "subnets", "availabilityZones",
	"image", "volume", "labels", "taints", "tags", "role",
}

// checkGivenTemplate reports what a group says although its launch template
// exists and decides it.
func (r *resolver) checkGivenTemplate(at path, g spec.NodeGroup) {
	t, place := g.LaunchTemplate, at.at("launchTemplate")
	if t == nil {
		return
	}
	r.checkTemplateReference(place, *t)
	for _, field := range statedFields(reflect.ValueOf(g.NodeGroupBase)) {
		if !slices.Contains(besideTemplate, field) {
			r.report(diag.GivenTemplate, at.at(field), "say it in the template, or leave launchTemplate out", "the launch template decides %s", field)
		}
	}
	size := images.DefaultVolumeSize(g.Image.Family)
	if !reflect.DeepEqual(g.Volume, spec.Volume{Size: &size, Type: "gp3", Encrypted: true}) {
		r.report(diag.GivenTemplate, at.at("volume"), "say it in the template, or leave launchTemplate out", "the launch template decides volume")
	}
	if g.Image.ID != "" {
		r.report(diag.GivenTemplate, at.at("image", "id"), "name it in the template, and write withImage: true", "the launch template decides the image's id")
	}
	if t.WithImage && g.Image.Release != "" {
		r.report(diag.GivenTemplate, at.at("image", "release"), "leave it out, or withImage", "the launch template has the image, so there is no release to choose")
	}
	if g.CapacityType == spec.CapacityBlock {
		r.report(diag.GivenTemplate, at.at("capacityType"), "leave launchTemplate out", "what EKS looks for in the launch template of a Capacity Block, ekscc has to write")
	}
	r.checkTemplateGroups(place, at[len(at)-1])
}

func (r *resolver) checkTemplateReference(at path, t spec.GivenLaunchTemplate) {
	if (t.ID == "") == (t.Name == "") {
		r.report(diag.GivenTemplate, at, "write exactly one of them", "exactly one of id and name says which launch template it is")
	}
	if t.ID != "" {
		r.checkID(at.at("id"), "lt", t.ID)
	}
	if t.Name != "" {
		r.checkName(at.at("name"), launchTemplateRule, t.Name)
	}
	if t.Version < 1 {
		r.report(diag.GivenTemplate, at.at("version"), "", "the versions of a launch template count from 1, so there is no version %d", t.Version)
	}
}

// checkTemplateGroups reports security groups of the cluster that the nodes
// would have to be in.
func (r *resolver) checkTemplateGroups(at path, name string) {
	const hint = "leave launchTemplate out, or name existing groups in the template and in the rules"
	if group := r.cluster.NodeSecurityGroup; group != nil && group.ID == "" {
		r.report(diag.GivenTemplate, at, hint, "the launch template decides the security groups of the nodes, so they cannot be in that of cluster.nodeSecurityGroup")
	}
	if spec.NamedGroups(r.cluster.RuleSets())[spec.NodeGroupRef(name)] {
		r.report(diag.GivenTemplate, at, hint, "the launch template decides the security groups of the nodes, so a rule cannot name them by the node group %q", name)
	}
}

// statedFields are the names of the fields of a struct that are not empty, and
// of those that it embeds.
func statedFields(v reflect.Value) []string {
	var names []string
	for _, f := range reflect.VisibleFields(v.Type()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.Anonymous && !v.FieldByIndex(f.Index).IsZero() {
			names = append(names, name)
		}
	}
	return names
}
