package catalog

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// CheckTemplate holds a decoded CloudFormation template against the types of
// its resources: every property, and everything that CheckReferences looks at.
// Functions are in their long form. A resource of a type that the catalog does
// not describe is a problem too.
func CheckTemplate(template map[string]any) []Problem {
	c := newTemplateChecker(template)
	for _, id := range slices.Sorted(maps.Keys(c.resources)) {
		c.resource(id)
	}
	return append(c.problems, CheckReferences(template)...)
}

// CheckReferences checks everything that a decoded template refers to within
// itself by Condition, DependsOn, Fn::FindInMap, Fn::If, Ref, Fn::GetAtt and
// Fn::Sub. A resource of a type that the catalog does not describe may have any
// attribute.
func CheckReferences(template map[string]any) []Problem {
	c := newTemplateChecker(template)
	c.conditionReferences()
	for _, id := range slices.Sorted(maps.Keys(c.resources)) {
		c.resourceReferences(id)
	}
	outputs := section(template, "Outputs")
	for _, id := range slices.Sorted(maps.Keys(outputs)) {
		c.memberReferences(outputs[id], []string{"Outputs", id})
	}
	return c.problems
}

type templateChecker struct {
	checker
	parameters, mappings, conditions, resources map[string]any
	// inConditions says that Condition is a function.
	inConditions bool
}

func newTemplateChecker(template map[string]any) *templateChecker {
	return &templateChecker{
		parameters: section(template, "Parameters"),
		mappings:   section(template, "Mappings"),
		conditions: section(template, "Conditions"),
		resources:  section(template, "Resources"),
	}
}

func section(object map[string]any, name string) map[string]any {
	members, _ := object[name].(map[string]any)
	return members
}

func (c *templateChecker) resource(id string) {
	path := []string{"Resources", id}
	resource, _ := c.resources[id].(map[string]any)
	properties, isObject := resource["Properties"].(map[string]any)
	if !isObject && resource["Properties"] != nil {
		c.report(append(path, "Properties"), "want object, got %s", kindOf(resource["Properties"]))
	}
	if name, t := c.typeOf(id); t != nil {
		c.object(t.root, properties, append(path, "Properties"))
	} else {
		c.report(append(path, "Type"), "unknown resource type %q", name)
	}
}

// resourceReferences checks what a resource refers to.
func (c *templateChecker) resourceReferences(id string) {
	path := []string{"Resources", id}
	resource, _ := c.resources[id].(map[string]any)
	for _, needed := range dependencies(resource["DependsOn"]) {
		if name, _ := needed.(string); c.resources[name] == nil {
			c.reportUnknown(append(path, "DependsOn"), name, keys(c.resources), "no resource has the logical id %q", name)
		}
	}
	c.memberReferences(resource, path)
}

// memberReferences checks what a resource or an output refers to, and the
// condition that it has.
func (c *templateChecker) memberReferences(v any, path []string) {
	members, _ := v.(map[string]any)
	if condition, isConditional := members["Condition"]; isConditional {
		c.condition(condition, append(path, "Condition"))
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		c.references(members[name], append(path, name))
	}
}

func keys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// dependencies is the value of DependsOn as a list, which may stand for itself.
func dependencies(v any) []any {
	if list, isList := v.([]any); isList || v == nil {
		return list
	}
	return []any{v}
}

// typeOf is the name of the type of one of the template's resources, and what
// the catalog knows of it, if anything.
func (c *templateChecker) typeOf(id string) (string, *ResourceType) {
	resource, _ := c.resources[id].(map[string]any)
	name, _ := resource["Type"].(string)
	t, _ := LookupResourceType(name)
	return name, t
}

func (c *templateChecker) condition(v any, path []string) {
	if name, _ := v.(string); c.conditions[name] == nil {
		c.reportUnknown(path, name, keys(c.conditions), "no condition has the name %q", name)
	}
}

// conditionReferences checks what conditions refer to: parameters, mappings and
// one another, for they are decided before there are resources.
func (c *templateChecker) conditionReferences() {
	before := *c
	before.resources, before.inConditions = nil, true
	before.references(c.conditions, []string{"Conditions"})
	c.problems = before.problems
}

// references checks what a value and all within it refers to.
func (c *templateChecker) references(v any, path []string) {
	if object, ok := v.(map[string]any); ok && c.inConditions && len(object) == 1 && object["Condition"] != nil {
		c.condition(object["Condition"], append(path, "Condition"))
		return
	}
	if function, argument, ok := Intrinsic(v); ok {
		c.reference(function, argument, append(path, function))
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			c.references(v[name], append(path, name))
		}
	case []any:
		for i, item := range v {
			c.references(item, append(path, strconv.Itoa(i)))
		}
	}
}

func (c *templateChecker) reference(function string, argument any, path []string) {
	switch function {
	case "Ref":
		if name, ok := argument.(string); ok {
			c.ref(name, path)
		}
	case "Fn::If":
		if branches, ok := argument.([]any); ok && len(branches) == 3 {
			c.condition(branches[0], path)
		}
	case "Fn::FindInMap":
		if keys, ok := argument.([]any); ok && len(keys) > 0 {
			c.mapping(keys[0], path)
		}
	case "Fn::GetAtt":
		c.getAttArgument(argument, path)
	case "Fn::Sub":
		text, vars := argument, map[string]any(nil)
		if list, isList := argument.([]any); isList && len(list) == 2 {
			text = list[0]
			vars, _ = list[1].(map[string]any)
		}
		if text, ok := text.(string); ok {
			c.sub(text, vars, path)
		}
	}
}

// getAttArgument checks either form of the argument: "Id.Attribute", or a list
// of both, in which the attribute may be a function.
func (c *templateChecker) getAttArgument(argument any, path []string) {
	if list, isList := argument.([]any); isList && len(list) == 2 {
		id, _ := list[0].(string)
		attribute, _ := list[1].(string)
		c.getAtt(id, attribute, path)
		return
	}
	text, _ := argument.(string)
	id, attribute, isPair := strings.Cut(text, ".")
	if !isPair {
		c.report(path, "want a logical id and an attribute, got %v", argument)
		return
	}
	c.getAtt(id, attribute, path)
}

// mapping checks the name of a mapping, which a function may make.
func (c *templateChecker) mapping(v any, path []string) {
	if name, ok := v.(string); ok && c.mappings[name] == nil {
		c.reportUnknown(path, name, keys(c.mappings), "no mapping has the name %q", name)
	}
}

func (c *templateChecker) ref(name string, path []string) {
	if c.resources[name] == nil && c.parameters[name] == nil && !slices.Contains(pseudoParameters, name) {
		known := slices.Concat(keys(c.resources), keys(c.parameters), pseudoParameters)
		c.reportUnknown(path, name, known, "neither a resource nor a parameter has the name %q", name)
	}
}

// pseudoParameters are what Ref takes in every template.
var pseudoParameters = []string{
	"AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition",
	"AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
}

// getAtt checks an attribute of a resource; one without a name is unknown.
func (c *templateChecker) getAtt(id, attribute string, path []string) {
	if c.resources[id] == nil {
		c.reportUnknown(path, id, keys(c.resources), "no resource has the logical id %q", id)
		return
	}
	_, t := c.typeOf(id)
	if t == nil || attribute == "" {
		return
	}
	attributes := t.Attributes()
	if slices.Contains(attributes, attribute) {
		return
	}
	c.reportUnknown(path, attribute, attributes, "%s has no attribute %q", t.Name, attribute)
	if last := &c.problems[len(c.problems)-1]; last.Hint == "" {
		attributes = slices.DeleteFunc(attributes, func(name string) bool { return strings.Contains(name, ".") })
		last.Hint = "it has " + quoted(attributes)
	}
}

// sub checks the ${...} of a text, except for ${!...}, which stands for itself.
func (c *templateChecker) sub(text string, vars map[string]any, path []string) {
	for {
		_, rest, found := strings.Cut(text, "${")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return
		}
		text = after
		name = strings.TrimSpace(name)
		if _, isVar := vars[name]; isVar || strings.HasPrefix(name, "!") {
			continue
		}
		if id, attribute, isGetAtt := strings.Cut(name, "."); isGetAtt {
			c.getAtt(id, attribute, path)
		} else {
			c.ref(name, path)
		}
	}
}
