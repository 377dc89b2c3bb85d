package resolve

import (
	"fmt"
	"github.com/ekscc/ekscc/internal/lazyregexp"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of the EC2NodeClass object.
const (
	maxSelectorTerms = 30
	maxSelectorTags  = 20
	maxBlockDevices  = 50
	maxHopLimit      = 64
)

// deviceName is the form of the name of a device; see
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html.
var deviceName = lazyregexp.New(`^(/dev/)?(sd|xvd|hd)[a-z][a-z0-9]*$`)

// reservedNodeTags are the keys of tags that Karpenter sets on nodes itself.
var reservedNodeTags = []string{"eks:eks-cluster-name", "karpenter.sh/nodepool", "karpenter.sh/nodeclaim", "karpenter.k8s.aws/ec2nodeclass"}

// checkEC2NodeClasses checks the node classes of Karpenter.
func (r *resolver) checkEC2NodeClasses(k *spec.Karpenter) {
	for _, name := range sortedKeys(k.NodeClasses) {
		class, at := k.NodeClasses[name], karpenterPath.at("nodeClasses", name)
		r.checkPoolName(at, name)
		r.checkImages(at, class)
		r.checkClassSubnets(at.at("subnetSelectorTerms"), class.SubnetSelectorTerms)
		r.checkClassGroups(at.at("securityGroupSelectorTerms"), class.SecurityGroupSelectorTerms)
		r.checkReservations(at.at("capacityReservationSelectorTerms"), class.CapacityReservationSelectorTerms)
		r.checkClassRole(at, k, class)
		r.checkBlockDevices(at.at("blockDeviceMappings"), class.BlockDeviceMappings)
		if m := class.MetadataOptions; m != nil && (m.HTTPPutResponseHopLimit < 1 || m.HTTPPutResponseHopLimit > maxHopLimit) {
			r.report(diag.NodeClass, at.at("metadataOptions", "httpPutResponseHopLimit"), "", "an answer goes 1 to %d hops, not %d", maxHopLimit, m.HTTPPutResponseHopLimit)
		}
		if class.Kubelet != nil {
			r.checkNodeClassKubelet(at.at("kubelet"), *class.Kubelet)
		}
		r.checkText(at.at("userData"), class.UserData)
		r.checkTags(at.at("tags"), class.Tags, r.cluster.Tags)
		r.checkReservedTags(at.at("tags"), class.Tags)
	}
	if len(k.NodeClasses) > 0 {
		r.checkReservedTags(clusterPath.at("tags"), r.cluster.Tags)
	}
}

func (r *resolver) checkReservedTags(at path, tags map[string]string) {
	for _, key := range sortedKeys(tags) {
		if slices.Contains(reservedNodeTags, key) || strings.HasPrefix(key, "kubernetes.io/cluster") {
			r.report(diag.NodeClass, at.at(key), "leave it out", "Karpenter itself sets the tag %q on nodes", key)
		}
	}
}

// checkClassRole checks what gives the nodes of a class their permissions.
func (r *resolver) checkClassRole(at path, k *spec.Karpenter, class spec.EC2NodeClass) {
	if class.Role != "" && class.InstanceProfile != "" {
		r.report(diag.NodeClass, at, "write one of them", "the node class has both a role and an instance profile")
	}
	if class.InstanceProfile != "" {
		r.checkName(at.at("instanceProfile"), instanceProfileRule, class.InstanceProfile)
	}
	if class.Role == "" {
		if class.IsWindows() && class.InstanceProfile == "" {
			r.report(diag.NodeClass, at, "name a role, or an instanceProfile", "nodes of Windows need a role of their own: that of karpenter.nodeRole lets in nodes of Linux")
		}
		return
	}
	r.checkRoleOfClass(at.at("role"), k, class)
}

// checkRoleOfClass checks an existing role. EKS knows its nodes' operating
// system by the type of its access entry, of which there is one.
func (r *resolver) checkRoleOfClass(at path, k *spec.Karpenter, class spec.EC2NodeClass) {
	name := class.Role[strings.LastIndex(class.Role, "/")+1:]
	if !r.checkName(at, roleNameRule, name) {
		return
	}
	if class.Role == k.NodeRole.Name {
		r.report(diag.NodeClass, at, "leave it out", "this is the role of karpenter.nodeRole, which node classes have anyway")
	}
	for _, other := range sortedKeys(k.NodeClasses) {
		if o := k.NodeClasses[other]; o.Role == class.Role && o.IsWindows() && !class.IsWindows() {
			r.report(diag.NodeClass, at, "take a role for each", "nodes of Windows have this role through the node class %q, and these run Linux", other)
		}
	}
	for _, key := range sortedKeys(r.cluster.Access) {
		if r.cluster.Access[key].Role == class.Role {
			r.report(diag.AccessPrincipal, clusterPath.at("access", key), "leave it out", "the node class at %s lets the role %q in already", strings.Join(at, "."), class.Role)
		}
	}
}

// selectorTerm is what terms of all kinds have, for their checks.
type selectorTerm struct {
	id, name string
	tags     map[string]string
	// other says whether anything else is stated.
	other bool
}

// checkTerms checks a list of terms: each selects by id, or by what else it
// has.
func (r *resolver) checkTerms(at path, kind string, terms []selectorTerm, words string) {
	if n := len(terms); n > maxSelectorTerms {
		r.report(diag.NodeClass, at, "", "%d terms; Karpenter takes %d", n, maxSelectorTerms)
	}
	for i, term := range terms {
		at := at.index(i)
		switch ways := countTrue(term.id != "", term.name != "", len(term.tags) > 0 || term.other); {
		case ways == 0:
			r.report(diag.NodeClass, at, "write "+words, "the term selects by nothing")
		case ways > 1:
			r.report(diag.NodeClass, at, "make a term of each; what any of them selects is taken", "the term selects in more than one way")
		}
		if term.id != "" {
			r.checkID(at.at("id"), kind, term.id)
		}
		r.checkSelectorTags(at.at("tags"), term.tags)
	}
}

func (r *resolver) checkSelectorTags(at path, tags map[string]string) {
	if n := len(tags); n > maxSelectorTags {
		r.report(diag.NodeClass, at, "", "%d tags; a term takes %d", n, maxSelectorTags)
	}
	for _, key := range sortedKeys(tags) {
		if key == "" || tags[key] == "" {
			r.report(diag.NodeClass, at.at(key), `write "*" for any value`, "the key or the value of a tag is empty")
		}
	}
}

func (r *resolver) checkClassSubnets(at path, terms []spec.SubnetSelectorTerm) {
	if terms != nil && len(terms) == 0 {
		r.report(diag.NodeClass, at, "leave it out for the private subnets", "no term selects subnets")
	}
	var all []selectorTerm
	for _, t := range terms {
		all = append(all, selectorTerm{id: t.ID, tags: t.Tags})
	}
	r.checkTerms(at, "subnet", all, "an id or tags")
}

func (r *resolver) checkClassGroups(at path, terms []spec.SecurityGroupSelectorTerm) {
	if terms != nil && len(terms) == 0 {
		r.report(diag.NodeClass, at, "leave it out for those of node groups", "no term selects security groups")
	}
	var all []selectorTerm
	for _, t := range terms {
		all = append(all, selectorTerm{id: t.ID, name: t.Name, tags: t.Tags})
	}
	r.checkTerms(at, "sg", all, "an id, a name or tags")
}

func (r *resolver) checkReservations(at path, terms []spec.CapacityReservationSelectorTerm) {
	var all []selectorTerm
	for i, t := range terms {
		all = append(all, selectorTerm{id: t.ID, tags: t.Tags, other: t.InstanceMatchCriteria != ""})
		if t.OwnerID != "" && t.ID != "" {
			r.report(diag.NodeClass, at.index(i).at("ownerID"), "leave it out", "an id says which reservation it is")
		}
	}
	if terms != nil && len(terms) == 0 {
		r.report(diag.NodeClass, at, "leave it out", "no term selects capacity reservations")
	}
	r.checkTerms(at, "cr", all, "an id, tags or instanceMatchCriteria")
}

// checkBlockDevices checks the disks of nodes.
func (r *resolver) checkBlockDevices(at path, disks map[string]spec.NodeClassVolume) {
	if n := len(disks); n > maxBlockDevices {
		r.report(diag.NodeClass, at, "", "%d disks; Karpenter takes %d", n, maxBlockDevices)
	}
	root := ""
	for _, name := range sortedKeys(disks) {
		at, disk := at.at(name), disks[name]
		if !deviceName.MatchString(name) {
			r.report(diag.NodeClass, at, `such as "/dev/xvda"`, "%q is not the name of a device", name)
		}
		if disk.RootVolume != nil && *disk.RootVolume {
			if root != "" {
				r.report(diag.NodeClass, at.at("rootVolume"), "let it be true in one of them", "%s is the disk that pods use, too", root)
			}
			root = name
		}
		r.checkVolumeOfClass(at, disk)
	}
}

// countTrue counts what is true.
func countTrue(all ...bool) int {
	n := 0
	for _, is := range all {
		if is {
			n++
		}
	}
	return n
}

// checkVolumeOfClass checks an EBS volume of nodes; see
// https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html.
func (r *resolver) checkVolumeOfClass(at path, v spec.NodeClassVolume) {
	provisioned := slices.Contains([]string{"gp3", "io1", "io2"}, v.VolumeType)
	for _, fault := range []struct {
		is                bool
		field, hint, what string
	}{
		{v.VolumeSize == "" && v.SnapshotID == "", "", "write one of them", "a volume has neither a size nor a snapshot"},
		{v.VolumeSize != "" && !storageSize.MatchString(v.VolumeSize), "volumeSize", `such as "100Gi", "100G", "1Ti" or "1T"`, fmt.Sprintf("%q is not the size of a volume", v.VolumeSize)},
		{v.IOPS != nil && !provisioned, "iops", "leave it out, or take gp3, io1 or io2", "a volume of type " + v.VolumeType + " has no iops of its own"},
		{v.Throughput != nil && v.VolumeType != "gp3", "throughput", "leave it out, or take gp3", "a volume of type " + v.VolumeType + " has no throughput of its own"},
		{v.IOPS == nil && strings.HasPrefix(v.VolumeType, "io"), "iops", "state it", "a volume of type " + v.VolumeType + " needs iops"},
		{v.KMSKeyID != "" && !v.Encrypted, "kmsKeyID", "leave it out, or let encrypted be true", "the volume is not encrypted, with this key or any other"},
		{v.VolumeInitializationRate != nil && v.SnapshotID == "", "volumeInitializationRate", "leave it out", "there is no snapshot to read"},
		{v.VolumeInitializationRate != nil && (*v.VolumeInitializationRate < 100 || *v.VolumeInitializationRate > 300), "volumeInitializationRate", "", "a snapshot is read at 100 to 300 MiB/s"},
	} {
		switch {
		case fault.is && fault.field == "":
			r.report(diag.NodeClass, at, fault.hint, "%s", fault.what)
		case fault.is:
			r.report(diag.NodeClass, at.at(fault.field), fault.hint, "%s", fault.what)
		}
	}
}
