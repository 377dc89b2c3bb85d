package emit

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/ir"
)

// stacksIndex writes stacks.yaml: an environment's stacks in deploy order,
// with all that a deployment passes to CloudFormation.
func stacksIndex(environment ir.Environment) ([]byte, error) {
	list := make([]any, len(environment.Stacks))
	for i, stack := range environment.Stacks {
		entry := canon.Map{
			{Key: "name", Value: stack.Name},
			{Key: "template", Value: stack.File + ".yaml"},
			{Key: "region", Value: stack.Region},
			{Key: "parameters", Value: textMap(values(stack))},
			{Key: "capabilities", Value: texts(stack.Capabilities)},
			{Key: "tags", Value: textMap(stack.Tags)},
			{Key: "needs", Value: texts(stack.Needs)},
		}
		list[i] = append(entry, extras(stack, environment.RepositoryPath != "")...)
	}
	return canon.Encode(canon.Map{{Key: "stacks", Value: list}})
}

// extras are what only some stacks have.
func extras(stack ir.Stack, gitSync bool) canon.Map {
	var entries canon.Map
	if secrets := secrets(stack); len(secrets) > 0 {
		entries = append(entries, canon.Entry{Key: "secrets", Value: texts(secrets)})
	}
	if stack.TerminationProtection {
		entries = append(entries, canon.Entry{Key: "terminationProtection", Value: true})
	}
	if stack.Policy != nil {
		entries = append(entries, canon.Entry{Key: "policy", Value: policyFile(stack)})
	}
	if gitSync {
		entries = append(entries, canon.Entry{Key: "deployment", Value: deploymentFile(stack)})
	}
	return entries
}

// values are the values of a stack's parameters. They are all passed, because
// CloudFormation keeps the previous value of a parameter that is not.
func values(stack ir.Stack) map[string]string {
	passed := map[string]string{}
	for _, p := range stack.Parameters {
		if p.Value != nil {
			passed[p.ID] = *p.Value
		}
	}
	return passed
}

// secrets are the parameters whose values a deployment takes from elsewhere.
func secrets(stack ir.Stack) []string {
	var ids []string
	for _, p := range stack.Parameters {
		if p.Value == nil {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func policyFile(stack ir.Stack) string     { return stack.File + ".policy.json" }
func deploymentFile(stack ir.Stack) string { return stack.File + ".deployment.yaml" }

// policy writes a stack policy.
func policy(stack ir.Stack) ([]byte, error) {
	data, err := json.MarshalIndent(stack.Policy, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("stack %s: failed to write the policy: %w", stack.Name, err)
	}
	return append(data, '\n'), nil
}

// deployment writes the deployment file of a stack whose template is in dir,
// seen from the root of the repository; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync-concepts-terms.html.
func deployment(stack ir.Stack, dir string) ([]byte, error) {
	return canon.Encode(canon.Map{
		{Key: "template-file-path", Value: path.Join(dir, stack.File+".yaml")},
		{Key: "parameters", Value: textMap(values(stack))},
		{Key: "tags", Value: textMap(stack.Tags)},
	})
}

func texts(list []string) []any {
	values := make([]any, len(list))
	for i, s := range list {
		values[i] = s
	}
	return values
}

func textMap(m map[string]string) canon.Map {
	entries := make(canon.Map, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		entries = append(entries, canon.Entry{Key: key, Value: m[key]})
	}
	return entries
}
