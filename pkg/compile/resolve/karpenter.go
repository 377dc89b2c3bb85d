package resolve

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

var karpenterPath = clusterPath.at("karpenter")

// checkKarpenter completes and checks Karpenter, its node classes and its node
// pools. It comes after the node groups, because Karpenter runs on them.
func (r *resolver) checkKarpenter() {
	k := r.cluster.Karpenter
	if k == nil {
		return
	}
	r.completeKarpenter(k)
	r.checkKarpenterVersion(k)
	r.checkKarpenterHome(k)
	r.checkController(k)
	r.checkCreatedRole(karpenterPath.at("nodeRole"), k.NodeRole.Name, k.NodeRole.ManagedPolicies, k.NodeRole.PermissionsBoundary)
	r.checkProfiles(k)
	r.checkEC2NodeClasses(k)
	r.checkNodePools(r.karpenterPools(), k.NodePools)
}

// completeKarpenter fills in the names of roles that need one, and how node
// classes find subnets and security groups.
func (r *resolver) completeKarpenter(k *spec.Karpenter) {
	c := r.cluster
	if k.NodeRole.Name == "" {
		k.NodeRole.Name = RoleName(c.Name, "karpenter-nodes", c.Region)
	}
	if role := &k.ControllerRole; k.Method == spec.IRSA && role.ARN == "" && role.Name == "" {
		role.Name = RoleName(c.Name, "karpenter", c.Region)
	}
	if c.Network.KarpenterDiscovery == nil && !c.Network.Exists() {
		tagged := true
		c.Network.KarpenterDiscovery = &tagged
	}
	for _, name := range sortedKeys(k.NodeClasses) {
		class := k.NodeClasses[name]
		if class.SubnetSelectorTerms == nil {
			class.SubnetSelectorTerms = r.nodeSubnets(karpenterPath.at("nodeClasses", name))
		}
		if class.SecurityGroupSelectorTerms == nil {
			class.SecurityGroupSelectorTerms = r.nodeSecurityGroups()
		}
		k.NodeClasses[name] = class
	}
}

// nodeSubnets are the terms that select the private subnets for a node class
// that says nothing of them. It is nil where the spec does not say enough.
func (r *resolver) nodeSubnets(at path) []spec.SubnetSelectorTerm {
	n := r.cluster.Network
	var terms []spec.SubnetSelectorTerm
	switch {
	case r.tierEmpty("private"):
		r.report(diag.EmptyTier, at, "state network.subnets.private, or the subnetSelectorTerms of the class", "there are no private subnets for the nodes")
	case n.Exists():
		for _, name := range sortedKeys(n.Subnets.Private) {
			if id := n.Subnets.Private[name].ID; id != "" {
				terms = append(terms, spec.SubnetSelectorTerm{ID: id})
			}
		}
	case n.KarpenterDiscovery != nil && !*n.KarpenterDiscovery:
		r.report(diag.Karpenter, networkPath.at("karpenterDiscovery"), "leave it out, or state the subnetSelectorTerms of the class", "the node class %q finds its subnets by the tag that this turns off", at[len(at)-1])
	case r.cluster.Name != "":
		terms = append(terms, spec.SubnetSelectorTerm{Tags: map[string]string{spec.KarpenterDiscoveryTag: r.cluster.Name}})
	}
	return terms
}

// nodeSecurityGroups are the terms that select the security groups that node
// groups have too. EKS gives the one that it makes the tag aws:eks:cluster-name;
// see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html.
func (r *resolver) nodeSecurityGroups() []spec.SecurityGroupSelectorTerm {
	c := r.cluster
	if c.Name == "" {
		return nil
	}
	var terms []spec.SecurityGroupSelectorTerm
	group := c.NodeSecurityGroup
	if group == nil || group.WithClusterSecurityGroup {
		terms = append(terms, spec.SecurityGroupSelectorTerm{Tags: map[string]string{"aws:eks:cluster-name": c.Name}})
	}
	switch {
	case group == nil:
	case group.ID != "":
		terms = append(terms, spec.SecurityGroupSelectorTerm{ID: group.ID})
	default:
		terms = append(terms, spec.SecurityGroupSelectorTerm{Tags: map[string]string{spec.KarpenterDiscoveryTag: c.Name}})
	}
	return terms
}

// checkKarpenterVersion checks that Karpenter knows the cluster's version of
// Kubernetes.
func (r *resolver) checkKarpenterVersion(k *spec.Karpenter) {
	at := karpenterPath.at("version")
	if _, ok := catalog.KarpenterMinor(k.Version); !ok {
		r.report(diag.KarpenterVersion, at, `such as "1.14.1"`, "%q is not a version 1.x.y of Karpenter, which has the objects that are written", k.Version)
		return
	}
	newest, known := catalog.NewestForKarpenter(k.Version)
	ours, ok1 := catalog.MinorOf(r.cluster.Version)
	theirs, ok2 := catalog.MinorOf(newest)
	if !known || !ok1 || !ok2 || ours <= theirs {
		return
	}
	hint := "take a later version"
	if oldest, ok := catalog.OldestKarpenter(r.cluster.Version); ok {
		hint = fmt.Sprintf("take %s or later", oldest)
	}
	r.report(diag.KarpenterVersion, at, hint, "Karpenter %s runs on Kubernetes up to %s, and the cluster has %s", k.Version, newest, r.cluster.Version)
}

// controllerLabels are labels that the chart gives to Karpenter's pods, by which
// a Fargate profile may select them.
var controllerLabels = map[string]string{"app.kubernetes.io/instance": "karpenter", "app.kubernetes.io/name": "karpenter"}

// checkKarpenterHome checks that there is something that Karpenter runs on.
func (r *resolver) checkKarpenterHome(k *spec.Karpenter) {
	onFargate := r.landsOnFargate(k.Namespace, controllerLabels)
	switch {
	case onFargate && k.Method == spec.PodIdentity:
		r.report(diag.FargatePod, karpenterPath.at("method"), `set it to "irsa"`, "pods on Fargate get no credentials from EKS Pod Identity, and the controller is one")
	case !onFargate && !r.cluster.HasNodeGroups():
		r.report(diag.Karpenter, karpenterPath, "add a node group, or a Fargate profile for the namespace",
			"Karpenter has nowhere to run: it keeps off nodes of node pools, its own and those of Auto Mode")
	}
}

// checkController checks the controller's role and how its pods get it.
func (r *resolver) checkController(k *spec.Karpenter) {
	at, role := karpenterPath.at("controllerRole"), k.ControllerRole
	r.checkNamespace(karpenterPath.at("namespace"), k.Namespace)
	if len(validation.IsDNS1123Subdomain(k.ServiceAccount)) > 0 {
		r.report(diag.KubernetesName, karpenterPath.at("serviceAccount"), "use lower-case letters, digits, hyphens and dots, the first and last a letter or digit", "Kubernetes does not allow the name %q", k.ServiceAccount)
	}
	r.checkGivenRole(at, spec.Role{ARN: role.ARN, Name: role.Name, ManagedPolicies: role.ManagedPolicies, PermissionsBoundary: role.PermissionsBoundary}, "the role of Karpenter's controller")
	if role.ARN == "" {
		r.checkStatements(at.at("statements"), role.Statements, maxInlinePolicies-karpenterPolicySize)
	} else if len(role.Statements) > 0 {
		r.report(diag.RoleConflict, at.at("statements"), "leave out either arn or the statements", "a role with an arn exists already, so ekscc cannot set what it allows")
	}
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		if a := r.cluster.ServiceAccounts[key]; a.Namespace == k.Namespace && (a.Name == k.ServiceAccount || a.Name == "" && key == k.ServiceAccount) {
			r.report(diag.ServiceAccountTaken, serviceAccountsPath.at(key), "put what its pods may do into cluster.karpenter.controllerRole",
				"the service account %q has a role through cluster.karpenter already", k.Namespace+"/"+k.ServiceAccount)
		}
	}
	r.checkControllerMethod(k)
}

// karpenterPolicySize is how many characters the policies take that ekscc
// itself gives to the controller's role, with the longest name that a cluster
// can have. A test holds it.
const karpenterPolicySize = 8500

func (r *resolver) checkControllerMethod(k *spec.Karpenter) {
	at := karpenterPath.at("method")
	provider := r.cluster.IAM.OIDCProvider
	switch {
	case k.Method == spec.PodIdentity && !r.hasPodIdentityAgent():
		r.report(diag.PodIdentityAgent, at, `add the add-on "`+podIdentityAgent+`", or set it to "irsa"`, "no agent gives its role to Karpenter's controller")
	case k.Method == spec.IRSA && (provider == nil || !*provider):
		r.report(diag.NoOIDCProvider, at, "leave cluster.iam.oidcProvider out", "IRSA needs the OIDC provider, which cluster.iam.oidcProvider turns off")
	}
}

// karpenterUsesIRSA reports whether Karpenter needs the cluster's OIDC provider.
func (r *resolver) karpenterUsesIRSA() bool {
	k := r.cluster.Karpenter
	return k != nil && k.Method == spec.IRSA
}

// checkProfiles checks that nodes get an instance profile where Karpenter
// cannot make one: IAM has no endpoint in VPCs.
func (r *resolver) checkProfiles(k *spec.Karpenter) {
	if len(r.closedNodes()) == 0 || len(r.groupsIn("public")) > 0 {
		return
	}
	if !k.InstanceProfile {
		r.report(diag.Karpenter, karpenterPath.at("instanceProfile"), "set it to true", "without a way to the internet Karpenter cannot make instance profiles, for IAM has no VPC endpoint")
	}
	for _, name := range sortedKeys(k.NodeClasses) {
		if k.NodeClasses[name].Role != "" {
			r.report(diag.Karpenter, karpenterPath.at("nodeClasses", name, "role"), "name an instanceProfile in its place", "without a way to the internet Karpenter cannot make an instance profile for the role")
		}
	}
}

// karpenterPools is what node pools of Karpenter may refer to.
func (r *resolver) karpenterPools() poolFamily {
	k := r.cluster.Karpenter
	return poolFamily{
		name:        "Karpenter",
		pools:       karpenterPath.at("nodePools"),
		classes:     karpenterPath.at("nodeClasses"),
		classNames:  sortedKeys(k.NodeClasses),
		declared:    sortedKeys(k.NodeClasses),
		labels:      karpenterLabels,
		domain:      karpenterDomain,
		otherDomain: autoModeDomain,
	}
}

// unusedClasses warns of node classes that no pool uses.
func (r *resolver) unusedClasses(family poolFamily, pools map[string]spec.NodePool) {
	for _, name := range family.declared {
		used := slices.ContainsFunc(sortedKeys(pools), func(pool string) bool { return pools[pool].NodeClass == name })
		if !used && !r.manifestPool(name) {
			r.report(diag.UnusedNodeClass, family.classes.at(name), "name it in a node pool, or leave it out", "no node pool of %s uses the node class %q", strings.Join(family.pools, "."), name)
		}
	}
}

// manifestPool reports whether a manifest is a node pool of the class.
func (r *resolver) manifestPool(class string) bool {
	return slices.ContainsFunc(sortedKeys(r.spec.Kubernetes.Manifests), func(key string) bool {
		m := r.spec.Kubernetes.Manifests[key]
		if o := objectOf(m); o.group != "karpenter.sh" || o.kind != "NodePool" {
			return false
		}
		field := map[string]any(m)
		for _, name := range []string{"spec", "template", "spec", "nodeClassRef"} {
			field, _ = field[name].(map[string]any)
		}
		return text(field["name"]) == class
	})
}
