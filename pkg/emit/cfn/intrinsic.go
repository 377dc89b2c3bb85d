package cfn

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/canon"
)

// shortForm maps the intrinsic functions to their YAML tags.
var shortForm = map[string]string{
	"Ref":             "!Ref",
	"Fn::Base64":      "!Base64",
	"Fn::GetAtt":      "!GetAtt",
	"Fn::ImportValue": "!ImportValue",
	"Fn::Join":        "!Join",
	"Fn::Sub":         "!Sub",
}

// intrinsic reports whether m is a call of an intrinsic function.
func intrinsic(m map[string]any) (function string, argument any, ok bool) {
	if len(m) != 1 {
		return "", nil, false
	}
	for function, argument = range m {
		_, ok = shortForm[function]
	}
	return function, argument, ok
}

// shorten writes a call in its short form. YAML allows one tag for each node,
// so a call whose argument is itself a tagged scalar keeps the long form.
func shorten(function string, argument any) any {
	if parts, isList := argument.([]any); isList && function == "Fn::GetAtt" {
		return canon.Tagged{Tag: "!GetAtt", Value: join(parts)}
	}
	value := arrangeValue(argument)
	if _, tagged := value.(canon.Tagged); tagged {
		return canon.Map{{Key: function, Value: value}}
	}
	return canon.Tagged{Tag: shortForm[function], Value: value}
}

func join(parts []any) string {
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i], _ = part.(string)
	}
	return strings.Join(names, ".")
}
