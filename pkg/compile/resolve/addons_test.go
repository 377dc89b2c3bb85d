package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestVPCCNI(t *testing.T) {
	cni := func(v spec.VPCCNI) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.VPCCNI = &v }
	}
	const at = "cluster vpcCNI"
	snat := spec.VPCCNI{ExternalSNAT: ptr(true)}
	runRules(t, newVPC, []ruleTest{
		{"settings", cni(spec.VPCCNI{ExternalSNAT: ptr(true), LogLevel: "DEBUG", Env: map[string]string{"WARM_ENI_TARGET": "2"}}), nil},
		{"SNAT of public nodes", func(s *spec.Spec) {
			cni(snat)(s)
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })(s)
		}, []want{{diag.SNATSubnets, at + " externalSNAT", `public subnets cannot reach the internet: "general"`}}},
		{"no SNAT of public nodes", func(s *spec.Spec) {
			cni(spec.VPCCNI{ExternalSNAT: ptr(false)})(s)
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })(s)
		}, nil},
		{"SNAT without NAT", func(s *spec.Spec) {
			cni(snat)(s)
			s.Cluster.Network.NATGateways = "none"
		}, []want{{diag.UnreachableImage, "workloads nginx image", "docker.io"}}},
		{"variable of a field", cni(spec.VPCCNI{Env: map[string]string{"ENABLE_PREFIX_DELEGATION": "true"}}), []want{
			{diag.CNIEnv, at + " env ENABLE_PREFIX_DELEGATION", "use prefixDelegation"}}},
		{"variable name", cni(spec.VPCCNI{Env: map[string]string{"A B": ""}}), []want{{diag.KubernetesName, at + " env A B", "environment variable"}}},
		{"environment from two places", func(s *spec.Spec) {
			cni(snat)(s)
			s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"env": map[string]any{}}}
		}, []want{{diag.AddonConfig, "cluster addons vpc-cni configuration env", "cluster.vpcCNI"}}},
		{"environment from the add-on", func(s *spec.Spec) {
			s.Cluster.VPCCNI = &spec.VPCCNI{}
			s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"env": map[string]any{}}}
		}, nil},
	})
}

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
