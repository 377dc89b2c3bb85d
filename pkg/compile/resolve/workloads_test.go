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
		{"UDP behind a Classic Load Balancer", workload(func(w *spec.Workload) { w.UDPPorts = map[string]int{"dns": 53} }), []want{{diag.ServicePorts, at + " service", "nlb"}}},
		{"UDP left out", workload(func(w *spec.Workload) {
			w.UDPPorts, w.Service.Ports = map[string]int{"dns": 53}, map[string]int{"http": 80}
		}), nil},
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

func TestDeployments(t *testing.T) {
	strategy := func(kind, surge, unavailable string) func(*spec.Spec) {
		return workload(func(w *spec.Workload) {
			w.Strategy = spec.DeploymentStrategy{Type: kind, MaxSurge: surge, MaxUnavailable: unavailable}
		})
	}
	const at = "workloads nginx "
	runRules(t, newVPC, []ruleTest{
		{"rolling", strategy("RollingUpdate", "25%", "0"), nil},
		{"at once", strategy("Recreate", "", ""), nil},
		{"at once with a surge", strategy("Recreate", "1", ""), []want{{diag.UpdateSetting, at + "strategy maxSurge", "ends all pods"}}},
		{"nothing may change", strategy("RollingUpdate", "0", "0%"), []want{{diag.UpdateSetting, at + "strategy", "none may be missing"}}},
		{"more than all", strategy("RollingUpdate", "", "101%"), []want{{diag.UpdateSetting, at + "strategy maxUnavailable", "more than all"}}},
		{"a deadline before the first pod", workload(func(w *spec.Workload) { w.MinReadySeconds = ptr(600) }), []want{
			{diag.UpdateSetting, at + "minReadySeconds", "fails after 600 seconds"}}},
		{"a deadline behind the first pod", workload(func(w *spec.Workload) { w.MinReadySeconds, w.ProgressDeadlineSeconds = ptr(600), ptr(900) }), nil},
		{"history", workload(func(w *spec.Workload) { w.RevisionHistoryLimit = ptr(-1) }), []want{{diag.UpdateSetting, at + "revisionHistoryLimit", "-1"}}},
		{"one replica without a word", workload(func(w *spec.Workload) { w.Replicas = nil }), nil},
	})
}

func TestStatefulSets(t *testing.T) {
	set := func(name string, edit func(w *spec.StatefulSet)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			w := spec.StatefulSet{Pod: pod("db:1")}
			w.VolumeClaimTemplates = map[string]spec.Claim{"data": {Storage: "1Gi", StorageClassName: "gp2"}}
			w.VolumeMounts = map[string]spec.VolumeMount{"/data": {Volume: "data"}}
			edit(&w)
			s.StatefulSets = map[string]spec.StatefulSet{name: w}
		}
	}
	const at = "statefulSets db "
	runRules(t, newVPC, []ruleTest{
		{"one", set("db", func(*spec.StatefulSet) {}), nil},
		{"fewer", set("db", func(w *spec.StatefulSet) { w.Replicas = ptr(-1) }), []want{{diag.InvalidReplicas, at + "replicas", "-1"}}},
		{"long name", set(strings.Repeat("d", 53), func(*spec.StatefulSet) {}), []want{{diag.KubernetesName, "statefulSets " + strings.Repeat("d", 53), "52"}}},
		{"name of the headless service", set("2db", func(*spec.StatefulSet) {}), []want{{diag.KubernetesName, "statefulSets 2db", "begin with a letter"}}},
		{"claim that nobody mounts", set("db", func(w *spec.StatefulSet) { w.VolumeMounts = nil }), []want{{diag.VolumeUse, at + "volumeClaimTemplates data", "no container"}}},
		{"claim beside a volume", set("db", func(w *spec.StatefulSet) { w.Volumes = map[string]spec.PodVolume{"data": {EmptyDir: &spec.EmptyDir{}}} }), []want{
			{diag.VolumeUse, at + "volumeClaimTemplates data", "rename it"}}},
		{"claim of no class", set("db", func(w *spec.StatefulSet) { w.VolumeClaimTemplates = map[string]spec.Claim{"data": {Storage: "1Gi"}} }), []want{
			{diag.StorageClass, at + "volumeClaimTemplates data", "none is the default"}}},
		{"partition without updates", set("db", func(w *spec.StatefulSet) {
			w.UpdateStrategy = spec.StatefulSetUpdate{Type: spec.ReplaceOnDeletion, Partition: ptr(1)}
		}), []want{{diag.UpdateSetting, at + "updateStrategy partition", "OnDelete"}}},
		{"manifest of the headless service", func(s *spec.Spec) {
			set("db", func(*spec.StatefulSet) {})(s)
			s.Kubernetes.Manifests = map[string]spec.Manifest{"x": manifest("v1", "Service", "", "db-headless")}
		}, []want{{diag.DuplicateObject, "kubernetes manifests x", "statefulSets.db"}}},
		{"workload of the same name", set("nginx", func(*spec.StatefulSet) {}), []want{{diag.Namesake, "statefulSets nginx", "workloads.nginx"}}},
		{"workload of the same name elsewhere", set("nginx", func(w *spec.StatefulSet) { w.Namespace = "kube-system" }), nil},
	})
}

func TestDaemonSets(t *testing.T) {
	update := func(kind, surge, unavailable string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			w := spec.DaemonSet{Pod: pod("agent:1")}
			w.UpdateStrategy = spec.DaemonSetUpdate{Type: kind, MaxSurge: surge, MaxUnavailable: unavailable}
			s.DaemonSets = map[string]spec.DaemonSet{"agent": w}
		}
	}
	const at = "daemonSets agent updateStrategy "
	runRules(t, newVPC, []ruleTest{
		{"usual", update("", "", ""), nil},
		{"surge", update("RollingUpdate", "1", "0"), nil},
		{"neither", update("RollingUpdate", "", "0"), []want{{diag.UpdateSetting, at + "maxUnavailable", "none may be missing"}}},
		{"both", update("RollingUpdate", "1", ""), []want{{diag.UpdateSetting, at + "maxSurge", `maxUnavailable: "0"`}}},
		{"by hand", update("OnDelete", "", "1"), []want{{diag.UpdateSetting, at + "maxUnavailable", "OnDelete"}}},
		{"spread", func(s *spec.Spec) {
			update("", "", "")(s)
			w := s.DaemonSets["agent"]
			w.Spread.Zones = &spec.SpreadOver{MaxSkew: 1}
			s.DaemonSets["agent"] = w
		}, []want{{diag.PodPlacement, "daemonSets agent spread", "each node"}}},
	})
}

func TestJobs(t *testing.T) {
	job := func(run spec.Run) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Jobs = map[string]spec.Job{"seed": {Pod: pod("seed:1"), Run: run}} }
	}
	cron := func(schedule, zone string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.CronJobs = map[string]spec.CronJob{"report": {Pod: pod("report:1"), Schedule: schedule, TimeZone: zone}}
		}
	}
	const at = "cronJobs report "
	runRules(t, newVPC, []ruleTest{
		{"usual", job(spec.Run{}), nil},
		{"indexed", job(spec.Run{Completions: ptr(4), Parallelism: ptr(2), CompletionMode: "Indexed"}), nil},
		{"indexed without a number", job(spec.Run{CompletionMode: "Indexed"}), []want{{diag.JobSetting, "jobs seed completionMode", "set completions"}}},
		{"more than needed", job(spec.Run{Completions: ptr(1), Parallelism: ptr(2)}), []want{{diag.JobSetting, "jobs seed parallelism", "2 pods at a time for 1"}}},
		{"tries", job(spec.Run{BackoffLimit: ptr(-1)}), []want{{diag.JobSetting, "jobs seed backoffLimit", "-1"}}},
		{"no time", job(spec.Run{ActiveDeadlineSeconds: ptr(0)}), []want{{diag.JobSetting, "jobs seed activeDeadlineSeconds", "at least 1"}}},
		{"each night", cron("30 2 * * *", "Europe/Berlin"), nil},
		{"words and steps", cron("*/15 8-18/2 1,15 JAN-mar mon-FRI", "Etc/GMT+3"), nil},
		{"macro", cron("@daily", ""), nil},
		{"four fields", cron("0 2 * *", ""), []want{{diag.Schedule, at + "schedule", "4 fields"}}},
		{"minute 60", cron("60 2 * * *", ""), []want{{diag.Schedule, at + "schedule", `the minute "60" is not in 0 to 59`}}},
		{"Sunday by 7", cron("0 2 * * 7", ""), []want{{diag.Schedule, at + "schedule", "0 to 6"}}},
		{"back to front", cron("0 18-8 * * *", ""), []want{{diag.Schedule, at + "schedule", "ends before it begins"}}},
		{"no step", cron("*/0 * * * *", ""), []want{{diag.Schedule, at + "schedule", "step"}}},
		{"February 30", cron("0 0 30 2 *", ""), []want{{diag.Schedule, at + "schedule", "never has a day 30"}}},
		{"zone in the schedule", cron("TZ=UTC 0 2 * * *", ""), []want{{diag.Schedule, at + "schedule", "6 fields"}}},
		{"local time", cron("0 2 * * *", "Local"), []want{{diag.Schedule, at + "timeZone", "Etc/UTC"}}},
		{"long name", func(s *spec.Spec) {
			cron("@daily", "")(s)
			s.CronJobs = map[string]spec.CronJob{strings.Repeat("r", 53): s.CronJobs["report"]}
		}, []want{{diag.KubernetesName, "cronJobs " + strings.Repeat("r", 53), "52"}}},
	})
}

func TestPodPlacement(t *testing.T) {
	place := func(p spec.PodPlacement) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.PodPlacement = p })
	}
	network := func(n spec.PodNetwork) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.PodNetwork = n })
	}
	bear := func(key string, t spec.Toleration) func(*spec.Spec) {
		return place(spec.PodPlacement{Tolerations: map[string]spec.Toleration{key: t}})
	}
	const at = podAt + "tolerations "
	runRules(t, newVPC, []ruleTest{
		{"selector", place(spec.PodPlacement{NodeSelector: map[string]string{"disk": "fast"}}), nil},
		{"selector of no label", place(spec.PodPlacement{NodeSelector: map[string]string{"disk": "a b"}}), []want{{diag.InvalidLabel, podAt + "nodeSelector disk", "a b"}}},
		{"all taints", bear("*", spec.Toleration{}), nil},
		{"all taints of a value", bear("*", spec.Toleration{Value: "x"}), []want{{diag.PodPlacement, at + "* value", "in common"}}},
		{"taint", bear("dedicated", spec.Toleration{Value: "gpu", Effect: "NoExecute", TolerationSeconds: ptr(60)}), nil},
		{"seconds of another effect", bear("dedicated", spec.Toleration{TolerationSeconds: ptr(60)}), []want{{diag.PodPlacement, at + "dedicated tolerationSeconds", "NoExecute"}}},
		{"taint's key", bear("a b", spec.Toleration{}), []want{{diag.InvalidLabel, at + "a b", "taint key"}}},
		{"no value will do", place(spec.PodPlacement{NodeAffinity: spec.NodeAffinity{Required: map[string][]string{"disk": {}}}}), []want{
			{diag.PodPlacement, podAt + "nodeAffinity required disk", "none of all"}}},
		{"skew", place(spec.PodPlacement{Spread: spec.Spread{Zones: &spec.SpreadOver{}}}), []want{{diag.PodPlacement, podAt + "spread zones maxSkew", "at least 1"}}},
		{"priority", place(spec.PodPlacement{PriorityClassName: "High"}), []want{{diag.KubernetesName, podAt + "priorityClassName", "High"}}},
		{"the node's network", network(spec.PodNetwork{HostNetwork: ptr(true)}), []want{{diag.PodSecurityLevel, podAt + "hostNetwork", "privileged"}}},
		{"no DNS", network(spec.PodNetwork{DNSPolicy: "None"}), []want{{diag.PodSetting, podAt + "dnsPolicy", "nameservers"}}},
		{"the host's DNS", network(spec.PodNetwork{DNSPolicy: "ClusterFirstWithHostNet"}), []want{{diag.PodSetting, podAt + "dnsPolicy", "hostNetwork"}}},
		{"name servers", network(spec.PodNetwork{DNSConfig: spec.DNSConfig{Nameservers: []string{"10.0.0.2", "10.0.0.3", "10.0.0.4", "dns"}}}), []want{
			{diag.PodSetting, podAt + "dnsConfig nameservers", "at most 3"}, {diag.PodSetting, podAt + "dnsConfig nameservers 3", "IP address"}}},
		{"alias", network(spec.PodNetwork{HostAliases: map[string][]string{"10.0.0.9": {"legacy.example.com"}, "legacy": {"a_b"}}}), []want{
			{diag.PodSetting, podAt + "hostAliases legacy", "IP address"}, {diag.KubernetesName, podAt + "hostAliases legacy 0", "a_b"}}},
	})
}
