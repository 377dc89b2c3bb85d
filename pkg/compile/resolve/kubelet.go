package resolve

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/bootstrap"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkKubelet checks settings of the kubelet. joins says that user data of
// ekscc makes the node join.
func (r *resolver) checkKubelet(at path, g spec.NodeGroupBase, joins bool) {
	if g.Kubelet == nil {
		return
	}
	r.checkKubeletReach(at, g, joins)
	k := *g.Kubelet
	r.checkEviction(diag.KubeletSetting, at.at("evictionHard"), k.EvictionHard)
	r.checkEviction(diag.KubeletSetting, at.at("evictionSoft"), k.EvictionSoft)
	r.checkSoftEviction(diag.KubeletSetting, at, k.EvictionSoft, k.EvictionSoftGracePeriod)
	r.checkReserved(diag.KubeletSetting, at.at("systemReserved"), k.SystemReserved)
	r.checkReserved(diag.KubeletSetting, at.at("kubeReserved"), k.KubeReserved)
	r.checkImageGC(at, k)
	r.checkKubeletNumbers(at, k)
	r.checkShutdown(at, k)
	for i, address := range k.ClusterDNS {
		if _, err := netip.ParseAddr(address); err != nil {
			r.report(diag.KubeletSetting, at.at("clusterDNS").index(i), "", "%q is not an IP address", address)
		}
	}
	r.checkKubeletConfig(at.at("config"), k)
	r.checkKubeletFlags(at.at("flags"), k.Flags)
}

// checkKubeletReach reports settings that nodes of the image cannot be told.
func (r *resolver) checkKubeletReach(at path, g spec.NodeGroupBase, joins bool) {
	family := g.Image.Family
	const hint = "write it as one of flags"
	for _, s := range bootstrap.KubeletSettings(*g.Kubelet) {
		switch {
		case family == spec.AL2023, family == spec.Bottlerocket && s.Bottlerocket != "":
		case family == spec.Bottlerocket:
			r.report(diag.KubeletSetting, at.at(s.Name), "leave it out", "Bottlerocket has no setting for %s", s.Name)
		default:
			r.report(diag.KubeletSetting, at.at(s.Name), hint, "nodes with %s take flags of the kubelet alone", family)
		}
	}
	if len(g.Kubelet.Config) > 0 && family != spec.AL2023 {
		r.report(diag.KubeletSetting, at.at("config"), "leave it out", "nodes with %s take no configuration of the kubelet by name", family)
	}
	switch {
	case len(g.Kubelet.Flags) == 0, family == spec.AL2023:
	case family == spec.Bottlerocket:
		r.report(diag.KubeletSetting, at.at("flags"), "write settings instead", "Bottlerocket takes no flags of the kubelet")
	case !joins:
		r.report(diag.KubeletSetting, at.at("flags"), "name an image of yours by id, or make the group self-managed", "EKS starts the kubelet of managed nodes with %s, and takes no flags", family)
	}
}

func (r *resolver) checkImageGC(at path, k spec.Kubelet) {
	high, low := k.ImageGCHighThresholdPercent, k.ImageGCLowThresholdPercent
	r.checkKubeletRange(at.at("imageGCHighThresholdPercent"), high, 0, 100)
	r.checkKubeletRange(at.at("imageGCLowThresholdPercent"), low, 0, 100)
	// The kubelet's own: 85 and 80.
	if top, bottom := valueOr(high, 85), valueOr(low, 80); (high != nil || low != nil) && bottom >= top && top >= 0 && bottom <= 100 {
		r.report(diag.KubeletSetting, at.at("imageGCLowThresholdPercent"), "", "images are removed from %d percent down to %d, which is not less", top, bottom)
	}
}

func (r *resolver) checkKubeletNumbers(at path, k spec.Kubelet) {
	r.checkKubeletRange(at.at("evictionMaxPodGracePeriod"), k.EvictionMaxPodGracePeriod, 0, maxInt32)
	r.checkKubeletRange(at.at("podPidsLimit"), k.PodPidsLimit, -1, maxInt32)
	r.checkKubeletRange(at.at("registryPullQPS"), k.RegistryPullQPS, 0, maxInt32)
	r.checkKubeletRange(at.at("registryBurst"), k.RegistryBurst, 0, maxInt32)
	r.checkKubeletRange(at.at("containerLogMaxFiles"), k.ContainerLogMaxFiles, 2, maxInt32)
	r.checkKubeletRange(at.at("maxParallelImagePulls"), k.MaxParallelImagePulls, 1, maxInt32)
	r.checkQuantity(at.at("containerLogMaxSize"), "memory", k.ContainerLogMaxSize)
	if n := k.MaxParallelImagePulls; n != nil && *n > 1 && valueOr(k.SerializeImagePulls, true) {
		r.report(diag.KubeletSetting, at.at("maxParallelImagePulls"), "write serializeImagePulls: false", "images are pulled one after the other, so not %d at once", *n)
	}
	if k.TopologyManagerScope != "" && cmp.Or(k.TopologyManagerPolicy, "none") == "none" {
		r.report(diag.KubeletSetting, at.at("topologyManagerScope"), "set topologyManagerPolicy, too", "the scope has no effect without a topology manager policy")
	}
}

const maxInt32 = 1<<31 - 1

func valueOr[T any](v *T, otherwise T) T {
	if v == nil {
		return otherwise
	}
	return *v
}

func (r *resolver) checkKubeletRange(at path, n *int, low, high int) {
	switch {
	case n == nil:
	case *n < low:
		r.report(diag.KubeletSetting, at, "", "%s is %d, but the kubelet takes %d at least", at[len(at)-1], *n, low)
	case *n > high:
		r.report(diag.KubeletSetting, at, "", "%s is %d, but the kubelet takes %d at most", at[len(at)-1], *n, high)
	}
}

// checkKubeletDuration returns a duration that is given and well formed.
func (r *resolver) checkKubeletDuration(code diag.Code, at path, text string) (time.Duration, bool) {
	if text == "" {
		return 0, false
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		r.report(code, at, `write such as "30s" or "1m30s"`, "%q is not a duration", text)
		return 0, false
	}
	return d, true
}

func (r *resolver) checkShutdown(at path, k spec.Kubelet) {
	whole, ok1 := r.checkKubeletDuration(diag.KubeletSetting, at.at("shutdownGracePeriod"), k.ShutdownGracePeriod)
	critical, ok2 := r.checkKubeletDuration(diag.KubeletSetting, at.at("shutdownGracePeriodCriticalPods"), k.ShutdownGracePeriodCriticalPods)
	if ok2 && (ok1 || k.ShutdownGracePeriod == "") && critical > whole {
		r.report(diag.KubeletSetting, at.at("shutdownGracePeriodCriticalPods"), "", "critical pods cannot have %s of a shutdownGracePeriod of %s", critical, whole)
	}
}

// checkKubeletConfig checks fields by name: those that the spec has a field for
// are written there, and others only Kubernetes knows.
func (r *resolver) checkKubeletConfig(at path, k spec.Kubelet) {
	if !r.checkFree(diag.KubeletSetting, at, k.Config) {
		return
	}
	fields := bootstrap.KubeletNames()
	for _, name := range sortedKeys(k.Config) {
		switch {
		case name == "apiVersion", name == "kind":
			r.report(diag.KubeletSetting, at.at(name), "leave it out", "nodeadm says what the object is")
		case name == "maxPods":
			r.report(diag.KubeletSetting, at.at(name), "write maxPods of the group", "the group has a field for it")
		case slices.Contains(fields, name):
			r.report(diag.KubeletSetting, at.at(name), "write kubelet."+name, "kubelet has a field for it")
		}
	}
}

// kubeletFlag is a flag with its value; a space would begin another one.
var kubeletFlag = lazyregexp.New(`^--[a-z][a-z0-9-]*(=[^\s]*)?$`)

// flagFields are the fields that become flags.
var flagFields = map[string]string{"--node-labels": "labels", "--register-with-taints": "taints", "--max-pods": "maxPods"}

func (r *resolver) checkKubeletFlags(at path, flags []string) {
	for i, flag := range flags {
		name, _, _ := strings.Cut(flag, "=")
		switch field := flagFields[name]; {
		case !kubeletFlag.MatchString(flag):
			r.report(diag.KubeletSetting, at.index(i), `write such as "--v=4"`, "%q is not a flag of the kubelet", flag)
		case field != "":
			r.report(diag.KubeletSetting, at.index(i), fmt.Sprintf("write %s of the group", field), "the group has a field for %s", name)
		}
	}
}
