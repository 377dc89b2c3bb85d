package resolve

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkAddonConfiguration checks the configuration of an add-on that has a
// typed one. The schema has checked the types of its keys.
func (r *resolver) checkAddonConfiguration(at path, name string, configuration map[string]any) {
	r.checkAddonKeys(at, name, configurationType(name), configuration)
	for _, bounds := range addonNumbers {
		if bounds.addon == name {
			r.checkAddonNumber(at, bounds, configuration)
		}
	}
	switch name {
	case cniAddon:
		r.checkCNIConfiguration(at, configuration)
		r.checkENIConfig(at.at("eniConfig"), configuration["eniConfig"])
	case "coredns":
		r.checkCoreDNS(at, configuration)
	case "kube-proxy":
		r.checkKubeProxyMode(at, configuration)
	}
}

// configurationType is what the schema says about an add-on's configuration,
// or nil where it says nothing.
func configurationType(name string) *schema.Type {
	field := schema.Spec().Field("cluster").Type().Field("addons").Type().Field(name)
	if field == nil {
		return nil
	}
	return field.Type().Field("configuration").Type()
}

// checkAddonKeys warns of keys that EKS refuses, unless they are newer than
// ekscc, and checks what is alike in the configurations of all add-ons.
func (r *resolver) checkAddonKeys(at path, addon string, t *schema.Type, value any) {
	if t == nil {
		return
	}
	r.checkAddonPart(at, t, value)
	switch v := value.(type) {
	case []any:
		for i, item := range v {
			r.checkAddonKeys(at.index(i), addon, t.Element(), item)
		}
	case map[string]any:
		for _, key := range sortedKeys(v) {
			if f := t.Field(key); f != nil {
				r.checkAddonKeys(at.at(key), addon, f.Type(), v[key])
			} else if t.Element() != nil {
				r.checkAddonKeys(at.at(key), addon, t.Element(), v[key])
			} else if t.Open {
				r.report(diag.AddonKey, at.at(key), catalog.DidYouMean(key, t.Names()), "on %s the configuration of %s had no key %q here", catalog.Date, addon, key)
			}
		}
	}
}

// checkAddonPart checks a value by the definition that its type is.
func (r *resolver) checkAddonPart(at path, t *schema.Type, value any) {
	part, _ := value.(map[string]any)
	switch t.Name {
	case "Resources":
		r.checkResources(at, spec.Resources{Requests: quantitiesIn(part, "requests"), Limits: quantitiesIn(part, "limits")})
	case "AddonDisruptionBudget", "CSIDisruptionBudget":
		r.checkDisruptionBudget(at, part)
	}
}

func quantitiesIn(part map[string]any, name string) spec.ResourceQuantities {
	quantities, _ := part[name].(map[string]any)
	cpu, _ := quantities["cpu"].(string)
	memory, _ := quantities["memory"].(string)
	return spec.ResourceQuantities{CPU: cpu, Memory: memory}
}

// percentage is the form in which a PodDisruptionBudget takes a share of pods.
var percentage = lazyregexp.New(`^(100|[1-9]?[0-9])%$`)

// checkDisruptionBudget checks what Kubernetes refuses in a PodDisruptionBudget;
// see https://kubernetes.io/docs/tasks/run-application/configure-pdb.
func (r *resolver) checkDisruptionBudget(at path, budget map[string]any) {
	const unavailable, available = "maxUnavailable", "minAvailable"
	for _, name := range []string{unavailable, available} {
		n, isNumber := whole(budget[name])
		text, isText := budget[name].(string)
		switch {
		case budget[name] == nil, isNumber && n >= 0, isText && percentage.MatchString(text):
		default:
			r.report(diag.AddonSetting, at.at(name), `such as 1 or "50%"`, "%s is neither a number of pods nor a percentage", quoted(budget[name]))
		}
	}
	if budget[unavailable] != nil && budget[available] != nil {
		r.report(diag.AddonSetting, at.at(available), "leave one of them out", "Kubernetes takes minAvailable or maxUnavailable, not both")
	}
}

// quoted writes a value for a message.
func quoted(value any) string {
	if text, ok := value.(string); ok {
		return strconv.Quote(text)
	}
	return fmt.Sprint(value)
}

// addonNumber is the range of a number in an add-on's configuration.
type addonNumber struct {
	addon     string
	path      string // the number's path, its names joined by dots
	low, high int
}

// addonNumbers are from the configuration schemas that EKS publishes, but for
// the replicas of coredns and the EFS driver: none of them is of any use.
var addonNumbers = []addonNumber{
	{"coredns", "replicaCount", 1, math.MaxInt32},
	{"coredns", "autoScaling.minReplicas", 2, 1000},
	{"coredns", "autoScaling.maxReplicas", 2, 1000},
	{"coredns", "autoScaling.nodesPerReplica", 1, 100},
	{"coredns", "autoScaling.cpuCoresPerReplica", 1, 1000},
	{"metrics-server", "replicas", 1, math.MaxInt32},
	{"aws-ebs-csi-driver", "controller.replicaCount", 1, math.MaxInt32},
	{"aws-ebs-csi-driver", "node.volumeAttachLimit", 0, math.MaxInt32},
	{"aws-ebs-csi-driver", "node.reservedVolumeAttachments", -1, math.MaxInt32},
	{"aws-ebs-csi-driver", "node.terminationGracePeriodSeconds", 0, math.MaxInt32},
	{"aws-efs-csi-driver", "controller.replicaCount", 1, math.MaxInt32},
	{"aws-efs-csi-driver", "controller.logLevel", 0, 6},
	{"aws-efs-csi-driver", "node.logLevel", 0, 6},
	{"snapshot-controller", "logLevel", 0, math.MaxInt32},
}

func (r *resolver) checkAddonNumber(at path, bounds addonNumber, configuration map[string]any) {
	names := strings.Split(bounds.path, ".")
	n, ok := whole(dig(configuration, names...))
	switch at := at.at(names...); {
	case !ok || bounds.low <= n && n <= bounds.high:
	case bounds.high == math.MaxInt32:
		r.report(diag.AddonSetting, at, "", "%d is out of range; the least is %d", n, bounds.low)
	default:
		r.report(diag.AddonSetting, at, "", "%d is out of range; EKS takes %d to %d", n, bounds.low, bounds.high)
	}
}

// whole returns a whole number that CUE has decoded, whatever its size.
func whole(value any) (int, bool) {
	switch n := value.(type) {
	case int:
		return n, true
	case int64:
		return int(n), true
	}
	return 0, false
}

// dig returns the value at a path in a configuration, or nil.
func dig(value any, names ...string) any {
	for _, name := range names {
		part, _ := value.(map[string]any)
		value = part[name]
	}
	return value
}

// checkENIConfig checks where pods get their addresses: in the cluster's
// region, from subnets by the names of their zones; see
// https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network-tutorial.html.
func (r *resolver) checkENIConfig(at path, config any) {
	if region, ok := dig(config, "region").(string); ok && region != r.cluster.Region {
		r.report(diag.AddonSetting, at.at("region"), "", "%q is not the cluster's region, %s", region, r.cluster.Region)
	}
	subnets, _ := dig(config, "subnets").(map[string]any)
	for _, zone := range sortedKeys(subnets) {
		if len(r.region.Zones) > 0 && !slices.Contains(r.region.Zones, zone) {
			r.report(diag.AddonSetting, at.at("subnets", zone), catalog.DidYouMean(zone, r.region.Zones), "%s has no zone %q", r.region.Name, zone)
		}
		if id, ok := dig(subnets[zone], "id").(string); ok {
			r.checkID(at.at("subnets", zone, "id"), "subnet", id)
		}
	}
}

// checkCoreDNS checks how many pods coredns has; see
// https://docs.aws.amazon.com/eks/latest/userguide/coredns-autoscaling.html.
func (r *resolver) checkCoreDNS(at path, configuration map[string]any) {
	low, ok1 := whole(dig(configuration, "autoScaling", "minReplicas"))
	high, ok2 := whole(dig(configuration, "autoScaling", "maxReplicas"))
	if ok1 && ok2 && low > high {
		r.report(diag.AddonSetting, at.at("autoScaling", "minReplicas"), "", "minReplicas is %d, which is more than maxReplicas, %d", low, high)
	}
	if dig(configuration, "autoScaling", "enabled") == true && configuration["replicaCount"] != nil {
		r.report(diag.AddonSetting, at.at("replicaCount"), "leave it out, or set autoScaling.minReplicas", "EKS itself chooses the number of pods when autoScaling is enabled")
	}
}

// checkKubeProxyMode checks that settings of a mode are those of the mode that
// is used.
func (r *resolver) checkKubeProxyMode(at path, configuration map[string]any) {
	if mode := configuration["mode"]; configuration["ipvs"] != nil && mode != "ipvs" {
		r.report(diag.AddonSetting, at.at("ipvs"), `set mode to "ipvs"`, "settings of ipvs have no effect in another mode")
	}
}
