package resolve

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

var autoscalerPath = clusterPath.at("clusterAutoscaler")

// checkClusterAutoscaler completes and checks the Cluster Autoscaler. It
// expects the node groups to be complete.
func (r *resolver) checkClusterAutoscaler() {
	a := r.cluster.ClusterAutoscaler
	if a == nil {
		r.checkNoAutoscaler()
		return
	}
	r.checkAutoscalerImage(a)
	r.checkAutoscalerIdentity(a)
	r.checkAutoscalerNames(*a)
	r.checkAutoscalerSettings(*a)
	r.checkAutoscaledGroups()
	if r.cluster.Karpenter != nil {
		r.report(diag.AutoscalerRival, autoscalerPath, "let one of them scale the cluster", "Karpenter and the Cluster Autoscaler both bring nodes for pending pods, and so bring too many")
	}
}

// checkNoAutoscaler reports groups that speak of an autoscaler which is not
// there.
func (r *resolver) checkNoAutoscaler() {
	for _, name := range sortedKeys(r.cluster.SelfManagedNodeGroups) {
		if r.cluster.SelfManagedNodeGroups[name].ClusterAutoscaler != nil {
			r.report(diag.ClusterAutoscaler, clusterPath.at("selfManagedNodeGroups", name, "clusterAutoscaler"), "add cluster.clusterAutoscaler, or leave it out",
				"there is no Cluster Autoscaler that could scale the group")
		}
	}
}

// checkAutoscalerImage fills in the image, and checks one that is stated.
func (r *resolver) checkAutoscalerImage(a *spec.ClusterAutoscaler) {
	at := autoscalerPath.at("image")
	known, ok := catalog.ClusterAutoscalerImage(r.cluster.Version)
	switch {
	case a.Image != "":
		r.checkImageReference(at, a.Image)
		if minor, ok := imageMinor(a.Image); ok && minor != r.cluster.Version {
			r.report(diag.AutoscalerVersion, at, "take a release of "+r.cluster.Version, "the image is for Kubernetes %s, but the cluster's version is %s", minor, r.cluster.Version)
		}
	case ok:
		a.Image = known
	case a.CreateObjects:
		r.report(diag.ClusterAutoscaler, at, "name one", "on %s there was no image of the Cluster Autoscaler for Kubernetes %q", catalog.Date, r.cluster.Version)
	}
	closed := len(r.closedNodes()) > 0 && len(r.groupsIn("public")) == 0
	if registry := r.registryOutside(a.Image); closed && a.CreateObjects && a.Image != "" && registry != "" {
		r.report(diag.UnreachableImage, at, "copy it to ECR in "+r.cluster.Region, "nodes without a way to the internet cannot pull from %s", registry)
	}
}

// imageMinor returns the minor version that the tag of an image begins with,
// such as "1.35" of "v1.35.1".
func imageMinor(image string) (string, bool) {
	image, _, _ = strings.Cut(image, "@")
	_, tag, ok := strings.Cut(image[strings.LastIndex(image, "/")+1:], ":")
	parts := strings.Split(strings.TrimPrefix(tag, "v"), ".")
	if !ok || len(parts) < 2 {
		return "", false
	}
	minor := parts[0] + "." + parts[1]
	_, ok = catalog.MinorOf(minor)
	return minor, ok
}

// checkAutoscalerIdentity completes and checks the role, and how the pods get
// it.
func (r *resolver) checkAutoscalerIdentity(a *spec.ClusterAutoscaler) {
	if a.Method == spec.IRSA && a.Role.ARN == "" && a.Role.Name == "" {
		a.Role.Name = RoleName(r.cluster.Name, a.Namespace+"-"+a.ServiceAccount, r.cluster.Region)
	}
	r.checkGivenRole(autoscalerPath.at("role"), spec.Role{ARN: a.Role.ARN, Name: a.Role.Name, PermissionsBoundary: a.Role.PermissionsBoundary}, "the role of the Cluster Autoscaler")
	wanted := r.cluster.IAM.OIDCProvider
	switch {
	case a.Method == spec.IRSA && wanted != nil && !*wanted:
		r.report(diag.NoOIDCProvider, autoscalerPath.at("method"), "leave cluster.iam.oidcProvider out", "IRSA needs the OIDC provider, which cluster.iam.oidcProvider turns off")
	case a.Method == spec.PodIdentity && !r.hasPodIdentityAgent():
		r.report(diag.PodIdentityAgent, autoscalerPath.at("method"), `add "eks-pod-identity-agent" to addons, or set it to "irsa"`, "Pod Identity needs the add-on eks-pod-identity-agent")
	}
}

// autoscalerUsesIRSA reports whether its role needs the cluster's OIDC
// provider.
func (r *resolver) autoscalerUsesIRSA() bool {
	a := r.cluster.ClusterAutoscaler
	return a != nil && a.Method == spec.IRSA
}

// checkAutoscalerNames checks the names of its objects, and that they are its
// own.
func (r *resolver) checkAutoscalerNames(a spec.ClusterAutoscaler) {
	at := autoscalerPath.at("serviceAccount")
	r.checkNamespace(autoscalerPath.at("namespace"), a.Namespace)
	if len(validation.IsDNS1123Label(a.ServiceAccount)) > 0 {
		r.report(diag.KubernetesName, at, "use lower-case letters, digits and hyphens, the first and last no hyphen", "Kubernetes does not allow the name %q", a.ServiceAccount)
	}
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		account := r.cluster.ServiceAccounts[key]
		if name := account.Name; account.Namespace == a.Namespace && (name == a.ServiceAccount || name == "" && key == a.ServiceAccount) {
			r.report(diag.ServiceAccountTaken, serviceAccountsPath.at(key), "leave it out, or name another one in cluster.clusterAutoscaler",
				"the service account %q has a role through %s already", a.Namespace+"/"+a.ServiceAccount, strings.Join(autoscalerPath, "."))
		}
	}
	if w, ok := r.spec.Workloads[a.ServiceAccount]; ok && w.Namespace == a.Namespace && a.CreateObjects {
		r.report(diag.DuplicateObject, path{"workloads", a.ServiceAccount}, "give one of them another name", "the Deployment %q is made by %s already", a.ServiceAccount, strings.Join(autoscalerPath, "."))
	}
}

// ownAutoscalerObjects adds the objects that the Cluster Autoscaler consists of.
func (r *resolver) ownAutoscalerObjects(own map[object]path) {
	a := r.cluster.ClusterAutoscaler
	if a == nil || !a.CreateObjects {
		return
	}
	const rbac = "rbac.authorization.k8s.io"
	objects := []object{
		{"", "ServiceAccount", a.Namespace, a.ServiceAccount}, {"apps", "Deployment", a.Namespace, a.ServiceAccount},
		{"policy", "PodDisruptionBudget", a.Namespace, a.ServiceAccount},
		{rbac, "ClusterRole", "default", a.ServiceAccount}, {rbac, "ClusterRoleBinding", "default", a.ServiceAccount},
		{rbac, "Role", a.Namespace, a.ServiceAccount}, {rbac, "RoleBinding", a.Namespace, a.ServiceAccount},
	}
	if len(a.Priorities) > 0 {
		objects = append(objects, object{"", "ConfigMap", a.Namespace, "cluster-autoscaler-priority-expander"})
	}
	for _, o := range objects {
		own[o] = autoscalerPath
	}
}

// checkAutoscaledGroups checks the groups that the Cluster Autoscaler scales.
// It scales all managed ones: EKS tags them for it.
func (r *resolver) checkAutoscaledGroups() {
	var scaled, movable []string
	look := func(at path, s spec.Scaling) {
		scaled = append(scaled, at[len(at)-1])
		if s.Min < s.Max {
			movable = append(movable, at[len(at)-1])
		}
		if s.Desired != nil && *s.Desired != s.Min {
			r.report(diag.AutoscalerRival, at.at("scaling", "desired"), "leave it out", "the Cluster Autoscaler decides how many nodes there are, and a deployment that changes the sizes sets them back to %d", *s.Desired)
		}
	}
	for _, name := range sortedKeys(r.cluster.NodeGroups) {
		look(clusterPath.at("nodeGroups", name), r.cluster.NodeGroups[name].Scaling)
	}
	for _, name := range sortedKeys(r.cluster.SelfManagedNodeGroups) {
		if g, at := r.cluster.SelfManagedNodeGroups[name], clusterPath.at("selfManagedNodeGroups", name); r.cluster.Autoscaled(g) {
			look(at, g.Scaling)
			r.checkAutoscaledGroup(at, g)
		}
	}
	switch {
	case len(scaled) == 0:
		r.report(diag.ClusterAutoscaler, autoscalerPath, "add a node group, or leave it out", "there is no node group that it could scale")
	case len(movable) == 0:
		r.report(diag.ClusterAutoscaler, autoscalerPath, "let min and max of a group differ, or leave it out", "every node group that it could scale has as many nodes at least as at most")
	}
}

// checkAutoscaledGroup checks a group's tags, by which the Cluster Autoscaler
// knows it, and what it does not understand.
func (r *resolver) checkAutoscaledGroup(at path, g spec.SelfManagedNodeGroup) {
	if g.MixedInstances != nil && len(g.MixedInstances.Weights) > 0 {
		r.report(diag.ClusterAutoscaler, at.at("mixedInstances", "weights"), "leave the weights out, or set clusterAutoscaler of the group to false", "the Cluster Autoscaler counts nodes, and not units")
	}
	tags := r.cluster.AutoscalerTags(g)
	for _, label := range sortedKeys(g.Labels) {
		r.checkTemplateTag(at.at("labels", label), tags, spec.AutoscalerLabelTag(label))
	}
	for _, taint := range sortedKeys(g.Taints) {
		r.checkTemplateTag(at.at("taints", taint), tags, spec.AutoscalerTaintTag(taint))
	}
	for _, more := range []map[string]string{r.cluster.Tags, g.Tags} {
		for key := range more {
			tags[key] = ""
		}
	}
	tags["Name"], tags["kubernetes.io/cluster/"+r.cluster.Name] = "", ""
	if len(tags) > maxTags {
		r.report(diag.InvalidTag, at, "let the group keep a node, so that it needs no tags for its labels and taints, or take fewer of them",
			"with those for the Cluster Autoscaler, the Auto Scaling group has %d tags; AWS allows %d", len(tags), maxTags)
	}
}

// checkTemplateTag checks a tag that tells of a label or taint.
func (r *resolver) checkTemplateTag(at path, tags map[string]string, key string) {
	if _, ok := tags[key]; ok && len(key) > maxTagKey {
		r.report(diag.InvalidTag, at, "take a shorter key, or let the group keep a node", "the tag that tells the Cluster Autoscaler of it has a key of %d characters; AWS allows %d", len(key), maxTagKey)
	}
}

// autoscalerNeeds is the service that the Cluster Autoscaler uses besides those
// that nodes do.
func (r *resolver) autoscalerNeeds() []need {
	if r.cluster.ClusterAutoscaler == nil {
		return nil
	}
	return []need{{"autoscaling", "the Cluster Autoscaler cannot scale node groups", true}}
}
