package resolve

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Names that the kubelet knows: the resources that it keeps, and the signals by
// which it evicts pods; see
// https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/.
// It sets those of containerfs itself.
var (
	reservedResources = []string{"cpu", "ephemeral-storage", "memory", "pid"}
	evictionSignals   = []string{"imagefs.available", "imagefs.inodesFree", "memory.available", "nodefs.available", "nodefs.inodesFree", "pid.available"}
)

// evictionShare is a share of what there is.
var evictionShare = lazyregexp.New(`^([0-9]{1,2}(\.[0-9]{1,2})?|100(\.0{1,2})?)%$`)

// checkNodeClassKubelet checks the kubelet's settings in a node class.
func (r *resolver) checkNodeClassKubelet(at path, k spec.NodeClassKubelet) {
	for i, server := range k.ClusterDNS {
		if _, err := netip.ParseAddr(server); err != nil {
			r.report(diag.NodeClass, at.at("clusterDNS").index(i), "", "%q is not an IP address", server)
		}
	}
	for _, field := range []struct {
		name  string
		value *int
		most  int
	}{
		{"maxPods", k.MaxPods, 0}, {"podsPerCore", k.PodsPerCore, 0}, {"evictionMaxPodGracePeriod", k.EvictionMaxPodGracePeriod, 0},
		{"imageGCHighThresholdPercent", k.ImageGCHighThresholdPercent, 100}, {"imageGCLowThresholdPercent", k.ImageGCLowThresholdPercent, 100},
	} {
		if v := field.value; v != nil && (*v < 0 || field.most > 0 && *v > field.most) {
			r.report(diag.NodeClass, at.at(field.name), "", "%s cannot be %d", field.name, *v)
		}
	}
	if high, low := k.ImageGCHighThresholdPercent, k.ImageGCLowThresholdPercent; high != nil && low != nil && *high <= *low {
		r.report(diag.NodeClass, at.at("imageGCLowThresholdPercent"), "let it be less", "images are removed above %d%% of the disk and kept below %d%%", *high, *low)
	}
	r.checkReserved(diag.NodeClass, at.at("kubeReserved"), k.KubeReserved)
	r.checkReserved(diag.NodeClass, at.at("systemReserved"), k.SystemReserved)
	r.checkEviction(diag.NodeClass, at.at("evictionHard"), k.EvictionHard)
	r.checkEviction(diag.NodeClass, at.at("evictionSoft"), k.EvictionSoft)
	r.checkSoftEviction(diag.NodeClass, at, k.EvictionSoft, k.EvictionSoftGracePeriod)
}

func (r *resolver) checkReserved(code diag.Code, at path, reserved map[string]string) {
	for _, name := range sortedKeys(reserved) {
		if !slices.Contains(reservedResources, name) {
			r.report(code, at.at(name), "it keeps "+strings.Join(reservedResources, ", "), "the kubelet does not keep %q", name)
			continue
		}
		r.checkQuantity(at.at(name), name, reserved[name])
	}
}

func (r *resolver) checkEviction(code diag.Code, at path, signals map[string]string) {
	for _, signal := range sortedKeys(signals) {
		r.checkSignal(code, at.at(signal), signal)
		if text := signals[signal]; !evictionShare.MatchString(text) {
			r.checkQuantity(at.at(signal), "memory", text)
		}
	}
}

func (r *resolver) checkSignal(code diag.Code, at path, signal string) {
	if !slices.Contains(evictionSignals, signal) {
		r.report(code, at, valueHint(signal, evictionSignals), "the kubelet has no signal %q", signal)
	}
}

// checkSoftEviction checks that each signal has an amount and a time.
func (r *resolver) checkSoftEviction(code diag.Code, at path, soft, gracePeriods map[string]string) {
	for _, signal := range sortedKeys(soft) {
		if _, ok := gracePeriods[signal]; !ok {
			r.report(code, at.at("evictionSoft", signal), "state evictionSoftGracePeriod, too", "nothing says how long the signal %q is waited for", signal)
		}
	}
	for _, signal := range sortedKeys(gracePeriods) {
		r.checkKubeletDuration(code, at.at("evictionSoftGracePeriod", signal), gracePeriods[signal])
		if _, ok := soft[signal]; !ok {
			r.report(code, at.at("evictionSoftGracePeriod", signal), "state evictionSoft, too", "nothing says at what amount the signal %q is given", signal)
		}
	}
}
