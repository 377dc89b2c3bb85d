package resolve

import (
	"regexp"
	"strconv"
	"time"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// flagForm is what the flags of the command are called.
var flagForm = lazyregexp.New(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)

// checkAutoscalerSettings checks how the Cluster Autoscaler works.
func (r *resolver) checkAutoscalerSettings(a spec.ClusterAutoscaler) {
	at := autoscalerPath
	if !a.CreateObjects {
		r.checkNoObjects(a)
		return
	}
	if a.Replicas < 0 {
		r.report(diag.ClusterAutoscaler, at.at("replicas"), "", "there cannot be %d pods", a.Replicas)
	}
	r.checkPriorities(at.at("priorities"), a)
	r.checkFlags(at.at("flags"), a)
	for _, d := range []struct{ field, text string }{{"scanInterval", a.ScanInterval}, {"maxNodeProvisionTime", a.MaxNodeProvisionTime}} {
		r.checkAutoscalerDuration(at.at(d.field), d.text)
	}
	r.checkScaleDown(at.at("scaleDown"), a.ScaleDown)
	if a.Resources != nil {
		r.checkResources(at.at("resources"), *a.Resources)
	}
	r.checkLabels(at.at("nodeSelector"), a.NodeSelector)
	for _, key := range sortedKeys(a.Tolerations) {
		r.checkToleration(at.at("tolerations", key), key, a.Tolerations[key])
	}
}

// checkNoObjects reports settings of objects that are not written.
func (r *resolver) checkNoObjects(a spec.ClusterAutoscaler) {
	said := map[string]bool{
		"flags":        len(a.Flags) > 0,
		"nodeSelector": len(a.NodeSelector) > 0,
		"priorities":   len(a.Priorities) > 0,
		"resources":    a.Resources != nil,
		"tolerations":  len(a.Tolerations) > 0,
	}
	for _, field := range sortedKeys(said) {
		if said[field] {
			r.report(diag.ClusterAutoscaler, autoscalerPath.at(field), "leave it out, or set createObjects to true", "createObjects is false, so there is no object that says this")
		}
	}
}

func (r *resolver) checkPriorities(at path, a spec.ClusterAutoscaler) {
	switch {
	case a.Expander == "priority" && len(a.Priorities) == 0:
		r.report(diag.ClusterAutoscaler, autoscalerPath.at("expander"), "add priorities", "the expander priority prefers nothing without priorities")
	case a.Expander != "priority" && len(a.Priorities) > 0:
		r.report(diag.ClusterAutoscaler, at, `set expander to "priority", or leave them out`, "the expander %s does not read priorities", a.Expander)
	}
	for _, key := range sortedKeys(a.Priorities) {
		if n, err := strconv.Atoi(key); err != nil || n < 1 || strconv.Itoa(n) != key {
			r.report(diag.ClusterAutoscaler, at.at(key), "", "a priority is a whole number of at least 1, and not %q", key)
		}
		for i, expression := range a.Priorities[key] {
			if _, err := regexp.Compile(expression); err != nil {
				r.report(diag.ClusterAutoscaler, at.at(key).index(i), "", "%q is not a regular expression", expression)
			}
		}
	}
}

// ownFlags are those by which the Cluster Autoscaler finds the groups of the
// cluster.
var ownFlags = map[string]string{"cloud-provider": "", "node-group-auto-discovery": "", "nodes": "", "cluster-name": ""}

func (r *resolver) checkFlags(at path, a spec.ClusterAutoscaler) {
	fields := map[string]string{}
	for _, flag := range a.FieldFlags() {
		fields[flag.Name] = flag.Field
	}
	for _, name := range sortedKeys(a.Flags) {
		field, taken := fields[name]
		switch _, own := ownFlags[name]; {
		case !flagForm.MatchString(name):
			r.report(diag.ClusterAutoscaler, at.at(name), "write it without the hyphens in front", "%q is not the name of a flag", name)
		case own:
			r.report(diag.ClusterAutoscaler, at.at(name), "leave it out", "ekscc decides the flag %q, by which the node groups are found", name)
		case taken:
			r.report(diag.ClusterAutoscaler, at.at(name), "write it there", "the flag %q is the field %s", name, field)
		}
		r.checkText(at.at(name), a.Flags[name])
	}
}

func (r *resolver) checkScaleDown(at path, s spec.ScaleDown) {
	times := []struct{ field, text string }{
		{"unneededTime", s.UnneededTime}, {"unreadyTime", s.UnreadyTime}, {"delayAfterAdd", s.DelayAfterAdd},
		{"delayAfterDelete", s.DelayAfterDelete}, {"delayAfterFailure", s.DelayAfterFailure},
	}
	said := s.UtilizationThreshold != ""
	for _, d := range times {
		r.checkAutoscalerDuration(at.at(d.field), d.text)
		said = said || d.text != ""
	}
	if said && !s.Enabled {
		r.report(diag.ClusterAutoscaler, at.at("enabled"), "set it to true, or leave the other fields out", "no node is taken away, so the other fields say nothing")
	}
}

// checkAutoscalerDuration checks a duration whose form the schema has checked.
func (r *resolver) checkAutoscalerDuration(at path, text string) {
	if _, err := time.ParseDuration(text); text != "" && err != nil {
		r.report(diag.ClusterAutoscaler, at, `such as "10m"`, "%q is too long to count", text)
	}
}
