package emit

import (
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/ir"
)

// stacksIndex writes stacks.yaml: an environment's stacks in deploy order,
// with all that a deployment passes to CloudFormation.
func stacksIndex(stacks []ir.Stack) ([]byte, error) {
	list := make([]any, len(stacks))
	for i, stack := range stacks {
		list[i] = canon.Map{
			{Key: "name", Value: stack.Name},
			{Key: "template", Value: stack.File + ".yaml"},
			{Key: "region", Value: stack.Region},
			{Key: "parameters", Value: canon.Map{}},
			{Key: "capabilities", Value: texts(stack.Capabilities)},
			{Key: "tags", Value: textMap(stack.Tags)},
			{Key: "needs", Value: texts(stack.Needs)},
		}
	}
	return canon.Encode(canon.Map{{Key: "stacks", Value: list}})
}

func texts(list []string) []any {
	values := make([]any, len(list))
	for i, s := range list {
		values[i] = s
	}
	return values
}

func textMap(m map[string]string) canon.Map {
	entries := make(canon.Map, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		entries = append(entries, canon.Entry{Key: key, Value: m[key]})
	}
	return entries
}
