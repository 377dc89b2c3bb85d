package resolve

import (
	"slices"
	"strings"
	"time"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// What EKS allows in the settings of the control plane; see
// https://docs.aws.amazon.com/eks/latest/userguide/control-plane-configuration.html
// and https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterVersion.html.
const (
	minNodePort, maxNodePort = 10260, 32767
	minEventTTL, maxEventTTL = 10 * time.Minute, 60 * time.Minute
	minSync, maxSync         = 10 * time.Second, 15 * time.Second

	minResourceWeight, maxResourceWeight   = 1, 100
	minTerminatedPods, maxTerminatedPods   = 1, 1_000_000
	minRollbackTimeout, maxRollbackTimeout = 120, 10080 // minutes
)

// maxCertificateAuthorities is how many authorities a cluster has at a time.
const maxCertificateAuthorities = 2

// scoredResources are the resources that EKS lets the scheduler weigh.
var scoredResources = []string{"aws.amazon.com/neuron", "aws.amazon.com/neuroncore", "cpu", "memory", "nvidia.com/gpu"}

// networkAddons are what EKS installs into a new cluster, unless told not to.
var networkAddons = []string{cniAddon, "kube-proxy", "coredns"}

func (r *resolver) checkControlPlane() {
	c := r.cluster
	r.checkAutoMode()
	r.checkSupportType()
	if c.Rollback != nil {
		r.checkRange(clusterPath.at("rollback", "timeoutMinutes"), c.Rollback.TimeoutMinutes, minRollbackTimeout, maxRollbackTimeout)
	}
	r.checkAPIServer(c.APIServer)
	r.checkScheduler(c.Scheduler)
	r.checkControllerManager(c.ControllerManager)
	r.checkCertificateAuthority(c.CertificateAuthority)
	r.checkBootstrapAddons()
}

// checkSupportType checks that the cluster may do without extended support;
// see https://docs.aws.amazon.com/eks/latest/userguide/disable-extended-support.html.
func (r *resolver) checkSupportType() {
	v, ok := catalog.LookupVersion(r.cluster.Version)
	if ok && v.Extended && r.cluster.SupportType == "STANDARD" {
		r.report(diag.SupportType, clusterPath.at("supportType"), `take a newer version, or "EXTENDED"`,
			"Kubernetes %s is in extended support, which \"STANDARD\" excludes", r.cluster.Version)
	}
}

// checkRange reports a number that EKS refuses.
func (r *resolver) checkRange(at path, n, low, high int) {
	if n < low || n > high {
		r.report(diag.ControlPlaneRange, at, "", "%d is out of range; EKS takes %d to %d", n, low, high)
	}
}

// checkDuration is checkRange for a duration, whose form the schema has
// checked. An empty one says nothing.
func (r *resolver) checkDuration(at path, text string, low, high time.Duration, bounds string) {
	if text == "" {
		return
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < low || d > high {
		r.report(diag.ControlPlaneRange, at, "", "%s is out of range; EKS takes %s", text, bounds)
	}
}

func (r *resolver) checkAPIServer(settings *spec.APIServer) {
	if settings == nil {
		return
	}
	at := clusterPath.at("apiServer")
	r.checkDuration(at.at("eventTTL"), settings.EventTTL, minEventTTL, maxEventTTL, "10m to 60m")
	ports := settings.ServiceNodePortRange
	if ports == nil {
		return
	}
	at = at.at("serviceNodePortRange")
	r.checkRange(at.at("min"), ports.Min, minNodePort, maxNodePort)
	r.checkRange(at.at("max"), ports.Max, minNodePort, maxNodePort)
	if ports.Min > ports.Max {
		r.report(diag.ControlPlaneRange, at, "swap them", "min is %d, which is more than max, %d", ports.Min, ports.Max)
	}
}

func (r *resolver) checkScheduler(settings *spec.Scheduler) {
	if settings == nil {
		return
	}
	at := clusterPath.at("scheduler", "resources")
	if settings.Resources != nil && len(settings.Resources) == 0 {
		r.report(diag.ControlPlaneRange, at, "name a resource, or leave the field out for cpu and memory", "no resource counts, so nothing ranks the nodes")
	}
	for _, name := range sortedKeys(settings.Resources) {
		if !slices.Contains(scoredResources, name) {
			r.report(diag.ControlPlaneRange, at.at(name), catalog.DidYouMean(name, scoredResources), "EKS does not let the scheduler weigh %q", name)
			continue
		}
		r.checkRange(at.at(name), settings.Resources[name], minResourceWeight, maxResourceWeight)
	}
}

func (r *resolver) checkControllerManager(settings *spec.ControllerManager) {
	if settings == nil {
		return
	}
	at := clusterPath.at("controllerManager")
	if n := settings.TerminatedPodGCThreshold; n != nil {
		r.checkRange(at.at("terminatedPodGCThreshold"), *n, minTerminatedPods, maxTerminatedPods)
	}
	period := settings.HorizontalPodAutoscalerSyncPeriod
	if period == "" {
		return
	}
	at = at.at("horizontalPodAutoscalerSyncPeriod")
	r.checkDuration(at, period, minSync, maxSync, "10s to 15s")
	if tier := r.cluster.ScalingTier; tier == "" || tier == "standard" {
		r.report(diag.ProvisionedTier, at, `set scalingTier to "tier-xl" or more, or leave it out`, "EKS takes another sync period only with a provisioned control plane")
	}
}

// checkCertificateAuthority checks the names of appended authorities: they
// become parts of logical ids.
func (r *resolver) checkCertificateAuthority(ca *spec.CertificateAuthority) {
	if ca == nil {
		return
	}
	at := clusterPath.at("certificateAuthority", "appended")
	if n := len(ca.Appended); n > maxCertificateAuthorities {
		r.report(diag.CertificateAuthorities, at, "take out the oldest, once it no longer signs", "%d authorities; a cluster has %d at a time", n, maxCertificateAuthorities)
	}
	taken := map[string]bool{}
	for i, name := range ca.Appended {
		id := naming.LogicalID(name)
		if id == "" || len(name) > maxChosenName || taken[id] {
			r.report(diag.NameClash, at.index(i), "use letters and digits, and another name for each", "no logical id of its own can be made from the name %q", name)
		}
		taken[id] = true
	}
}

// checkBootstrapAddons warns of a cluster whose nodes never become ready
// unless somebody installs a CNI plugin that ekscc does not know of.
func (r *resolver) checkBootstrapAddons() {
	c := r.cluster
	if c.BootstrapSelfManagedAddons == nil || *c.BootstrapSelfManagedAddons || c.OnlyAutoMode() {
		return
	}
	var missing []string
	for _, name := range networkAddons {
		if _, ok := c.Addons[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		r.report(diag.NoNetworkAddon, clusterPath.at("bootstrapSelfManagedAddons"), "put them into addons, or bring replacements of your own",
			"EKS is told not to install %s, and addons does not either", strings.Join(missing, ", "))
	}
}
