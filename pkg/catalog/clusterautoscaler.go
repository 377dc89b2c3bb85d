package catalog

// clusterAutoscalers are the releases of the Cluster Autoscaler for the minor
// versions of Kubernetes, as kops installs them; see
// https://github.com/kubernetes/kops/blob/master/pkg/model/components/clusterautoscaler.go and
// https://github.com/kubernetes/autoscaler/releases, both as of [Date].
var clusterAutoscalers = map[string]string{
	"1.31": "1.31.4",
	"1.32": "1.32.7",
	"1.33": "1.33.5",
	"1.34": "1.34.4",
	"1.35": "1.35.1",
	"1.36": "1.36.1",
}

// ClusterAutoscalerImage returns the image of the Cluster Autoscaler for a
// minor version of Kubernetes, such as "1.35". The two have the same minor
// version; see
// https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases.
func ClusterAutoscalerImage(minor string) (string, bool) {
	release, ok := clusterAutoscalers[minor]
	if !ok {
		return "", false
	}
	return "registry.k8s.io/autoscaling/cluster-autoscaler:v" + release, true
}
