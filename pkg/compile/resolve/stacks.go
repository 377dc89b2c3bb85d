package resolve

import (
	"encoding/json"
	slashpath "path"
	"strings"
	"unicode/utf8"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of CloudFormation; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html.
const (
	maxLogicalID      = 255   // characters
	maxDescription    = 1024  // bytes
	maxParameterValue = 4096  // bytes
	maxExportName     = 1024  // bytes
	maxStackPolicy    = 16384 // bytes
)

var stacksPath = clusterPath.at("stacks")

// checkStacks checks what the spec says about stacks, as far as that can be
// told without the resources that ekscc makes.
func (r *resolver) checkStacks() {
	r.checkGitSync()
	files := map[string]string{indexFile: ""}
	for _, name := range sortedKeys(r.cluster.Stacks) {
		if at := stacksPath.at(name); r.checkStackFile(at, name, files) {
			r.checkStack(at, r.cluster.Stacks[name])
		}
	}
}

// indexFile is the file that lists the stacks.
const indexFile = "stacks"

// stackFile is what can be a template's file name and the end of a stack's
// name.
var stackFile = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// checkStackFile checks a name that becomes a file name and a stack name.
func (r *resolver) checkStackFile(at path, name string, files map[string]string) bool {
	before, key := len(r.found), strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	other, taken := files[key]
	files[key] = name
	switch {
	case !stackFile.MatchString(name):
		r.report(diag.StackName, at, "use letters, digits, hyphens and underscores, the first a letter or digit", "%q cannot be the name of a template file", name)
	case key == indexFile:
		r.report(diag.StackName, at, "choose another name", "%s.yaml is the list of all stacks", indexFile)
	case taken:
		r.report(diag.StackName, at, "let them differ in more than punctuation and capitals", "the stacks %q and %q have the same name", other, name)
	case r.cluster.Layout == spec.LayoutSingle && name != singleFile:
		r.report(diag.SingleLayout, at, `put it under "cluster"`, "with the layout %q there is one stack, %q", spec.LayoutSingle, singleFile)
	}
	r.checkStackName(diag.StackName, at, naming.Stack(r.cluster.Name, name))
	return len(r.found) == before
}

// singleFile is the template of the layout that has one.
const singleFile = "cluster"

func (r *resolver) checkStack(at path, s spec.Stack) {
	r.checkDescription(at.at("description"), s.Description)
	r.checkParameters(at.at("parameters"), s)
	r.checkMappings(at.at("mappings"), s.Mappings)
	r.checkConditions(at.at("conditions"), s.Conditions)
	r.checkRawResources(at.at("resources"), s.Resources)
	r.checkOverrides(at.at("overrides"), s.Overrides)
	r.checkOutputs(at.at("outputs"), s.Outputs)
	if s.Policy != nil {
		r.checkStackPolicy(at.at("policy"), s.Policy)
	}
}

func (r *resolver) checkDescription(at path, text string) {
	if len(text) > maxDescription {
		r.report(diag.StackLimit, at, "", "the description has %d bytes; CloudFormation allows %d", len(text), maxDescription)
	}
}

// alphanumeric is what CloudFormation allows in logical ids and in the names
// of conditions and mappings.
var alphanumeric = lazyregexp.New(`^[A-Za-z0-9]+$`)

// checkLogicalIDs checks the names of a template's section.
func checkLogicalIDs[V any](r *resolver, at path, section map[string]V) {
	for _, id := range sortedKeys(section) {
		switch {
		case !alphanumeric.MatchString(id):
			r.report(diag.InvalidLogicalID, at.at(id), "use letters and digits only", "CloudFormation does not allow the logical id %q", id)
		case utf8.RuneCountInString(id) > maxLogicalID:
			r.report(diag.InvalidLogicalID, at.at(id), "", "the logical id has %d characters; CloudFormation allows %d", len(id), maxLogicalID)
		}
	}
}

// mappingKey is what CloudFormation allows in the keys of mappings.
var mappingKey = lazyregexp.New(`^[A-Za-z0-9.-]+$`)

func (r *resolver) checkMappings(at path, mappings map[string]map[string]map[string]any) {
	checkLogicalIDs(r, at, mappings)
	for _, name := range sortedKeys(mappings) {
		for _, first := range sortedKeys(mappings[name]) {
			r.checkMappingKey(at.at(name, first), first)
			for _, second := range sortedKeys(mappings[name][first]) {
				r.checkMappingKey(at.at(name, first, second), second)
				r.checkMapped(at.at(name, first, second), mappings[name][first][second])
			}
		}
	}
}

func (r *resolver) checkMappingKey(at path, key string) {
	if !mappingKey.MatchString(key) {
		r.report(diag.InvalidLogicalID, at, "use letters, digits, hyphens and dots", "CloudFormation does not allow the mapping key %q", key)
	}
}

// checkMapped checks a value of a mapping, which is known when the template is
// read: text, a number or a bool, or a list of them.
func (r *resolver) checkMapped(at path, v any) {
	if list, ok := v.([]any); ok {
		for i, item := range list {
			if !isTemplateScalar(item) {
				r.report(diag.TemplateValue, at.index(i), "", "a mapping holds texts and lists of texts")
			}
		}
		return
	}
	if !isTemplateScalar(v) {
		r.report(diag.TemplateValue, at, "", "a mapping holds texts and lists of texts")
	}
}

// exportName is what CloudFormation allows in the names of exports.
var exportName = lazyregexp.New(`^[A-Za-z0-9:-]+$`)

func (r *resolver) checkOutputs(at path, outputs map[string]spec.Output) {
	checkLogicalIDs(r, at, outputs)
	for _, id := range sortedKeys(outputs) {
		o, at := outputs[id], at.at(id)
		r.checkDescription(at.at("description"), o.Description)
		if _, isText := o.Value.(string); isText || isCall(o.Value) {
			r.checkValue(at.at("value"), o.Value)
		} else {
			r.report(diag.TemplateValue, at.at("value"), "", "the value of an output is text or an intrinsic function")
		}
		switch {
		case o.Export == "":
		case len(o.Export) > maxExportName:
			r.report(diag.ExportName, at.at("export"), "", "the name has %d bytes; CloudFormation allows %d", len(o.Export), maxExportName)
		case !exportName.MatchString(o.Export):
			r.report(diag.ExportName, at.at("export"), "use letters, digits, colons and hyphens", "CloudFormation does not allow the export name %q", o.Export)
		}
	}
}

// checkStackPolicy checks a stack policy; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html.
func (r *resolver) checkStackPolicy(at path, policy map[string]any) {
	statements, ok := policy["Statement"].([]any)
	if !ok {
		r.report(diag.StackPolicy, at, "", "a stack policy has a list of statements under Statement")
		return
	}
	for i, v := range statements {
		statement, _ := v.(map[string]any)
		r.checkPolicyStatement(at.at("Statement").index(i), statement)
	}
	data, err := json.Marshal(policy)
	if err != nil || len(data) > maxStackPolicy {
		r.report(diag.StackPolicy, at, "", "the policy has %d bytes; CloudFormation allows %d", len(data), maxStackPolicy)
	}
}

// policyMembers are what a statement of a stack policy may have, each with
// what it needs: of two with a bar, one.
var policyMembers = []string{"Effect", "Action|NotAction", "Principal", "Resource|NotResource", "Condition"}

func (r *resolver) checkPolicyStatement(at path, statement map[string]any) {
	known := strings.FieldsFunc(strings.Join(policyMembers, "|"), func(c rune) bool { return c == '|' })
	for _, name := range sortedKeys(statement) {
		if !strings.Contains("|"+strings.Join(known, "|")+"|", "|"+name+"|") {
			r.report(diag.StackPolicy, at.at(name), catalog.DidYouMean(name, known), "a statement of a stack policy has no %s", name)
		}
	}
	for _, members := range policyMembers[:4] {
		one, other, _ := strings.Cut(members, "|")
		if statement[one] == nil && statement[other] == nil {
			r.report(diag.StackPolicy, at, "", "the statement lacks %s", one)
		}
	}
	if effect := statement["Effect"]; effect != nil && effect != "Allow" && effect != "Deny" {
		r.report(diag.StackPolicy, at.at("Effect"), "", `Effect is "Allow" or "Deny", not %v`, effect)
	}
	if principal := statement["Principal"]; principal != nil && principal != "*" {
		r.report(diag.StackPolicy, at.at("Principal"), `use "*"`, "a stack policy applies to everybody")
	}
}

// checkGitSync checks the path that deployment files begin with.
func (r *resolver) checkGitSync() {
	if r.cluster.GitSync == nil {
		return
	}
	root := r.cluster.GitSync.RepositoryPath
	if root == "" || slashpath.IsAbs(root) || slashpath.Clean(root) != root || strings.HasPrefix(root, "..") || strings.Contains(root, `\`) {
		r.report(diag.RepositoryPath, clusterPath.at("gitSync", "repositoryPath"), `write it as "clusters/mission/generated"`, "%q is not a path below the root of a repository", root)
	}
}
