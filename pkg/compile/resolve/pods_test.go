package resolve

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

const podAt = "workloads nginx "

// udp gives the workload a UDP port, and its Service what passes it on.
func udp(name string, port int) func(*spec.Spec) {
	return workload(func(w *spec.Workload) {
		w.UDPPorts = map[string]int{name: port}
		w.Service.LoadBalancer = &spec.LoadBalancer{NLB: &spec.NLB{}}
	})
}

func TestContainers(t *testing.T) {
	sidecar := func(name string, edit func(c *spec.Container)) func(*spec.Spec) {
		return workload(func(w *spec.Workload) {
			c := spec.Container{Program: spec.Program{Image: "envoy:1"}}
			edit(&c)
			w.Sidecars = map[string]spec.Container{name: c}
		})
	}
	none := func(*spec.Container) {}
	initial := func(names ...string) func(*spec.Spec) {
		return workload(func(w *spec.Workload) {
			for _, name := range names {
				w.InitContainers = append(w.InitContainers, spec.InitContainer{Name: name, Program: spec.Program{Image: "a:1"}})
			}
		})
	}
	runRules(t, newVPC, []ruleTest{
		{"beside and before", func(s *spec.Spec) { sidecar("proxy", none)(s); initial("migrate", "seed")(s) }, nil},
		{"sidecar of the main one's name", sidecar("nginx", none), []want{{diag.KubernetesName, podAt + "sidecars nginx", "another container"}}},
		{"two of one name", initial("seed", "seed"), []want{{diag.KubernetesName, podAt + "initContainers 1", `"seed"`}}},
		{"name", initial("Seed"), []want{{diag.KubernetesName, podAt + "initContainers 0", "container name"}}},
		{"image of a sidecar", sidecar("proxy", func(c *spec.Container) { c.Image = "envoy" }), []want{{diag.UnpinnedImage, podAt + "sidecars proxy image", "no tag"}}},
		{"port name of the main one", sidecar("proxy", func(c *spec.Container) { c.Ports = map[string]int{"http": 8080} }), []want{
			{diag.DuplicatePort, podAt + "sidecars proxy ports http", `has a port "http" too`}}},
		{"UDP port name of the main one", sidecar("proxy", func(c *spec.Container) { c.UDPPorts = map[string]int{"http": 8080} }), []want{
			{diag.DuplicatePort, podAt + "sidecars proxy udpPorts http", `has a port "http" too`}}},
		{"port of the main one", sidecar("proxy", func(c *spec.Container) { c.Ports = map[string]int{"proxy": 80} }), []want{
			{diag.DuplicatePort, podAt + "sidecars proxy ports proxy", "listens on 80 already"}}},
		{"port name of both protocols", udp("http", 80), []want{
			{diag.KubernetesName, podAt + "udpPorts http", "http-udp"}}},
		{"one port of both protocols", udp("quic", 80), nil},
		{"working directory", workload(func(w *spec.Workload) { w.WorkingDir = "srv" }), []want{{diag.PodSetting, podAt + "workingDir", "absolute"}}},
		{"user", workload(func(w *spec.Workload) { w.SecurityContext.RunAsUser = ptr(-1) }), []want{{diag.PodSetting, podAt + "securityContext runAsUser", "-1"}}},
		{"group of files", workload(func(w *spec.Workload) { w.PodSecurityContext.FSGroup = ptr(-1) }), []want{{diag.PodSetting, podAt + "podSecurityContext fsGroup", "-1"}}},
		{"grace", workload(func(w *spec.Workload) { w.TerminationGracePeriodSeconds = ptr(-1) }), []want{{diag.PodSetting, podAt + "terminationGracePeriodSeconds", "-1"}}},
		{"pull secret", workload(func(w *spec.Workload) { w.ImagePullSecrets = []string{"My_Secret"} }), []want{{diag.KubernetesName, podAt + "imagePullSecrets 0", "My_Secret"}}},
		{"annotation", workload(func(w *spec.Workload) { w.Annotations = map[string]string{"true": ""} }), []want{{diag.InvalidText, podAt + "annotations true", "no string"}}},
		{"device", workload(func(w *spec.Workload) { w.Resources.Extended = map[string]string{"nvidia.com/gpu": "1"} }), nil},
		{"part of a device", workload(func(w *spec.Workload) { w.Resources.Extended = map[string]string{"nvidia.com/gpu": "500m"} }), []want{
			{diag.InvalidQuantity, podAt + "resources extended nvidia.com/gpu", "whole number"}}},
		{"no device", workload(func(w *spec.Workload) { w.Resources.Extended = map[string]string{"gpu": "1"} }), []want{
			{diag.KubernetesName, podAt + "resources extended gpu", "device"}}},
		{"disk space", workload(func(w *spec.Workload) {
			w.Resources.Requests.EphemeralStorage, w.Resources.Limits.EphemeralStorage = "2Gi", "1Gi"
		}), []want{{diag.InvalidQuantity, podAt + "resources requests ephemeralStorage", "more than the limit"}}},
	})
}

func TestVariables(t *testing.T) {
	from := func(f spec.ValueFrom) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.ValueFrom = f })
	}
	keys := func(name, key string) map[string]spec.KeyRef {
		return map[string]spec.KeyRef{"A": {Name: name, Key: key}}
	}
	settings := func(edit func(*spec.Spec)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Kubernetes.ConfigMaps = map[string]spec.ConfigMap{"settings": {Namespace: "default", Data: map[string]string{"theme": "light"}}}
			edit(s)
		}
	}
	whole := func(sources ...spec.EnvFrom) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.EnvFrom = sources })
	}
	const at = podAt + "valueFrom "
	runRules(t, newVPC, []ruleTest{
		{"a Secret is somewhere else", from(spec.ValueFrom{SecretKeyRef: keys("database", "password")}), nil},
		{"a Secret's key", from(spec.ValueFrom{SecretKeyRef: keys("database", "pass word")}), []want{{diag.KubernetesName, at + "secretKeyRef A key", "pass word"}}},
		{"a ConfigMap", settings(from(spec.ValueFrom{ConfigMapKeyRef: keys("settings", "theme")})), nil},
		{"a ConfigMap by manifest", func(s *spec.Spec) {
			m := manifest("v1", "ConfigMap", "", "settings")
			m["data"] = map[string]any{"theme": "light"}
			s.Kubernetes.Manifests = map[string]spec.Manifest{"settings": m}
			from(spec.ValueFrom{ConfigMapKeyRef: keys("settings", "theme")})(s)
		}, nil},
		{"a ConfigMap of every namespace", whole(spec.EnvFrom{ConfigMap: "kube-root-ca.crt"}), nil},
		{"no ConfigMap", settings(from(spec.ValueFrom{ConfigMapKeyRef: keys("setting", "theme")})), []want{
			{diag.UnknownConfigMap, at + "configMapKeyRef A", `did you mean "settings"?`}}},
		{"an optional ConfigMap", from(spec.ValueFrom{ConfigMapKeyRef: map[string]spec.KeyRef{"A": {Name: "other", Key: "x", Optional: ptr(true)}}}), nil},
		{"a key that the ConfigMap lacks", settings(from(spec.ValueFrom{ConfigMapKeyRef: keys("settings", "them")})), []want{
			{diag.ConfigMapData, at + "configMapKeyRef A key", `did you mean "theme"?`}}},
		{"one variable twice", func(s *spec.Spec) {
			workload(func(w *spec.Workload) { w.Env = map[string]string{"A": "x"} })(s)
			from(spec.ValueFrom{FieldRef: map[string]string{"A": "status.podIP"}})(s)
		}, []want{{diag.Variable, at + "fieldRef A", "in env already"}}},
		{"a field", from(spec.ValueFrom{FieldRef: map[string]string{"A": "metadata.labels['app.kubernetes.io/name']"}}), nil},
		{"a field that pods do not have", from(spec.ValueFrom{FieldRef: map[string]string{"A": "status.podIp"}}), []want{
			{diag.Variable, at + "fieldRef A", `did you mean "status.podIP"?`}}},
		{"all labels", from(spec.ValueFrom{FieldRef: map[string]string{"A": "metadata.labels"}}), []want{{diag.Variable, at + "fieldRef A", "metadata.name"}}},
		{"a limit", from(spec.ValueFrom{ResourceFieldRef: map[string]string{"A": "limits.memory"}}), nil},
		{"a limit of nothing", from(spec.ValueFrom{ResourceFieldRef: map[string]string{"A": "memory"}}), []want{{diag.Variable, at + "resourceFieldRef A", "limits.memory"}}},
		{"a source of nothing", whole(spec.EnvFrom{}), []want{{diag.Variable, podAt + "envFrom 0", "exactly one of configMap and secret"}}},
		{"a source of two", whole(spec.EnvFrom{ConfigMap: "a", Secret: "b"}), []want{{diag.Variable, podAt + "envFrom 0", "both configMap and secret"}}},
		{"a prefix", whole(spec.EnvFrom{Secret: "b", Prefix: "1"}), []want{{diag.KubernetesName, podAt + "envFrom 0 prefix", `"1"`}}},
	})
}

func TestProbes(t *testing.T) {
	live := func(p spec.Probe) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.LivenessProbe = &p })
	}
	get := func(g spec.HTTPGet) spec.Probe { return spec.Probe{HTTPGet: &g} }
	tcp := spec.TCPSocket{Port: "http"}
	const at = podAt + "livenessProbe "
	runRules(t, newVPC, []ruleTest{
		{"HTTP", live(get(spec.HTTPGet{Port: "http", Path: "/ok"})), nil},
		{"nothing", live(spec.Probe{}), []want{{diag.InvalidProbe, podAt + "livenessProbe", "exactly one of httpGet, tcpSocket, grpc and exec"}}},
		{"two things", live(spec.Probe{TCPSocket: &tcp, Exec: &spec.Exec{Command: []string{"a"}}}), []want{{diag.InvalidProbe, podAt + "livenessProbe", "both tcpSocket and exec"}}},
		{"a port that is not there", live(get(spec.HTTPGet{Port: "htp"})), []want{{diag.UnknownPort, at + "httpGet port", `did you mean "http"?`}}},
		{"gRPC on a port that is not there", live(spec.Probe{GRPC: &spec.GRPC{Port: "rpc"}}), []want{{diag.UnknownPort, at + "grpc port", "add it"}}},
		{"a UDP port", func(s *spec.Spec) {
			live(spec.Probe{TCPSocket: &spec.TCPSocket{Port: "dns"}})(s)
			udp("dns", 53)(s)
		}, []want{{diag.UnknownPort, at + "tcpSocket port", `"dns"`}}},
		{"no path", live(get(spec.HTTPGet{Port: "http", Path: "ok"})), []want{{diag.InvalidProbe, at + "httpGet path", "slash"}}},
		{"header", live(get(spec.HTTPGet{Port: "http", HTTPHeaders: map[string]string{"a b": ""}})), []want{{diag.InvalidProbe, at + "httpGet httpHeaders a b", "header"}}},
		{"no command", live(spec.Probe{Exec: &spec.Exec{}}), []want{{diag.InvalidProbe, at + "exec command", "empty"}}},
		{"never", live(spec.Probe{TCPSocket: &tcp, PeriodSeconds: ptr(0)}), []want{{diag.InvalidProbe, at + "periodSeconds", "at least 1"}}},
		{"before the start", live(spec.Probe{TCPSocket: &tcp, InitialDelaySeconds: ptr(-1)}), []want{{diag.InvalidProbe, at + "initialDelaySeconds", "-1"}}},
		{"two successes", live(spec.Probe{TCPSocket: &tcp, SuccessThreshold: ptr(2)}), []want{{diag.InvalidProbe, at + "successThreshold", "first yes"}}},
		{"two successes of readiness", workload(func(w *spec.Workload) { w.ReadinessProbe = &spec.Probe{TCPSocket: &tcp, SuccessThreshold: ptr(2)} }), nil},
		{"an end by readiness", workload(func(w *spec.Workload) {
			w.ReadinessProbe = &spec.Probe{TCPSocket: &tcp, TerminationGracePeriodSeconds: ptr(2)}
		}), []want{{diag.InvalidProbe, podAt + "readinessProbe terminationGracePeriodSeconds", "ends no container"}}},
		{"hook", workload(func(w *spec.Workload) { w.Lifecycle.PreStop = &spec.LifecycleHandler{SleepSeconds: ptr(5)} }), nil},
		{"hook of nothing", workload(func(w *spec.Workload) { w.Lifecycle.PostStart = &spec.LifecycleHandler{} }), []want{
			{diag.InvalidProbe, podAt + "lifecycle postStart", "exactly one of exec, httpGet and sleepSeconds"}}},
		{"hook that sleeps", workload(func(w *spec.Workload) { w.Lifecycle.PreStop = &spec.LifecycleHandler{SleepSeconds: ptr(29)} }), nil},
		{"hook that sleeps as long as the pod has to end", workload(func(w *spec.Workload) {
			w.TerminationGracePeriodSeconds = ptr(5)
			w.Lifecycle.PreStop = &spec.LifecycleHandler{SleepSeconds: ptr(5)}
		}), []want{{diag.InvalidProbe, podAt + "lifecycle preStop sleepSeconds", "less than the pod has to end, 5 s"}}},
		{"hook on a port that is not there", workload(func(w *spec.Workload) {
			w.Lifecycle.PreStop = &spec.LifecycleHandler{HTTPGet: &spec.HTTPGet{Port: "x"}}
		}), []want{{diag.UnknownPort, podAt + "lifecycle preStop httpGet port", `"x"`}}},
	})
}

func TestPodSecurity(t *testing.T) {
	level := func(level string, edit func(w *spec.Workload)) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.PodSecurity = level; edit(w) })
	}
	node := func(w *spec.Workload) {
		w.Volumes = map[string]spec.PodVolume{"logs": {HostPath: &spec.HostPath{Path: "/var/log"}}}
		w.VolumeMounts = map[string]spec.VolumeMount{"/logs": {Volume: "logs"}}
	}
	capability := func(name string) func(w *spec.Workload) {
		return func(w *spec.Workload) { w.SecurityContext.Capabilities.Add = []string{name} }
	}
	root := func(w *spec.Workload) { w.PodSecurityContext.RunAsUser = ptr(0) }
	gain := func(w *spec.Workload) { w.SecurityContext.AllowPrivilegeEscalation = ptr(true) }
	const restricted, baseline, privileged = spec.PodSecurityRestricted, spec.PodSecurityBaseline, spec.PodSecurityPrivileged
	const added = podAt + "securityContext capabilities add 0"
	runRules(t, newVPC, []ruleTest{
		{"restricted", level(restricted, func(*spec.Workload) {}), nil},
		{"files of the node", level(privileged, node), nil},
		{"files of the node, baseline", level(baseline, node), []want{{diag.PodSecurityLevel, podAt + "volumes logs hostPath", `podSecurity: "privileged"`}}},
		{"a harmless capability", level(baseline, capability("CHOWN")), nil},
		{"a harmless capability, restricted", level(restricted, capability("CHOWN")), []want{{diag.PodSecurityLevel, added, `podSecurity: "baseline"`}}},
		{"low ports, restricted", level(restricted, capability("NET_BIND_SERVICE")), nil},
		{"a capability", level(restricted, capability("SYS_ADMIN")), []want{{diag.PodSecurityLevel, added, "SYS_ADMIN"}}},
		{"root", level(baseline, root), nil},
		{"root, restricted", level(restricted, root), []want{{diag.PodSecurityLevel, podAt + "podSecurityContext runAsUser", "as root"}}},
		{"perhaps root, restricted", level(restricted, func(w *spec.Workload) { w.SecurityContext.RunAsNonRoot = ptr(false) }), []want{
			{diag.PodSecurityLevel, podAt + "securityContext runAsNonRoot", "as root"}}},
		{"gaining privileges", level(baseline, gain), nil},
		{"gaining privileges, restricted", level(restricted, gain), []want{{diag.PodSecurityLevel, podAt + "securityContext allowPrivilegeEscalation", "gain"}}},
		{"a privileged container", level(baseline, func(w *spec.Workload) { w.SecurityContext.Privileged = ptr(true) }), []want{
			{diag.PodSecurityLevel, podAt + "securityContext privileged", "all rights"}}},
		{"privileged without privileges", level(privileged, func(w *spec.Workload) {
			w.SecurityContext.Privileged, w.SecurityContext.AllowPrivilegeEscalation = ptr(true), ptr(false)
		}), []want{{diag.PodSecurityLevel, podAt + "securityContext allowPrivilegeEscalation", "has all privileges"}}},
		{"all system calls", level(baseline, func(w *spec.Workload) { w.PodSecurityContext.SeccompProfile = "Unconfined" }), []want{
			{diag.PodSecurityLevel, podAt + "podSecurityContext seccompProfile", "system call"}}},
	})
}

func TestConfigMaps(t *testing.T) {
	data := func(key, value string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Kubernetes.ConfigMaps = map[string]spec.ConfigMap{"settings": {Namespace: "default", Data: map[string]string{key: value}}}
		}
	}
	const at = "kubernetes configMaps settings "
	runRules(t, newVPC, []ruleTest{
		{"data", data("a.conf", "x\ny"), nil},
		{"key", data("a/b", ""), []want{{diag.KubernetesName, at + "data a/b", "a/b"}}},
		{"text", data("a", "\r"), []want{{diag.InvalidText, at + "data a", `'\r'`}}},
		{"too much", data("a", strings.Repeat("x", 1<<20)), []want{{diag.ConfigMapData, at + "data", "1048576"}}},
		{"namespace", func(s *spec.Spec) {
			s.Kubernetes.ConfigMaps = map[string]spec.ConfigMap{"settings": {Namespace: "shop"}}
		}, []want{{diag.UnknownNamespace, at + "namespace", `"shop"`}}},
		{"manifest of the same", func(s *spec.Spec) {
			data("a", "")(s)
			s.Kubernetes.Manifests = map[string]spec.Manifest{"x": manifest("v1", "ConfigMap", "", "settings")}
		}, []want{{diag.DuplicateObject, "kubernetes manifests x", "kubernetes.configMaps.settings"}}},
	})
}
