package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// fargateProfile is a Fargate profile with its name in the spec.
type fargateProfile struct {
	cluster
	spec.FargateProfile
	name string
}

// fargateStacks are the stacks of all Fargate profiles by name.
func (c cluster) fargateStacks() []ir.Stack {
	var all []ir.Stack
	for _, profile := range sorted(c.FargateProfiles) {
		all = append(all, fargateProfile{c, profile.value, profile.name}.stack())
	}
	return all
}

func (p fargateProfile) origin() string { return "cluster.fargateProfiles." + p.name }

// stack is the profile with its role. The profile has no name: every change
// replaces it, and CloudFormation cannot do that to a named one. There is no
// access entry either, because EKS makes it with the profile; see
// https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html.
func (p fargateProfile) stack() ir.Stack {
	s := p.cluster.stack(naming.FargateFile(p.name), "Fargate profile "+p.name+" of the EKS cluster "+p.Name)
	p.addFargateRole(&s)
	properties := ir.Map{
		"ClusterName":         p.clusterName(),
		"PodExecutionRoleArn": cmp.Or[ir.Value](nonEmpty(p.FargateProfile.Role.ARN), ir.GetAtt{ID: fargateRoleID, Attribute: "Arn"}),
		"Selectors":           p.selectors(),
		"Subnets":             p.subnetIDs(p.Subnets),
	}
	setTags(properties, p.tags("", p.FargateProfile.Tags))
	add(&s, p.origin(), ir.Resource{ID: "FargateProfile", Type: "AWS::EKS::FargateProfile", Properties: properties})
	return s
}

func (p fargateProfile) selectors() ir.List {
	var list ir.List
	for _, selector := range p.Selectors {
		properties := ir.Map{"Namespace": selector.Namespace}
		var labels ir.List
		for _, label := range sorted(selector.Labels) {
			labels = append(labels, ir.Map{"Key": label.name, "Value": label.value})
		}
		if labels != nil {
			properties["Labels"] = labels
		}
		list = append(list, properties)
	}
	return list
}

// fargateRoleARNs are the ARNs of all pod execution roles, as aws-auth takes
// them, in the order of their profiles. Profiles may share an existing role.
func (c cluster) fargateRoleARNs() []string {
	var arns []string
	for _, profile := range sorted(c.FargateProfiles) {
		role := profile.value.Role
		if arn := cmp.Or(withoutPath(role.ARN), c.iamARN("role/"+role.Name)); !slices.Contains(arns, arn) {
			arns = append(arns, arn)
		}
	}
	return arns
}

const fargateRoleID = "FargateRole"

// addFargateRole adds the role of
// https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html,
// unless it exists. EKS takes no role that has a path; see
// https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html.
func (p fargateProfile) addFargateRole(s *ir.Stack) {
	role := p.FargateProfile.Role
	if role.ARN != "" {
		return
	}
	p.addRole(s, roleResource{
		id:                  fargateRoleID,
		origin:              p.origin() + ".role",
		name:                role.Name,
		withoutPath:         true,
		trust:               p.fargateTrust(),
		managedPolicies:     append([]string{"AmazonEKSFargatePodExecutionRolePolicy"}, role.ManagedPolicies...),
		policies:            p.fargateLogPolicies(),
		permissionsBoundary: role.PermissionsBoundary,
		tags:                p.tags("", p.FargateProfile.Tags),
	})
}

// fargateTrust lets the Fargate profiles of this cluster have a role. Their
// names are not known, so that the profile's own ARN is not either.
func (c cluster) fargateTrust() ir.Map {
	return policy(statement{
		principal: servicePrincipal("eks-fargate-pods.amazonaws.com"),
		actions:   []string{"sts:AssumeRole"},
		conditions: ir.Map{"ArnLike": ir.Map{
			"aws:SourceArn": ir.Sub{Text: "arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:fargateprofile/" + c.Name + "/*"},
		}},
	})
}
