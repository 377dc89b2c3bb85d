package amend

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// addResource adds a resource of the spec's own.
func (a *amender) addResource(stack *ir.Stack, at path, id string, said spec.RawResource) {
	if slices.ContainsFunc(stack.Resources, func(r ir.Resource) bool { return r.ID == id }) {
		a.report(diag.InvalidLogicalID, at, "choose another name, or change the resource in overrides", "ekscc makes a resource with the logical id %q", id)
		return
	}
	r := ir.Resource{ID: id, Type: said.Type, Properties: parseMap(said.Properties), Checked: true, Origin: strings.Join(at, ".")}
	r.Properties = withTags(r, a.cluster.Tags)
	setAttributes(&r, said.ResourceAttributes)
	stack.Resources = append(stack.Resources, r)
	stack.Capabilities = capabilities(stack.Capabilities, r)
}

// setAttributes sets what stands beside the properties.
func setAttributes(r *ir.Resource, said spec.ResourceAttributes) {
	r.DependsOn = slices.Concat(r.DependsOn, said.DependsOn)
	slices.Sort(r.DependsOn)
	r.DependsOn = slices.Compact(r.DependsOn)
	for _, attribute := range []struct {
		to  *string
		say string
	}{{&r.Condition, said.Condition}, {&r.DeletionPolicy, said.DeletionPolicy}, {&r.UpdateReplacePolicy, said.UpdateReplacePolicy}} {
		if attribute.say != "" {
			*attribute.to = attribute.say
		}
	}
	for _, attribute := range []struct {
		to  *ir.Map
		say map[string]any
	}{{&r.CreationPolicy, said.CreationPolicy}, {&r.UpdatePolicy, said.UpdatePolicy}, {&r.Metadata, said.Metadata}} {
		if attribute.say != nil {
			*attribute.to = merged(*attribute.to, parseMap(attribute.say))
		}
	}
}

// withTags returns the properties of a resource with the cluster's tags. Tags
// of its own win; tags that a function makes, or that say more than a key and
// a value, stay alone.
func withTags(r ir.Resource, tags map[string]string) ir.Map {
	known, ok := catalog.LookupResourceType(r.Type)
	if !ok || known.TagPath == "" || len(tags) == 0 {
		return r.Properties
	}
	property, ok := known.Property(strings.Split(known.TagPath, ".")...)
	if !ok || strings.Contains(known.TagPath, ".") {
		return r.Properties
	}
	own, isSet := r.Properties[known.TagPath]
	switch list, isList := own.(ir.List); {
	case slices.Contains(property.Kinds, "object") && !isSet:
		return merged(r.Properties, ir.Map{known.TagPath: tagMap(tags)})
	case slices.Contains(property.Kinds, "object"):
		if _, isMap := own.(ir.Map); isMap {
			return merged(ir.Map{known.TagPath: tagMap(tags)}, r.Properties)
		}
	case (isList || !isSet) && isTagList(property):
		return merged(r.Properties, ir.Map{known.TagPath: tagList(list, tags)})
	}
	return r.Properties
}

// isTagList reports whether the items of a list are a Key and a Value.
func isTagList(p *catalog.Property) bool {
	item := p.Member("*")
	return item != nil && len(item.Members) == 2 && item.Member("Key") != nil && item.Member("Value") != nil
}

func tagMap(tags map[string]string) ir.Map {
	m := ir.Map{}
	for key, value := range tags {
		m[key] = value
	}
	return m
}

// tagList puts behind a resource's own tags those that it does not have.
func tagList(own ir.List, tags map[string]string) ir.List {
	list := slices.Clone(own)
	for _, key := range sortedKeys(tags) {
		has := slices.ContainsFunc(own, func(v ir.Value) bool {
			tag, _ := v.(ir.Map)
			return tag["Key"] == key
		})
		if !has {
			list = append(list, ir.Map{"Key": key, "Value": tags[key]})
		}
	}
	return list
}

// identities are the types that a deployment has to acknowledge, and the
// properties by which they get names of one's own; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html.
var identities = map[string]string{
	"AWS::IAM::AccessKey":           "",
	"AWS::IAM::Group":               "GroupName",
	"AWS::IAM::InstanceProfile":     "InstanceProfileName",
	"AWS::IAM::ManagedPolicy":       "ManagedPolicyName",
	"AWS::IAM::Policy":              "",
	"AWS::IAM::Role":                "RoleName",
	"AWS::IAM::User":                "UserName",
	"AWS::IAM::UserToGroupAddition": "",
}

// capabilities are what a deployment has to acknowledge once a stack has the
// resource: that it makes identities, and under which names.
func capabilities(before []string, r ir.Resource) []string {
	const unnamed, named = "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"
	name, makes := identities[r.Type]
	switch {
	case !makes || slices.Contains(before, named):
		return before
	case name != "" && r.Properties[name] != nil:
		return []string{named}
	}
	return []string{unnamed}
}

// merged returns base with the members of over: maps are merged, anything else
// replaces what is there. It changes neither.
func merged(base, over ir.Map) ir.Map {
	result := make(ir.Map, len(base)+len(over))
	for key, value := range base {
		result[key] = value
	}
	for key, value := range over {
		below, isMap := result[key].(ir.Map)
		if members, ok := value.(ir.Map); ok && isMap {
			value = merged(below, members)
		}
		result[key] = value
	}
	return result
}

// checkPolicy checks that a stack policy speaks of resources that there are.
func (a *amender) checkPolicy(stack *ir.Stack, at path) {
	statements, _ := stack.Policy["Statement"].([]any)
	for i, v := range statements {
		statement, _ := v.(map[string]any)
		for _, name := range []string{"Resource", "NotResource"} {
			a.checkPolicyResources(stack, at.at("Statement", itoa(i), name), statement[name])
		}
	}
}

func (a *amender) checkPolicyResources(stack *ir.Stack, at path, v any) {
	list, isList := v.([]any)
	if !isList {
		list = []any{v}
	}
	for i, item := range list {
		text, _ := item.(string)
		id, named := strings.CutPrefix(text, "LogicalResourceId/")
		if !named || strings.Contains(id, "*") || slices.Contains(resourceIDs(stack), id) {
			continue
		}
		if isList {
			at = at.at(itoa(i))
		}
		a.report(diag.StackPolicy, at, catalog.DidYouMean(id, resourceIDs(stack)), "no resource has the logical id %q", id)
	}
}

func resourceIDs(stack *ir.Stack) []string {
	ids := make([]string, len(stack.Resources))
	for i, r := range stack.Resources {
		ids[i] = r.ID
	}
	return ids
}
