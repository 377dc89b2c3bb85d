package lower

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/references"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// cluster is a cluster's spec with what all of its stacks need to know.
type cluster struct {
	*spec.Cluster
	partition string
	// rules are the rules of all security groups.
	rules []spec.RuleSet
	// named are the security groups that rules name as their other side, and
	// shared those that another stack than their own refers to.
	named, shared map[spec.GroupRef]bool
}

func newCluster(c *spec.Cluster) cluster {
	region, _ := catalog.LookupRegion(c.Region)
	rules := c.RuleSets()
	return cluster{c, region.Partition, rules, spec.NamedGroups(rules), sharedGroups(rules)}
}

// knowsARNs reports whether the spec has what the ARNs of roles are made of. The
// base may leave it to the environments.
func (c cluster) knowsARNs() bool { return c.Name != "" && c.Region != "" && c.Account != "" }

// stack begins a stack whose template is file.
func (c cluster) stack(file, description string) ir.Stack {
	return ir.Stack{
		Name:        naming.Stack(c.Name, file),
		File:        file,
		Description: description,
		Region:      c.Region,
		Tags:        c.Tags,
	}
}

// add appends a resource that comes from the spec field at origin.
func add(s *ir.Stack, origin string, r ir.Resource) {
	r.Origin = origin
	s.Resources = append(s.Resources, r)
}

// export adds an output that other stacks import as naming.Export(stack, id).
func export(s *ir.Stack, id, description string, value ir.Value) {
	s.Outputs = append(s.Outputs, ir.Output{
		ID:          id,
		Description: description,
		Value:       value,
		Export:      naming.Export(s.Name, id),
	})
}

// imported is an output that the stack with the template file exports.
func (c cluster) imported(file, output string) ir.Value {
	return ir.ImportValue(naming.Export(naming.Stack(c.Name, file), output))
}

// tags are a resource's tags: the cluster's, and more that win over them. A
// name is shown by the AWS console for the resources of EC2; others have none.
func (c cluster) tags(name string, more map[string]string) ir.List {
	var list ir.List
	for _, tag := range sorted(c.tagValues(name, more)) {
		list = append(list, ir.Map{"Key": tag.name, "Value": tag.value})
	}
	return list
}

func (c cluster) tagValues(name string, more map[string]string) map[string]string {
	if name == "" {
		return merged(c.Tags, more)
	}
	return merged(map[string]string{"Name": name}, c.Tags, more)
}

// setTags adds tags to a resource's properties, if there are any.
func setTags(properties ir.Map, tags ir.List) {
	if len(tags) > 0 {
		properties["Tags"] = tags
	}
}

// merged unites maps; a later one wins over an earlier one.
func merged(all ...map[string]string) map[string]string {
	union := map[string]string{}
	for _, m := range all {
		for key, value := range m {
			union[key] = value
		}
	}
	return union
}

// strs turns strings into a list of values.
func strs(list []string) ir.List {
	values := make(ir.List, len(list))
	for i, s := range list {
		values[i] = s
	}
	return values
}

// needs are the stacks among earlier ones that s imports from; for the add-ons
// that run on nodes, the stacks of node groups and Fargate profiles too; and for
// a Fargate profile the one before it, because EKS makes one at a time.
func needs(s ir.Stack, earlier []ir.Stack) []string {
	imports := references.Imports(s)
	var names []string
	for i, e := range earlier {
		prefix := naming.Export(e.Name, "")
		used := slices.ContainsFunc(e.Outputs, func(o ir.Output) bool { return imports[o.Export] && strings.HasPrefix(o.Export, prefix) })
		runsOn := s.File == addonsFile && (isNodeGroup(e.File) || isFargate(e.File))
		follows := isFargate(s.File) && isFargate(e.File) && i == len(earlier)-1
		if used || runsOn || follows {
			names = append(names, e.Name)
		}
	}
	return names
}

func isNodeGroup(file string) bool { return strings.HasPrefix(file, naming.NodeGroupFile("")) }
func isFargate(file string) bool   { return strings.HasPrefix(file, naming.FargateFile("")) }
