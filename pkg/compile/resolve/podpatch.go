package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/kinds"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkPatch checks what a program says in Kubernetes' own words.
func (r *resolver) checkPatch(p program) {
	patch, at, apiVersion := p.pod.Patch, p.at.at("patch"), p.group+"/v1"
	before := len(r.found)
	for _, field := range []path{{"apiVersion"}, {"kind"}, {"metadata", "name"}, {"metadata", "namespace"}, {"spec", "selector"}} {
		if has(patch, field) {
			r.report(diag.InvalidPatch, at.at(field...), "leave it out", "the object would be another one, or find other pods")
		}
	}
	for _, fault := range kinds.Check(apiVersion, p.kind, patch) {
		r.report(diag.InvalidPatch, at.at(fault.Path...), "", "%s", fault.Message)
	}
	if len(patch) == 0 || len(r.found) > before {
		return
	}
	// Merged over itself, a patch meets every list that it has.
	if _, err := kinds.Patch(apiVersion, p.kind, patch, patch); err != nil {
		r.report(diag.InvalidPatch, at, "give each item of its lists the name of what it changes", "it cannot be merged: %v", err)
	}
}

// has reports whether an object has the field.
func has(object map[string]any, field path) bool {
	for _, name := range field[:len(field)-1] {
		object, _ = object[name].(map[string]any)
	}
	_, ok := object[field[len(field)-1]]
	return ok
}
