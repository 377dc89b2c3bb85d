package resolve

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestWorkloads(t *testing.T) {
	rename := func(name string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Workloads = map[string]spec.Workload{name: s.Workloads["nginx"]} }
	}
	image := func(image string) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.Image = image })
	}
	ports := func(ports map[string]int) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.Ports = ports })
	}
	service := func(service map[string]int) func(*spec.Spec) {
		return workload(func(w *spec.Workload) {
			w.Ports = map[string]int{"http": 80, "https": 443}
			w.Service.Ports = service
		})
	}
	labels := func(key, value string) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.Labels = map[string]string{key: value} })
	}
	const at = "workloads nginx"
	runRules(t, newVPC, []ruleTest{
		{"name", rename("my-nginx"), nil},
		{"control characters", workload(func(w *spec.Workload) {
			w.Env = map[string]string{"A": "\x00"}
			w.Command = []string{"sh", "-c", "a\r\n"}
			w.Args = []string{"\u0085"}
		}), []want{
			{diag.InvalidText, at + " env A", `'\x00'`},
			{diag.InvalidText, at + " command 2", `'\r'`},
			{diag.InvalidText, at + " args 0", `'\u0085'`}}},
		{"name with upper case", rename("Nginx"), []want{{diag.KubernetesName, "workloads Nginx", "lower-case"}}},
		{"name of 64", rename(strings.Repeat("n", 64)), []want{{diag.KubernetesName, "workloads " + strings.Repeat("n", 64), "1 to 63"}}},
		{"name of a service with a digit first", rename("2048"), []want{{diag.KubernetesName, "workloads 2048", "begin with a letter"}}},
		{"name with a digit first without service", func(s *spec.Spec) {
			workload(func(w *spec.Workload) { w.Service = nil })(s)
			rename("2048")(s)
		}, nil},
		{"service of the cluster", rename("kubernetes"), []want{{diag.DuplicateObject, "workloads kubernetes service", "already"}}},
		{"namespace", func(s *spec.Spec) {
			workload(func(w *spec.Workload) { w.Namespace = "web" })(s)
			s.Kubernetes.Namespaces = map[string]spec.Namespace{"web": {}}
		}, nil},
		{"namespace of the cluster", workload(func(w *spec.Workload) { w.Namespace = "kube-system" }), nil},
		{"namespace by manifest", func(s *spec.Spec) {
			workload(func(w *spec.Workload) { w.Namespace = "web" })(s)
			s.Kubernetes.Manifests = map[string]spec.Manifest{"ns": manifest("v1", "Namespace", "", "web")}
		}, nil},
		{"namespace undeclared", workload(func(w *spec.Workload) { w.Namespace = "web" }), []want{
			{diag.UnknownNamespace, at + " namespace", "declare it in kubernetes.namespaces"}}},
		{"namespace misspelt", workload(func(w *spec.Workload) { w.Namespace = "defualt" }), []want{
			{diag.UnknownNamespace, at + " namespace", `did you mean "default"?`}}},

		{"image by digest", image("registry.example.com:5000/team/app@sha256:" + strings.Repeat("a", 64)), nil},
		{"image by tag and registry", image("111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/app:2.1_x"), nil},
		{"image without tag", image("registry.example.com:5000/app"), []want{{diag.UnpinnedImage, at + " image", "has no tag"}}},
		{"image latest", image("nginx:latest"), []want{{diag.UnpinnedImage, at + " image", "latest"}}},
		{"image with a space", image("nginx 1.29"), []want{{diag.InvalidImage, at + " image", `"nginx 1.29"`}}},
		{"image with upper case", image("Nginx:1.29"), []want{{diag.InvalidImage, at + " image", "Nginx"}}},
		{"image empty", image(""), []want{{diag.InvalidImage, at + " image", `""`}}},

		{"no replicas", workload(func(w *spec.Workload) { w.Replicas = ptr(0) }), nil},
		{"fewer", workload(func(w *spec.Workload) { w.Replicas = ptr(-1) }), []want{{diag.InvalidReplicas, at + " replicas", "-1"}}},
		{"label", labels("run", "my-nginx"), nil},
		{"label key", labels("/run", "x"), []want{{diag.InvalidLabel, at + " labels /run", "label key"}}},
		{"label of ekscc", labels("app.kubernetes.io/name", "other"), []want{{diag.InvalidLabel, at + " labels app.kubernetes.io/name", "ekscc sets"}}},
		{"environment variable", workload(func(w *spec.Workload) { w.Env = map[string]string{"1A": ""} }), []want{{diag.KubernetesName, at + " env 1A", `"1A"`}}},

		{"port 0", ports(map[string]int{"http": 0}), []want{{diag.InvalidPort, at + " ports http", "1 to 65535"}}},
		{"port name", ports(map[string]int{"Http": 80}), []want{{diag.KubernetesName, at + " ports Http", "port name"}}},
		{"port name of 16", ports(map[string]int{"http-alternative": 80}), []want{{diag.KubernetesName, at + " ports http-alternative", "1 to 15"}}},
		{"port twice", ports(map[string]int{"http": 80, "web": 80}), []want{{diag.DuplicatePort, at + " ports web", `"http" is 80 already`}}},

		{"service ports", service(map[string]int{"http": 8080}), nil},
		{"service port that is missing", service(map[string]int{"htp": 8080}), []want{{diag.ServicePorts, at + " service ports htp", `did you mean "http"?`}}},
		{"service port twice", service(map[string]int{"http": 80, "https": 80}), []want{{diag.DuplicatePort, at + " service ports https", "80"}}},
		{"service port too high", service(map[string]int{"http": 70000}), []want{{diag.InvalidPort, at + " service ports http", "70000"}}},
		{"service with an empty list", service(map[string]int{}), []want{{diag.ServicePorts, at + " service ports", "no ports"}}},
		{"service without ports", ports(nil), []want{{diag.ServicePorts, at + " service", "the workload has none"}}},
		{"load balancer of a ClusterIP", workload(func(w *spec.Workload) {
			w.Service = &spec.Service{Type: "ClusterIP", LoadBalancer: &spec.LoadBalancer{}}
		}), []want{{diag.LoadBalancerType, at + " service loadBalancer", "ClusterIP"}}},
	})
}

func TestResources(t *testing.T) {
	resources := func(requests, limits spec.ResourceQuantities) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.Resources = spec.Resources{Requests: requests, Limits: limits} })
	}
	none := spec.ResourceQuantities{}
	const at = "workloads nginx resources "
	runRules(t, newVPC, []ruleTest{
		{"both", resources(spec.ResourceQuantities{CPU: "250m", Memory: "256Mi"}, spec.ResourceQuantities{CPU: "0.25", Memory: "1Gi"}), nil},
		{"only a request", resources(spec.ResourceQuantities{CPU: "1"}, none), nil},
		{"no quantity", resources(spec.ResourceQuantities{CPU: "two"}, none), []want{{diag.InvalidQuantity, at + "requests cpu", `"250m"`}}},
		{"unit", resources(none, spec.ResourceQuantities{Memory: "256MB"}), []want{{diag.InvalidQuantity, at + "limits memory", `"512Mi"`}}},
		{"negative", resources(none, spec.ResourceQuantities{CPU: "-1"}), []want{{diag.InvalidQuantity, at + "limits cpu", "negative"}}},
		{"thousandths of bytes", resources(spec.ResourceQuantities{Memory: "512m"}, none), []want{{diag.InvalidQuantity, at + "requests memory", "thousandths"}}},
		{"request above limit", resources(spec.ResourceQuantities{CPU: "1", Memory: "1Gi"}, spec.ResourceQuantities{CPU: "500m", Memory: "1G"}), []want{
			{diag.InvalidQuantity, at + "requests cpu", "the request 1 is more than the limit 500m"},
			{diag.InvalidQuantity, at + "requests memory", "1Gi is more than the limit 1G"}}},
	})
}
