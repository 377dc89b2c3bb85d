package resolve

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// said puts one stack into a spec.
func said(stack spec.Stack) func(*spec.Spec) {
	return func(s *spec.Spec) { s.Cluster.Stacks = map[string]spec.Stack{"network": stack} }
}

// rawResource puts one resource into a stack.
func rawResource(r spec.RawResource) func(*spec.Spec) {
	return said(spec.Stack{Resources: map[string]spec.RawResource{"R": r}})
}

// queue puts the name of a queue into a stack.
func queue(name any) func(*spec.Spec) {
	return rawResource(spec.RawResource{Type: "AWS::SQS::Queue", Properties: map[string]any{"QueueName": name}})
}

func parameter(p spec.Parameter) func(*spec.Spec) {
	return said(spec.Stack{Parameters: map[string]spec.Parameter{"P": p}})
}

func fn(name string, argument any) map[string]any { return map[string]any{name: argument} }

func TestStackRules(t *testing.T) {
	named := func(names ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Stacks = map[string]spec.Stack{}
			for _, name := range names {
				s.Cluster.Stacks[name] = spec.Stack{}
			}
		}
	}
	statement := func(edit func(map[string]any)) func(*spec.Spec) {
		s := map[string]any{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}
		edit(s)
		return said(spec.Stack{Policy: map[string]any{"Statement": []any{s}}})
	}
	const network = "cluster stacks network"
	runRules(t, newVPC, []ruleTest{
		{"names", named("network", "nodegroup-a_b", "9"), nil},
		{"a name with a space", named("a b"), []want{{diag.StackName, "cluster stacks a b", "template file"}}},
		{"the list of stacks", named("Stacks"), []want{{diag.StackName, "cluster stacks Stacks", "list of all stacks"}}},
		{"two of one name", named("a-b", "A_B"), []want{{diag.StackName, "cluster stacks a-b", "same name"}}},
		{"a long name", named(strings.Repeat("a", 130)), []want{{diag.StackName, "cluster stacks " + strings.Repeat("a", 130), "CloudFormation allows 128"}}},
		{"beside the only one", func(s *spec.Spec) { named("cluster", "network")(s); s.Cluster.Layout = spec.LayoutSingle }, []want{{diag.SingleLayout, network, `"cluster"`}}},
		{"a long description", said(spec.Stack{Description: strings.Repeat("d", 1025)}), []want{{diag.StackLimit, network + " description", "1025 bytes"}}},
		{"a policy", statement(func(map[string]any) {}), nil},
		{"a policy without statements", said(spec.Stack{Policy: map[string]any{}}), []want{{diag.StackPolicy, network + " policy", "list of statements"}}},
		{"a policy for somebody", statement(func(s map[string]any) { s["Principal"] = "me" }), []want{{diag.StackPolicy, network + " policy Statement 0 Principal", "everybody"}}},
		{"a policy without a resource", statement(func(s map[string]any) { delete(s, "Resource") }), []want{{diag.StackPolicy, network + " policy Statement 0", "lacks Resource"}}},
		{"a policy of too many bytes", statement(func(s map[string]any) { s["Action"] = strings.Repeat("a", 16384) }), []want{{diag.StackPolicy, network + " policy", "16384"}}},
		{"an id with a hyphen", said(spec.Stack{Conditions: map[string]map[string]any{"a-b": fn("Fn::Not", []any{fn("Condition", "c")})}}), []want{{diag.InvalidLogicalID, network + " conditions a-b", "letters and digits"}}},
		{"a long id", said(spec.Stack{Outputs: map[string]spec.Output{strings.Repeat("a", 256): {Value: "v"}}}), []want{{diag.InvalidLogicalID, network + " outputs " + strings.Repeat("a", 256), "256 characters"}}},
		{"a mapping", said(spec.Stack{Mappings: map[string]map[string]map[string]any{"M": {"eu-west-1": {"a.b": []any{"c", 1}}}}}), nil},
		{"a mapping of an object", said(spec.Stack{Mappings: map[string]map[string]map[string]any{"M": {"a": {"b": fn("Ref", "c")}}}}), []want{{diag.TemplateValue, network + " mappings M a b", "lists of texts"}}},
		{"a mapping with a bad key", said(spec.Stack{Mappings: map[string]map[string]map[string]any{"M": {"a_b": {}}}}), []want{{diag.InvalidLogicalID, network + " mappings M a_b", "mapping key"}}},
		{"an output of a list", said(spec.Stack{Outputs: map[string]spec.Output{"O": {Value: []any{"a"}}}}), []want{{diag.TemplateValue, network + " outputs O value", "text"}}},
		{"an export with an underscore", said(spec.Stack{Outputs: map[string]spec.Output{"O": {Value: "a", Export: "a_b"}}}), []want{{diag.ExportName, network + " outputs O export", "colons"}}},
		{"a path of Git sync", func(s *spec.Spec) { s.Cluster.GitSync = &spec.GitSync{RepositoryPath: "a/b"} }, nil},
		{"an absolute path of Git sync", func(s *spec.Spec) { s.Cluster.GitSync = &spec.GitSync{RepositoryPath: "/a"} }, []want{{diag.RepositoryPath, "cluster gitSync repositoryPath", "root of a repository"}}},
	})
}

func TestRawResourceRules(t *testing.T) {
	const at = "cluster stacks network resources R"
	runRules(t, newVPC, []ruleTest{
		{"a type that is known", rawResource(spec.RawResource{Type: "AWS::SQS::Queue"}), nil},
		{"a type that is not", rawResource(spec.RawResource{Type: "AWS::SQS::Quue"}), []want{{diag.UncheckedType, at + " type", `did you mean "AWS::SQS::Queue"?`}}},
		{"a type of a registry", rawResource(spec.RawResource{Type: "Acme::Net::Peer"}), []want{{diag.UncheckedType, at + " type", "nobody has checked"}}},
		{"no type", rawResource(spec.RawResource{Type: "Queue"}), []want{{diag.ResourceType, at + " type", "not the name"}}},
		{"a macro", rawResource(spec.RawResource{Type: "AWS::Serverless::Api"}), []want{{diag.ResourceType, at + " type", "macro"}}},
		{"a custom resource", rawResource(spec.RawResource{Type: "Custom::A", Properties: map[string]any{"ServiceToken": "t", "Any": 1}}), nil},
		{"a custom resource without a token", rawResource(spec.RawResource{Type: "Custom::A"}), []want{{diag.ResourceProperty, at + " properties", "ServiceToken"}}},
		{"a property that is unknown", rawResource(spec.RawResource{Type: "AWS::SQS::Queue", Properties: map[string]any{"Name": "a"}}), []want{{diag.ResourceProperty, at + " properties Name", "unknown property"}}},
		{"a value that is not listed", rawResource(spec.RawResource{Type: "AWS::Logs::LogGroup", Properties: map[string]any{"RetentionInDays": 2}}), []want{{diag.PropertyValue, at + " properties RetentionInDays", `"2" is none of`}}},
		{"a snapshot of a volume", rawResource(spec.RawResource{Type: "AWS::EC2::Volume", ResourceAttributes: spec.ResourceAttributes{DeletionPolicy: "Snapshot"}}), []want{{diag.UncheckedType, at + " type", "AWS::EC2::Volume"}}},
		{"a snapshot of a queue", rawResource(spec.RawResource{Type: "AWS::SQS::Queue", ResourceAttributes: spec.ResourceAttributes{UpdateReplacePolicy: "Snapshot"}}), []want{{diag.ResourceProperty, at + " updateReplacePolicy", "no snapshots"}}},
		{"an update policy", rawResource(spec.RawResource{Type: "AWS::SQS::Queue", ResourceAttributes: spec.ResourceAttributes{UpdatePolicy: map[string]any{"AutoScalingRollingUpdates": map[string]any{}}}}), []want{{diag.ResourceProperty, at + " updatePolicy AutoScalingRollingUpdates", `did you mean "AutoScalingRollingUpdate"?`}}},
		{"null", queue(nil), []want{{diag.TemplateValue, at + " properties QueueName", "AWS::NoValue"}}},
		{"a path to remove", said(spec.Stack{Overrides: map[string]spec.Override{"VPC": {Remove: []string{"a..b"}}}}), []want{{diag.InvalidOverride, "cluster stacks network overrides VPC remove 0", "no path"}}},
	})
}

func TestFunctionRules(t *testing.T) {
	const at = "cluster stacks network resources R properties QueueName "
	runRules(t, newVPC, []ruleTest{
		{"a reference", queue(fn("Ref", "AWS::StackName")), nil},
		{"an attribute", queue(fn("Fn::GetAtt", "VPC.VpcId")), nil},
		{"an attribute of two", queue(fn("Fn::GetAtt", []any{"VPC", fn("Ref", "P")})), nil},
		{"a text", queue(fn("Fn::Sub", []any{"${a}", map[string]any{"a": "b"}})), nil},
		{"a choice", queue(fn("Fn::If", []any{"C", "a", fn("Ref", "AWS::NoValue")})), nil},
		{"a part of a list", queue(fn("Fn::Select", []any{0, fn("Fn::Split", []any{",", fn("Fn::ImportValue", "x")})})), nil},
		{"a typo", queue(fn("Fn::Sbu", "a")), []want{{diag.IntrinsicFunction, at + "Fn::Sbu", `did you mean "Fn::Sub"?`}}},
		{"an attribute without a name", queue(fn("Fn::GetAtt", "VPC")), []want{{diag.IntrinsicFunction, at + "Fn::GetAtt", "logical id and an attribute"}}},
		{"a choice between three", queue(fn("Fn::If", []any{"C", "a"})), []want{{diag.IntrinsicFunction, at + "Fn::If", "two values"}}},
		{"a fault within", queue(fn("Fn::If", []any{"C", "a", fn("Ref", 1)})), []want{{diag.IntrinsicFunction, at + "Fn::If 2 Ref", "logical id"}}},
		{"a macro", queue(fn("Fn::Transform", map[string]any{})), []want{{diag.IntrinsicFunction, at + "Fn::Transform", "macro"}}},
		{"a loop", queue(fn("Fn::ForEach::A", []any{})), []want{{diag.IntrinsicFunction, at + "Fn::ForEach::A", "comprehensions"}}},
		{"a condition outside conditions", queue(fn("Fn::Equals", []any{"a", "b"})), []want{{diag.IntrinsicFunction, at + "Fn::Equals", "conditions only"}}},
		{"one beside others", queue(map[string]any{"Fn::Sub": "a", "b": "c"}), []want{{diag.IntrinsicFunction, at + "Fn::Sub", "stands alone"}}},
		{"no condition", said(spec.Stack{Conditions: map[string]map[string]any{"C": fn("Ref", "P")}}), []want{{diag.IntrinsicFunction, "cluster stacks network conditions C", "a condition is one of"}}},
		{"an import in a condition", said(spec.Stack{Conditions: map[string]map[string]any{"C": fn("Fn::Equals", []any{"a", fn("Fn::ImportValue", "x")})}}), []want{{diag.IntrinsicFunction, "cluster stacks network conditions C Fn::Equals 1 Fn::ImportValue", "before there are resources"}}},
	})
}

func TestParameterRules(t *testing.T) {
	const at = "cluster stacks network parameters P"
	runRules(t, newVPC, []ruleTest{
		{"a value", parameter(spec.Parameter{Type: "AWS::EC2::Subnet::Id", Value: ptr("subnet-1")}), nil},
		{"the name of a value", parameter(spec.Parameter{Type: "AWS::SSM::Parameter::Value<List<String>>", Default: ptr("/a"), AllowedPattern: "[0-9]+"}), nil},
		{"no value", parameter(spec.Parameter{Type: "String"}), []want{{diag.InvalidParameter, at, "nothing says"}}},
		{"no type", parameter(spec.Parameter{Type: "string", Value: ptr("a")}), []want{{diag.InvalidParameter, at + " type", `did you mean "String"?`}}},
		{"no number", parameter(spec.Parameter{Type: "Number", Value: ptr("a")}), []want{{diag.InvalidParameter, at + " value", "no number"}}},
		{"a large number", parameter(spec.Parameter{Type: "Number", Value: ptr("4.5"), MaxValue: ptr(4)}), []want{{diag.InvalidParameter, at + " value", "more than 4"}}},
		{"a long text", parameter(spec.Parameter{Type: "String", Default: ptr("äöü"), MaxLength: ptr(2)}), []want{{diag.InvalidParameter, at + " default", "more than 2 characters"}}},
		{"a part that matches", parameter(spec.Parameter{Type: "String", Value: ptr("ab1"), AllowedPattern: "[a-z]+"}), []want{{diag.InvalidParameter, at + " value", "does not match"}}},
		{"no pattern", parameter(spec.Parameter{Type: "String", Value: ptr("a"), AllowedPattern: "["}), []want{{diag.InvalidParameter, at + " allowedPattern", "no regular expression"}}},
		{"bounds of another type", parameter(spec.Parameter{Type: "String", Value: ptr("a"), MinValue: ptr(1)}), []want{{diag.InvalidParameter, at + " minValue", "only a Number"}, {diag.InvalidParameter, at + " value", "less than 1"}}},
		{"a secret", parameter(spec.Parameter{Type: "String", NoEcho: true}), nil},
		{"a secret in git", parameter(spec.Parameter{Type: "String", NoEcho: true, Value: ptr("a")}), []want{{diag.SecretParameter, at + " value", "in git"}}},
		{"a secret from git", func(s *spec.Spec) {
			parameter(spec.Parameter{Type: "String", NoEcho: true})(s)
			s.Cluster.GitSync = &spec.GitSync{RepositoryPath: "a"}
		}, []want{{diag.SecretParameter, at, "Git sync"}}},
	})
}
