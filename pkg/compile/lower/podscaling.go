package lower

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// scalingObjects are the autoscaler of a Deployment or StatefulSet, and its
// disruption budget.
func scalingObjects(name, kind string, p spec.Pod, a *spec.Autoscaling, b *spec.PodDisruptionBudget) []ir.Object {
	var objects []ir.Object
	if a != nil {
		o := object(autoscaler(name, kind, p, *a))
		o.File = "horizontalpodautoscaler"
		objects = append(objects, o)
	}
	if b != nil {
		o := object(disruptionBudget(name, p, *b))
		o.File = "poddisruptionbudget"
		objects = append(objects, o)
	}
	return objects
}

func autoscaler(name, kind string, p spec.Pod, a spec.Autoscaling) autoscalingv2.HorizontalPodAutoscaler {
	return autoscalingv2.HorizontalPodAutoscaler{
		TypeMeta:   metav1.TypeMeta{APIVersion: "autoscaling/v2", Kind: "HorizontalPodAutoscaler"},
		ObjectMeta: objectMeta(name, p),
		Spec: autoscalingv2.HorizontalPodAutoscalerSpec{
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{APIVersion: "apps/v1", Kind: kind, Name: name},
			MinReplicas:    int32s(&a.MinReplicas),
			MaxReplicas:    int32(a.MaxReplicas),
			Metrics:        metrics(a),
			Behavior:       behavior(a.Behavior),
		},
	}
}

func metrics(a spec.Autoscaling) []autoscalingv2.MetricSpec {
	all := append(utilization(corev1.ResourceCPU, a.CPUUtilization), utilization(corev1.ResourceMemory, a.MemoryUtilization)...)
	for _, m := range sorted(a.PodMetrics) {
		all = append(all, autoscalingv2.MetricSpec{Type: autoscalingv2.PodsMetricSourceType, Pods: &autoscalingv2.PodsMetricSource{
			Metric: metric(m.name, m.value.Selector), Target: target("", m.value.AverageValue),
		}})
	}
	for _, m := range sorted(a.ExternalMetrics) {
		all = append(all, autoscalingv2.MetricSpec{Type: autoscalingv2.ExternalMetricSourceType, External: &autoscalingv2.ExternalMetricSource{
			Metric: metric(m.name, m.value.Selector), Target: target(m.value.Value, m.value.AverageValue),
		}})
	}
	return all
}

func utilization(name corev1.ResourceName, percent *int) []autoscalingv2.MetricSpec {
	if percent == nil {
		return nil
	}
	return []autoscalingv2.MetricSpec{{Type: autoscalingv2.ResourceMetricSourceType, Resource: &autoscalingv2.ResourceMetricSource{
		Name: name, Target: autoscalingv2.MetricTarget{Type: autoscalingv2.UtilizationMetricType, AverageUtilization: int32s(percent)},
	}}}
}

func metric(name string, labels map[string]string) autoscalingv2.MetricIdentifier {
	m := autoscalingv2.MetricIdentifier{Name: name}
	if len(labels) > 0 {
		m.Selector = &metav1.LabelSelector{MatchLabels: labels}
	}
	return m
}

// target is a value, or one for each pod.
func target(value, average string) autoscalingv2.MetricTarget {
	if q, err := resource.ParseQuantity(value); err == nil {
		return autoscalingv2.MetricTarget{Type: autoscalingv2.ValueMetricType, Value: &q}
	}
	q, _ := resource.ParseQuantity(average) // resolve has read it
	return autoscalingv2.MetricTarget{Type: autoscalingv2.AverageValueMetricType, AverageValue: &q}
}

func behavior(b spec.ScalingBehavior) *autoscalingv2.HorizontalPodAutoscalerBehavior {
	if b.ScaleUp == nil && b.ScaleDown == nil {
		return nil
	}
	return &autoscalingv2.HorizontalPodAutoscalerBehavior{ScaleUp: scalingRules(b.ScaleUp), ScaleDown: scalingRules(b.ScaleDown)}
}

func scalingRules(rules *spec.ScalingRules) *autoscalingv2.HPAScalingRules {
	if rules == nil {
		return nil
	}
	k := &autoscalingv2.HPAScalingRules{StabilizationWindowSeconds: int32s(rules.StabilizationWindowSeconds)}
	if rules.SelectPolicy != "" {
		selected := autoscalingv2.ScalingPolicySelect(rules.SelectPolicy)
		k.SelectPolicy = &selected
	}
	for _, p := range rules.Policies {
		k.Policies = append(k.Policies, autoscalingv2.HPAScalingPolicy{
			Type: autoscalingv2.HPAScalingPolicyType(p.Type), Value: int32(p.Value), PeriodSeconds: int32(p.PeriodSeconds),
		})
	}
	return k
}

func disruptionBudget(name string, p spec.Pod, b spec.PodDisruptionBudget) policyv1.PodDisruptionBudget {
	k := policyv1.PodDisruptionBudget{
		TypeMeta:   metav1.TypeMeta{APIVersion: "policy/v1", Kind: "PodDisruptionBudget"},
		ObjectMeta: objectMeta(name, p),
		Spec: policyv1.PodDisruptionBudgetSpec{
			Selector: selector(name), MinAvailable: share(b.MinAvailable), MaxUnavailable: share(b.MaxUnavailable),
		},
	}
	if b.UnhealthyPodEvictionPolicy != "" {
		policy := policyv1.UnhealthyPodEvictionPolicyType(b.UnhealthyPodEvictionPolicy)
		k.Spec.UnhealthyPodEvictionPolicy = &policy
	}
	return k
}
