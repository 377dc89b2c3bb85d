package lower

import (
	"cmp"

	"github.com/ekscc/ekscc/pkg/ir"
)

// controllerPolicies are what Karpenter's controller may do, by the name of the
// inline policy, as https://karpenter.sh/docs/reference/cloudformation/ has
// them: it starts and ends only what has the cluster's tag.
func (k karpenter) controllerPolicies() map[string][]statement {
	policies := map[string][]statement{
		"cluster":            {{sid: "DescribeCluster", actions: []string{"eks:DescribeCluster"}, resources: ir.List{k.clusterARN()}}},
		"node-lifecycle":     k.lifecycleStatements(),
		"instance-profiles":  k.profileStatements(),
		"resource-discovery": k.discoveryStatements(),
	}
	if k.InterruptionQueue {
		policies["interruption"] = []statement{{
			sid:       "ReceiveInterruptions",
			actions:   []string{"sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"},
			resources: ir.List{ir.GetAtt{ID: karpenterQueueID, Attribute: "Arn"}},
		}}
	}
	if zonal := k.ZonalShift; zonal != nil && *zonal {
		policies["zonal-shift"] = []statement{{
			sid:        "ReadZonalShift",
			actions:    []string{"arc-zonal-shift:GetManagedResource"},
			resources:  ir.List{"*"}, // the condition says which
			conditions: ir.Map{"StringEquals": ir.Map{"arc-zonal-shift:ResourceIdentifier": k.clusterARN()}},
		}}
	}
	return policies
}

// Keys of the tags by which the policies know what is Karpenter's.
const (
	nodePoolTag    = "karpenter.sh/nodepool"
	nodeClassTag   = "karpenter.k8s.aws/ec2nodeclass"
	clusterNameTag = "eks:eks-cluster-name"
	regionTag      = "topology.kubernetes.io/region"
)

func (k karpenter) ownedTag() string { return "kubernetes.io/cluster/" + k.Cluster.Name }

// hasTags are the conditions that what an action is about has tags.
func hasTags(equals ir.Map, present ...string) ir.Map {
	return tagged("aws:ResourceTag/", equals, present...)
}

// getsTags are the conditions that an action gives tags to what it makes.
func getsTags(equals ir.Map, present ...string) ir.Map {
	return tagged("aws:RequestTag/", equals, present...)
}

func tagged(prefix string, equals ir.Map, present ...string) ir.Map {
	is, any := ir.Map{}, ir.Map{}
	for key, value := range equals {
		is[prefix+key] = value
	}
	for _, key := range present {
		any[prefix+key] = "*"
	}
	return ir.Map{"StringEquals": is, "StringLike": any}
}

// also adds to the values of the operators of conditions.
func also(conditions, more ir.Map) ir.Map {
	for operator, keys := range more {
		into, ok := conditions[operator].(ir.Map)
		if !ok {
			into = ir.Map{}
			conditions[operator] = into
		}
		for key, value := range keys.(ir.Map) {
			into[key] = value
		}
	}
	return conditions
}

// ec2ARNs are the ARNs of all resources of EC2 of some kinds, in any account,
// because subnets and reservations may be shared.
func ec2ARNs(kinds ...string) ir.List {
	var arns ir.List
	for _, kind := range kinds {
		account := "*"
		if kind == "image" || kind == "snapshot" {
			account = "" // their ARNs have none
		}
		arns = append(arns, ir.Sub{Text: "arn:${AWS::Partition}:ec2:${AWS::Region}:" + account + ":" + kind + "/*"})
	}
	return arns
}

func (k karpenter) lifecycleStatements() []statement {
	owned := ir.Map{k.ownedTag(): "owned"}
	ours := ir.Map{k.ownedTag(): "owned", clusterNameTag: k.Cluster.Name}
	made := ec2ARNs("fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume")
	launch := []string{"ec2:CreateFleet", "ec2:RunInstances"}
	return []statement{
		{
			sid:     "LaunchFrom",
			actions: launch,
			resources: ec2ARNs("capacity-reservation", "image", "placement-group", "security-group", "snapshot",
				"subnet"),
		},
		{sid: "LaunchFromTemplates", actions: launch, resources: ec2ARNs("launch-template"), conditions: hasTags(owned, nodePoolTag)},
		{
			sid:        "Launch",
			actions:    append([]string{"ec2:CreateLaunchTemplate"}, launch...),
			resources:  made,
			conditions: getsTags(ours, nodePoolTag),
		},
		{
			sid:       "TagWhatIsLaunched",
			actions:   []string{"ec2:CreateTags"},
			resources: made,
			conditions: also(getsTags(ours, nodePoolTag), ir.Map{"StringEquals": ir.Map{
				"ec2:CreateAction": ir.List{"CreateFleet", "CreateLaunchTemplate", "RunInstances"},
			}}),
		},
		{
			sid:       "TagInstances",
			actions:   []string{"ec2:CreateTags"},
			resources: ec2ARNs("instance"),
			conditions: also(hasTags(owned, nodePoolTag), ir.Map{
				"ForAllValues:StringEquals": ir.Map{"aws:TagKeys": ir.List{"Name", clusterNameTag, "karpenter.sh/nodeclaim"}},
				"StringEqualsIfExists":      ir.Map{"aws:RequestTag/" + clusterNameTag: k.Cluster.Name},
			}),
		},
		{
			sid:        "Terminate",
			actions:    []string{"ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"},
			resources:  ec2ARNs("instance", "launch-template"),
			conditions: hasTags(owned, nodePoolTag),
		},
	}
}

// profileStatements let the controller give nodes their roles, and make the
// instance profiles for that unless node classes name one.
func (k karpenter) profileStatements() []statement {
	roles := ir.List{ir.GetAtt{ID: karpenterNodeRoleID, Attribute: "Arn"}}
	for _, role := range k.OtherRoles() {
		roles = append(roles, existingRole(role))
	}
	list := []statement{{
		sid:        "PassNodeRole",
		actions:    []string{"iam:PassRole"},
		resources:  roles,
		conditions: ir.Map{"StringEquals": ir.Map{"iam:PassedToService": cmp.Or(ec2Principals[k.partition], "ec2.amazonaws.com")}},
	}}
	profiles := ir.List{ir.Sub{Text: "arn:${AWS::Partition}:iam::${AWS::AccountId}:instance-profile/*"}}
	list = append(list,
		statement{sid: "GetProfiles", actions: []string{"iam:GetInstanceProfile"}, resources: profiles},
		statement{sid: "ListProfiles", actions: []string{"iam:ListInstanceProfiles"}, resources: ir.List{"*"}}, // IAM takes no narrower resource
	)
	if !k.makesProfiles() {
		return list
	}
	owned := ir.Map{k.ownedTag(): "owned", regionTag: ir.Ref("AWS::Region")}
	ours := ir.Map{k.ownedTag(): "owned", regionTag: ir.Ref("AWS::Region"), clusterNameTag: k.Cluster.Name}
	return append(list,
		statement{sid: "CreateProfiles", actions: []string{"iam:CreateInstanceProfile"}, resources: profiles, conditions: getsTags(ours, nodeClassTag)},
		statement{
			sid: "TagProfiles", actions: []string{"iam:TagInstanceProfile"}, resources: profiles,
			conditions: also(hasTags(owned, nodeClassTag), getsTags(ours, nodeClassTag)),
		},
		statement{
			sid:     "ChangeProfiles",
			actions: []string{"iam:AddRoleToInstanceProfile", "iam:DeleteInstanceProfile", "iam:RemoveRoleFromInstanceProfile"}, resources: profiles,
			conditions: hasTags(owned, nodeClassTag),
		},
	)
}

// makesProfiles reports whether a node class has a role in place of an instance
// profile, so that Karpenter makes one for it. Node classes may also come from
// elsewhere.
func (k karpenter) makesProfiles() bool {
	return !k.Karpenter.InstanceProfile || len(k.OtherRoles()) > 0
}

// discoveryStatements let the controller look around. EC2 and the price list
// take no narrower resource for what only describes.
func (k karpenter) discoveryStatements() []statement {
	return []statement{
		{
			sid: "DescribeRegion",
			actions: []string{
				"ec2:DescribeCapacityReservations", "ec2:DescribeImages", "ec2:DescribeInstanceStatus", "ec2:DescribeInstanceTypeOfferings",
				"ec2:DescribeInstanceTypes", "ec2:DescribeInstances", "ec2:DescribeLaunchTemplates", "ec2:DescribePlacementGroups",
				"ec2:DescribeSecurityGroups", "ec2:DescribeSpotPriceHistory", "ec2:DescribeSubnets",
			},
			resources:  ir.List{"*"},
			conditions: ir.Map{"StringEquals": ir.Map{"aws:RequestedRegion": ir.Ref("AWS::Region")}},
		},
		{
			sid: "FindImages", actions: []string{"ssm:GetParameter"},
			resources: ir.List{ir.Sub{Text: "arn:${AWS::Partition}:ssm:${AWS::Region}::parameter/aws/service/*"}},
		},
		{sid: "FindPrices", actions: []string{"pricing:GetProducts"}, resources: ir.List{"*"}},
	}
}
