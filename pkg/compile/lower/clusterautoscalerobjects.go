package lower

import (
	"cmp"
	"strconv"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// What the Cluster Autoscaler keeps in objects of its own.
const (
	autoscalerStatus     = "cluster-autoscaler-status"
	autoscalerPriorities = "cluster-autoscaler-priority-expander"
	autoscalerLease      = "cluster-autoscaler"
	autoscalerPort       = 8085
)

// defaultAutoscalerResources are those of the project's own manifest; see
// https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws/examples.
var defaultAutoscalerResources = spec.Resources{
	Requests: spec.ResourceQuantities{CPU: "100m", Memory: "600Mi"},
	Limits:   spec.ResourceQuantities{Memory: "600Mi"},
}

// autoscalerObjects are the Cluster Autoscaler as it runs in the cluster.
func (c cluster) autoscalerObjects() []ir.Object {
	a := c.ClusterAutoscaler
	if a == nil || !a.CreateObjects {
		return nil
	}
	named := metav1.ObjectMeta{Name: a.ServiceAccount, Namespace: a.Namespace, Labels: map[string]string{nameLabel: a.ServiceAccount}}
	everywhere := metav1.ObjectMeta{Name: named.Name, Labels: named.Labels}
	subjects := []rbacv1.Subject{{Kind: "ServiceAccount", Name: a.ServiceAccount, Namespace: a.Namespace}}
	account := named
	account.Annotations = c.autoscalerAnnotations(*a)
	labels := &metav1.LabelSelector{MatchLabels: named.Labels}
	one := intstr.FromInt32(1)
	objects := []ir.Object{
		file("serviceaccount", corev1.ServiceAccount{TypeMeta: kind("v1", "ServiceAccount"), ObjectMeta: account}),
		file("clusterrole", rbacv1.ClusterRole{TypeMeta: kind(rbac, "ClusterRole"), ObjectMeta: everywhere, Rules: autoscalerClusterRules()}),
		file("clusterrolebinding", rbacv1.ClusterRoleBinding{TypeMeta: kind(rbac, "ClusterRoleBinding"), ObjectMeta: everywhere, Subjects: subjects,
			RoleRef: rbacv1.RoleRef{APIGroup: "rbac.authorization.k8s.io", Kind: "ClusterRole", Name: a.ServiceAccount}}),
		file("role", rbacv1.Role{TypeMeta: kind(rbac, "Role"), ObjectMeta: named, Rules: autoscalerRules(*a)}),
		file("rolebinding", rbacv1.RoleBinding{TypeMeta: kind(rbac, "RoleBinding"), ObjectMeta: named, Subjects: subjects,
			RoleRef: rbacv1.RoleRef{APIGroup: "rbac.authorization.k8s.io", Kind: "Role", Name: a.ServiceAccount}}),
		file("poddisruptionbudget", policyv1.PodDisruptionBudget{TypeMeta: kind("policy/v1", "PodDisruptionBudget"), ObjectMeta: named,
			Spec: policyv1.PodDisruptionBudgetSpec{MaxUnavailable: &one, Selector: labels}}),
		file("deployment", appsv1.Deployment{TypeMeta: kind("apps/v1", "Deployment"), ObjectMeta: named, Spec: c.autoscalerDeployment(*a, labels)}),
	}
	if len(a.Priorities) > 0 {
		preferences := named
		preferences.Name = autoscalerPriorities
		objects = append(objects, file("configmap", corev1.ConfigMap{TypeMeta: kind("v1", "ConfigMap"), ObjectMeta: preferences,
			Data: map[string]string{"priorities": prioritiesText(a.Priorities)}}))
	}
	for _, o := range objects {
		dropEmpty(o.Body, "strategy", "resources", "spec")
	}
	return objects
}

const rbac = "rbac.authorization.k8s.io/v1"

func kind(apiVersion, name string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: apiVersion, Kind: name}
}

// file is an object with the name of its file.
func file(name string, typed any) ir.Object {
	o := object(typed)
	o.File = name
	return o
}

func (c cluster) autoscalerAnnotations(a spec.ClusterAutoscaler) map[string]string {
	arn := a.Role.ARN
	if arn == "" && c.knowsARNs() {
		arn = c.iamARN("role" + cmp.Or(c.IAM.Path, "/") + a.Role.Name)
	}
	if a.Method != spec.IRSA || arn == "" {
		return nil
	}
	return map[string]string{"eks.amazonaws.com/role-arn": arn}
}

func (c cluster) autoscalerDeployment(a spec.ClusterAutoscaler, labels *metav1.LabelSelector) appsv1.DeploymentSpec {
	replicas, nobody, yes := int32(a.Replicas), int64(65534), true
	return appsv1.DeploymentSpec{
		Replicas: &replicas,
		Selector: labels,
		Template: corev1.PodTemplateSpec{
			ObjectMeta: metav1.ObjectMeta{Labels: labels.MatchLabels},
			Spec: corev1.PodSpec{
				Containers:         []corev1.Container{c.autoscalerContainer(a)},
				NodeSelector:       merged(map[string]string{"kubernetes.io/os": "linux"}, a.NodeSelector),
				PriorityClassName:  "system-cluster-critical",
				ServiceAccountName: a.ServiceAccount,
				SecurityContext: &corev1.PodSecurityContext{
					FSGroup: &nobody, RunAsNonRoot: &yes, RunAsUser: &nobody,
					SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
				},
				Tolerations: tolerations(a.Tolerations),
			},
		},
	}
}

func (c cluster) autoscalerContainer(a spec.ClusterAutoscaler) corev1.Container {
	no, yes := false, true
	container := corev1.Container{
		Name:    "cluster-autoscaler",
		Image:   a.Image,
		Command: []string{"./cluster-autoscaler"},
		Args:    c.autoscalerFlags(a),
		Ports:   []corev1.ContainerPort{{Name: "http", ContainerPort: autoscalerPort}},
		LivenessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{
			HTTPGet: &corev1.HTTPGetAction{Path: "/health-check", Port: intstr.FromString("http")},
		}},
		Resources: resources(*cmp.Or(a.Resources, &defaultAutoscalerResources)),
		SecurityContext: &corev1.SecurityContext{
			AllowPrivilegeEscalation: &no, ReadOnlyRootFilesystem: &yes,
			Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
		},
	}
	if c.Region != "" {
		// Nodes do not let pods ask the instance metadata for it.
		container.Env = []corev1.EnvVar{{Name: "AWS_REGION", Value: c.Region}}
	}
	return container
}

// prioritiesText is the priorities as the expander reads them.
func prioritiesText(declared map[string][]string) string {
	var text strings.Builder
	for _, p := range priorities(declared) {
		text.WriteString(p.name + ":\n")
		for _, expression := range p.value {
			text.WriteString("- " + strconv.Quote(expression) + "\n")
		}
	}
	return text.String()
}
