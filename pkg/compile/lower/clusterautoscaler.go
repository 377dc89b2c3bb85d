package lower

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const (
	clusterAutoscalerFile   = "cluster-autoscaler"
	clusterAutoscalerOrigin = "cluster.clusterAutoscaler"
	clusterAutoscalerRoleID = "ClusterAutoscalerRole"
)

// autoscalerStack is the role of the Cluster Autoscaler, and what gives it to
// its pods.
func (c cluster) autoscalerStack() ir.Stack {
	s := c.stack(clusterAutoscalerFile, "Cluster Autoscaler of the EKS cluster "+c.Name)
	a := c.ClusterAutoscaler
	if a == nil {
		return s
	}
	if a.Role.ARN == "" {
		c.addRole(&s, roleResource{
			id:                  clusterAutoscalerRoleID,
			origin:              clusterAutoscalerOrigin + ".role",
			name:                a.Role.Name,
			trust:               c.autoscalerTrust(*a),
			policies:            map[string][]statement{"cluster-autoscaler": c.autoscalerStatements()},
			permissionsBoundary: a.Role.PermissionsBoundary,
			tags:                c.tags("", nil),
		})
	}
	if a.Method == spec.PodIdentity {
		properties := ir.Map{
			"ClusterName":    c.clusterName(),
			"Namespace":      a.Namespace,
			"RoleArn":        cmp.Or[ir.Value](nonEmpty(a.Role.ARN), ir.GetAtt{ID: clusterAutoscalerRoleID, Attribute: "Arn"}),
			"ServiceAccount": a.ServiceAccount,
		}
		setTags(properties, c.tags("", nil))
		add(&s, clusterAutoscalerOrigin, ir.Resource{ID: "ClusterAutoscalerPodIdentity", Type: "AWS::EKS::PodIdentityAssociation", Properties: properties})
	}
	return s
}

func (c cluster) autoscalerTrust(a spec.ClusterAutoscaler) ir.Value {
	if a.Method == spec.IRSA {
		return irsaTrust(c.importedOIDCProvider(), a.Namespace, a.ServiceAccount)
	}
	return c.podIdentityTrust(a.Namespace, a.ServiceAccount, true)
}

// autoscalerStatements are what the Cluster Autoscaler may do. It changes the
// groups of its own cluster alone; what only describes takes no narrower
// resource, but for node groups.
func (c cluster) autoscalerStatements() []statement {
	return []statement{
		{
			sid: "Describe",
			actions: []string{
				"autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingInstances", "autoscaling:DescribeLaunchConfigurations",
				"autoscaling:DescribeScalingActivities", "autoscaling:DescribeTags",
				"ec2:DescribeImages", "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplateVersions", "ec2:GetInstanceTypesFromInstanceRequirements",
			},
			resources: ir.List{"*"},
		},
		{
			sid:       "DescribeNodeGroups",
			actions:   []string{"eks:DescribeNodegroup"},
			resources: ir.List{ir.Sub{Text: "arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:nodegroup/" + c.Name + "/*/*"}},
		},
		{
			sid:        "Scale",
			actions:    []string{"autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"},
			resources:  ir.List{ir.Sub{Text: "arn:${AWS::Partition}:autoscaling:${AWS::Region}:${AWS::AccountId}:autoScalingGroup:*:autoScalingGroupName/*"}},
			conditions: ir.Map{"StringEquals": ir.Map{"aws:ResourceTag/" + spec.AutoscalerClusterTag + c.Name: "owned"}},
		},
	}
}

// autoscalerFlags are the flags of the command, sorted. The base may not know
// the cluster's name; it has none then, and each overlay has all.
func (c cluster) autoscalerFlags(a spec.ClusterAutoscaler) []string {
	if c.Name == "" {
		return nil
	}
	values := map[string]string{
		"cloud-provider":            "aws",
		"node-group-auto-discovery": "asg:tag=" + spec.AutoscalerEnabledTag + "," + spec.AutoscalerClusterTag + c.Name,
	}
	for _, flag := range a.FieldFlags() {
		if flag.Value != "" {
			values[flag.Name] = flag.Value
		}
	}
	maps.Copy(values, a.Flags)
	var flags []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		flags = append(flags, "--"+name+"="+values[name])
	}
	return flags
}

// priorities are the preferences of the expander "priority", the highest first,
// in the form that it reads; see
// https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/expander/priority/readme.md.
func priorities(declared map[string][]string) []entry[[]string] {
	list := sorted(declared)
	slices.SortFunc(list, func(a, b entry[[]string]) int { return cmp.Compare(priority(b.name), priority(a.name)) })
	return list
}

func priority(text string) int {
	n, _ := strconv.Atoi(text) // checked by resolve
	return n
}
