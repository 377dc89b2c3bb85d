package lower

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/ir"
)

// What a deployment acknowledges when a template has IAM resources; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html.
const (
	capabilityIAM      = "CAPABILITY_IAM"
	capabilityNamedIAM = "CAPABILITY_NAMED_IAM"
)

// defaultSession is how long a session of a role may last, in seconds, unless
// the role says more; see
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html.
const defaultSession = 3600

// roleResource is an IAM role that ekscc creates. cluster.addRole adds it to a
// stack; no role is made in another way, so that the path and the permissions
// boundary of cluster.iam reach all of them.
type roleResource struct {
	// id is the logical id, and origin the path of the role's field in the spec.
	id, origin string
	// name is empty where CloudFormation names the role.
	name string
	// withoutPath says that the role has no path, where a service takes none.
	withoutPath bool
	// trust is the trust policy: mostly serviceTrust("eks.amazonaws.com"), or a
	// policy of statements that have a principal.
	trust ir.Value
	// managedPolicies are names of AWS managed policies, or ARNs.
	managedPolicies []string
	// policies are the inline policies by name.
	policies map[string][]statement
	// permissionsBoundary is the role's own; it wins over that of cluster.iam.
	permissionsBoundary string
	// sessionSeconds is how long a session may last; zero is IAM's own hour.
	sessionSeconds int
	tags           ir.List
}

// addRole adds a role to a stack, and what a deployment has to acknowledge.
func (c cluster) addRole(s *ir.Stack, r roleResource) {
	properties := ir.Map{"AssumeRolePolicyDocument": r.trust}
	if len(r.managedPolicies) > 0 {
		properties["ManagedPolicyArns"] = managedPolicyARNs(r.managedPolicies)
	}
	if len(r.policies) > 0 {
		properties["Policies"] = inlinePolicies(r.policies)
	}
	if boundary := cmp.Or(r.permissionsBoundary, c.IAM.PermissionsBoundary); boundary != "" {
		properties["PermissionsBoundary"] = boundary
	}
	if r.sessionSeconds > defaultSession {
		properties["MaxSessionDuration"] = r.sessionSeconds
	}
	if !r.withoutPath {
		c.setPath(properties)
	}
	setTags(properties, r.tags)
	capability := capabilityIAM
	if r.name != "" {
		properties["RoleName"] = r.name
		capability = capabilityNamedIAM
	}
	acknowledge(s, capability)
	add(s, r.origin, ir.Resource{ID: r.id, Type: "AWS::IAM::Role", Properties: properties})
}

// addInstanceProfile adds the profile by which EC2 instances get a role of that
// name.
func (c cluster) addInstanceProfile(s *ir.Stack, id, origin string, role ir.Value) {
	properties := ir.Map{"Roles": ir.List{role}}
	c.setPath(properties)
	acknowledge(s, capabilityIAM)
	add(s, origin, ir.Resource{ID: id, Type: "AWS::IAM::InstanceProfile", Properties: properties})
}

// roleName is the name in the ARN of a role, which does not hold its path.
func roleName(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }

// setPath puts an IAM resource onto the path of cluster.iam.
func (c cluster) setPath(properties ir.Map) {
	if c.IAM.Path != "" {
		properties["Path"] = c.IAM.Path
	}
}

// acknowledge adds a capability to a stack. That for named IAM resources
// includes that for others.
func acknowledge(s *ir.Stack, capability string) {
	if !slices.Contains(s.Capabilities, capabilityNamedIAM) {
		s.Capabilities = []string{capability}
	}
}

// managedPolicyARNs are the ARNs of managed policies, sorted by what the spec
// calls them; those of AWS are in the stack's own partition.
func managedPolicyARNs(policies []string) ir.List {
	var arns ir.List
	for _, policy := range slices.Compact(slices.Sorted(slices.Values(policies))) {
		if strings.HasPrefix(policy, "arn:") {
			arns = append(arns, policy)
			continue
		}
		path, _ := catalog.ManagedPolicy(policy)
		arns = append(arns, ir.Sub{Text: "arn:${AWS::Partition}:iam::aws:policy/" + path})
	}
	return arns
}

func inlinePolicies(policies map[string][]statement) ir.List {
	var list ir.List
	for _, name := range slices.Sorted(maps.Keys(policies)) {
		list = append(list, ir.Map{"PolicyDocument": policy(policies[name]...), "PolicyName": name})
	}
	return list
}
