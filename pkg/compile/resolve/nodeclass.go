package resolve

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

var autoModePath = clusterPath.at("autoMode")

// builtinPools are the names of node pools that EKS makes itself, and
// builtinClass that of the node class which comes with them.
var builtinPools = []string{"general-purpose", "system"}

const builtinClass = "default"

// autoModeTags are the keys of tags that Auto Mode sets on nodes itself; see
// https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html.
var autoModeTags = []string{"eks.amazonaws.com/nodeclass", "karpenter.sh/managed-by", "karpenter.sh/nodeclaim", "karpenter.sh/nodepool", "karpenter.sh/provisioner-name"}

// checkAutoModePools completes and checks the node classes and node pools of
// Auto Mode. It comes after the subnets.
func (r *resolver) checkAutoModePools() {
	auto := r.cluster.AutoMode
	if auto == nil || len(auto.NodeClasses)+len(auto.CustomNodePools) == 0 {
		return
	}
	if !auto.Enabled {
		r.report(diag.AutoMode, autoModePath.at("enabled"), "leave customNodePools and nodeClasses out", "Auto Mode is off, so EKS starts no nodes of pools")
	}
	r.completeNodeClasses(auto)
	for _, name := range sortedKeys(auto.NodeClasses) {
		r.checkNodeClass(autoModePath.at("nodeClasses", name), name, auto.NodeClasses[name])
	}
	family := r.autoModePools()
	r.checkNodePools(family, auto.CustomNodePools)
	for _, name := range sortedKeys(auto.CustomNodePools) {
		at := family.pools.at(name)
		if slices.Contains(builtinPools, name) {
			r.report(diag.NodePool, at, "choose another name", "%q is the name of a built-in node pool", name)
		}
		if k := r.cluster.Karpenter; k != nil {
			if _, taken := k.NodePools[name]; taken {
				r.report(diag.NodePool, at, "choose another name", "cluster.karpenter.nodePools has a node pool %q, too, and both are of one kind", name)
			}
		}
	}
}

// completeNodeClasses fills in what node classes leave to ekscc.
func (r *resolver) completeNodeClasses(auto *spec.AutoMode) {
	c := r.cluster
	if c.Network.KarpenterDiscovery == nil && !c.Network.Exists() && len(auto.NodeClasses) > 0 {
		tagged := true
		c.Network.KarpenterDiscovery = &tagged
	}
	for _, name := range sortedKeys(auto.NodeClasses) {
		class := auto.NodeClasses[name]
		if class.SubnetSelectorTerms == nil {
			class.SubnetSelectorTerms = r.nodeSubnets(autoModePath.at("nodeClasses", name))
		}
		if class.SecurityGroupSelectorTerms == nil && c.Name != "" {
			class.SecurityGroupSelectorTerms = []spec.SecurityGroupSelectorTerm{{Tags: map[string]string{"aws:eks:cluster-name": c.Name}}}
		}
		auto.NodeClasses[name] = class
	}
}

// autoModePools is what node pools of Auto Mode may refer to.
func (r *resolver) autoModePools() poolFamily {
	auto := r.cluster.AutoMode
	family := poolFamily{
		name:        "Auto Mode",
		pools:       autoModePath.at("customNodePools"),
		classes:     autoModePath.at("nodeClasses"),
		declared:    sortedKeys(auto.NodeClasses),
		labels:      autoModeLabels,
		domain:      autoModeDomain,
		otherDomain: karpenterDomain,
		auto:        true,
	}
	family.classNames = family.declared
	if !auto.OwnNodePools() {
		family.classNames = append(slices.Clone(family.declared), builtinClass)
	}
	return family
}

// checkNodeClass checks a node class of Auto Mode.
func (r *resolver) checkNodeClass(at path, name string, class spec.NodeClass) {
	r.checkPoolName(at, name)
	if name == builtinClass {
		r.report(diag.NodeClass, at, "choose another name", "%q is the name of the node class that EKS makes", name)
	}
	if class.Role != "" {
		r.checkAutoModeRole(at.at("role"), class.Role)
	}
	r.checkClassSubnets(at.at("subnetSelectorTerms"), class.SubnetSelectorTerms)
	r.checkClassGroups(at.at("securityGroupSelectorTerms"), class.SecurityGroupSelectorTerms)
	r.checkClassSubnets(at.at("podSubnetSelectorTerms"), class.PodSubnetSelectorTerms)
	r.checkClassGroups(at.at("podSecurityGroupSelectorTerms"), class.PodSecurityGroupSelectorTerms)
	if (class.PodSubnetSelectorTerms == nil) != (class.PodSecurityGroupSelectorTerms == nil) {
		r.report(diag.NodeClass, at, "state both, or none", "pods have subnets and security groups of their own together")
	}
	var terms []spec.CapacityReservationSelectorTerm
	for _, t := range class.CapacityReservationSelectorTerms {
		terms = append(terms, spec.CapacityReservationSelectorTerm{ID: t.ID, Tags: t.Tags})
	}
	r.checkReservations(at.at("capacityReservationSelectorTerms"), terms)
	if class.EphemeralStorage != nil {
		r.checkEphemeralStorage(at.at("ephemeralStorage"), *class.EphemeralStorage)
	}
	if class.AdvancedNetworking != nil {
		r.checkProxy(at.at("advancedNetworking"), *class.AdvancedNetworking)
	}
	for _, name := range sortedKeys(class.CertificateBundles) {
		if data, err := base64.StdEncoding.DecodeString(class.CertificateBundles[name]); err != nil || !strings.Contains(string(data), "-----BEGIN CERTIFICATE-----") {
			r.report(diag.NodeClass, at.at("certificateBundles", name), "encode the PEM text in base64", "this is no certificate in base64")
		}
	}
	r.checkTags(at.at("tags"), class.Tags, r.cluster.Tags)
	for _, key := range sortedKeys(class.Tags) {
		if slices.Contains(autoModeTags, key) || strings.HasPrefix(key, "kubernetes.io/cluster/") {
			r.report(diag.NodeClass, at.at("tags", key), "leave it out", "Auto Mode itself sets the tag %q on nodes", key)
		}
	}
}

func (r *resolver) checkAutoModeRole(at path, role string) {
	name := role[strings.LastIndex(role, "/")+1:]
	if !r.checkName(at, roleNameRule, name) {
		return
	}
	if name == r.cluster.AutoMode.RoleName() {
		r.report(diag.NodeClass, at, "leave it out", "this is the role of autoMode.role, which node classes have anyway")
	}
	for _, key := range sortedKeys(r.cluster.Access) {
		if r.cluster.Access[key].Role == role {
			r.report(diag.AccessPrincipal, clusterPath.at("access", key), "leave it out", "the node class at %s lets the role %q in already", strings.Join(at, "."), role)
		}
	}
}

// storageSize is the form of the size of a disk.
var storageSize = lazyregexp.New(`^[1-9][0-9]{0,4}(Gi|G|Ti|T)$`)

func (r *resolver) checkEphemeralStorage(at path, s spec.EphemeralStorage) {
	if s.Size != "" && !storageSize.MatchString(s.Size) {
		r.report(diag.NodeClass, at.at("size"), `such as "160Gi", "160G", "1Ti" or "1T"`, "%q is not the size of a disk", s.Size)
	}
	for _, field := range []struct {
		name      string
		value     *int
		low, high int
	}{{"iops", s.IOPS, 3000, 16000}, {"throughput", s.Throughput, 125, 1000}} {
		if v := field.value; v != nil && (*v < field.low || *v > field.high) {
			r.report(diag.NodeClass, at.at(field.name), "", "%s is %d, but must be %d to %d", field.name, *v, field.low, field.high)
		}
	}
}

// Limits of the NodeClass object on its proxy.
const (
	maxNoProxy = 50
	maxProxy   = 255 // characters
)

func (r *resolver) checkProxy(at path, n spec.AdvancedNetworking) {
	if n.HTTPSProxy != "" && (len(n.HTTPSProxy) > maxProxy || !strings.HasPrefix(n.HTTPSProxy, "http://") && !strings.HasPrefix(n.HTTPSProxy, "https://")) {
		r.report(diag.NodeClass, at.at("httpsProxy"), `such as "http://192.0.2.4:3128"`, "%q is not the URL of a proxy", n.HTTPSProxy)
	}
	if len(n.NoProxy) > 0 && n.HTTPSProxy == "" {
		r.report(diag.NodeClass, at.at("noProxy"), "leave it out, or state httpsProxy", "there is no proxy to be reached without")
	}
	if len(n.NoProxy) > maxNoProxy {
		r.report(diag.NodeClass, at.at("noProxy"), "", "%d entries; a node class takes %d", len(n.NoProxy), maxNoProxy)
	}
	for i, host := range n.NoProxy {
		if host == "" || len(host) > maxProxy {
			r.report(diag.NodeClass, at.at("noProxy").index(i), "", "a host has 1 to %d characters, not %d", maxProxy, len(host))
		}
	}
}
