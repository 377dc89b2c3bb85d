package cfn

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/ir"
)

// The order in which people expect to read the keys of a template's parts.
// Keys that are not listed follow in alphabetical order.
var (
	templateOrder  = []string{"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Resources", "Outputs"}
	resourceOrder  = []string{"Type", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy", "Metadata", "Properties"}
	outputOrder    = []string{"Condition", "Description", "Value", "Export"}
	policyOrder    = []string{"Version", "Id", "Statement"}
	statementOrder = []string{"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
)

// arrange puts the JSON of a template in order, resources and outputs in the
// order of the stack, takes the disguise off the intrinsic functions and
// shortens them.
func arrange(data []byte, stack ir.Stack) (canon.Map, error) {
	var template map[string]any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&template); err != nil {
		return nil, err
	}
	var document canon.Map
	for _, section := range keys(template, templateOrder) {
		value := template[section]
		switch section {
		case "Resources":
			ids := make([]string, len(stack.Resources))
			for i, r := range stack.Resources {
				ids[i] = r.ID
			}
			value = arrangeSection(value, ids, resourceOrder)
		case "Outputs":
			ids := make([]string, len(stack.Outputs))
			for i, o := range stack.Outputs {
				ids[i] = o.ID
			}
			value = arrangeSection(value, ids, outputOrder)
		default:
			value = arrangeValue(value)
		}
		document = append(document, canon.Entry{Key: section, Value: value})
	}
	return document, nil
}

func arrangeSection(section any, ids, order []string) canon.Map {
	members := section.(map[string]any)
	arranged := make(canon.Map, 0, len(members))
	for _, id := range ids {
		member := members[id].(map[string]any)
		arranged = append(arranged, canon.Entry{Key: id, Value: arrangeMap(member, order)})
	}
	return arranged
}

func arrangeMap(m map[string]any, order []string) canon.Map {
	arranged := make(canon.Map, 0, len(m))
	for _, key := range keys(m, order) {
		arranged = append(arranged, canon.Entry{Key: key, Value: arrangeValue(m[key])})
	}
	return arranged
}

func arrangeValue(v any) any {
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
			arranged[i] = arrangeValue(item)
		}
		return arranged
	case string:
		if call, ok := undisguise(v); ok {
			return arrangeValue(call)
		}
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64()
		return f
	}
	return v
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
