package lower_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/lower"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// cniConfiguration is the configuration of the add-on vpc-cni as EKS gets it,
// each variable of Fn::Sub replaced by what it stands for.
func cniConfiguration(t *testing.T, s *spec.Spec) (configuration map[string]any, isSub bool) {
	t.Helper()
	var value ir.Value
	for _, stack := range stacksOf(s) {
		if i := slices.IndexFunc(stack.Resources, func(r ir.Resource) bool { return r.ID == "AddonVpcCni" }); i >= 0 {
			value = stack.Resources[i].Properties["ConfigurationValues"]
		}
	}
	text, _ := value.(string)
	if sub, ok := value.(ir.Sub); ok {
		isSub = true
		var pairs []string
		for name, v := range sub.Vars {
			pairs = append(pairs, "${"+name+"}", fmt.Sprint(v))
		}
		text = strings.NewReplacer(append(pairs, "${!", "${")...).Replace(sub.Text)
	}
	if err := json.Unmarshal([]byte(text), &configuration); err != nil {
		t.Fatalf("%v in %v", err, value)
	}
	return configuration, isSub
}

// withPods is created with custom networking.
func withPods(groups ...string) *spec.Spec {
	s := created()
	s.Cluster.Network.Subnets.Pod = map[string]spec.Subnet{"b": {AvailabilityZone: "eu-west-1b"}, "a": {AvailabilityZone: "eu-west-1a"}}
	s.Cluster.VPCCNI = &spec.VPCCNI{CustomNetworking: &spec.CustomNetworking{Groups: groups}}
	return s
}

// TestENIConfig holds that each zone gets the id of its own subnet, as a text
// where it is known, and as an import where CloudFormation makes it.
func TestENIConfig(t *testing.T) {
	s := withPods("cluster")
	s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"podLabels": map[string]any{"${PodSubnetA}": "${x} $y"}}}
	got, isSub := cniConfiguration(t, s)
	group := fmt.Sprint(ir.GetAtt{ID: "Cluster", Attribute: "ClusterSecurityGroupId"})
	zone := func(subnet string) any {
		return map[string]any{"id": fmt.Sprint(ir.ImportValue("c-network:" + subnet)), "securityGroups": []any{group}}
	}
	want := map[string]any{
		"env":       map[string]any{"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG": "true", "ENI_CONFIG_LABEL_DEF": "topology.kubernetes.io/zone"},
		"podLabels": map[string]any{"${PodSubnetA}": "${x} $y"},
		"eniConfig": map[string]any{"create": true, "region": "eu-west-1", "subnets": map[string]any{"eu-west-1a": zone("PodSubnetA"), "eu-west-1b": zone("PodSubnetB")}},
	}
	if !isSub || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}

	s = withPods()
	s.Cluster.Network.VPC = spec.VPC{ID: "vpc-1"}
	for name, subnet := range s.Cluster.Network.Subnets.Pod {
		subnet.ID = "subnet-" + name
		s.Cluster.Network.Subnets.Pod[name] = subnet
	}
	got, isSub = cniConfiguration(t, s)
	subnets := map[string]any{"eu-west-1a": map[string]any{"id": "subnet-a"}, "eu-west-1b": map[string]any{"id": "subnet-b"}}
	if isSub || !reflect.DeepEqual(got["eniConfig"].(map[string]any)["subnets"], any(subnets)) {
		t.Errorf("got %v", got)
	}
}

// TestAgentArgs holds that the arguments replace the list of the plugin's own
// manifest without losing any, and change those alone that the spec says.
func TestAgentArgs(t *testing.T) {
	s := plain("dev")
	yes, port, family := true, 9000, spec.IPv6
	s.Cluster.IPFamily = family
	s.Cluster.VPCCNI = &spec.VPCCNI{NetworkPolicy: &spec.CNINetworkPolicy{PolicyEventLogs: &yes, MetricsPort: &port, LogLevel: "info"}, Windows: &spec.WindowsIPAM{WarmIPTarget: &port}}
	want := []any{
		"--conntrack-cache-cleanup-period=300", "--conntrack-cache-table-size=524288", "--enable-cloudwatch-logs=false", "--enable-ipv6=true",
		"--enable-network-policy=true", "--enable-policy-event-logs=true", "--health-probe-bind-addr=:8163",
		"--log-file=/var/log/aws-routed-eni/network-policy-agent.log", "--log-level=info", "--metrics-bind-addr=:9000",
	}
	objects := objectsOf(s, "vpc-cni")
	containers := objects["DaemonSet"]["spec"].(map[string]any)["template"].(map[string]any)["spec"].(map[string]any)["containers"].([]any)
	if got := containers[0].(map[string]any)["args"]; !reflect.DeepEqual(got, any(want)) {
		t.Errorf("got %q, want %q", got, want)
	}
	data := map[string]any{"enable-network-policy-controller": "true", "enable-windows-ipam": "true", "warm-ip-target": "9000"}
	if got := objects["ConfigMap"]["data"]; !reflect.DeepEqual(got, any(data)) {
		t.Errorf("got %v, want %v", got, data)
	}
	if _, env := containers[0].(map[string]any)["env"]; env || len(containers) != 1 {
		t.Errorf("got more than the agent: %v", containers)
	}
}

// objectsOf are the objects of a part of the base, by kind.
func objectsOf(s *spec.Spec, part string) map[string]map[string]any {
	objects := map[string]map[string]any{}
	for _, p := range lower.Lower(s, []*spec.Spec{s}).Kustomize.Base {
		for _, o := range p.Objects {
			if p.Name == part {
				objects[o.Kind] = o.Body
			}
		}
	}
	return objects
}

// TestPolicyLogs holds that who runs the plugin may write its logs: the
// plugin's own role where it has one, and else the nodes'.
func TestPolicyLogs(t *testing.T) {
	const policy = "NetworkPolicyLogs"
	yes := true
	for identity, want := range map[string][]string{spec.NoIdentity: {"NodeRole"}, spec.PodIdentity: {"AddonVpcCniRole"}} {
		s := withCNI(identity, spec.IPv4, "AmazonEKS_CNI_Policy")
		if got := rolesWith(s, policy); got != nil {
			t.Errorf("%s: without logs %q have the policy", identity, got)
		}
		s.Cluster.VPCCNI = &spec.VPCCNI{NetworkPolicy: &spec.CNINetworkPolicy{PolicyEventLogs: &yes, CloudWatchLogs: &yes}}
		if got := rolesWith(s, policy); !slices.Equal(got, want) {
			t.Errorf("%s: %q have the policy, want %q", identity, got, want)
		}
	}
}

// rolesWith are the roles that have an inline policy of that name.
func rolesWith(s *spec.Spec, policy string) []string {
	roles := map[string]bool{}
	for _, stack := range stacksOf(s) {
		for _, r := range stack.Resources {
			policies, _ := r.Properties["Policies"].(ir.List)
			for _, p := range policies {
				if p.(ir.Map)["PolicyName"] == policy {
					roles[r.ID] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(roles))
}
