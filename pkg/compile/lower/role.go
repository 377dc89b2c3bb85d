package lower

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/ir"
)

// roleResource is an IAM role that an AWS service assumes.
type roleResource struct {
	id, origin string
	// name is empty where CloudFormation names the role.
	name string
	// service is the service principal, such as "eks.amazonaws.com".
	service string
	// managedPolicies are names of AWS managed policies, or ARNs.
	managedPolicies     []string
	permissionsBoundary string
	tags                ir.List
}

func (r roleResource) addTo(s *ir.Stack) {
	properties := ir.Map{
		"AssumeRolePolicyDocument": ir.Map{
			"Version": "2012-10-17",
			"Statement": ir.List{ir.Map{
				"Effect":    "Allow",
				"Principal": ir.Map{"Service": r.service},
				"Action":    "sts:AssumeRole",
			}},
		},
		"ManagedPolicyArns": managedPolicyARNs(r.managedPolicies),
	}
	setTags(properties, r.tags)
	if r.permissionsBoundary != "" {
		properties["PermissionsBoundary"] = r.permissionsBoundary
	}
	s.Capabilities = []string{"CAPABILITY_IAM"}
	if r.name != "" {
		properties["RoleName"] = r.name
		s.Capabilities = []string{"CAPABILITY_NAMED_IAM"}
	}
	add(s, r.origin, ir.Resource{ID: r.id, Type: "AWS::IAM::Role", Properties: properties})
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
