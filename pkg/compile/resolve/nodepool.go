package resolve

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of the NodePool object on its lists, and on the length of the pool's
// name, which is the value of a label of its nodes.
const (
	maxBudgets      = 50
	maxRequirements = 100
	maxPoolName     = 63
	maxMinValues    = 50
	maxPoolWeight   = 100
)

// poolFamily is what tells the node pools of Karpenter from those of Auto Mode.
type poolFamily struct {
	// name is what the nodes are of, for messages.
	name string
	// pools and classes are the places of the node pools and node classes.
	pools, classes path
	// classNames are the node classes that there are, and declared those that
	// the spec declares.
	classNames, declared []string
	// labels are those of domain that nodes have, and whether each is a number.
	labels map[string]bool
	// domain is that of labels that say what an instance is, and otherDomain
	// that of the other family.
	domain, otherDomain string
	auto                bool
}

// checkNodePools checks the node pools of a family.
func (r *resolver) checkNodePools(family poolFamily, pools map[string]spec.NodePool) {
	for _, name := range sortedKeys(pools) {
		at, pool := family.pools.at(name), pools[name]
		r.checkPoolName(at, name)
		r.checkPoolClass(at.at("nodeClass"), family, pool.NodeClass)
		r.checkPoolLabels(at.at("labels"), family, pool.Labels)
		for _, key := range sortedKeys(pool.Annotations) {
			r.checkAnnotationKey(at.at("annotations", key), key)
			r.checkText(at.at("annotations", key), pool.Annotations[key])
		}
		r.checkPoolTaints(at, pool)
		r.checkRequirements(at.at("requirements"), family, pool)
		r.checkPoolDisruption(at, family, pool)
		r.checkPoolSize(at, pool)
	}
	r.unusedClasses(family, pools)
}

// ownPools adds the node classes and node pools to the objects that ekscc makes.
func (r *resolver) ownPools(own map[object]path) {
	const group = "karpenter.sh"
	if auto := r.cluster.AutoMode; auto != nil {
		for _, name := range sortedKeys(auto.NodeClasses) {
			own[object{autoModeDomain, "NodeClass", "default", name}] = autoModePath.at("nodeClasses", name)
		}
		for _, name := range sortedKeys(auto.CustomNodePools) {
			own[object{group, "NodePool", "default", name}] = autoModePath.at("customNodePools", name)
		}
	}
	if k := r.cluster.Karpenter; k != nil {
		for _, name := range sortedKeys(k.NodeClasses) {
			own[object{karpenterDomain, "EC2NodeClass", "default", name}] = karpenterPath.at("nodeClasses", name)
		}
		for _, name := range sortedKeys(k.NodePools) {
			own[object{group, "NodePool", "default", name}] = karpenterPath.at("nodePools", name)
		}
	}
}

func (r *resolver) checkPoolName(at path, name string) {
	r.checkObjectName(at, object{name: name})
	if len(name) > maxPoolName {
		r.report(diag.KubernetesName, at, "", "the name has %d characters; it is the value of a label, which has %d at most", len(name), maxPoolName)
	}
}

// checkPoolClass checks that the pool's node class is declared.
func (r *resolver) checkPoolClass(at path, family poolFamily, class string) {
	if slices.Contains(family.classNames, class) || r.manifestClass(family, class) {
		return
	}
	hint := catalog.DidYouMean(class, family.classNames)
	if hint == "" {
		hint = "declare it in " + strings.Join(family.classes, ".")
	}
	r.report(diag.UnknownNodeClass, at, hint, "there is no node class %q of %s", class, family.name)
}

// manifestClass reports whether a manifest declares the node class.
func (r *resolver) manifestClass(family poolFamily, class string) bool {
	return slices.ContainsFunc(sortedKeys(r.spec.Kubernetes.Manifests), func(key string) bool {
		o := objectOf(r.spec.Kubernetes.Manifests[key])
		return o.group == family.domain && o.name == class
	})
}

// checkPoolLabels checks the labels that nodes get besides those that say what
// they are.
func (r *resolver) checkPoolLabels(at path, family poolFamily, labels map[string]string) {
	for _, key := range sortedKeys(labels) {
		if at := at.at(key); r.checkLabel(at, key, labels[key]) {
			r.checkPoolKey(at, family, key)
		}
	}
}

// checkPoolKey checks a label that a pool's nodes shall have or shall be
// selected by, and reports whether it may be one.
func (r *resolver) checkPoolKey(at path, family poolFamily, key string) bool {
	domain, name, _ := strings.Cut(key, "/")
	_, known := family.labels[name]
	switch {
	case inDomain(domain, family.domain) && known:
		return true
	case inDomain(domain, family.domain):
		hint := catalog.DidYouMean(key, domainLabels(family))
		if hint == "" {
			hint = "use a domain of your own for labels of your own"
		}
		r.report(diag.NodeRequirement, at, hint, "nodes of %s have no label %q", family.name, key)
	case inDomain(domain, family.otherDomain):
		hint := "leave it out"
		if known {
			hint = "write " + family.domain + "/" + name
		}
		r.report(diag.NodeRequirement, at, hint, "nodes of %s have no labels of %s", family.name, family.otherDomain)
	case inDomain(domain, "karpenter.sh") && key != capacityTypeLabel, key == "kubernetes.io/hostname":
		r.report(diag.NodeRequirement, at, "leave it out", "the label %q is Karpenter's own", key)
	case family.auto && (key == osLabel || key == "node.kubernetes.io/windows-build"):
		r.report(diag.NodeRequirement, at, "leave it out", "Auto Mode does not know the label %q: all its nodes run Linux", key)
	default:
		return true
	}
	return false
}

// domainLabels are the whole labels of the family's domain, sorted.
func domainLabels(family poolFamily) []string {
	var labels []string
	for _, name := range sortedKeys(family.labels) {
		labels = append(labels, family.domain+"/"+name)
	}
	return labels
}

// checkPoolTaints checks the taints of both kinds, which are told apart by key
// and effect.
func (r *resolver) checkPoolTaints(at path, pool spec.NodePool) {
	for _, field := range []struct {
		name   string
		taints map[string]spec.Taint
	}{{"taints", pool.Taints}, {"startupTaints", pool.StartupTaints}} {
		for _, key := range sortedKeys(field.taints) {
			at, value := at.at(field.name, key), field.taints[key].Value
			r.checkLabelKey(at, "taint", key)
			// Karpenter wants of a value what Kubernetes wants of a key.
			if value != "" && len(validation.IsQualifiedName(value)) > 0 {
				r.report(diag.InvalidLabel, at.at("value"), labelHint, "Kubernetes does not allow the taint value %q", value)
			}
			if other, ok := pool.Taints[key]; ok && field.name == "startupTaints" && other.Effect == field.taints[key].Effect {
				r.report(diag.NodePool, at, "leave one of them out", "the taint %q with the effect %s is among taints, too", key, other.Effect)
			}
		}
	}
}

// checkPoolSize checks how many nodes there may be.
func (r *resolver) checkPoolSize(at path, pool spec.NodePool) {
	for _, name := range sortedKeys(pool.Limits) {
		at := at.at("limits", name)
		kind := "cpu" // what is counted may be counted in thousandths
		if name == "memory" || name == "ephemeral-storage" {
			kind = "memory"
		}
		q, ok := r.checkQuantity(at, kind, pool.Limits[name])
		switch {
		case len(validation.IsQualifiedName(name)) > 0:
			r.report(diag.NodePool, at, `such as "cpu", "memory" or "nodes"`, "%q is not the name of a resource", name)
		case ok && name == "nodes" && q.MilliValue()%1000 != 0:
			r.report(diag.NodePool, at, "", "%q is no whole number of nodes", pool.Limits[name])
		}
		if pool.Limits[name] == "" {
			r.report(diag.InvalidQuantity, at, "leave the limit out", "the limit is empty")
		}
		if pool.Replicas != nil && name != "nodes" {
			r.report(diag.NodePool, at, `leave it out; "nodes" can be limited`, "a pool with replicas has no limit of %s", name)
		}
	}
	if w := pool.Weight; w != nil && (*w < 1 || *w > maxPoolWeight) {
		r.report(diag.NodePool, at.at("weight"), "", "the weight is %d, but must be 1 to %d", *w, maxPoolWeight)
	}
	if pool.Replicas == nil {
		return
	}
	if *pool.Replicas < 0 {
		r.report(diag.NodePool, at.at("replicas"), "", "there cannot be %d nodes", *pool.Replicas)
	}
	if pool.Weight != nil {
		r.report(diag.NodePool, at.at("weight"), "leave it out", "a pool with replicas starts its nodes whether there are pods or not, so it has no weight")
	}
	r.checkKarpenterKnows(at.at("replicas"), 7, "no pools with replicas")
}

// checkKarpenterKnows reports what Karpenter has only since version 1.minor.
// Which versions have what was read off the definitions of their objects.
func (r *resolver) checkKarpenterKnows(at path, minor int, lacks string) {
	k := r.cluster.Karpenter
	if k == nil || at[1] != "karpenter" {
		return
	}
	if ours, ok := catalog.KarpenterMinor(k.Version); ok && ours < minor {
		r.report(diag.KarpenterVersion, at, "take a later version in cluster.karpenter.version", "Karpenter %s has %s", k.Version, lacks)
	}
}
