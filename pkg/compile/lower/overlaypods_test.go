package lower_test

import (
	"math/rand/v2"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// randomPod varies every list of a pod that kustomize merges by keys.
func randomPod(r *rand.Rand) spec.Pod {
	p := spec.Pod{
		Namespace: "default", Labels: randomMap(r), Annotations: randomMap(r), ImagePullSecrets: some(r, "one", "two"),
		PodSecurity:  pick(r, spec.PodSecurityPrivileged, spec.PodSecurityBaseline, spec.PodSecurityRestricted),
		Container:    randomContainer(r),
		PodPlacement: randomPlacement(r),
		PodNetwork:   randomNetwork(r),
		Volumes:      map[string]spec.PodVolume{},
		Sidecars:     map[string]spec.Container{},
	}
	for _, name := range some(r, "fetch", "migrate", "seed") {
		p.InitContainers = append(p.InitContainers, spec.InitContainer{Name: name, Program: randomProgram(r)})
	}
	r.Shuffle(len(p.InitContainers), func(i, j int) {
		p.InitContainers[i], p.InitContainers[j] = p.InitContainers[j], p.InitContainers[i]
	})
	for _, name := range some(r, "agent", "proxy") {
		p.Sidecars[name] = randomContainer(r)
	}
	for _, name := range some(r, "cache", "data", "info") {
		p.Volumes[name] = randomVolume(r)
	}
	return p
}

func randomContainer(r *rand.Rand) spec.Container {
	c := spec.Container{Program: randomProgram(r), Ports: map[string]int{"http": 80 + r.IntN(2)}, UDPPorts: map[string]int{}}
	for i, name := range some(r, "admin", "metrics", "zz") {
		c.Ports[name] = 90 + i*10 + r.IntN(2)
	}
	for i, name := range some(r, "dns", "syslog", "zz-udp", "unused") {
		if r.IntN(2) == 0 {
			c.UDPPorts[name] = 90 + i*10
		}
	}
	switch r.IntN(4) {
	case 0:
		c.LivenessProbe = &spec.Probe{HTTPGet: &spec.HTTPGet{Port: "http", HTTPHeaders: randomMap(r)}, PeriodSeconds: ptr(1 + r.IntN(2))}
	case 1:
		c.LivenessProbe = &spec.Probe{GRPC: &spec.GRPC{Port: "http"}}
	case 2:
		c.Lifecycle.PreStop = &spec.LifecycleHandler{SleepSeconds: ptr(1 + r.IntN(2))}
	}
	return c
}

func randomProgram(r *rand.Rand) spec.Program {
	p := spec.Program{Image: "app:" + pick(r, "1", "2"), Env: randomMap(r), Command: some(r, "a", "b"), VolumeMounts: map[string]spec.VolumeMount{}}
	for name := range randomMap(r) {
		delete(p.Env, name)
		if p.ValueFrom.SecretKeyRef == nil {
			p.ValueFrom.SecretKeyRef = map[string]spec.KeyRef{}
		}
		p.ValueFrom.SecretKeyRef[name] = spec.KeyRef{Name: pick(r, "db", "cache"), Key: "key"}
	}
	for _, name := range some(r, "one", "two") {
		p.EnvFrom = append(p.EnvFrom, spec.EnvFrom{ConfigMap: name, Prefix: pick(r, "", "X_")})
	}
	for _, mount := range some(r, "/a", "/b", "/c") {
		p.VolumeMounts[mount] = spec.VolumeMount{Volume: pick(r, "cache", "data"), SubPath: pick(r, "", "sub")}
	}
	if r.IntN(2) == 0 {
		p.Resources.Requests = spec.ResourceQuantities{CPU: pick(r, "", "100m", "1"), Memory: pick(r, "", "1Gi")}
		p.Resources.Extended = map[string]string{"nvidia.com/gpu": pick(r, "1", "2")}
	}
	if r.IntN(2) == 0 {
		p.SecurityContext = spec.SecurityContext{RunAsUser: ptr(1000 + r.IntN(2)), Capabilities: spec.LinuxCapabilities{Add: some(r, "CHOWN", "KILL")}}
	}
	return p
}

func randomVolume(r *rand.Rand) spec.PodVolume {
	switch r.IntN(6) {
	case 0:
		return spec.PodVolume{HostPath: &spec.HostPath{Path: pick(r, "/var/log", "/run")}}
	case 1:
		return spec.PodVolume{ConfigMap: &spec.ObjectVolume{Name: pick(r, "x", "y"), Items: randomMap(r), DefaultMode: pick(r, "", "0400")}}
	case 2:
		return spec.PodVolume{Projected: &spec.Projected{Sources: []spec.ProjectedSource{
			{Secret: &spec.ProjectedObject{Name: pick(r, "x", "y")}},
			{DownwardAPI: &spec.ProjectedDownwardAPI{FieldRef: map[string]string{pick(r, "a", "b"): "metadata.labels"}}},
		}}}
	case 3:
		return spec.PodVolume{PersistentVolumeClaim: &spec.ClaimVolume{ClaimName: pick(r, "x", "y")}}
	case 4:
		return spec.PodVolume{Ephemeral: &spec.Claim{Storage: pick(r, "1Gi", "2Gi"), AccessMode: "ReadWriteOnce"}}
	}
	return spec.PodVolume{EmptyDir: &spec.EmptyDir{Medium: pick(r, "", "Memory"), SizeLimit: pick(r, "", "1Gi")}}
}

// randomKinds adds workloads of the other kinds.
func randomKinds(r *rand.Rand, s *spec.Spec) {
	s.StatefulSets, s.DaemonSets = map[string]spec.StatefulSet{}, map[string]spec.DaemonSet{}
	s.Jobs, s.CronJobs = map[string]spec.Job{}, map[string]spec.CronJob{}
	for _, name := range some(r, "db") {
		w := spec.StatefulSet{Pod: randomPod(r), Replicas: ptr(r.IntN(3)), VolumeClaimTemplates: map[string]spec.Claim{}}
		for _, claim := range some(r, "wal", "tables") {
			w.VolumeClaimTemplates[claim] = spec.Claim{Storage: pick(r, "1Gi", "2Gi"), AccessMode: "ReadWriteOnce"}
		}
		s.StatefulSets[name] = w
	}
	for _, name := range some(r, "agent") {
		s.DaemonSets[name] = spec.DaemonSet{Pod: randomPod(r), UpdateStrategy: spec.DaemonSetUpdate{MaxUnavailable: pick(r, "", "1", "10%")}}
	}
	for _, name := range some(r, "seed") {
		s.Jobs[name] = spec.Job{Pod: randomPod(r), Run: spec.Run{Completions: ptr(1 + r.IntN(2)), RestartPolicy: pick(r, "Never", "OnFailure")}}
	}
	for _, name := range some(r, "report") {
		s.CronJobs[name] = spec.CronJob{Pod: randomPod(r), Schedule: pick(r, "@daily", "@weekly"), Run: spec.Run{RestartPolicy: "Never"}}
	}
}

func randomPlacement(r *rand.Rand) spec.PodPlacement {
	p := spec.PodPlacement{NodeSelector: randomMap(r), Tolerations: map[string]spec.Toleration{}, PriorityClassName: pick(r, "", "high")}
	for _, key := range some(r, "dedicated", "spot", spec.AllTaints) {
		p.Tolerations[key] = spec.Toleration{Effect: pick(r, "", "NoSchedule")}
	}
	if r.IntN(2) == 0 {
		p.Spread.Zones = &spec.SpreadOver{MaxSkew: 1 + r.IntN(2), WhenUnsatisfiable: pick(r, "ScheduleAnyway", "DoNotSchedule")}
	}
	if r.IntN(2) == 0 {
		p.Spread.Nodes = &spec.SpreadOver{MaxSkew: 1, WhenUnsatisfiable: pick(r, "ScheduleAnyway", "DoNotSchedule")}
	}
	if r.IntN(2) == 0 {
		p.NodeAffinity.Preferred = map[string][]string{"disk": some(r, "fast", "slow", "none")}
	}
	return p
}

func randomNetwork(r *rand.Rand) spec.PodNetwork {
	n := spec.PodNetwork{DNSPolicy: pick(r, "", "Default"), HostAliases: map[string][]string{}}
	for _, address := range some(r, "10.0.0.8", "10.0.0.9") {
		n.HostAliases[address] = some(r, "a", "b", "c")
	}
	n.DNSConfig.Options = randomMap(r)
	return n
}

// randomScaling varies what stands beside a Deployment.
func randomScaling(r *rand.Rand, w *spec.Workload) {
	if r.IntN(2) == 0 {
		w.Replicas, w.Autoscaling = nil, &spec.Autoscaling{MinReplicas: 1 + r.IntN(2), MaxReplicas: 5, PodMetrics: map[string]spec.PodMetric{}}
		for _, name := range some(r, "latency", "requests") {
			w.Autoscaling.PodMetrics[name] = spec.PodMetric{AverageValue: pick(r, "10", "20"), Selector: randomMap(r)}
		}
	}
	if r.IntN(2) == 0 {
		w.PodDisruptionBudget = &spec.PodDisruptionBudget{MaxUnavailable: pick(r, "1", "50%")}
	}
	if r.IntN(2) == 0 {
		w.Patch = map[string]any{"spec": map[string]any{"template": map[string]any{"spec": map[string]any{
			"shareProcessNamespace": r.IntN(2) == 0, "volumes": []any{map[string]any{"name": "extra", "emptyDir": map[string]any{}}},
		}}}}
	}
}

func randomNamespace(r *rand.Rand) spec.Namespace {
	ns := spec.Namespace{Labels: randomMap(r), DefaultDeny: pick(r, "", "ingress", "all"), NetworkPolicies: map[string]spec.NetworkPolicy{}}
	if r.IntN(2) == 0 {
		ns.ResourceQuota = map[string]string{"pods": pick(r, "10", "20")}
		ns.LimitRange = &spec.LimitRange{Default: spec.ResourceQuantities{CPU: pick(r, "1", "2")}}
	}
	for _, name := range some(r, "api", "web") {
		rules := map[string]spec.NetworkPeers{}
		for i, rule := range some(r, "first", "second") {
			rules[rule] = spec.NetworkPeers{Workloads: some(r, "api", "web"), Ports: []int{80 + i + r.IntN(2)}}
		}
		ns.NetworkPolicies[name] = spec.NetworkPolicy{Workload: name, Ingress: rules}
	}
	return ns
}
