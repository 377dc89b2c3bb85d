package resolve

import (
	"encoding/json"
	"math"

	"github.com/ekscc/ekscc/pkg/diag"
)

// checkPods checks the pods of the workloads of all kinds.
func (r *resolver) checkPods() {
	for _, p := range r.programs() {
		r.checkDNSLabel(p.at, "workload", p.name)
		r.checkPod(p)
		r.checkWritten(p.at, p.pod)
	}
}

func (r *resolver) checkPod(p program) {
	at, pod := p.at, p.pod
	r.checkNamespace(at.at("namespace"), pod.Namespace)
	r.checkPodServiceAccount(at.at("serviceAccount"), pod.Namespace, pod.ServiceAccount)
	r.checkLabels(at.at("labels"), pod.Labels)
	if value, ok := pod.Labels[nameLabel]; ok && value != p.name {
		r.report(diag.InvalidLabel, at.at("labels", nameLabel), "leave it out", "ekscc sets this label to the workload's name")
	}
	for _, key := range sortedKeys(pod.Annotations) {
		r.checkAnnotationKey(at.at("annotations", key), key)
	}
	for i, name := range pod.ImagePullSecrets {
		r.checkReferredName(at.at("imagePullSecrets").index(i), "Secret", name)
	}
	r.checkContainers(p)
	r.checkVolumes(p)
	r.checkPodSecurity(p)
	r.checkPodPlacement(p)
	r.checkPodNetwork(p)
	r.checkPatch(p)
	c := pod.PodSecurityContext
	r.checkNumbers(diag.PodSetting, at, bounds{"terminationGracePeriodSeconds", pod.TerminationGracePeriodSeconds, 0, math.MaxInt32})
	r.checkNumbers(diag.PodSetting, at.at("podSecurityContext"),
		bounds{"runAsUser", c.RunAsUser, 0, math.MaxInt32},
		bounds{"runAsGroup", c.RunAsGroup, 0, math.MaxInt32},
		bounds{"fsGroup", c.FSGroup, 0, math.MaxInt32})
}

// checkWritten checks every text below a field, in the names of JSON, which
// are those of the spec.
func (r *resolver) checkWritten(at path, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		return // a decoded spec always encodes
	}
	var fields map[string]any
	if json.Unmarshal(data, &fields) == nil {
		r.checkTexts(at, fields)
	}
}
