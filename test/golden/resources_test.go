package golden_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// TestResources holds every template of every example and golden case against
// AWS's own description of the resource types, property by property.
func TestResources(t *testing.T) {
	for _, dir := range specs(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			_, set := compiled(t, dir)
			templates := 0
			for _, path := range set.Paths() {
				if !isTemplate(path) {
					continue
				}
				templates++
				for _, problem := range catalog.CheckTemplate(template(t, set[path])) {
					t.Errorf("%s: %v", path, problem)
				}
			}
			if templates == 0 {
				t.Error("the spec compiles to no template")
			}
		})
	}
}

// isTemplate reports whether a file of a tree is a template.
func isTemplate(path string) bool {
	return strings.HasPrefix(path, "cloudformation/") && strings.HasSuffix(path, ".yaml") &&
		!strings.HasSuffix(path, ".deployment.yaml") && filepath.Base(path) != "stacks.yaml"
}

// TestResourcesFail plants faults in a template that has none, and looks
// for each of them at its place.
func TestResourcesFail(t *testing.T) {
	const sound = `
Parameters:
  Subnet: {Type: "AWS::EC2::Subnet::Id"}
Conditions:
  C: !Equals [!Ref Subnet, a]
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: C
    Properties:
      AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: []}
  Cluster:
    Type: AWS::EKS::Cluster
    DependsOn: [Role]
    Properties:
      RoleArn: !GetAtt Role.Arn
      ResourcesVpcConfig: {SubnetIds: [!Ref Subnet], EndpointPrivateAccess: true}
      UpgradePolicy: {SupportType: STANDARD}
      Version: "1.35"
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: !Sub ${Cluster}
      NodeRole: !Sub ["${R}", {R: !GetAtt [Role, Arn]}]
      Subnets: !Split [",", !ImportValue subnets]
      ScalingConfig: {MinSize: 1, MaxSize: 3}
      Labels: {any: label}
Outputs:
  Endpoint: {Value: !GetAtt Cluster.Endpoint}
`
	if problems := catalog.CheckTemplate(template(t, []byte(sound))); len(problems) > 0 {
		t.Fatalf("the template without faults has the problems %v", problems)
	}
	for _, test := range []struct{ name, old, new, want string }{
		{"an unknown property", "Version: \"1.35\"", "Versoin: \"1.35\"", `Resources.Cluster.Properties.Versoin: unknown property; did you mean "Version"?`},
		{"an unknown nested property", "SupportType", "Type", `Resources.Cluster.Properties.UpgradePolicy.Type: unknown property`},
		{"a missing property", "RoleArn: !GetAtt Role.Arn", "Name: a", `Resources.Cluster.Properties: required property "RoleArn" is missing`},
		{"a missing nested property", "SubnetIds: [!Ref Subnet], ", "", `Resources.Cluster.Properties.ResourcesVpcConfig: required property "SubnetIds" is missing`},
		{"a property declared away", "!GetAtt Role.Arn", "!Ref AWS::NoValue", `Resources.Cluster.Properties: required property "RoleArn" is missing`},
		{"text for a bool", "EndpointPrivateAccess: true", `EndpointPrivateAccess: "true"`, `Resources.Cluster.Properties.ResourcesVpcConfig.EndpointPrivateAccess: want boolean, got string`},
		{"a list item of another kind", "[!Ref Subnet]", "[{Id: a}]", `Resources.Cluster.Properties.ResourcesVpcConfig.SubnetIds.0: want string, got object`},
		{"a map value of another kind", "any: label", "any: 1", `Resources.Nodes.Properties.Labels.any: want string, got integer`},
		{"text for a list", "!Split [\",\", !ImportValue subnets]", "!Sub a", `Resources.Nodes.Properties.Subnets: want array, got the text of Fn::Sub`},
		{"a value that is none of a list", "STANDARD", "FOREVER", `Resources.Cluster.Properties.UpgradePolicy.SupportType: "FOREVER" is none of "EXTENDED", "STANDARD"`},
		{"one in a branch", "STANDARD", "!If [C, STANDARD, FOREVER]", `Resources.Cluster.Properties.UpgradePolicy.SupportType.Fn::If.2: "FOREVER" is none of "EXTENDED", "STANDARD"`},
		{"a text of another form", `"1.35"`, `"v2"`, `Resources.Cluster.Properties.Version: "v2" does not match 1\.\d\d`},
		{"a number out of bounds", "MaxSize: 3", "MaxSize: 0", `Resources.Nodes.Properties.ScalingConfig.MaxSize: is 0, want at least 1`},
		{"a property that AWS sets", `Version: "1.35"`, `Arn: a`, `Resources.Cluster.Properties.Arn: is set by AWS and read-only`},
		{"an attribute that is not there", "Cluster.Endpoint", "Cluster.EndPoint", `Outputs.Endpoint.Value.Fn::GetAtt: AWS::EKS::Cluster has no attribute "EndPoint"; did you mean "Endpoint"?`},
		{"an attribute of nothing", "Cluster.Endpoint", "Clutser.Endpoint", `Outputs.Endpoint.Value.Fn::GetAtt: no resource has the logical id "Clutser"; did you mean "Cluster"?`},
		{"a reference to nothing", "[!Ref Subnet]", "[!Ref Net]", `Resources.Cluster.Properties.ResourcesVpcConfig.SubnetIds.0.Ref: neither a resource nor a parameter has the name "Net"`},
		{"a reference to nothing in a text", "${Cluster}", "${Clutser}", `Resources.Nodes.Properties.ClusterName.Fn::Sub: neither a resource nor a parameter has the name "Clutser"; did you mean "Cluster"?`},
		{"an attribute that is not there, in a variable", "[Role, Arn]", "[Role, Name]", `Resources.Nodes.Properties.NodeRole.Fn::Sub.1.R.Fn::GetAtt: AWS::IAM::Role has no attribute "Name"; it has "Arn", "RoleId"`},
		{"an attribute in another case", "[Role, Arn]", "[Role, ARN]", `Resources.Nodes.Properties.NodeRole.Fn::Sub.1.R.Fn::GetAtt: AWS::IAM::Role has no attribute "ARN"; did you mean "Arn"?`},
		{"a dependency on nothing", "DependsOn: [Role]", "DependsOn: Rule", `Resources.Cluster.DependsOn: no resource has the logical id "Rule"; did you mean "Role"?`},
		{"a condition that is not there", "Condition: C", "Condition: D", `Resources.Role.Condition: no condition has the name "D"; did you mean "C"?`},
		{"one that decides a value", "STANDARD", "!If [D, STANDARD, EXTENDED]", `Resources.Cluster.Properties.UpgradePolicy.SupportType.Fn::If: no condition has the name "D"; did you mean "C"?`},
		{"a reference to nothing in a condition", "!Ref Subnet, a", "!Ref Net, a", `Conditions.C.Fn::Equals.0.Ref: neither a resource nor a parameter has the name "Net"`},
		{"a resource in a condition", "!Ref Subnet, a", "!Ref Role, a", `Conditions.C.Fn::Equals.0.Ref: neither a resource nor a parameter has the name "Role"`},
		{"a condition of another that is not there", "!Equals [!Ref Subnet, a]", "!Not [!Condition Other]", `Conditions.C.Fn::Not.0.Condition: no condition has the name "Other"`},
		{"a mapping that is not there", `Version: "1.35"`, `Version: !FindInMap [Sizes, a, b]`, `Resources.Cluster.Properties.Version.Fn::FindInMap: no mapping has the name "Sizes"`},
		{"an attribute without a resource", "Cluster.Endpoint", "Cluster", `Outputs.Endpoint.Value.Fn::GetAtt: want a logical id and an attribute, got Cluster`},
		{"a type that nobody knows", "AWS::EKS::Nodegroup", "AWS::EKS::NodeGroup", `Resources.Nodes.Type: unknown resource type "AWS::EKS::NodeGroup"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if !strings.Contains(sound, test.old) {
				t.Fatalf("the template has no %q", test.old)
			}
			var got []string
			for _, problem := range catalog.CheckTemplate(template(t, []byte(strings.Replace(sound, test.old, test.new, 1)))) {
				got = append(got, problem.String())
			}
			if !slices.Contains(got, test.want) {
				t.Errorf("got %q, want %q among them", got, test.want)
			}
		})
	}
}

// template decodes a template, its intrinsic functions in their long form.
func template(t *testing.T, data []byte) map[string]any {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	value, _ := long(t, document.Content[0]).(map[string]any)
	return value
}

// long is the value of a node, with !Function turned into {"Fn::Function": …}.
func long(t *testing.T, node *yaml.Node) any {
	t.Helper()
	function, isShort := strings.CutPrefix(node.Tag, "!")
	if !isShort || strings.HasPrefix(function, "!") {
		return plain(t, node)
	}
	node.Tag = ""
	if function != "Ref" && function != "Condition" {
		function = "Fn::" + function
	}
	if node.Kind == yaml.ScalarNode {
		return map[string]any{function: node.Value}
	}
	return map[string]any{function: plain(t, node)}
}

func plain(t *testing.T, node *yaml.Node) any {
	switch node.Kind {
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i < len(node.Content); i += 2 {
			object[node.Content[i].Value] = long(t, node.Content[i+1])
		}
		return object
	case yaml.SequenceNode:
		list := make([]any, len(node.Content))
		for i, item := range node.Content {
			list[i] = long(t, item)
		}
		return list
	}
	var value any
	if err := node.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
