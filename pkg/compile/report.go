package compile

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/capacity"
	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/compile/validate"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Capacity computes, for each environment of a spec, how many pods its nodes
// take and how many addresses they need. The diagnostics are the errors that
// keep it from that; what the numbers themselves show is none of them.
func Capacity(in Input) ([]capacity.Report, diag.List, error) {
	go schema.Spec() // which validate needs: read it meanwhile
	source, diags, err := load.Load(in.Path, in.Tags)
	if err != nil || diags.HasErrors() {
		return nil, diags, err
	}
	environments, _, found := validate.Validate(source)
	if environments == nil || found.HasErrors() {
		return nil, append(diags, found...).Sort(), nil
	}
	specs, err := decode(environments, false)
	if err != nil {
		return nil, nil, err
	}
	if found := slices.DeleteFunc(resolveAll(environments, specs), aboutCapacity); found.HasErrors() {
		return nil, found.Sort(), nil
	}
	reports := make([]capacity.Report, len(specs))
	for i, s := range specs {
		reports[i] = capacity.Of(s)
		reports[i].Spec = in.Path
	}
	return reports, nil, nil
}

// aboutCapacity reports whether a problem is what a report shows, or none that
// keeps it from being right.
func aboutCapacity(d diag.Diagnostic) bool {
	shown := []diag.Code{diag.NodeAddresses, diag.NoPlace, diag.TooManyPods, diag.PodAddresses}
	return d.Severity() == diag.Warning || slices.Contains(shown, d.Code)
}
