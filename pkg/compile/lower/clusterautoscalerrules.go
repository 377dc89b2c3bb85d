package lower

import (
	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// autoscalerClusterRules are what the Cluster Autoscaler sees and does in the
// whole cluster: those of the project's own manifest; see
// https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws/examples.
// Since 1.35 it watches the objects of resource.k8s.io, too, and fails without;
// see https://github.com/kubernetes/autoscaler/pull/10278.
func autoscalerClusterRules() []rbacv1.PolicyRule {
	see := []string{"get", "list", "watch"}
	return []rbacv1.PolicyRule{
		{APIGroups: []string{""}, Resources: []string{"events"}, Verbs: []string{"create", "patch"}},
		{APIGroups: []string{""}, Resources: []string{"pods/eviction"}, Verbs: []string{"create"}},
		{APIGroups: []string{""}, Resources: []string{"pods/status"}, Verbs: []string{"update"}},
		{APIGroups: []string{""}, Resources: []string{"nodes"}, Verbs: []string{"get", "list", "update", "watch"}},
		{APIGroups: []string{""}, Resources: []string{"namespaces", "persistentvolumeclaims", "persistentvolumes", "pods", "replicationcontrollers", "services"}, Verbs: see},
		{APIGroups: []string{"apps"}, Resources: []string{"daemonsets", "replicasets", "statefulsets"}, Verbs: see},
		{APIGroups: []string{"batch"}, Resources: []string{"cronjobs", "jobs"}, Verbs: see},
		{APIGroups: []string{"policy"}, Resources: []string{"poddisruptionbudgets"}, Verbs: see},
		{APIGroups: []string{"resource.k8s.io"}, Resources: []string{"deviceclasses", "resourceclaims", "resourceslices"}, Verbs: see},
		{APIGroups: []string{"storage.k8s.io"}, Resources: []string{"csidrivers", "csinodes", "csistoragecapacities", "storageclasses", "volumeattachments"}, Verbs: see},
	}
}

// autoscalerRules are what it does in its own namespace: it elects a leader,
// writes its status, and reads the priorities of its expander.
func autoscalerRules(a spec.ClusterAutoscaler) []rbacv1.PolicyRule {
	rules := []rbacv1.PolicyRule{
		{APIGroups: []string{"coordination.k8s.io"}, Resources: []string{"leases"}, Verbs: []string{"create"}},
		{APIGroups: []string{"coordination.k8s.io"}, Resources: []string{"leases"}, ResourceNames: []string{autoscalerLease}, Verbs: []string{"get", "update"}},
		{APIGroups: []string{""}, Resources: []string{"configmaps"}, Verbs: []string{"create"}},
		{APIGroups: []string{""}, Resources: []string{"configmaps"}, ResourceNames: []string{autoscalerStatus}, Verbs: []string{"delete", "get", "update", "watch"}},
	}
	if a.Expander == "priority" {
		rules = append(rules, rbacv1.PolicyRule{APIGroups: []string{""}, Resources: []string{"configmaps"}, Verbs: []string{"get", "list", "watch"}})
	}
	return rules
}
