package diag

import (
	"fmt"
	"strings"
)

// Merge joins the diagnostics of all environments, each[i] being those of
// environments[i]. One that shows in every environment is the spec's, not
// theirs; any other names its environments.
func Merge(environments []string, each []List) List {
	var list List
	at := map[string]int{}
	for i, diags := range each {
		for _, d := range diags {
			key := fmt.Sprint(d.Pos, strings.Join(d.Path, "\x00"), d.Code, d.Message, "\x00", d.Hint)
			j, seen := at[key]
			if !seen {
				j = len(list)
				at[key] = j
				list = append(list, d)
			}
			if in := list[j].Environments; len(in) == 0 || in[len(in)-1] != environments[i] {
				list[j].Environments = append(in, environments[i])
			}
		}
	}
	for i := range list {
		if len(list[i].Environments) == len(environments) {
			list[i].Environments = nil
		}
	}
	return list
}
