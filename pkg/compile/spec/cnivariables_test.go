package spec

import (
	"maps"
	"slices"
	"testing"
)

func TestCNIEnv(t *testing.T) {
	yes, no, n := true, false, 0
	for name, test := range map[string]struct {
		cluster Cluster
		want    map[string]string
	}{
		"nothing": {Cluster{VPCCNI: &VPCCNI{}}, map[string]string{}},
		"zero values that are said": {
			Cluster{VPCCNI: &VPCCNI{ExternalSNAT: &no, WarmENITarget: &n}},
			map[string]string{"AWS_VPC_K8S_CNI_EXTERNALSNAT": "false", "WARM_ENI_TARGET": "0"},
		},
		"lists and maps": {
			Cluster{VPCCNI: &VPCCNI{ExcludeSNATCIDRs: []string{"b", "a", "b"}, AdditionalENITags: map[string]string{"k": `"v"`}}},
			map[string]string{"AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS": "a,b", "ADDITIONAL_ENI_TAGS": `{"k":"\"v\""}`},
		},
		"of the init container alone": {Cluster{VPCCNI: &VPCCNI{DisableTCPEarlyDemux: &yes}}, map[string]string{}},
		"network policies":            {Cluster{VPCCNI: &VPCCNI{NetworkPolicy: &CNINetworkPolicy{EnforcingMode: "strict"}}}, map[string]string{"NETWORK_POLICY_ENFORCING_MODE": "strict"}},
		"custom networking": {
			Cluster{VPCCNI: &VPCCNI{CustomNetworking: &CustomNetworking{}}},
			map[string]string{"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG": "true", "ENI_CONFIG_LABEL_DEF": "topology.kubernetes.io/zone"},
		},
		"groups of pods": {Cluster{PodSecurityGroups: map[string]PodSecurityGroups{"p": {}}}, map[string]string{"ENABLE_POD_ENI": "true"}},
		"others":         {Cluster{VPCCNI: &VPCCNI{Env: map[string]string{"A": "b"}}}, map[string]string{"A": "b"}},
	} {
		if got := test.cluster.CNIEnv(); !maps.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	init := VPCCNI{DisableTCPEarlyDemux: &yes, V6Egress: &no, V4Egress: &no}.InitEnv()
	if want := map[string]string{"DISABLE_TCP_EARLY_DEMUX": "true", "ENABLE_V6_EGRESS": "false"}; !maps.Equal(init, want) {
		t.Errorf("init container: got %q, want %q", init, want)
	}
}

// A variable is found wherever a spec may say it.
func TestCNIVariable(t *testing.T) {
	addon := func(configuration map[string]any) Cluster {
		return Cluster{Addons: map[string]Addon{"vpc-cni": {Configuration: configuration}}}
	}
	three := 3
	for name, c := range map[string]Cluster{
		"field":         {VPCCNI: &VPCCNI{WarmIPTarget: &three}},
		"env":           {VPCCNI: &VPCCNI{Env: map[string]string{"WARM_IP_TARGET": "3"}}},
		"configuration": addon(map[string]any{"env": map[string]any{"WARM_IP_TARGET": "3"}}),
		"extraEnv":      addon(map[string]any{"extraEnv": []any{map[string]any{"name": "A"}, map[string]any{"name": "WARM_IP_TARGET", "value": "3"}}}),
	} {
		if n, ok := c.CNIVariables().Number("WARM_IP_TARGET"); n != 3 || !ok {
			t.Errorf("%s: got %d, %t", name, n, ok)
		}
	}
	if n, ok := (Cluster{}).CNIVariables().Number("WARM_IP_TARGET"); ok {
		t.Errorf("nothing: got %d", n)
	}
	if n, ok := (Cluster{VPCCNI: &VPCCNI{Env: map[string]string{"WARM_IP_TARGET": "x"}}}).CNIVariables().Number("WARM_IP_TARGET"); ok {
		t.Errorf("no number: got %d", n)
	}
}

func TestCNIModes(t *testing.T) {
	yes, no := true, false
	env := func(name, value string) Cluster { return Cluster{VPCCNI: &VPCCNI{Env: map[string]string{name: value}}} }
	for name, test := range map[string]struct {
		cluster            Cluster
		prefixes, networks bool
	}{
		"nothing":           {Cluster{}, false, false},
		"prefixes":          {Cluster{VPCCNI: &VPCCNI{PrefixDelegation: &yes}}, true, false},
		"no prefixes":       {Cluster{VPCCNI: &VPCCNI{PrefixDelegation: &no}}, false, false},
		"IPv6":              {Cluster{IPFamily: IPv6}, true, false},
		"custom networking": {Cluster{VPCCNI: &VPCCNI{CustomNetworking: &CustomNetworking{}}}, false, true},
		"by variable":       {env("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true"), false, true},
		"by no truth":       {env("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "yes"), false, false},
	} {
		if p, n := test.cluster.PrefixDelegation(), test.cluster.CustomNetworking(); p != test.prefixes || n != test.networks {
			t.Errorf("%s: got %t and %t", name, p, n)
		}
	}
}

// Each variable has one field, and custom networking takes its two variables
// only where it is said.
func TestCNIFields(t *testing.T) {
	fields := Cluster{}.CNIFields()
	for name, want := range map[string]string{
		"WARM_ENI_TARGET": "cluster.vpcCNI.warmENITarget", "NETWORK_POLICY_ENFORCING_MODE": "cluster.vpcCNI.networkPolicy.enforcingMode",
		"DISABLE_TCP_EARLY_DEMUX": "cluster.vpcCNI.disableTCPEarlyDemux", "ENABLE_POD_ENI": "cluster.podSecurityGroups", "ENI_CONFIG_LABEL_DEF": "",
	} {
		if fields[name] != want {
			t.Errorf("%s: got %q, want %q", name, fields[name], want)
		}
	}
	own := Cluster{VPCCNI: &VPCCNI{CustomNetworking: &CustomNetworking{}}}.CNIFields()["ENI_CONFIG_LABEL_DEF"]
	if own != "cluster.vpcCNI.customNetworking" {
		t.Errorf("got %q", own)
	}
	paths := slices.Sorted(maps.Values(fields))
	if twice := len(paths) - len(slices.Compact(paths)); twice != 0 {
		t.Errorf("%d fields have several variables: %q", twice, fields)
	}
}
