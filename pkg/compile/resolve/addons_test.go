package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestAddons(t *testing.T) {
	addon := func(name, version string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Addons = map[string]spec.Addon{name: {AddonBase: spec.AddonBase{Version: version}}}
		}
	}
	runRules(t, newVPC, []ruleTest{
		{"version", addon("vpc-cni", "v1.20.4-eksbuild.1"), nil},
		{"version of another form", addon("vpc-cni", "1.20.4"), []want{{diag.AddonVersion, "cluster addons vpc-cni version", "eksbuild"}}},
		{"of the marketplace", addon("seller_product", "1"), nil},
		{"tag without a value", func(s *spec.Spec) { s.Cluster.Tags = map[string]string{"note": ""} }, []want{
			{diag.InvalidTag, "cluster tags note", "EKS add-ons do not allow"}}},
		{"unknown", addon("core-dns", "1"), []want{{diag.UnknownAddon, "cluster addons core-dns", `did you mean "coredns"?`}}},
		{"kube-proxy as old as allowed", addon("kube-proxy", "v1.32.0-eksbuild.2"), nil},
		{"kube-proxy ahead", addon("kube-proxy", "v1.36.0-eksbuild.2"), []want{
			{diag.AddonVersion, "cluster addons kube-proxy version", "take a version of 1.32 to 1.35"}}},
		{"kube-proxy too old", addon("kube-proxy", "v1.31.0-eksbuild.2"), []want{
			{diag.AddonVersion, "cluster addons kube-proxy version", "does not go with"}}},
	})
}

// addons sets the add-ons of a spec.
func addons(m map[string]spec.Addon) func(*spec.Spec) {
	return func(s *spec.Spec) { s.Cluster.Addons = m }
}

const addonsAt = "cluster addons "

func TestAddonIdentity(t *testing.T) {
	agent := spec.Addon{}
	ebs := func(identity string, role spec.AddonRole) spec.Addon {
		return spec.Addon{AddonBase: spec.AddonBase{Identity: identity, Role: role}}
	}
	none, given := spec.AddonRole{}, spec.AddonRole{ARN: "arn:aws:iam::111122223333:role/r"}
	const driver = addonsAt + "aws-ebs-csi-driver"
	runRules(t, newVPC, []ruleTest{
		{"by the agent", addons(map[string]spec.Addon{"aws-ebs-csi-driver": {}, podIdentityAgent: agent}), nil},
		{"no agent", addons(map[string]spec.Addon{"aws-ebs-csi-driver": {}}), []want{{diag.AddonWithoutRole, driver, "gets a role with AmazonEBSCSIDriverPolicyV2"}}},
		{"no agent, but nodes with the policy", func(s *spec.Spec) {
			addons(map[string]spec.Addon{"aws-ebs-csi-driver": {}})(s)
			group(func(g *spec.NodeGroup) { g.Role.ManagedPolicies = []string{"AmazonEBSCSIDriverPolicyV2"} })(s)
		}, nil},
		{"no agent, no recommended policy", addons(map[string]spec.Addon{"external-dns": {}}), []want{{diag.AddonWithoutRole, addonsAt + "external-dns", "role.managedPolicies"}}},
		{"Pod Identity without the agent", addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.PodIdentity, none)}), []want{
			{diag.PodIdentityAgent, driver + " identity", "eks-pod-identity-agent"}}},
		{"an agent that waits for itself", addons(map[string]spec.Addon{podIdentityAgent: {AddonBase: spec.AddonBase{ServiceAccount: "agent", Namespace: "kube-system", Role: given}}}), []want{
			{diag.PodIdentityAgent, addonsAt + "eks-pod-identity-agent", "cannot give itself a role"}}},
		{"IRSA", addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.IRSA, none)}), nil},
		{"IRSA without the provider", func(s *spec.Spec) {
			addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.IRSA, none)})(s)
			s.Cluster.IAM.OIDCProvider = ptr(false)
		}, []want{{diag.NoOIDCProvider, driver + " identity", "cluster.iam.oidcProvider turns off"}}},
		{"a role for nobody", addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs("", given)}), []want{{diag.AddonIdentity, driver + " role", "nothing gives the role"}}},
		{"a boundary for nobody", addons(map[string]spec.Addon{"vpc-cni": ebs("", spec.AddonRole{PermissionsBoundary: "arn:aws:iam::111122223333:policy/b"})}), []want{
			{diag.AddonIdentity, addonsAt + "vpc-cni role", "nothing gives the role"}}},
		{"given and created", addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.IRSA, spec.AddonRole{ARN: given.ARN, ManagedPolicies: []string{"ReadOnlyAccess"}})}), []want{
			{diag.RoleConflict, driver + " role", "leave out"}}},
		{"given with statements", addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.IRSA, spec.AddonRole{ARN: given.ARN, Statements: map[string]spec.Statement{
			"read": {Effect: "Allow", Actions: []string{"s3:GetObject"}, Resources: []string{"arn:aws:s3:::b/*"}}}})}), []want{
			{diag.RoleConflict, driver + " role statements", "leave out"}}},
		{"no role's ARN", addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.IRSA, spec.AddonRole{ARN: "arn:aws:iam::111122223333:user/u"})}), []want{
			{diag.InvalidARN, driver + " role arn", "not the ARN of an IAM role"}}},
		{"no policy", addons(map[string]spec.Addon{"aws-mountpoint-s3-csi-driver": ebs(spec.IRSA, none)}), []want{
			{diag.RoleNothing, addonsAt + "aws-mountpoint-s3-csi-driver role", "managedPolicies"}}},
		{"statements", addons(map[string]spec.Addon{"aws-mountpoint-s3-csi-driver": ebs(spec.IRSA, spec.AddonRole{Statements: map[string]spec.Statement{
			"read": {Effect: "Allow", Actions: []string{"s3:GetObject"}, Resources: []string{"arn:aws:s3:::b/*"}}}})}), nil},
		{"a role of another account", addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.IRSA, spec.AddonRole{ARN: "arn:aws:iam::444455556666:role/r"})}), []want{
			{diag.InvalidARN, driver + " role arn", "the cluster's account 111122223333"}}},
		{"two roles for one account", func(s *spec.Spec) {
			addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.IRSA, none)})(s)
			s.Cluster.ServiceAccounts = map[string]spec.ServiceAccount{"ebs-csi-controller-sa": {Namespace: "kube-system", Method: spec.IRSA, Role: spec.ServiceAccountRole{ManagedPolicies: []string{"ReadOnlyAccess"}}}}
		}, []want{{diag.ServiceAccountTaken, "cluster serviceAccounts ebs-csi-controller-sa", "cluster.addons.aws-ebs-csi-driver"}}},
		{"unknown policy", addons(map[string]spec.Addon{"aws-ebs-csi-driver": ebs(spec.IRSA, spec.AddonRole{ManagedPolicies: []string{"AmazonEBSCSIDriverPolicyV3"}})}), []want{
			{diag.UnknownPolicy, driver + " role managedPolicies 0", "AmazonEBSCSIDriverPolicyV2"}}},
		{"no service account", addons(map[string]spec.Addon{"coredns": ebs(spec.IRSA, given)}), []want{{diag.AddonRole, addonsAt + "coredns serviceAccount", "does not know"}}},
		{"a service account for nothing", addons(map[string]spec.Addon{"coredns": {AddonBase: spec.AddonBase{ServiceAccount: "coredns"}}}), []want{
			{diag.AddonIdentity, addonsAt + "coredns serviceAccount", "no effect"}}},
		{"no namespace", addons(map[string]spec.Addon{"seller_product": {AddonBase: spec.AddonBase{Identity: spec.IRSA, Role: given, ServiceAccount: "p"}}}), []want{
			{diag.AddonRole, addonsAt + "seller_product namespace", "state"}}},
	})
}

// What resolve fills in, and that it does so only where there is a role.
func TestAddonDefaults(t *testing.T) {
	for _, tt := range []struct {
		name     string
		family   spec.IPFamily
		agent    bool
		identity string
		policies int
	}{
		{"vpc-cni", spec.IPv4, false, spec.NoIdentity, 0},
		{"vpc-cni", spec.IPv4, true, spec.PodIdentity, 1},
		{"vpc-cni", spec.IPv6, true, spec.PodIdentity, 0},
		{"coredns", spec.IPv4, true, spec.NoIdentity, 0},
		{"external-dns", spec.IPv4, true, spec.NoIdentity, 0},
		{"amazon-cloudwatch-observability", spec.IPv4, true, spec.PodIdentity, 2},
	} {
		s := newVPC()
		s.Cluster.IPFamily = tt.family
		s.Cluster.Addons = map[string]spec.Addon{tt.name: {}}
		if tt.agent {
			s.Cluster.Addons[podIdentityAgent] = spec.Addon{}
		}
		Resolve(s)
		if a := s.Cluster.Addons[tt.name]; a.Identity != tt.identity || len(a.Role.ManagedPolicies) != tt.policies || a.Namespace != "" {
			t.Errorf("%+v: got %+v", tt, a)
		}
		if s.Cluster.IAM.OIDCProvider != nil {
			t.Errorf("%+v: there is an OIDC provider", tt)
		}
	}
	s := newVPC()
	s.Cluster.Addons = map[string]spec.Addon{"vpc-cni": {AddonBase: spec.AddonBase{Identity: spec.IRSA}}}
	if Resolve(s); s.Cluster.IAM.OIDCProvider == nil || !*s.Cluster.IAM.OIDCProvider {
		t.Error("IRSA brings no OIDC provider")
	}
}

func TestAddonSettings(t *testing.T) {
	addon := func(name string, a spec.AddonBase) func(*spec.Spec) {
		return addons(map[string]spec.Addon{name: {AddonBase: a}})
	}
	runRules(t, newVPC, []ruleTest{
		{"namespace", addon("metrics-server", spec.AddonBase{Namespace: "Kube_System"}), []want{{diag.KubernetesName, addonsAt + "metrics-server namespace", "Kube_System"}}},
		{"service account", addon("seller_product", spec.AddonBase{Identity: spec.IRSA, Namespace: "p", ServiceAccount: "A b", Role: spec.AddonRole{ARN: "arn:aws:iam::111122223333:role/r"}}), []want{
			{diag.KubernetesName, addonsAt + "seller_product serviceAccount", "service account"}}},
		{"tags", addon("coredns", spec.AddonBase{Tags: map[string]string{"aws:x": "y", "note": ""}}), []want{
			{diag.InvalidTag, addonsAt + "coredns tags aws:x", "begins with aws:"}, {diag.InvalidTag, addonsAt + "coredns tags note", "no value"}}},
		{"takes over nothing", addon("kube-proxy", spec.AddonBase{ResolveConflicts: "NONE"}), []want{{diag.AddonConflict, addonsAt + "kube-proxy resolveConflicts", "OVERWRITE"}}},
		{"nothing to take over", addon("metrics-server", spec.AddonBase{ResolveConflicts: "NONE"}), nil},
		{"without what EKS installs", func(s *spec.Spec) {
			s.Cluster.Addons["kube-proxy"] = spec.Addon{AddonBase: spec.AddonBase{ResolveConflicts: "PRESERVE"}}
			s.Cluster.BootstrapSelfManagedAddons = ptr(false)
		}, nil},
		{"needs", addon("adot", spec.AddonBase{}), []want{{diag.AddonNeeds, addonsAt + "adot", `add "cert-manager"`}}},
		{"has what it needs", addons(map[string]spec.Addon{"adot": {}, "cert-manager": {}}), nil},
	})
}

func TestAddonConfiguration(t *testing.T) {
	with := func(name string, configuration map[string]any) func(*spec.Spec) {
		return addons(map[string]spec.Addon{name: {Configuration: configuration}})
	}
	type m = map[string]any
	dns, proxy, metrics := addonsAt+"coredns configuration ", addonsAt+"kube-proxy configuration ", addonsAt+"metrics-server configuration "
	runRules(t, newVPC, []ruleTest{
		{"unknown key", with("coredns", m{"replicaCout": 2}), []want{{diag.AddonKey, dns + "replicaCout", `did you mean "replicaCount"?`}}},
		{"unknown key inside", with("coredns", m{"autoScaling": m{"enabled": true, "min": 2}}), []want{{diag.AddonKey, dns + "autoScaling min", "no key"}}},
		{"unknown key of an entry", with("vpc-cni", m{"eniConfig": m{"subnets": m{"ap-northeast-2a": m{"id": "subnet-0123abcd", "securityGroup": "x"}}}}), []want{
			{diag.AddonKey, addonsAt + "vpc-cni configuration eniConfig subnets ap-northeast-2a securityGroup", "securityGroups"}}},
		{"addresses of another region", with("vpc-cni", m{"eniConfig": m{"region": "eu-west-1", "subnets": m{"ap-northeast-2z": m{"id": "subnet-1"}}}}), []want{
			{diag.AddonSetting, addonsAt + "vpc-cni configuration eniConfig region", "not the cluster's region"},
			{diag.AddonSetting, addonsAt + "vpc-cni configuration eniConfig subnets ap-northeast-2z", "has no zone"},
			{diag.InvalidID, addonsAt + "vpc-cni configuration eniConfig subnets ap-northeast-2z id", "subnet-"}}},
		{"free content", with("coredns", m{"affinity": m{"anything": m{"goes": 1}}, "tolerations": []any{m{"x": 1}}}), nil},
		{"an add-on without a typed configuration", with("cert-manager", m{"x": 1}), nil},
		{"no replicas", with("coredns", m{"replicaCount": 0}), []want{{diag.AddonSetting, dns + "replicaCount", "the least is 1"}}},
		{"one autoscaled pod", with("coredns", m{"autoScaling": m{"enabled": true, "minReplicas": int64(1)}}), []want{{diag.AddonSetting, dns + "autoScaling minReplicas", "2 to 1000"}}},
		{"bounds out of order", with("coredns", m{"autoScaling": m{"enabled": true, "minReplicas": 4, "maxReplicas": 3}}), []want{
			{diag.AddonSetting, dns + "autoScaling minReplicas", "more than maxReplicas, 3"}}},
		{"replicas beside an autoscaler", with("coredns", m{"replicaCount": 2, "autoScaling": m{"enabled": true}}), []want{{diag.AddonSetting, dns + "replicaCount", "leave it out"}}},
		{"replicas beside none", with("coredns", m{"replicaCount": 2, "autoScaling": m{"enabled": false}}), nil},
		{"ipvs in another mode", with("kube-proxy", m{"mode": "nftables", "ipvs": m{"scheduler": "rr"}}), []want{{diag.AddonSetting, proxy + "ipvs", `set mode to "ipvs"`}}},
		{"budget", with("metrics-server", m{"podDisruptionBudget": m{"maxUnavailable": "50%"}}), nil},
		{"both budgets", with("metrics-server", m{"podDisruptionBudget": m{"maxUnavailable": 1, "minAvailable": 1}}), []want{
			{diag.AddonSetting, metrics + "podDisruptionBudget minAvailable", "not both"}}},
		{"no budget", with("metrics-server", m{"podDisruptionBudget": m{"maxUnavailable": "half", "minAvailable": nil}}), []want{
			{diag.AddonSetting, metrics + "podDisruptionBudget maxUnavailable", "neither"}}},
		{"negative budget", with("metrics-server", m{"podDisruptionBudget": m{"minAvailable": -1}}), []want{
			{diag.AddonSetting, metrics + "podDisruptionBudget minAvailable", "neither"}}},
		{"quantity", with("metrics-server", m{"resources": m{"requests": m{"memory": "200MB"}}}), []want{
			{diag.InvalidQuantity, metrics + "resources requests memory", "200MB"}}},
	})
}
