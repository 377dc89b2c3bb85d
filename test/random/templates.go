package random

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/emit"
)

// stack is an entry of stacks.yaml.
type stack struct {
	Name     string            `yaml:"name"`
	Template string            `yaml:"template"`
	Region   string            `yaml:"region"`
	Tags     map[string]string `yaml:"tags"`
	Needs    []string          `yaml:"needs"`
	// Policy and Deployment are files beside the template, if there are any.
	Policy     string `yaml:"policy"`
	Deployment string `yaml:"deployment"`
}

// files are what a stack has in its directory.
func (s stack) files() []string {
	return slices.DeleteFunc([]string{s.Template, s.Policy, s.Deployment}, func(name string) bool { return name == "" })
}

// template is what of a template others may refer to.
type template struct {
	Parameters map[string]any      `yaml:"Parameters"`
	Resources  map[string]resource `yaml:"Resources"`
	Outputs    map[string]output   `yaml:"Outputs"`
}

type resource struct {
	Type      string `yaml:"Type"`
	DependsOn any    `yaml:"DependsOn"`
}

type output struct {
	Export struct {
		Name string `yaml:"Name"`
	} `yaml:"Export"`
}

var (
	stackName  = regexp.MustCompile(`^[a-zA-Z][-a-zA-Z0-9]{0,127}$`)
	exportName = regexp.MustCompile(`^[-:a-zA-Z0-9]{1,255}$`)
	logicalID  = regexp.MustCompile(`^[a-zA-Z0-9]{1,255}$`)
	// resourceType is a type of AWS or a registry, or a custom one.
	resourceType = regexp.MustCompile(`^([A-Za-z0-9]+::){2}[A-Za-z0-9]+$|^Custom::`)
	reference    = regexp.MustCompile(`\$\{([^!}][^}]*)\}`)
)

// Limits of CloudFormation.
const (
	maxTemplate  = 1 << 20 // bytes
	maxResources = 500
	maxOutputs   = 200
)

// checkStacks checks the templates of an environment: what they refer to is
// there, and the stacks can be created in the order of stacks.yaml.
func checkStacks(set emit.Set, environment string, spec map[string]any) *Problem {
	dir := "cloudformation/" + environment + "/"
	var index struct {
		Stacks []stack `yaml:"stacks"`
	}
	if err := yaml.Unmarshal(set[dir+"stacks.yaml"], &index); err != nil || len(index.Stacks) == 0 {
		return problemf("stacks", "%sstacks.yaml lists no stacks: %v", dir, err)
	}
	listed := []string{"stacks.yaml"}
	for _, s := range index.Stacks {
		listed = append(listed, s.files()...)
	}
	slices.Sort(listed)
	if files := below(set, dir); !slices.Equal(files.Paths(), listed) {
		return problemf("stacks", "%s holds %q, and stacks.yaml lists %q", dir, files.Paths(), listed)
	}
	exports := map[string]string{} // the stack of each
	var done []string
	for _, s := range index.Stacks {
		if slices.Contains(done, s.Name) || !stackName.MatchString(s.Name) || s.Region == "" {
			return problemf("stacks", "%s: bad stack %+v", dir, s)
		}
		for _, need := range s.Needs {
			if !slices.Contains(done, need) {
				return problemf("stacks", "%s: %q needs %q, which does not come before it", dir, s.Name, need)
			}
		}
		if tags, ok := get(spec, []string{"cluster", "tags"}); ok && len(tags.(map[string]any)) > 0 && !reflect.DeepEqual(normal(s.Tags), normal(tags)) {
			return problemf("faithful", "%s: %q has the tags %q, but the cluster %q", dir, s.Name, s.Tags, tags)
		}
		if problem := checkTemplate(path.Join(dir, s.Template), set[dir+s.Template], s, exports); problem != nil {
			return problem
		}
		done = append(done, s.Name)
	}
	return nil
}

// checkTemplate checks one template, and adds what it exports to exports.
func checkTemplate(file string, data []byte, s stack, exports map[string]string) *Problem {
	var t template
	var all any // in which a repeated key is an error
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return problemf("template", "%s: %v", file, err)
	}
	if err := errors.Join(root.Decode(&t), root.Decode(&all)); err != nil {
		return problemf("template", "%s: %v", file, err)
	}
	if len(data) > maxTemplate || len(t.Resources) == 0 || len(t.Resources) > maxResources || len(t.Outputs) > maxOutputs {
		return problemf("template", "%s: %d bytes, %d resources, %d outputs", file, len(data), len(t.Resources), len(t.Outputs))
	}
	for id, resource := range t.Resources {
		if !logicalID.MatchString(id) || !resourceType.MatchString(resource.Type) {
			return problemf("template", "%s: %q is no logical id, or %q no type", file, id, resource.Type)
		}
		for _, other := range texts(resource.DependsOn) {
			if _, ok := t.Resources[other]; !ok {
				return problemf("template", "%s: %s depends on %q, which is not there", file, id, other)
			}
		}
	}
	if message := t.unresolved(&root, s, exports); message != "" {
		return problemf("template", "%s: %s", file, message)
	}
	for id, output := range t.Outputs {
		name := output.Export.Name
		if name == "" {
			continue
		}
		if exports[name] != "" || !exportName.MatchString(name) || !logicalID.MatchString(id) {
			return problemf("template", "%s: output %q: bad or repeated export %q", file, id, name)
		}
		exports[name] = s.Name
	}
	return nil
}

func texts(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		var list []string
		for _, item := range v {
			list = append(list, fmt.Sprint(item))
		}
		return list
	}
	return []string{fmt.Sprint(value)}
}

// unresolved says which function below node refers to nothing, or "".
func (t template) unresolved(node *yaml.Node, s stack, exports map[string]string) string {
	switch node.Tag {
	case "!Ref":
		return t.missing(node.Value, nil)
	case "!GetAtt":
		name, _, _ := strings.Cut(node.Value, ".")
		return t.missing(name, nil)
	case "!ImportValue":
		from, ok := exports[node.Value]
		if !ok {
			return fmt.Sprintf("imports %q, which no earlier stack exports", node.Value)
		}
		if !slices.Contains(s.Needs, from) {
			return fmt.Sprintf("imports %q, but does not need %q", node.Value, from)
		}
	case "!Sub":
		if message := t.unresolvedSub(node); message != "" {
			return message
		}
	}
	for _, below := range node.Content {
		if message := t.unresolved(below, s, exports); message != "" {
			return message
		}
	}
	return ""
}

func (t template) unresolvedSub(node *yaml.Node) string {
	text, variables := node.Value, map[string]any{}
	if node.Kind == yaml.SequenceNode {
		text = node.Content[0].Value
		if err := node.Content[1].Decode(&variables); err != nil {
			return err.Error()
		}
	}
	for _, m := range reference.FindAllStringSubmatch(text, -1) {
		name, _, _ := strings.Cut(m[1], ".")
		if message := t.missing(name, variables); message != "" {
			return message
		}
	}
	return ""
}

// pseudo are the parameters that every template has.
var pseudo = []string{"AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"}

// missing says that nothing has the name, or "".
func (t template) missing(name string, variables map[string]any) string {
	_, isResource := t.Resources[name]
	_, isParameter := t.Parameters[name]
	_, isVariable := variables[name]
	if isResource || isParameter || isVariable || slices.Contains(pseudo, name) {
		return ""
	}
	return fmt.Sprintf("refers to %q, which is not there", name)
}
