package cfn

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/canon"
)

// shortForm maps the intrinsic functions to their YAML tags.
var shortForm = map[string]string{
	"Condition":       "!Condition",
	"Fn::And":         "!And",
	"Fn::Base64":      "!Base64",
	"Fn::Cidr":        "!Cidr",
	"Fn::Equals":      "!Equals",
	"Fn::FindInMap":   "!FindInMap",
	"Fn::GetAZs":      "!GetAZs",
	"Fn::GetAtt":      "!GetAtt",
	"Fn::If":          "!If",
	"Fn::ImportValue": "!ImportValue",
	"Fn::Join":        "!Join",
	"Fn::Not":         "!Not",
	"Fn::Or":          "!Or",
	"Fn::Select":      "!Select",
	"Fn::Split":       "!Split",
	"Fn::Sub":         "!Sub",
	"Ref":             "!Ref",
}

// intrinsic reports whether m is a call of an intrinsic function. Condition is
// one where it names a condition; IAM has a field of that name, which is an
// object.
func intrinsic(m map[string]any) (function string, argument any, ok bool) {
	if len(m) != 1 {
		return "", nil, false
	}
	for function, argument = range m {
		_, ok = shortForm[function]
	}
	if _, isText := argument.(string); function == "Condition" && !isText {
		return "", nil, false
	}
	return function, argument, ok
}

// shorten writes a call in its short form. YAML allows one tag for each node,
// so a call whose argument is itself tagged keeps the long form.
func shorten(function string, argument any) any {
	if parts, isList := argument.([]any); isList && function == "Fn::GetAtt" {
		if pair, ok := join(parts); ok {
			return canon.Tagged{Tag: "!GetAtt", Value: pair}
		}
	}
	value := arrange(argument)
	if _, tagged := value.(canon.Tagged); tagged {
		return canon.Map{{Key: function, Value: value}}
	}
	return canon.Tagged{Tag: shortForm[function], Value: value}
}

// join writes the pair of a logical id and an attribute as one text. An
// attribute may be a function, which cannot be.
func join(parts []any) (string, bool) {
	names := make([]string, len(parts))
	for i, part := range parts {
		name, isText := part.(string)
		if !isText {
			return "", false
		}
		names[i] = name
	}
	return strings.Join(names, "."), true
}
