package spec

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
)

// PolicyJSON is the policy document of statements by name, without white
// space: what IAM counts the characters of. Statements are in the order of
// their names, and their lists are sorted.
func PolicyJSON(statements map[string]Statement) string {
	type document struct {
		Sid       string
		Effect    string
		Action    []string
		Resource  []string
		Condition map[string]map[string][]string `json:",omitempty"`
	}
	policy := struct {
		Version   string
		Statement []document
	}{Version: "2012-10-17"}
	for _, name := range slices.Sorted(maps.Keys(statements)) {
		s := statements[name]
		policy.Statement = append(policy.Statement, document{
			naming.LogicalID(name), s.Effect, sorted(s.Actions), sorted(s.Resources), s.Conditions,
		})
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(policy); err != nil {
		panic(err) // strings always encode
	}
	return string(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
}

func sorted(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
