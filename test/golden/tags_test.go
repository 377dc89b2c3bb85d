package golden_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// TestTags holds that every resource that can be tagged has the tags of its
// stack: CloudFormation puts those on the resource too, but not on what a
// service makes from the resource's own tags, such as instances.
func TestTags(t *testing.T) {
	for _, dir := range specs(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			model, set := compiled(t, dir)
			for _, environment := range model.Environments {
				for _, stack := range environment.Stacks {
					file := "cloudformation/" + environment.Name + "/" + stack.File + ".yaml"
					for _, fault := range untagged(template(t, set[file]), stack.Tags) {
						t.Errorf("%s: %s", file, fault)
					}
				}
			}
		})
	}
}

// untagged are the resources of a template that lack one of the tags.
func untagged(template map[string]any, tags map[string]string) []string {
	resources, _ := template["Resources"].(map[string]any)
	var faults []string
	for _, id := range slices.Sorted(maps.Keys(resources)) {
		resource, _ := resources[id].(map[string]any)
		name, _ := resource["Type"].(string)
		known, ok := catalog.LookupResourceType(name)
		if !ok || known.TagPath == "" {
			continue
		}
		properties, _ := resource["Properties"].(map[string]any)
		has := tagsOf(properties[known.TagPath])
		for _, key := range slices.Sorted(maps.Keys(tags)) {
			if _, ok := has[key]; !ok {
				faults = append(faults, id+" lacks the tag "+key)
			}
		}
	}
	return faults
}

// tagsOf are the tags in the value of a property: a map, or a list of Key and
// Value, or of tags for kinds of things.
func tagsOf(v any) map[string]any {
	tags := map[string]any{}
	switch v := v.(type) {
	case map[string]any:
		maps.Copy(tags, v)
	case []any:
		for _, item := range v {
			tag, _ := item.(map[string]any)
			if key, ok := tag["Key"].(string); ok {
				tags[key] = tag["Value"]
			}
			maps.Copy(tags, tagsOf(tag["Tags"]))
		}
	}
	return tags
}

func TestUntagged(t *testing.T) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(`Resources:
  VPC: {Type: "AWS::EC2::VPC", Properties: {Tags: [{Key: team, Value: core}]}}
  Subnet: {Type: "AWS::EC2::Subnet", Properties: {Tags: [{Key: other, Value: core}]}}
  Route: {Type: "AWS::EC2::Route"}
  Nodes: {Type: "AWS::EKS::Nodegroup", Properties: {Tags: {team: core}}}
  Gateway: {Type: "AWS::EC2::InternetGateway"}
`), &document); err != nil {
		t.Fatal(err)
	}
	faults := untagged(long(t, document.Content[0]).(map[string]any), map[string]string{"team": "core"})
	if want := []string{"Gateway lacks the tag team", "Subnet lacks the tag team"}; !slices.Equal(faults, want) {
		t.Errorf("got %s", strings.Join(faults, ", "))
	}
}
