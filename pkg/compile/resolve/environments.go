package resolve

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Environments checks rules between the environments of one spec, each of
// which Resolve has completed. What two of them would both create is reported
// once, with the names of the environments. Environments may share a cluster
// and differ in what runs on it.
func Environments(all []*spec.Spec) diag.List {
	all = slices.SortedFunc(slices.Values(all), func(a, b *spec.Spec) int { return strings.Compare(a.Environment, b.Environment) })
	clusters, names := collisions{}, collisions{}
	first := map[string]spec.Cluster{}
	for _, s := range all {
		c := s.Cluster
		if c.Name == "" || c.Account == "" || c.Region == "" {
			continue // reported already
		}
		// Two names of clusters may make the same names of stacks.
		key := strings.Join([]string{c.Account, c.Region, naming.Stack(c.Name, "cluster")}, "/")
		other, shared := first[key]
		if !shared {
			first[key] = c
			addNamed(names, s)
		}
		if !shared || !reflect.DeepEqual(c, other) {
			clusters.add(s, key, clusterPath.at("name"), fmt.Sprintf("the cluster %q in account %s and region %s", c.Name, c.Account, c.Region))
		}
	}
	return slices.Concat(clusters.list(diag.SharedCluster, "make, in different ways,", "give each a cluster.name, cluster.account or cluster.region of its own"),
		names.list(diag.SharedName, "create", "leave the name out, or let it differ, as in name: \"nodes-\\(cluster.name)\""),
		sharedSubnets(all))
}

// addNamed adds what an environment creates under a name that has to be unique
// beyond the cluster.
func addNamed(in collisions, s *spec.Spec) {
	c := s.Cluster
	addRole := func(at path, name string) {
		in.add(s, "role/"+c.Account+"/"+strings.ToLower(name), at, fmt.Sprintf("the role %q in account %s", name, c.Account))
	}
	eachNamedRole(&c, func(role path, name string) { addRole(role.at("name"), name) })
	r := &resolver{spec: s, cluster: &s.Cluster}
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		if g.Role.ARN == "" {
			addRole(at.at("role", "name"), g.Role.Name)
		}
	})
	addAlias := func(at path, key *spec.Key) {
		if key != nil {
			in.add(s, "alias/"+c.Account+"/"+c.Region+"/"+key.Alias, at.at("key", "alias"), fmt.Sprintf("the alias %q in account %s and region %s", key.Alias, c.Account, c.Region))
		}
	}
	addAlias(clusterPath.at("logging"), cmp.Or(c.Logging, &spec.Logging{}).Key)
	addAlias(clusterPath.at("secretsEncryption"), cmp.Or(c.SecretsEncryption, &spec.SecretsEncryption{}).Key)
	for _, key := range sortedKeys(c.ServiceAccounts) {
		if name := c.ServiceAccounts[key].Role.Name; name != "" {
			addRole(serviceAccountsPath.at(key, "role", "name"), name)
		}
	}
	addGroup := func(at path, name string) {
		if name != "" && c.Network.Exists() {
			in.add(s, "group/"+c.Network.VPC.ID+"/"+name, at.at("name"), fmt.Sprintf("the security group %q in %s", name, c.Network.VPC.ID))
		}
	}
	addGroup(clusterPath.at("securityGroup"), cmp.Or(c.SecurityGroup, &spec.SecurityGroup{}).Name)
	addGroup(clusterPath.at("nodeSecurityGroup"), cmp.Or(c.NodeSecurityGroup, &spec.NodeSecurityGroup{}).Name)
	addExports(in, s)
}

// addExports adds the exports that a spec names itself.
func addExports(in collisions, s *spec.Spec) {
	c := s.Cluster
	for _, file := range sortedKeys(c.Stacks) {
		for _, id := range sortedKeys(c.Stacks[file].Outputs) {
			if name := c.Stacks[file].Outputs[id].Export; name != "" {
				in.add(s, "export/"+c.Account+"/"+c.Region+"/"+name, stacksPath.at(file, "outputs", id, "export"), fmt.Sprintf("the export %q in account %s and region %s", name, c.Account, c.Region))
			}
		}
	}
}

// collisions are the things that environments create, by what makes them one.
type collisions map[string]collision

type collision struct {
	path         path
	what         string
	environments []string
}

func (m collisions) add(s *spec.Spec, key string, at path, what string) {
	c, ok := m[key]
	if !ok {
		c = collision{path: at, what: what}
	}
	if !slices.Contains(c.environments, s.Environment) {
		c.environments = append(c.environments, s.Environment)
	}
	m[key] = c
}

// list reports what more than one environment creates.
func (m collisions) list(code diag.Code, verb, hint string) diag.List {
	var found diag.List
	for _, key := range sortedKeys(m) {
		c := m[key]
		if len(c.environments) < 2 {
			continue
		}
		found = append(found, diag.Diagnostic{
			Path: c.path, Environments: c.environments, Code: code,
			Message: fmt.Sprintf("%d environments %s %s", len(c.environments), verb, c.what), Hint: hint,
		})
	}
	return found
}
