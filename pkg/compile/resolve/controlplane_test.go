package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestControlPlane(t *testing.T) {
	control := func(c spec.ControlPlane) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.ControlPlane = c }
	}
	ports := func(low, high int) func(*spec.Spec) {
		return control(spec.ControlPlane{APIServer: &spec.APIServer{ServiceNodePortRange: &spec.NodePortRange{Min: low, Max: high}}})
	}
	ttl := func(text string) func(*spec.Spec) {
		return control(spec.ControlPlane{APIServer: &spec.APIServer{EventTTL: text}})
	}
	weights := func(resources map[string]int) func(*spec.Spec) {
		return control(spec.ControlPlane{Scheduler: &spec.Scheduler{ScoringStrategy: "MostAllocated", Resources: resources}})
	}
	manager := func(tier, period string, threshold int) func(*spec.Spec) {
		return control(spec.ControlPlane{ScalingTier: tier, ControllerManager: &spec.ControllerManager{
			HorizontalPodAutoscalerSyncPeriod: period, TerminatedPodGCThreshold: &threshold,
		}})
	}
	authorities := func(names ...string) func(*spec.Spec) {
		return control(spec.ControlPlane{CertificateAuthority: &spec.CertificateAuthority{Appended: names}})
	}
	rollback := func(minutes int) func(*spec.Spec) {
		return control(spec.ControlPlane{Rollback: &spec.Rollback{TimeoutMinutes: minutes}})
	}
	const nodePorts, ttlPath, appended = "cluster apiServer serviceNodePortRange", "cluster apiServer eventTTL", "cluster certificateAuthority appended"
	const sync, threshold = "cluster controllerManager horizontalPodAutoscalerSyncPeriod", "cluster controllerManager terminatedPodGCThreshold"
	runRules(t, newVPC, []ruleTest{
		{"standard support", control(spec.ControlPlane{SupportType: "STANDARD"}), nil},
		{"standard support of an old version", func(s *spec.Spec) {
			s.Cluster.SupportType, s.Cluster.Version = "STANDARD", "1.33"
		}, []want{{diag.SupportType, "cluster supportType", "1.33"}, {diag.ExtendedSupport, "cluster version", "1.33"}}},
		{"event TTL", ttl("10m"), nil},
		{"event TTL in hours", ttl("1h"), nil},
		{"event TTL short", ttl("599s"), []want{{diag.ControlPlaneRange, ttlPath, "10m to 60m"}}},
		{"event TTL long", ttl("61m"), []want{{diag.ControlPlaneRange, ttlPath, "61m"}}},
		{"event TTL without end", ttl("99999999999999h"), []want{{diag.ControlPlaneRange, ttlPath, "out of range"}}},
		{"node ports", ports(10260, 32767), nil},
		{"one node port", ports(31000, 31000), nil},
		{"node ports inverted", ports(31000, 30000), []want{{diag.ControlPlaneRange, nodePorts, "more than max"}}},
		{"node ports too low", ports(10259, 30000), []want{{diag.ControlPlaneRange, nodePorts + " min", "10260 to 32767"}}},
		{"node ports too high", ports(30000, 32768), []want{{diag.ControlPlaneRange, nodePorts + " max", "10260 to 32767"}}},
		{"weights", weights(map[string]int{"cpu": 1, "nvidia.com/gpu": 100}), nil},
		{"default weights", weights(nil), nil},
		{"no weights", weights(map[string]int{}), []want{{diag.ControlPlaneRange, "cluster scheduler resources", "no resource"}}},
		{"weight out of range", weights(map[string]int{"cpu": 0, "memory": 101}), []want{
			{diag.ControlPlaneRange, "cluster scheduler resources cpu", "1 to 100"},
			{diag.ControlPlaneRange, "cluster scheduler resources memory", "1 to 100"}}},
		{"weight of an unknown resource", weights(map[string]int{"nvidia.com/gpus": 1}), []want{
			{diag.ControlPlaneRange, "cluster scheduler resources nvidia.com/gpus", `did you mean "nvidia.com/gpu"?`}}},
		{"controller manager", manager("tier-xl", "10s", 1000), nil},
		{"sync period without a tier", manager("", "10s", 1), []want{{diag.ProvisionedTier, sync, "tier-xl"}}},
		{"sync period with the standard tier", manager("standard", "10s", 1), []want{{diag.ProvisionedTier, sync, "tier-xl"}}},
		{"sync period long", manager("tier-xl", "1m", 1), []want{{diag.ControlPlaneRange, sync, "10s to 15s"}}},
		{"no ended pods kept", manager("standard", "", 0), []want{{diag.ControlPlaneRange, threshold, "1 to 1000000"}}},
		{"rollback", rollback(120), nil},
		{"rollback short", rollback(119), []want{{diag.ControlPlaneRange, "cluster rollback timeoutMinutes", "120 to 10080"}}},
		{"rollback long", rollback(10081), []want{{diag.ControlPlaneRange, "cluster rollback timeoutMinutes", "120 to 10080"}}},
		{"authorities", authorities("2026", "2036"), nil},
		{"authorities too many", authorities("a", "b", "c"), []want{{diag.CertificateAuthorities, appended, "3 authorities"}}},
		{"authorities alike", authorities("next-one", "nextOne"), []want{{diag.NameClash, appended + " 1", `"nextOne"`}}},
		{"authority without name", authorities("-"), []want{{diag.NameClash, appended + " 0", `"-"`}}},
		{"networking add-ons by EKS", control(spec.ControlPlane{BootstrapSelfManagedAddons: ptr(true)}), nil},
		{"networking add-ons by addons", control(spec.ControlPlane{BootstrapSelfManagedAddons: ptr(false)}), nil},
		{"networking add-ons by nobody", func(s *spec.Spec) {
			s.Cluster.BootstrapSelfManagedAddons, s.Cluster.Addons = ptr(false), map[string]spec.Addon{"vpc-cni": {}, "coredns": {}}
		}, []want{{diag.NoNetworkAddon, "cluster bootstrapSelfManagedAddons", "kube-proxy"}}},
	})
}
