package validate

import (
	"fmt"
	"slices"

	"github.com/ekscc/ekscc/pkg/diag"
)

// merge joins the diagnostics of all environments.
func merge(envs []Environment, each []diag.List) diag.List {
	names := make([]string, len(envs))
	for i := range envs {
		names[i], each[i] = envs[i].Name, collapse(each[i])
	}
	return diag.Merge(names, each)
}

// collapse keeps the first of the diagnostics that tell of one fault: that say
// the same of a field of one name at one place, because a comprehension or a
// reference put it into many structs.
func collapse(list diag.List) diag.List {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
		name := ""
		if len(d.Path) > 0 {
			name = d.Path[len(d.Path)-1]
		}
		k := fmt.Sprintf("%v %q %s %q %q", d.Pos, name, d.Code, d.Message, d.Hint)
		again := seen[k]
		seen[k] = true
		return again
	})
}
