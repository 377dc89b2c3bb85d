package resolve

import (
	"math"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxStatefulSetName leaves room for the hash that a label of the pods adds,
// https://github.com/kubernetes/kubernetes/issues/64023.
const maxStatefulSetName = 52

func (r *resolver) checkStatefulSet(at path, name string, w spec.StatefulSet) {
	r.checkReplicas(at, w.Replicas)
	r.checkHistory(at, w.MinReadySeconds, w.RevisionHistoryLimit)
	if len(name) > maxStatefulSetName {
		r.report(diag.KubernetesName, at, "", "the name has %d characters; %d leave room for what Kubernetes adds", len(name), maxStatefulSetName)
	}
	for _, claim := range sortedKeys(w.VolumeClaimTemplates) {
		at := at.at("volumeClaimTemplates", claim)
		r.checkDNSLabel(at, "volume", claim)
		if _, ok := w.Volumes[claim]; ok {
			r.report(diag.VolumeUse, at, "rename it", "volumes has %q too", claim)
		}
		r.checkClaim(at, w.VolumeClaimTemplates[claim])
	}
	u, at := w.UpdateStrategy, at.at("updateStrategy")
	r.checkNumbers(diag.UpdateSetting, at, bounds{"partition", u.Partition, 0, math.MaxInt32})
	if u.Type == spec.ReplaceOnDeletion && u.Partition != nil {
		r.report(diag.UpdateSetting, at.at("partition"), "leave it out", "OnDelete replaces nothing by itself")
	}
}

// number reads a number such as "1" or a share such as "25%", or -1 where there
// is none.
func number(text string) (n int, percent bool) {
	digits, percent := strings.CutSuffix(text, "%")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1, false
	}
	return n, percent
}

// isNone reports whether a number or share is given and zero.
func isNone(text string) bool { n, _ := number(text); return n == 0 }
