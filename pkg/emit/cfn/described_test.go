package cfn_test

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/emit/cfn"
	"github.com/ekscc/ekscc/pkg/ir"
)

// cluster is a cluster with nothing but what it needs, and extra properties.
func cluster(extra ir.Map) ir.Resource {
	properties := ir.Map{
		"RoleArn":            ir.GetAtt{ID: "Role", Attribute: "Arn"},
		"ResourcesVpcConfig": ir.Map{"SubnetIds": ir.List{ir.ImportValue("a:SubnetA"), ir.Ref("B")}},
	}
	for name, value := range extra {
		properties[name] = value
	}
	return ir.Resource{ID: "Cluster", Type: "AWS::EKS::Cluster", Properties: properties}
}

// TestDescribedTypes writes properties that goformation has never heard of.
func TestDescribedTypes(t *testing.T) {
	for _, test := range []struct {
		name     string
		resource ir.Resource
		want     string
	}{
		{"a cluster", cluster(ir.Map{"UpgradePolicy": ir.Map{"SupportType": "STANDARD"}}), "UpgradePolicy:\n        SupportType: STANDARD\n"},
		{"a zero value", cluster(ir.Map{"DeletionProtection": false}), "DeletionProtection: false\n"},
		{"a property younger than the registry's copy", cluster(ir.Map{"RollbackConfig": ir.Map{"TimeoutMinutes": 60}}), "TimeoutMinutes: 60\n"},
		{"a function for a bool", cluster(ir.Map{"DeletionProtection": ir.Ref("Protect")}), "DeletionProtection: !Ref Protect\n"},
		{"a value younger than the catalog", cluster(ir.Map{"UpgradePolicy": ir.Map{"SupportType": "LONGEST"}}), "SupportType: LONGEST\n"},
		{"text that looks like a function in disguise", cluster(ir.Map{"Name": "eyJSZWYiOiAiWm9uZSJ9"}), "Name: eyJSZWYiOiAiWm9uZSJ9\n"},
		{"a node group", ir.Resource{ID: "A", Type: "AWS::EKS::Nodegroup", Properties: ir.Map{
			"ClusterName": ir.Ref("Cluster"), "NodeRole": ir.Sub{Text: "${R}", Vars: ir.Map{"R": "r"}}, "Subnets": ir.List{},
			"NodeRepairConfig": ir.Map{"Enabled": true}, "WarmPoolConfig": ir.Map{"PoolState": "STOPPED"},
		}}, "PoolState: STOPPED\n"},
		{"an add-on", ir.Resource{ID: "A", Type: "AWS::EKS::Addon", Properties: ir.Map{
			"ClusterName": "c", "AddonName": "n", "PodIdentityAssociations": ir.List{ir.Map{"ServiceAccount": "s", "RoleArn": ir.Ref("R")}},
		}}, "ServiceAccount: s\n"},
		{"a capability", ir.Resource{ID: "A", Type: "AWS::EKS::Capability", Properties: ir.Map{
			"ClusterName": "c", "CapabilityName": "n", "Type": "KRO", "RoleArn": ir.Ref("R"), "DeletePropagationPolicy": "RETAIN",
		}}, "Type: KRO\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := cfn.Template(ir.Stack{Name: "s", Resources: []ir.Resource{test.resource}})
			if err != nil || !strings.Contains(string(got), test.want) {
				t.Errorf("got error %v and\n%s\nwant %q in it", err, got, test.want)
			}
		})
	}
}

func TestDescribedTypesRefuse(t *testing.T) {
	for _, test := range []struct {
		name     string
		resource ir.Resource
		want     string
	}{
		{"a property with a typo", cluster(ir.Map{"UpgradePolicy": ir.Map{"SuportType": "STANDARD"}}), `not a valid AWS::EKS::Cluster: UpgradePolicy.SuportType: unknown property; did you mean "SupportType"?`},
		{"a property in another case", cluster(ir.Map{"deletionProtection": true}), `deletionProtection: unknown property; did you mean "DeletionProtection"?`},
		{"a value of another kind", cluster(ir.Map{"DeletionProtection": "true"}), "DeletionProtection: want boolean, got string"},
		{"text for a list", cluster(ir.Map{"EncryptionConfig": ir.Sub{Text: "a"}}), "EncryptionConfig: want array, got the text of Fn::Sub"},
		{"what AWS sets", cluster(ir.Map{"Endpoint": "https://a"}), "Endpoint: is set by AWS and read-only"},
		{"a property that is missing", ir.Resource{ID: "A", Type: "AWS::EKS::Addon", Properties: ir.Map{"AddonName": "a"}}, `required property "ClusterName" is missing`},
		{"two faults", ir.Resource{ID: "A", Type: "AWS::EKS::Addon", Properties: ir.Map{"Name": "a", "ClusterName": "c"}}, `Name: unknown property; required property "AddonName" is missing`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := cfn.Template(ir.Stack{Name: "s", Resources: []ir.Resource{test.resource}})
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got error %v, want one line with %q", err, test.want)
			}
		})
	}
}
