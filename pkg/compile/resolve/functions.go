package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/diag"
)

// A function is what CloudFormation says about an intrinsic function.
type function struct {
	form string // what it takes
	fits func(argument any) bool
	// inConditions says that the function makes a condition, and stands in the
	// section for them only.
	inConditions bool
}

// functions are CloudFormation's intrinsic functions that need no macro; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html.
var functions = map[string]function{
	"Condition":       {"the name of a condition", isText, true},
	"Fn::And":         {"a list of 2 to 10 conditions", listOf(2, 10), true},
	"Fn::Base64":      {"a text", isTextual, false},
	"Fn::Cidr":        {"a list of a block, a number of blocks, and the bits of each", listOf(2, 3), false},
	"Fn::Equals":      {"a list of two values", listOf(2, 2), true},
	"Fn::FindInMap":   {"a list of a mapping's name and two keys", listOf(3, 3), false},
	"Fn::GetAZs":      {"a region", isTextual, false},
	"Fn::GetAtt":      {"a list of a logical id and an attribute", isAttribute, false},
	"Fn::If":          {"a list of a condition's name and two values", isChoice, false},
	"Fn::ImportValue": {"the name of an export", isTextual, false},
	"Fn::Join":        {"a list of a separator and a list of texts", isSeparated, false},
	"Fn::Not":         {"a list of one condition", listOf(1, 1), true},
	"Fn::Or":          {"a list of 2 to 10 conditions", listOf(2, 10), true},
	"Fn::Select":      {"a list of an index and a list", isSelection, false},
	"Fn::Split":       {"a list of a separator and a text", isSeparated, false},
	"Fn::Sub":         {"a text, or a list of a text and an object of variables", isSubstitution, false},
	"Ref":             {"the logical id of a resource or parameter", isText, false},
}

// checkValue checks the form of what stands in a template outside conditions,
// and of all that is in it.
func (r *resolver) checkValue(at path, v any) { r.checkTemplateValue(at, v, false) }

func (r *resolver) checkTemplateValue(at path, v any, inConditions bool) {
	switch v := v.(type) {
	case map[string]any:
		if isCall(v) || inConditions && len(v) == 1 && v["Condition"] != nil {
			r.checkCall(at, v, inConditions)
			return
		}
		for _, name := range sortedKeys(v) {
			if strings.HasPrefix(name, "Fn::") {
				r.report(diag.IntrinsicFunction, at.at(name), "", "the function %s stands alone in its object", name)
				continue
			}
			r.checkTemplateValue(at.at(name), v[name], inConditions)
		}
	case []any:
		for i, item := range v {
			r.checkTemplateValue(at.index(i), item, inConditions)
		}
	case nil:
		r.report(diag.TemplateValue, at, `leave it out, or write {Ref: "AWS::NoValue"}`, "a template has no null")
	default:
		if !isTemplateScalar(v) {
			r.report(diag.TemplateValue, at, "write it as a string, if the property takes one", "a template cannot hold %v", v)
		}
	}
}

// checkCall checks the call of a function.
func (r *resolver) checkCall(at path, call map[string]any, inConditions bool) {
	name := sortedKeys(call)[0]
	known, ok := functions[name]
	at, argument := at.at(name), call[name]
	switch {
	case !ok && slices.Contains(macros, name) || strings.HasPrefix(name, "Fn::ForEach::"):
		r.report(diag.IntrinsicFunction, at, "write what it stands for; CUE has comprehensions", "%s needs a macro, which changes the template behind its reviewers", name)
	case !ok:
		r.report(diag.IntrinsicFunction, at, catalog.DidYouMean(name, sortedKeys(functions)), "there is no function %s", name)
	case known.inConditions && !inConditions:
		r.report(diag.IntrinsicFunction, at, "declare a condition, and name it in Fn::If", "%s makes a condition, and stands in conditions only", name)
	case inConditions && (name == "Fn::GetAtt" || name == "Fn::ImportValue"):
		r.report(diag.IntrinsicFunction, at, "", "conditions are decided before there are resources, so %s has no place in them", name)
	case !known.fits(argument):
		r.report(diag.IntrinsicFunction, at, "", "%s takes %s", name, known.form)
	default:
		r.checkTemplateValue(at, argument, inConditions)
	}
}

// macros are functions that CloudFormation does not have without a transform.
var macros = []string{"Fn::Length", "Fn::ToJsonString", "Fn::Transform"}

func (r *resolver) checkConditions(at path, conditions map[string]map[string]any) {
	checkLogicalIDs(r, at, conditions)
	for _, name := range sortedKeys(conditions) {
		condition := conditions[name]
		if len(condition) != 1 || !functions[sortedKeys(condition)[0]].inConditions {
			r.report(diag.IntrinsicFunction, at.at(name), "", "a condition is one of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition")
			continue
		}
		r.checkTemplateValue(at.at(name), condition, true)
	}
}

// isCall reports whether a value is the call of an intrinsic function, or
// meant as one.
func isCall(v any) bool {
	call, ok := v.(map[string]any)
	if !ok || len(call) != 1 {
		return false
	}
	name := sortedKeys(call)[0]
	return name == "Ref" || strings.HasPrefix(name, "Fn::")
}

func isTemplateScalar(v any) bool {
	switch v.(type) {
	case string, int, int64, float64, bool:
		return true
	}
	return false
}

func isText(v any) bool {
	text, ok := v.(string)
	return ok && text != ""
}

// isTextual reports whether a value is text or may turn out to be.
func isTextual(v any) bool {
	_, ok := v.(string)
	return ok || isCall(v)
}

func isListed(v any) bool {
	_, ok := v.([]any)
	return ok || isCall(v)
}

func listOf(least, most int) func(any) bool {
	return func(v any) bool {
		list, ok := v.([]any)
		return ok && len(list) >= least && len(list) <= most
	}
}

// pair returns the items of a list of two.
func pair(v any) (first, second any, ok bool) {
	list, _ := v.([]any)
	if len(list) != 2 {
		return nil, nil, false
	}
	return list[0], list[1], true
}

func isAttribute(v any) bool {
	if text, ok := v.(string); ok {
		id, attribute, found := strings.Cut(text, ".")
		return found && id != "" && attribute != ""
	}
	id, attribute, ok := pair(v)
	return ok && isText(id) && (isText(attribute) || isCall(attribute))
}

func isChoice(v any) bool {
	list, ok := v.([]any)
	return ok && len(list) == 3 && isText(list[0])
}

func isSeparated(v any) bool {
	separator, rest, ok := pair(v)
	_, isString := separator.(string)
	return ok && isString && (isListed(rest) || isTextual(rest))
}

func isSelection(v any) bool {
	_, list, ok := pair(v)
	return ok && isListed(list)
}

func isSubstitution(v any) bool {
	text, vars, ok := pair(v)
	if !ok {
		return isText(v)
	}
	_, isObject := vars.(map[string]any)
	return isText(text) && isObject
}
