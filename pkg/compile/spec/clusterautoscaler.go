package spec

import "fmt"

// ClusterAutoscaler is the Kubernetes Cluster Autoscaler. Image is empty until
// resolve fills it, and stays so where ekscc knows none for the version.
type ClusterAutoscaler struct {
	Image          string                `json:"image,omitempty"`
	Namespace      string                `json:"namespace"`
	ServiceAccount string                `json:"serviceAccount"`
	Method         string                `json:"method"`
	Role           ClusterAutoscalerRole `json:"role"`
	CreateObjects  bool                  `json:"createObjects"`
	Replicas       int                   `json:"replicas"`

	Expander                  string              `json:"expander"`
	Priorities                map[string][]string `json:"priorities,omitempty"`
	BalanceSimilarNodeGroups  bool                `json:"balanceSimilarNodeGroups"`
	SkipNodesWithLocalStorage bool                `json:"skipNodesWithLocalStorage"`
	SkipNodesWithSystemPods   bool                `json:"skipNodesWithSystemPods"`
	ScaleDown                 ScaleDown           `json:"scaleDown"`
	ScanInterval              string              `json:"scanInterval,omitempty"`
	MaxNodeProvisionTime      string              `json:"maxNodeProvisionTime,omitempty"`
	Flags                     map[string]string   `json:"flags,omitempty"`

	Resources    *Resources            `json:"resources,omitempty"`
	NodeSelector map[string]string     `json:"nodeSelector,omitempty"`
	Tolerations  map[string]Toleration `json:"tolerations,omitempty"`
}

// ClusterAutoscalerRole is the IAM role of the Cluster Autoscaler: an existing
// one by ARN, or a new one. With IRSA, resolve fills the name of a new one.
type ClusterAutoscalerRole struct {
	ARN                 string `json:"arn,omitempty"`
	Name                string `json:"name,omitempty"`
	PermissionsBoundary string `json:"permissionsBoundary,omitempty"`
}

// ScaleDown is when the Cluster Autoscaler takes nodes away.
type ScaleDown struct {
	Enabled              bool   `json:"enabled"`
	UtilizationThreshold string `json:"utilizationThreshold,omitempty"`
	UnneededTime         string `json:"unneededTime,omitempty"`
	UnreadyTime          string `json:"unreadyTime,omitempty"`
	DelayAfterAdd        string `json:"delayAfterAdd,omitempty"`
	DelayAfterDelete     string `json:"delayAfterDelete,omitempty"`
	DelayAfterFailure    string `json:"delayAfterFailure,omitempty"`
}

// AutoscalerFlag is a flag of the cluster-autoscaler command, and the field of
// the spec that it comes from.
type AutoscalerFlag struct{ Name, Value, Field string }

// FieldFlags are the flags that fields of their own set, but for those by which
// it finds the groups.
func (a ClusterAutoscaler) FieldFlags() []AutoscalerFlag {
	truth := map[bool]string{false: "false", true: "true"}
	return []AutoscalerFlag{
		{"balance-similar-node-groups", truth[a.BalanceSimilarNodeGroups], "balanceSimilarNodeGroups"},
		{"expander", a.Expander, "expander"},
		{"max-node-provision-time", a.MaxNodeProvisionTime, "maxNodeProvisionTime"},
		{"namespace", a.Namespace, "namespace"},
		{"scale-down-delay-after-add", a.ScaleDown.DelayAfterAdd, "scaleDown.delayAfterAdd"},
		{"scale-down-delay-after-delete", a.ScaleDown.DelayAfterDelete, "scaleDown.delayAfterDelete"},
		{"scale-down-delay-after-failure", a.ScaleDown.DelayAfterFailure, "scaleDown.delayAfterFailure"},
		{"scale-down-enabled", truth[a.ScaleDown.Enabled], "scaleDown.enabled"},
		{"scale-down-unneeded-time", a.ScaleDown.UnneededTime, "scaleDown.unneededTime"},
		{"scale-down-unready-time", a.ScaleDown.UnreadyTime, "scaleDown.unreadyTime"},
		{"scale-down-utilization-threshold", a.ScaleDown.UtilizationThreshold, "scaleDown.utilizationThreshold"},
		{"scan-interval", a.ScanInterval, "scanInterval"},
		{"skip-nodes-with-local-storage", truth[a.SkipNodesWithLocalStorage], "skipNodesWithLocalStorage"},
		{"skip-nodes-with-system-pods", truth[a.SkipNodesWithSystemPods], "skipNodesWithSystemPods"},
	}
}

// Autoscaled reports whether the Cluster Autoscaler scales a self-managed node
// group of the cluster.
func (c *Cluster) Autoscaled(g SelfManagedNodeGroup) bool {
	return c.ClusterAutoscaler != nil && (g.ClusterAutoscaler == nil || *g.ClusterAutoscaler)
}

// The tags by which the Cluster Autoscaler finds Auto Scaling groups, and is
// told what nodes they would make; see
// https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md.
// EKS puts the first two on the groups of managed node groups; see
// https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html.
const (
	AutoscalerEnabledTag  = "k8s.io/cluster-autoscaler/enabled"
	AutoscalerClusterTag  = "k8s.io/cluster-autoscaler/" // and the cluster's name
	autoscalerTemplateTag = "k8s.io/cluster-autoscaler/node-template/"
)

// AutoscalerTags are the tags of a self-managed group that the Cluster
// Autoscaler scales, and none of others. What its nodes would be like has to be
// said only where there may be none to look at.
func (c *Cluster) AutoscalerTags(g SelfManagedNodeGroup) map[string]string {
	if !c.Autoscaled(g) {
		return nil
	}
	tags := map[string]string{AutoscalerEnabledTag: "true", AutoscalerClusterTag + c.Name: "owned"}
	if g.Scaling.Min > 0 {
		return tags
	}
	for key, value := range g.Labels {
		tags[AutoscalerLabelTag(key)] = value
	}
	for key, taint := range g.Taints {
		tags[AutoscalerTaintTag(key)] = taint.Value + ":" + taint.Effect
	}
	if g.Volume.Size != nil {
		tags[autoscalerTemplateTag+"resources/ephemeral-storage"] = fmt.Sprintf("%dGi", *g.Volume.Size)
	}
	return tags
}

// AutoscalerLabelTag is the key of the tag that tells of a label.
func AutoscalerLabelTag(label string) string { return autoscalerTemplateTag + "label/" + label }

// AutoscalerTaintTag is the key of the tag that tells of a taint.
func AutoscalerTaintTag(taint string) string { return autoscalerTemplateTag + "taint/" + taint }
