package catalog

import (
	"strings"
	"testing"
)

// Every release is for a version that EKS has, and of its minor version.
func TestClusterAutoscalerImage(t *testing.T) {
	for minor := range clusterAutoscalers {
		if _, ok := LookupVersion(minor); !ok {
			t.Errorf("EKS has no version %s", minor)
		}
		if image, ok := ClusterAutoscalerImage(minor); !ok || !strings.HasPrefix(image, "registry.k8s.io/autoscaling/cluster-autoscaler:v"+minor+".") {
			t.Errorf("the image for %s is %q", minor, image)
		}
	}
	if image, ok := ClusterAutoscalerImage("1.99"); ok {
		t.Errorf("there is an image for a version that nobody knows: %q", image)
	}
}
