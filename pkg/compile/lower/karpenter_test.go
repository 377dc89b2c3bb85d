package lower_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/lower"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// withKarpenter is a spec with Karpenter, as resolve leaves it.
func withKarpenter(edit func(k *spec.Karpenter)) *spec.Spec {
	s := created()
	k := spec.Karpenter{
		Version: "1.14.1", Namespace: "kube-system", ServiceAccount: "karpenter", Method: spec.PodIdentity, InterruptionQueue: true,
		NodeRole: spec.KarpenterNodeRole{Name: "nodes"},
	}
	edit(&k)
	s.Cluster.Karpenter = &k
	return s
}

// controllerPolicies are the documents of the controller's policies by name.
func controllerPolicies(t *testing.T, s *spec.Spec) map[string]ir.Map {
	policies := map[string]ir.Map{}
	for _, p := range resource(t, s, "karpenter", "KarpenterControllerRole").Properties["Policies"].(ir.List) {
		policies[p.(ir.Map)["PolicyName"].(string)] = p.(ir.Map)["PolicyDocument"].(ir.Map)
	}
	return policies
}

// TestKarpenterPolicySize holds that the policies, with the longest name of a
// cluster, take no more room than resolve leaves them: its karpenterPolicySize.
func TestKarpenterPolicySize(t *testing.T) {
	s := withKarpenter(func(*spec.Karpenter) {})
	s.Cluster.Name, s.Cluster.ZonalShift = strings.Repeat("c", 100), ptr(true)
	size := 0
	for _, document := range controllerPolicies(t, s) {
		plain, err := ir.PlainMap(document)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(plain)
		if err != nil {
			t.Fatal(err)
		}
		// What CloudFormation makes of it is shorter than the functions.
		size += len(data)
	}
	if size > 8500 {
		t.Errorf("the policies have %d characters", size)
	}
}

// TestKarpenterLeastPrivilege holds that what changes anything is bound to the
// cluster's tags, and that no right is given that nobody needs.
func TestKarpenterLeastPrivilege(t *testing.T) {
	all := controllerPolicies(t, withKarpenter(func(*spec.Karpenter) {}))
	for name, document := range all {
		for _, s := range document["Statement"].(ir.List) {
			statement := s.(ir.Map)
			conditions, _ := json.Marshal(statement["Condition"])
			if statement["Resource"] == "*" && !strings.Contains(string(conditions), "aws:RequestedRegion") && statement["Sid"] != "ListProfiles" && statement["Sid"] != "FindPrices" {
				t.Errorf("%s: %v is about every resource", name, statement["Sid"])
			}
		}
	}
	for _, test := range []struct {
		name   string
		edit   func(k *spec.Karpenter)
		policy string
		sid    string
		want   bool
	}{
		{"with a queue", func(*spec.Karpenter) {}, "interruption", "ReceiveInterruptions", true},
		{"without a queue", func(k *spec.Karpenter) { k.InterruptionQueue = false }, "interruption", "ReceiveInterruptions", false},
		{"without zonal shift", func(*spec.Karpenter) {}, "zonal-shift", "ReadZonalShift", false},
		{"with profiles of its own", func(*spec.Karpenter) {}, "instance-profiles", "CreateProfiles", true},
		{"with a given profile", func(k *spec.Karpenter) { k.InstanceProfile = true }, "instance-profiles", "CreateProfiles", false},
		{"with a given profile and another role", func(k *spec.Karpenter) {
			k.InstanceProfile, k.NodeClasses = true, map[string]spec.EC2NodeClass{"c": {Role: "other"}}
		}, "instance-profiles", "CreateProfiles", true},
	} {
		data, _ := json.Marshal(controllerPolicies(t, withKarpenter(test.edit))[test.policy])
		if got := strings.Contains(string(data), `"`+test.sid+`"`); got != test.want {
			t.Errorf("%s: %s is there: %v, want %v", test.name, test.sid, got, test.want)
		}
	}
}

// TestKarpenterPassesRoles holds that the controller passes the roles of nodes
// and no others, to EC2 under the name that it has in the partition.
func TestKarpenterPassesRoles(t *testing.T) {
	s := withKarpenter(func(k *spec.Karpenter) {
		k.NodeClasses = map[string]spec.EC2NodeClass{"b": {Role: "path/b"}, "a": {Role: "a"}, "own": {Role: "nodes"}, "b2": {Role: "path/b"}}
	})
	s.Cluster.Region = "cn-north-1"
	got := controllerPolicies(t, s)["instance-profiles"]["Statement"].(ir.List)[0]
	want := ir.Map{
		"Sid": "PassNodeRole", "Effect": "Allow", "Action": "iam:PassRole",
		"Resource": ir.List{
			ir.GetAtt{ID: "KarpenterNodeRole", Attribute: "Arn"},
			ir.Sub{Text: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/a"},
			ir.Sub{Text: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/path/b"},
		},
		"Condition": ir.Map{"StringEquals": ir.Map{"iam:PassedToService": "ec2.amazonaws.com.cn"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestKarpenterInstallCommand holds that the command has all that the chart
// needs to know, and nothing that it does not.
func TestKarpenterInstallCommand(t *testing.T) {
	const chart = "helm upgrade --install karpenter oci://public.ecr.aws/karpenter/karpenter --version 1.14.1 --namespace kube-system --set settings.clusterName=c"
	for _, test := range []struct {
		name string
		edit func(c *spec.Cluster, k *spec.Karpenter)
		want string
	}{
		{"Pod Identity", func(*spec.Cluster, *spec.Karpenter) {}, chart + " --set settings.interruptionQueue=c-karpenter --set serviceAccount.name=karpenter"},
		{"no queue", func(_ *spec.Cluster, k *spec.Karpenter) { k.InterruptionQueue = false }, chart + " --set serviceAccount.name=karpenter"},
		{"no way out", func(c *spec.Cluster, k *spec.Karpenter) { k.InterruptionQueue, c.Network.NATGateways = false, "none" },
			chart + " --set settings.isolatedVPC=true --set serviceAccount.name=karpenter"},
		{"IRSA", func(c *spec.Cluster, k *spec.Karpenter) {
			k.InterruptionQueue, k.Method, k.ControllerRole.Name, c.IAM.Path = false, spec.IRSA, "r", "/p/"
		}, chart + ` --set serviceAccount.name=karpenter --set 'serviceAccount.annotations.eks\.amazonaws\.com/role-arn=arn:aws:iam::111122223333:role/p/r'`},
	} {
		s := withKarpenter(func(*spec.Karpenter) {})
		test.edit(&s.Cluster, s.Cluster.Karpenter)
		for _, stack := range stacksOf(s) {
			for _, output := range stack.Outputs {
				if output.ID == "InstallCommand" && output.Value != test.want {
					t.Errorf("%s: got\n%s, want\n%s", test.name, output.Value, test.want)
				}
			}
		}
	}
}

// TestMinValues holds that the number of values stands in one entry of a
// requirement, also where nothing else is asked for.
func TestMinValues(t *testing.T) {
	s := withKarpenter(func(k *spec.Karpenter) {
		k.NodePools = map[string]spec.NodePool{"p": {NodeClass: "c", Requirements: map[string]spec.NodeRequirement{
			"a": {MinValues: ptr(2)}, "b": {MinValues: ptr(3), In: []string{"y", "x", "z"}, NotIn: []string{"q"}},
		}}}
	})
	for _, part := range lower.Lower(s, []*spec.Spec{s}).Kustomize.Base {
		if part.Name != "karpenter" {
			continue
		}
		template := part.Objects[0].Body["spec"].(map[string]any)["template"].(map[string]any)
		want := []any{
			map[string]any{"key": "a", "operator": "Exists", "minValues": int64(2)},
			map[string]any{"key": "b", "operator": "In", "values": []any{"x", "y", "z"}, "minValues": int64(3)},
			map[string]any{"key": "b", "operator": "NotIn", "values": []any{"q"}},
		}
		if got := template["spec"].(map[string]any)["requirements"]; !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		return
	}
	t.Error("there is no NodePool")
}
