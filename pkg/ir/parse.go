package ir

import "strings"

// Parse is the inverse of [Plain]: it turns plain values, in which intrinsic
// functions have their long form, into a value.
func Parse(v any) Value {
	switch v := v.(type) {
	case []any:
		list := make(List, len(v))
		for i, item := range v {
			list[i] = Parse(item)
		}
		return list
	case map[string]any:
		if value, ok := parseCall(v); ok {
			return value
		}
		return ParseMap(v)
	case int64:
		return int(v)
	}
	return v
}

// ParseMap is [Parse] for what is known to be a map and no function. It keeps
// nil.
func ParseMap(m map[string]any) Map {
	if m == nil {
		return nil
	}
	parsed := make(Map, len(m))
	for key, item := range m {
		parsed[key] = Parse(item)
	}
	return parsed
}

// parseCall reads an intrinsic function. A call that is malformed stays a
// Function.
func parseCall(m map[string]any) (Value, bool) {
	if len(m) != 1 {
		return nil, false
	}
	for name, argument := range m {
		text, isText := argument.(string)
		switch {
		case name == "Ref" && isText:
			return Ref(text), true
		case name == "Fn::ImportValue" && isText:
			return ImportValue(text), true
		case name == "Fn::Base64":
			return Base64{Parse(argument)}, true
		case name == "Fn::GetAtt":
			return parseGetAtt(argument), true
		case name == "Fn::Sub":
			return parseSub(argument), true
		case name == "Condition" && isText, strings.HasPrefix(name, "Fn::"):
			return Function{name, Parse(argument)}, true
		}
	}
	return nil, false
}

// parseGetAtt reads "Id.Attribute", or a list of both.
func parseGetAtt(argument any) Value {
	switch argument := argument.(type) {
	case string:
		if id, attribute, ok := strings.Cut(argument, "."); ok {
			return GetAtt{id, attribute}
		}
	case []any:
		if len(argument) == 2 {
			id, isText := argument[0].(string)
			attribute, isAttribute := argument[1].(string)
			if isText && isAttribute {
				return GetAtt{id, attribute}
			}
		}
	}
	return Function{"Fn::GetAtt", Parse(argument)}
}

// parseSub reads a text, or a list of a text and variables.
func parseSub(argument any) Value {
	switch argument := argument.(type) {
	case string:
		return Sub{Text: argument}
	case []any:
		if len(argument) == 2 {
			text, isText := argument[0].(string)
			vars, isMap := argument[1].(map[string]any)
			if isText && isMap {
				return Sub{text, ParseMap(vars)}
			}
		}
	}
	return Function{"Fn::Sub", Parse(argument)}
}
