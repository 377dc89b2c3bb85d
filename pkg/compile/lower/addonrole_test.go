package lower_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// withCNI is a spec whose CNI plugin gets its role in the given way.
func withCNI(identity string, family spec.IPFamily, policies ...string) *spec.Spec {
	s := created()
	s.Cluster.IPFamily = family
	cni := spec.AddonBase{Identity: identity, ServiceAccount: "aws-node", Role: spec.AddonRole{ManagedPolicies: policies}}
	s.Cluster.Addons = map[string]spec.Addon{"vpc-cni": {AddonBase: cni}, "eks-pod-identity-agent": {}}
	return s
}

// TestCNIPolicy holds that exactly one of the nodes' role and the plugin's own
// lets the CNI plugin do its work.
func TestCNIPolicy(t *testing.T) {
	for _, test := range []struct {
		spec  *spec.Spec
		id    string // the role that has the policy
		other string // the one that has not, if there is one
		want  string // the policy
	}{
		{withCNI(spec.NoIdentity, spec.IPv4), "NodeRole", "", "AmazonEKS_CNI_Policy"},
		{withCNI(spec.PodIdentity, spec.IPv4, "AmazonEKS_CNI_Policy"), "AddonVpcCniRole", "NodeRole", "AmazonEKS_CNI_Policy"},
		{withCNI(spec.IRSA, spec.IPv4, "AmazonEKS_CNI_Policy"), "AddonVpcCniRole", "NodeRole", "AmazonEKS_CNI_Policy"},
		{withCNI(spec.NoIdentity, spec.IPv6), "NodeRole", "", "AmazonEKS_CNI_IPv6_Policy"},
		{withCNI(spec.PodIdentity, spec.IPv6), "AddonVpcCniRole", "NodeRole", "AmazonEKS_CNI_IPv6_Policy"},
		{withCNI(spec.PodIdentity, spec.IPv6, "ReadOnlyAccess"), "AddonVpcCniRole", "NodeRole", "ReadOnlyAccess"},
	} {
		policies := policiesOf(stacksOf(test.spec))
		if !slices.Contains(policies[test.id], test.want) {
			t.Errorf("%s lacks %s: %q", test.id, test.want, policies)
		}
		if slices.Contains(policies[test.other], test.want) || len(policies["NodeRole"]) < 2 {
			t.Errorf("unexpected policies %q", policies)
		}
	}
}

// policiesOf are the names of all policies of each role.
func policiesOf(stacks []ir.Stack) map[string][]string {
	found := map[string][]string{}
	for _, stack := range stacks {
		for _, r := range stack.Resources {
			managed, _ := r.Properties["ManagedPolicyArns"].(ir.List)
			for _, arn := range managed {
				found[r.ID] = append(found[r.ID], arn.(ir.Sub).Text[len("arn:${AWS::Partition}:iam::aws:policy/"):])
			}
			inline, _ := r.Properties["Policies"].(ir.List)
			for _, p := range inline {
				found[r.ID] = append(found[r.ID], p.(ir.Map)["PolicyName"].(string))
			}
		}
	}
	return found
}

// TestAddonRoles holds how an add-on is told its role, and after what it is
// created.
func TestAddonRoles(t *testing.T) {
	const given = "arn:aws:iam::111122223333:role/given"
	own := ir.GetAtt{ID: "AddonVpcCniRole", Attribute: "Arn"}
	association := func(role ir.Value) ir.Value { return ir.List{ir.Map{"RoleArn": role, "ServiceAccount": "aws-node"}} }
	withARN := func(identity string) *spec.Spec {
		s := withCNI(identity, spec.IPv4)
		cni := s.Cluster.Addons["vpc-cni"]
		cni.Role.ARN = given
		s.Cluster.Addons["vpc-cni"] = cni
		return s
	}
	for _, test := range []struct {
		spec                 *spec.Spec
		pods, irsa           ir.Value
		afterAgent, roleMade bool
	}{
		{withCNI(spec.NoIdentity, spec.IPv4), nil, nil, false, false},
		{withCNI(spec.PodIdentity, spec.IPv4), association(own), nil, true, true},
		{withCNI(spec.IRSA, spec.IPv4), nil, own, false, true},
		{withARN(spec.PodIdentity), association(given), nil, true, false},
		{withARN(spec.IRSA), nil, given, false, false},
	} {
		stack := stacksOf(test.spec)[1]
		_, made := policiesOf([]ir.Stack{stack})["AddonVpcCniRole"]
		addon := stack.Resources[slices.IndexFunc(stack.Resources, func(r ir.Resource) bool { return r.ID == "AddonVpcCni" })]
		pods, irsa := addon.Properties["PodIdentityAssociations"], addon.Properties["ServiceAccountRoleArn"]
		if !reflect.DeepEqual(pods, test.pods) || !reflect.DeepEqual(irsa, test.irsa) {
			t.Errorf("got %v and %v, want %v and %v", pods, irsa, test.pods, test.irsa)
		}
		if slices.Contains(addon.DependsOn, "AddonEksPodIdentityAgent") != test.afterAgent || made && !test.roleMade {
			t.Errorf("depends on %q, role made %t", addon.DependsOn, made)
		}
	}
}

// An add-on comes after those that it needs, where both are in one stack.
func TestNeededAddons(t *testing.T) {
	s := created()
	s.Cluster.Addons = map[string]spec.Addon{"adot": {}, "cert-manager": {}, "vpc-cni": {}}
	for _, stack := range stacksOf(s) {
		for _, r := range stack.Resources {
			if r.ID == "AddonAdot" && !slices.Equal(r.DependsOn, []string{"AddonCertManager"}) {
				t.Errorf("adot depends on %q", r.DependsOn)
			}
		}
	}
}
