package golden_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/ir"
)

// TestEveryPropertyIsReached holds docs/eks-properties.md complete and free of
// what is no longer true: each property of the EKS resource types is emitted by
// one of the examples or golden cases, or it stands there with a reason.
func TestEveryPropertyIsReached(t *testing.T) {
	emitted, excused := map[string]bool{}, reasons(t)
	for _, dir := range specs(t) {
		model, _ := compiled(t, dir)
		for _, environment := range model.Environments {
			for _, stack := range environment.Stacks {
				for _, r := range stack.Resources {
					collect(emitted, r.Type, r.Properties)
				}
			}
		}
	}
	used := map[string]bool{}
	for _, property := range settable(t) {
		excuse := excuseOf(property, excused)
		used[excuse] = true
		if emitted[property] == (excuse != "") {
			t.Errorf("%s: emitted is %t, but docs/eks-properties.md says %q", property, emitted[property], excused[excuse])
		}
	}
	for _, excuse := range slices.Sorted(maps.Keys(excused)) {
		if !used[excuse] {
			t.Errorf("docs/eks-properties.md lists %s, which no resource type has", excuse)
		}
	}
}

// collect notes the paths of all values below a property, with "*" for the
// items of a list.
func collect(found map[string]bool, path string, v ir.Value) {
	found[path] = true
	switch v := v.(type) {
	case ir.Map:
		for name, member := range v {
			collect(found, path+"."+name, member)
		}
	case ir.List:
		for _, item := range v {
			collect(found, path+".*", item)
		}
	}
}

// settable are the properties of the EKS resource types that a template may
// set and that have none below them, but for the items of lists and maps.
func settable(t *testing.T) []string {
	var all []string
	for _, name := range catalog.ResourceTypes() {
		if !strings.HasPrefix(name, "AWS::EKS::") {
			continue
		}
		known, ok := catalog.LookupResourceType(name)
		if !ok {
			t.Fatalf("the catalog does not describe %s", name)
		}
		all = append(all, leaves(name, known.Properties())...)
	}
	if len(all) < 100 {
		t.Fatalf("the catalog has only %d properties of EKS: %q", len(all), all)
	}
	return all
}

func leaves(path string, properties []*catalog.Property) []string {
	var all []string
	for _, p := range properties {
		if p.ReadOnly {
			continue
		}
		if below := leaves(path+"."+p.Name, p.Members); len(below) > 0 {
			all = append(all, below...)
		} else if p.Name == "*" {
			all = append(all, path)
		} else {
			all = append(all, path+"."+p.Name)
		}
	}
	return all
}

// excuseOf is the entry of the docs that a property or what it is part of has.
func excuseOf(property string, excused map[string]string) string {
	for path := property; path != ""; {
		if _, ok := excused[path]; ok {
			return path
		}
		i := strings.LastIndex(path, ".")
		path = path[:max(i, 0)]
	}
	return ""
}

// reason matches a row of a table in docs/eks-properties.md: a resource type
// with the path of a property, or the type alone, and the reason.
var reason = regexp.MustCompile("(?m)^\\| `(AWS::EKS::[^`]+)` \\| (.+) \\|$")

func reasons(t *testing.T) map[string]string {
	data, err := os.ReadFile(filepath.Join(root, "docs", "eks-properties.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, row := range reason.FindAllStringSubmatch(string(data), -1) {
		if _, twice := found[row[1]]; twice {
			t.Errorf("docs/eks-properties.md lists %s twice", row[1])
		}
		found[row[1]] = row[2]
	}
	return found
}

// TestWordsAreThoseOfEKS holds that a field of the spec that takes one of a few
// words takes those of the EKS property that it becomes.
func TestWordsAreThoseOfEKS(t *testing.T) {
	cluster, _ := catalog.LookupResourceType("AWS::EKS::Cluster")
	for field, property := range map[string]string{
		"authenticationMode": "AccessConfig.AuthenticationMode",
		"ipFamily":           "KubernetesNetworkConfig.IpFamily",
		"logging.types":      "Logging.ClusterLogging.EnabledTypes.*.Type",
		"scalingTier":        "ControlPlaneScalingConfig.Tier",
		"supportType":        "UpgradePolicy.SupportType",
	} {
		at := schema.Spec().Field("cluster").Type()
		for name := range strings.SplitSeq(field, ".") {
			at = at.Field(name).Type()
		}
		if at.Element() != nil {
			at = at.Element()
		}
		known, ok := cluster.Property(strings.Split(property, ".")...)
		if !ok {
			t.Fatalf("AWS::EKS::Cluster has no property %s", property)
		}
		if got := slices.Sorted(slices.Values(at.Enum)); !slices.Equal(got, known.Enum) {
			t.Errorf("%s takes %q, and %s %q", field, got, property, known.Enum)
		}
	}
}
