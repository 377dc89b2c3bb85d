package amend_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/amend"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// stacks are two stacks as lower makes them: the second imports of the first.
func stacks() []ir.Stack {
	return []ir.Stack{
		{
			Name: "demo-network", File: "network",
			Resources: []ir.Resource{{ID: "VPC", Type: "AWS::EC2::VPC", Properties: ir.Map{
				"CidrBlock": "10.0.0.0/16", "Tags": ir.List{ir.Map{"Key": "Name", "Value": "demo"}},
			}}},
			Outputs: []ir.Output{{ID: "VpcId", Value: ir.Ref("VPC"), Export: "demo-network:VpcId"}},
		},
		{
			Name: "demo-cluster", File: "cluster", Needs: []string{"demo-network"},
			Resources: []ir.Resource{{ID: "Group", Type: "AWS::EC2::SecurityGroup", Properties: ir.Map{
				"GroupDescription": "d", "VpcId": ir.ImportValue("demo-network:VpcId"),
			}}},
		},
	}
}

func amended(said map[string]spec.Stack) ([]ir.Stack, diag.List) {
	return amend.Amend(&spec.Spec{Cluster: spec.Cluster{
		Name: "demo", Region: "eu-west-1", Tags: map[string]string{"team": "core"}, Stacks: said,
	}}, stacks())
}

func call(function string, argument any) map[string]any { return map[string]any{function: argument} }

// TestAmend looks at each thing that a spec can say of a stack.
func TestAmend(t *testing.T) {
	got, diags := amended(map[string]spec.Stack{
		"network": {
			Parameters: map[string]spec.Parameter{"Name": {Type: "String", Value: ptr("a"), Default: ptr("b")}},
			Resources: map[string]spec.RawResource{"Queue": {Type: "AWS::SQS::Queue", Properties: map[string]any{
				"QueueName": call("Ref", "Name"), "Tags": []any{map[string]any{"Key": "own", "Value": "1"}},
			}}},
			Overrides: map[string]spec.Override{"VPC": {
				Properties:         map[string]any{"EnableDnsSupport": false},
				Remove:             []string{"Tags[0]"},
				ResourceAttributes: spec.ResourceAttributes{DeletionPolicy: "Retain", DependsOn: []string{"Queue"}},
			}},
			TerminationProtection: true,
		},
	})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	want := stacks()[0]
	want.TerminationProtection = true
	want.Parameters = []ir.Parameter{{ID: "Name", Attributes: ir.Map{"Type": "String", "Default": "b"}, Value: ptr("a")}}
	want.Resources = []ir.Resource{
		{ID: "VPC", Type: "AWS::EC2::VPC", Checked: true, DeletionPolicy: "Retain", DependsOn: []string{"Queue"}, Properties: ir.Map{
			"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": false, "Tags": ir.List{},
		}},
		{ID: "Queue", Type: "AWS::SQS::Queue", Checked: true, Origin: "cluster.stacks.network.resources.Queue", Properties: ir.Map{
			"QueueName": ir.Ref("Name"),
			"Tags":      ir.List{ir.Map{"Key": "own", "Value": "1"}, ir.Map{"Key": "team", "Value": "core"}},
		}},
	}
	if !reflect.DeepEqual(got[0], want) {
		t.Errorf("got\n%+v\nwant\n%+v", got[0], want)
	}
	if !reflect.DeepEqual(got[1], stacks()[1]) {
		t.Errorf("the other stack has become %+v", got[1])
	}
}

func ptr(s string) *string { return &s }

// TestOrder deploys a stack behind those that it imports from or needs, and
// leaves the others in their order.
func TestOrder(t *testing.T) {
	topic := map[string]spec.RawResource{"Topic": {Type: "AWS::SNS::Topic"}}
	exported := map[string]spec.Output{"Arn": {Value: call("Ref", "Topic"), Export: "demo-early:Arn"}}
	for _, test := range []struct {
		name  string
		said  map[string]spec.Stack
		order []string
		needs []string // of the last stack
	}{
		{"nothing said", nil, []string{"network", "cluster"}, []string{"demo-network"}},
		{"a stack beside", map[string]spec.Stack{"beside": {Description: "d", Resources: topic}}, []string{"network", "cluster", "beside"}, nil},
		{"a stack before", map[string]spec.Stack{
			"early":   {Description: "d", Resources: topic, Outputs: exported},
			"network": {Overrides: map[string]spec.Override{"VPC": {Properties: map[string]any{"InstanceTenancy": call("Fn::ImportValue", "demo-early:Arn")}}}},
		}, []string{"early", "network", "cluster"}, []string{"demo-network"}},
		{"a need", map[string]spec.Stack{
			"early":   {Description: "d", Resources: topic},
			"cluster": {Needs: []string{"early"}},
		}, []string{"network", "early", "cluster"}, []string{"demo-network", "demo-early"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, diags := amended(test.said)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			var order []string
			for _, s := range got {
				order = append(order, s.File)
			}
			if last := got[len(got)-1]; !slices.Equal(order, test.order) || !slices.Equal(last.Needs, test.needs) {
				t.Errorf("got %q, the last of which needs %q", order, last.Needs)
			}
		})
	}
}

// TestCapabilities acknowledges identities, and names where there are some.
func TestCapabilities(t *testing.T) {
	role := func(properties map[string]any) map[string]spec.Stack {
		properties["AssumeRolePolicyDocument"] = map[string]any{}
		return map[string]spec.Stack{"network": {Resources: map[string]spec.RawResource{"Role": {Type: "AWS::IAM::Role", Properties: properties}}}}
	}
	for _, test := range []struct {
		name string
		said map[string]spec.Stack
		want []string
	}{
		{"none", map[string]spec.Stack{"network": {Resources: map[string]spec.RawResource{"Key": {Type: "AWS::SNS::Topic"}}}}, nil},
		{"a role", role(map[string]any{}), []string{"CAPABILITY_IAM"}},
		{"a role with a name", role(map[string]any{"RoleName": "r"}), []string{"CAPABILITY_NAMED_IAM"}},
	} {
		got, diags := amended(test.said)
		if len(diags) > 0 || !slices.Equal(got[0].Capabilities, test.want) {
			t.Errorf("%s: got %q, %v", test.name, got[0].Capabilities, diags)
		}
	}
}

// TestLimits counts what a template has, and its bytes.
func TestLimits(t *testing.T) {
	many := stacks()
	for range 500 {
		many[0].Resources = append(many[0].Resources, ir.Resource{ID: "x", Type: "AWS::SNS::Topic"})
	}
	if _, diags := amend.Amend(&spec.Spec{}, many); len(diags) != 1 || diags[0].Code != diag.StackLimit || !strings.Contains(diags[0].Message, "501 resources") {
		t.Errorf("got %v", diags)
	}
	for bytes, want := range map[int]diag.Code{51_200: "", 51_201: diag.TemplateSize, 1 << 20: diag.TemplateSize, 1<<20 + 1: diag.StackLimit} {
		var got diag.Code
		for _, d := range amend.CheckSize(many[0], bytes) {
			got = d.Code
		}
		if got != want {
			t.Errorf("%d bytes: got %q, want %q", bytes, got, want)
		}
	}
}
