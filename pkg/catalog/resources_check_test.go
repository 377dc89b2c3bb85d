package catalog

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestCheck is about values that a YAML template cannot show well; the rest of
// the checks is held by the templates of test/golden.
func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name, resource, properties string
		want                       []string
	}{
		{"an integer where any number goes", "AWS::EKS::Nodegroup", `{"ClusterName": "c", "NodeRole": "r", "Subnets": [], "UpdateConfig": {"MaxUnavailable": 1}}`, nil},
		{"a whole number written as a fraction", "AWS::EKS::Nodegroup", `{"ClusterName": "c", "NodeRole": "r", "Subnets": [], "DiskSize": 20.0}`, nil},
		{"a fraction", "AWS::EKS::Nodegroup", `{"ClusterName": "c", "NodeRole": "r", "Subnets": [], "DiskSize": 20.5}`, []string{"DiskSize: want integer, got number"}},
		{"null", "AWS::KMS::Alias", `{"AliasName": null, "TargetKeyId": "k"}`, []string{"AliasName: want string, got null"}},
		{"text of any content", "AWS::IAM::Role", `{"AssumeRolePolicyDocument": "{}"}`, nil},
		{"an object of any content", "AWS::IAM::Role", `{"AssumeRolePolicyDocument": {"Statement": [{"a": null}]}}`, nil},
		{"a list where text or an object goes", "AWS::IAM::Role", `{"AssumeRolePolicyDocument": []}`, []string{"AssumeRolePolicyDocument: want object or string, got array"}},
		{"too many items", "AWS::EKS::Cluster", `{"RoleArn": "r", "ResourcesVpcConfig": {"SubnetIds": []}, "EncryptionConfig": [{}, {}]}`, []string{"EncryptionConfig: has 2 items, want at most 1"}},
		{"a name without characters", "AWS::EKS::Cluster", `{"Name": "", "RoleArn": "r", "ResourcesVpcConfig": {"SubnetIds": []}}`, []string{"Name: has 0 characters, want 1 to 100", `Name: "" does not match ^[0-9A-Za-z][A-Za-z0-9\-_]*`}},
		{"characters, not bytes", "AWS::EC2::DHCPOptions", `{"Tags": [{"Key": "k", "Value": "` + string(slices.Repeat([]rune{'é'}, 256)) + `"}]}`, nil},
		{"a dynamic reference", "AWS::EKS::Cluster", `{"Version": "{{resolve:ssm:/version}}", "RoleArn": "r", "ResourcesVpcConfig": {"SubnetIds": []}}`, nil},
		{"a number of an enumeration", "AWS::Logs::LogGroup", `{"RetentionInDays": 30}`, nil},
		{"a number of none", "AWS::Logs::LogGroup", `{"RetentionInDays": 4000}`, []string{`RetentionInDays: "4000" is none of "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545", "731", "1096", "1827", "2192", "2557", "2922", "3288", "3653"`}},
		{"neither of two", "AWS::EC2::NetworkAclEntry", `{"NetworkAclId": "a", "Protocol": -1, "RuleAction": "allow", "RuleNumber": 1}`, []string{`exactly one of "Ipv6CidrBlock", "CidrBlock" must be there, got 0`}},
		{"both of two", "AWS::EC2::NetworkAclEntry", `{"NetworkAclId": "a", "Protocol": -1, "RuleAction": "Allow", "RuleNumber": 1, "CidrBlock": "a", "Ipv6CidrBlock": "b"}`, []string{`exactly one of "Ipv6CidrBlock", "CidrBlock" must be there, got 2`}},
		{"one of two, the other declared away", "AWS::EC2::NetworkAclEntry", `{"NetworkAclId": "a", "Protocol": -1, "RuleAction": "allow", "RuleNumber": 1, "CidrBlock": "a", "Ipv6CidrBlock": {"Ref": "AWS::NoValue"}}`, nil},
		{"what a condition decides", "AWS::EC2::NetworkAclEntry", `{"NetworkAclId": "a", "Protocol": -1, "RuleAction": "allow", "RuleNumber": 1, "CidrBlock": "a", "Ipv6CidrBlock": {"Fn::If": ["C", "a", {"Ref": "AWS::NoValue"}]}}`, nil},
		{"none of some", "AWS::Events::Rule", `{"Name": "n"}`, []string{`one of "EventPattern", "ScheduleExpression" must be there`}},
		{"problems at sibling paths", "AWS::EKS::Cluster", `{"RoleArn": "r", "ResourcesVpcConfig": {"SubnetIds": [1, "s", 2]}, "Tags": [{"Key": "k"}]}`, []string{
			"ResourcesVpcConfig.SubnetIds.0: want string, got integer", "ResourcesVpcConfig.SubnetIds.2: want string, got integer", `Tags.0: required property "Value" is missing`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var properties map[string]any
			if err := json.Unmarshal([]byte(test.properties), &properties); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, problem := range resourceType(t, test.resource).Check(properties) {
				got = append(got, problem.String())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A value that the registry does not list may be younger than the catalog; a
// property that it does not list is refused.
func TestIsValue(t *testing.T) {
	problems := resourceType(t, "AWS::EKS::Cluster").Check(map[string]any{
		"RoleArn": "r", "ResourcesVpcConfig": map[string]any{"SubnetIds": []any{}},
		"UpgradePolicy": map[string]any{"SupportType": "FOREVER"}, "Upgrade": true,
	})
	if len(problems) != 2 || problems[0].IsValue || !problems[1].IsValue {
		t.Errorf("got %+v, want a problem with a property and one with a value", problems)
	}
}

// FuzzCheckTemplate holds that no template, however odd, ends in a panic.
func FuzzCheckTemplate(f *testing.F) {
	f.Add(`{"Resources": {"A": null, "B": {"Type": "AWS::EKS::Cluster", "Properties": {"Tags": [null, {"Ref": "AWS::NoValue"}], "RoleArn": {"Fn::GetAtt": ["A"]}}}}}`)
	f.Add(`{"Resources": {"B": {"Type": 1, "DependsOn": [1, null], "Properties": [], "Condition": null}}, "Outputs": [{"Fn::Sub": ["${", {}]}, {"Fn::If": [1, 2, 3]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var template map[string]any
		if json.Unmarshal([]byte(text), &template) != nil {
			t.Skip()
		}
		for _, problem := range CheckTemplate(template) {
			if problem.Message == "" || len(problem.Path) < 2 {
				t.Errorf("the problem %+v says too little", problem)
			}
		}
	})
}
