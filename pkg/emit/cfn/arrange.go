package cfn

import (
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/canon"
)

// The order in which people expect to read the keys of a template's parts.
// Keys that are not listed follow in alphabetical order.
var (
	parameterOrder = []string{"Type", "Description", "Default"}
	resourceOrder  = []string{"Type", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy", "Metadata", "Properties"}
	outputOrder    = []string{"Condition", "Description", "Value", "Export"}
	policyOrder    = []string{"Version", "Id", "Statement"}
	statementOrder = []string{"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
)

// arrange puts the keys of a plain value in order, and shortens its intrinsic
// functions.
func arrange(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if function, argument, ok := intrinsic(v); ok {
			return shorten(function, argument)
		}
		if _, isPolicy := v["Statement"]; isPolicy {
			return arrangeMap(v, policyOrder)
		}
		if _, isStatement := v["Effect"]; isStatement {
			return arrangeMap(v, statementOrder)
		}
		return arrangeMap(v, nil)
	case []any:
		arranged := make([]any, len(v))
		for i, item := range v {
			arranged[i] = arrange(item)
		}
		return arranged
	}
	return v
}

func arrangeMap(m map[string]any, order []string) canon.Map {
	arranged := make(canon.Map, 0, len(m))
	for _, key := range keys(m, order) {
		arranged = append(arranged, canon.Entry{Key: key, Value: arrange(m[key])})
	}
	return arranged
}

// keys returns the keys of m: those in order first, the rest sorted.
func keys(m map[string]any, order []string) []string {
	sorted := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(sorted, func(a, b string) int { return rank(a, order) - rank(b, order) })
	return sorted
}

func rank(key string, order []string) int {
	if i := slices.Index(order, key); i >= 0 {
		return i
	}
	return len(order)
}
