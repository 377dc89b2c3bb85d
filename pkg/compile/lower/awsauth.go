package lower

import (
	"cmp"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Names that Kubernetes gives to nodes and administrators; see
// https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html.
const (
	nodeUsername    = "system:node:{{EC2PrivateDNSName}}"
	fargateUsername = "system:node:{{SessionName}}"
	adminGroup      = "system:masters"
)

var (
	nodeGroups    = []string{"system:bootstrappers", "system:nodes"}
	fargateGroups = []string{"system:bootstrappers", "system:node-proxier", "system:nodes"}
	windowsGroups = append([]string{"eks:kube-proxy-windows"}, nodeGroups...)
)

// awsAuth is the aws-auth ConfigMap. It is owned whole: applying it replaces
// what EKS wrote into it, so it lists the roles of managed node groups and of
// Fargate profiles too.
func (c cluster) awsAuth() []ir.Object {
	if !c.AuthenticationMode.UsesConfigMap() {
		return nil
	}
	configMap := corev1.ConfigMap{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: metav1.ObjectMeta{Name: "aws-auth", Namespace: "kube-system"},
	}
	if c.knowsARNs() {
		configMap.Data = c.awsAuthData()
	}
	object := object(configMap)
	object.File = "configmap"
	return []ir.Object{object}
}

func (c cluster) awsAuthData() map[string]string {
	roles := []mapping{}
	for _, role := range c.nodeRoles() {
		roles = append(roles, mapping{"rolearn", role.arn, nodeUsername, role.groups})
	}
	for _, arn := range c.fargateRoleARNs() {
		roles = append(roles, mapping{"rolearn", arn, fargateUsername, fargateGroups})
	}
	if k := c.Cluster.Karpenter; k != nil {
		roles = append(roles, karpenter{c, *k}.nodeMappings()...)
	}
	if b := c.Bastion; b != nil {
		if groups := configMapGroups(b.Access()); len(groups) > 0 {
			roles = append(roles, mapping{"rolearn", c.iamARN("role/" + b.Role.Name), bastionUsername, groups})
		}
	}
	var users []mapping
	for _, access := range sorted(c.Access) {
		if access.value.Type != "" {
			roles = append(roles, c.nodeMapping(access.value)...)
			continue
		}
		groups := configMapGroups(access.value)
		if len(groups) == 0 && access.value.Username == "" {
			continue
		}
		arn := c.principalARN(access.value)
		if _, resource, _ := strings.Cut(arn, "/"); strings.Contains(arn, ":user/") {
			users = append(users, mapping{"userarn", arn, orDefault(access.value.Username, resource), groups})
		} else {
			roles = append(roles, mapping{"rolearn", withoutPath(arn), orDefault(access.value.Username, access.name+":{{SessionName}}"), groups})
		}
	}
	data := map[string]string{"mapRoles": mappings(roles)}
	if len(users) > 0 {
		data["mapUsers"] = mappings(users)
	}
	return data
}

// nodeMapping is the entry of a role of nodes that something else creates, where
// there is no access entry that lets them in; see
// https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html.
func (c cluster) nodeMapping(access spec.Access) []mapping {
	if c.AuthenticationMode.UsesAccessEntries() {
		return nil
	}
	username, groups := nodeUsername, nodeGroups
	switch access.Type {
	case "EC2_WINDOWS":
		groups = windowsGroups
	case "FARGATE_LINUX":
		username, groups = fargateUsername, fargateGroups
	}
	return []mapping{{"rolearn", withoutPath(c.principalARN(access)), username, groups}}
}

// nodeRole is the role of a node group, and the groups that its nodes are in.
type nodeRole struct {
	arn    string
	groups []string
}

// nodeRoles are the roles of all node groups, each once, in the order of the
// groups' names.
func (c cluster) nodeRoles() []nodeRole {
	groups := map[string]spec.NodeGroupBase{}
	for name, group := range c.NodeGroups {
		groups[name] = group.NodeGroupBase
	}
	for name, group := range c.SelfManagedNodeGroups {
		groups[name] = group.NodeGroupBase
	}
	var roles []nodeRole
	for _, group := range sorted(groups) {
		role := nodeRole{cmp.Or(withoutPath(group.value.Role.ARN), c.iamARN("role/"+group.value.Role.Name)), nodeGroups}
		if group.value.Image.Family.IsWindows() {
			role.groups = windowsGroups
		}
		if !slices.ContainsFunc(roles, func(r nodeRole) bool { return r.arn == role.arn }) {
			roles = append(roles, role)
		}
	}
	return roles
}

// configMapGroups are the groups that express an access in aws-auth: its own,
// and system:masters for an administrator of the whole cluster. The other
// access policies have no counterpart there.
func configMapGroups(access spec.Access) []string {
	groups := slices.Clone(access.Groups)
	if access.IsClusterAdmin() {
		groups = append(groups, adminGroup)
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

// withoutPath drops the path of a role's ARN, which EKS does not understand in
// aws-auth.
func withoutPath(arn string) string {
	prefix, resource, ok := strings.Cut(arn, ":role/")
	if !ok {
		return arn
	}
	return prefix + ":role/" + resource[strings.LastIndex(resource, "/")+1:]
}

func orDefault(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// mapping is one entry of mapRoles or mapUsers.
type mapping struct {
	key, arn, username string
	groups             []string
}

// mappings writes entries as the YAML text that the ConfigMap holds.
func mappings(entries []mapping) string {
	list := make([]any, len(entries))
	for i, entry := range entries {
		groups := make([]any, len(entry.groups))
		for j, group := range entry.groups {
			groups[j] = group
		}
		list[i] = canon.Map{{Key: entry.key, Value: entry.arn}, {Key: "username", Value: entry.username}, {Key: "groups", Value: groups}}
	}
	data, err := canon.Encode(list)
	if err != nil {
		panic(err) // strings and lists of strings always encode
	}
	return strings.TrimPrefix(string(data), canon.Header)
}
