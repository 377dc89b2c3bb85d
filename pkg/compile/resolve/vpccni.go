package resolve

import (
	"math"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// cniAddon is the EKS add-on of the Amazon VPC CNI plugin.
const cniAddon = "vpc-cni"

var cniPath = clusterPath.at("vpcCNI")

// checkVPCCNI checks the settings of the VPC CNI plugin; see
// https://github.com/aws/amazon-vpc-cni-k8s#cni-configuration-variables.
func (r *resolver) checkVPCCNI() {
	r.checkCNIInstalled()
	r.checkPrefixInstances()
	v := r.cluster.VPCCNI
	if v == nil {
		return
	}
	r.checkCNINumbers(*v)
	r.checkCNITexts(*v)
	r.checkCNIBlocks(*v)
	r.checkENITags(cniPath.at("additionalENITags"), v.AdditionalENITags)
	r.checkCNIEffects(*v)
	r.checkCustomNetworking(v.CustomNetworking)
	r.checkNetworkPolicy(v.NetworkPolicy)
	if isTrue(v.ExternalSNAT) {
		r.checkExternalSNAT(cniPath.at("externalSNAT"))
	}
	r.checkCNIEnv(v.Env)
}

// checkCNIInstalled checks that there is a plugin to set. That there is none on
// nodes of Auto Mode has been said.
func (r *resolver) checkCNIInstalled() {
	c := r.cluster
	_, isAddon := c.Addons[cniAddon]
	bootstrap := c.BootstrapSelfManagedAddons
	if isAddon || bootstrap == nil || *bootstrap || c.OnlyAutoMode() {
		return
	}
	const hint, message = `add "vpc-cni" to addons`, "nothing installs the VPC CNI plugin: bootstrapSelfManagedAddons is false, and addons lacks it"
	switch {
	case c.VPCCNI != nil:
		r.report(diag.NoCNI, cniPath, hint, message)
	case len(c.PodSecurityGroups) > 0:
		r.report(diag.NoCNI, podGroupsPath, hint, message)
	}
}

// checkPrefixInstances reports instance types that hold addresses one by one,
// where nodes are to hold prefixes. In an IPv6 cluster they would not become
// ready.
func (r *resolver) checkPrefixInstances() {
	why := "prefixDelegation has no effect on it"
	if r.cluster.IPFamily == spec.IPv6 {
		why = "it cannot be a node of an IPv6 cluster"
	}
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		if !r.holdPrefixes(g) {
			return
		}
		for i, name := range g.InstanceTypes {
			if t, known := catalog.LookupInstanceType(name); known && !t.PrefixDelegation() {
				r.report(diag.NoPrefixes, at.at("instanceTypes").index(i), "take a Nitro instance, such as m7g.large", "%s is no Nitro instance, so that %s", name, why)
			}
		}
	})
}

// holdPrefixes reports whether the nodes of a group are to hold prefixes. Those
// of Windows have a setting of their own.
func (r *resolver) holdPrefixes(g spec.NodeGroupBase) bool {
	if g.Image.Family.IsWindows() {
		v := r.cluster.VPCCNI
		return v != nil && v.Windows != nil && isTrue(v.Windows.PrefixDelegation)
	}
	return r.cluster.PrefixDelegation()
}

// checkCNINumbers checks the numbers among the settings.
func (r *resolver) checkCNINumbers(v spec.VPCCNI) {
	const most = math.MaxInt32
	lowest := 576 // bytes, of the smallest packet that IPv4 has to carry
	if r.cluster.IPFamily == spec.IPv6 {
		lowest = 1280
	}
	r.checkCNINumber(cniPath.at("warmENITarget"), v.WarmENITarget, 0, most)
	r.checkCNINumber(cniPath.at("warmIPTarget"), v.WarmIPTarget, 1, most)
	r.checkCNINumber(cniPath.at("minimumIPTarget"), v.MinimumIPTarget, 1, most)
	r.checkCNINumber(cniPath.at("warmPrefixTarget"), v.WarmPrefixTarget, 1, most)
	r.checkCNINumber(cniPath.at("maxENI"), v.MaxENI, 1, most)
	r.checkCNINumber(cniPath.at("ipCooldownPeriod"), v.IPCooldownPeriod, 0, most)
	r.checkCNINumber(cniPath.at("branchENICooldown"), v.BranchENICooldown, 30, most)
	r.checkCNINumber(cniPath.at("eniMTU"), v.ENIMTU, lowest, 9001)
	r.checkCNINumber(cniPath.at("podMTU"), v.PodMTU, lowest, 9001)
	if w := v.Windows; w != nil {
		at := cniPath.at("windows")
		r.checkCNINumber(at.at("warmIPTarget"), w.WarmIPTarget, 1, most)
		r.checkCNINumber(at.at("minimumIPTarget"), w.MinimumIPTarget, 1, most)
		r.checkCNINumber(at.at("warmPrefixTarget"), w.WarmPrefixTarget, 1, most)
	}
}

// checkCNINumber checks a number, if it is set.
func (r *resolver) checkCNINumber(at path, n *int, low, high int) {
	switch {
	case n == nil || low <= *n && *n <= high:
	case high == math.MaxInt32:
		r.report(diag.CNISetting, at, "", "%d is out of range; the least is %d", *n, low)
	default:
		r.report(diag.CNISetting, at, "", "%d is out of range; the plugin takes %d to %d", *n, low, high)
	}
}

// vethPrefix is the form of what names of interfaces may begin with.
var vethPrefix = lazyregexp.New(`^[0-9A-Za-z]{1,4}$`)

// checkCNITexts checks the texts among the settings.
func (r *resolver) checkCNITexts(v spec.VPCCNI) {
	at := cniPath.at("vethPrefix")
	switch prefix := v.VethPrefix; {
	case prefix == "":
	case prefix == "eth" || prefix == "lo" || prefix == "vlan":
		r.report(diag.CNISetting, at, `such as "eni"`, "the names of other interfaces begin with %q", prefix)
	case !vethPrefix.MatchString(prefix):
		r.report(diag.CNISetting, at, "use 1 to 4 letters and digits", "%q cannot begin the names of interfaces", prefix)
	}
	r.checkLogFile(cniPath.at("logFile"), v.LogFile, "stdout", "stderr")
	r.checkLogFile(cniPath.at("pluginLogFile"), v.PluginLogFile, "stderr")
}

// checkLogFile checks where a log goes: to a file, or one of the streams.
func (r *resolver) checkLogFile(at path, file string, streams ...string) {
	for _, stream := range append(streams, "") {
		if file == stream {
			return
		}
	}
	if !strings.HasPrefix(file, "/") {
		hint := `write a path such as "/var/log/aws-routed-eni/plugin.log"`
		for _, stream := range streams {
			hint += ` or "` + stream + `"`
		}
		r.report(diag.CNISetting, at, hint, "%q is not where the log can go", file)
	}
}

// checkCNIBlocks checks the lists of blocks among the settings.
func (r *resolver) checkCNIBlocks(v spec.VPCCNI) {
	for i, block := range v.ExcludeSNATCIDRs {
		r.parseCIDR(diag.InvalidCIDR, cniPath.at("excludeSNATCIDRs").index(i), block)
	}
	for i, block := range v.ExternalServiceCIDRs {
		r.parseCIDR(diag.InvalidCIDR, cniPath.at("externalServiceCIDRs").index(i), block)
	}
}

// reservedENITag is in the keys of the tags that the plugin itself sets; it
// leaves out others that have it.
const reservedENITag = "k8s.amazonaws.com"

func (r *resolver) checkENITags(at path, tags map[string]string) {
	r.checkTags(at, tags)
	for _, key := range sortedKeys(tags) {
		if strings.Contains(key, reservedENITag) {
			r.report(diag.CNISetting, at.at(key), "take another key", "the plugin keeps tags with %s in their keys for itself", reservedENITag)
		}
	}
}

// checkCNIEnv checks the variables that have no field.
func (r *resolver) checkCNIEnv(env map[string]string) {
	fields := r.cluster.CNIFields()
	for _, name := range sortedKeys(env) {
		at := cniPath.at("env", name)
		switch {
		case fields[name] != "":
			r.report(diag.CNIEnv, at, "use "+strings.TrimPrefix(fields[name], "cluster.vpcCNI."), "%s has a field of its own", name)
		case name == "ENABLE_IPv4" || name == "ENABLE_IPv6":
			r.report(diag.CNIEnv, at, "leave it out", "EKS sets %s by cluster.ipFamily", name)
		}
		r.checkEnvName(at, name)
	}
}

// checkExternalSNAT checks that something else translates the addresses of
// pods: a pod on a node in a public subnet has no public address of its own,
// unless it is in a subnet of its own.
func (r *resolver) checkExternalSNAT(at path) {
	if groups := r.groupsIn("public"); len(groups) > 0 && !r.cluster.CustomNetworking() {
		r.report(diag.SNATSubnets, at, "put the nodes into private subnets, or turn externalSNAT off",
			"with externalSNAT pods on nodes in public subnets cannot reach the internet: %s", strings.Join(groups, ", "))
	}
}

// checkEnvName checks the name of an environment variable of a container.
func (r *resolver) checkEnvName(at path, name string) {
	if len(validation.IsEnvVarName(name)) > 0 {
		r.report(diag.KubernetesName, at, `use letters, digits and "_-.", the first no digit`, "%q is not the name of an environment variable", name)
	}
}

func isTrue(b *bool) bool { return b != nil && *b }
