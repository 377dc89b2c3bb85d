package lower

import (
	"cmp"

	"github.com/ekscc/ekscc/pkg/ir"
)

const (
	hybridNodesFile  = "hybrid-nodes"
	hybridOrigin     = "cluster.hybridNodes"
	hybridRoleID     = "HybridNodesRole"
	hybridAnchorID   = "HybridNodesTrustAnchor"
	hybridProfileID  = "HybridNodesProfile"
	rolesAnywhereAPI = "rolesanywhere.amazonaws.com"
)

// hybridNodesStack is the role of hybrid nodes, its way into the cluster, and
// what IAM Roles Anywhere has to know. Its outputs are what nodeadm asks for on
// the machines; see
// https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-nodeadm.html.
func (c cluster) hybridNodesStack() ir.Stack {
	s := c.stack(hybridNodesFile, "Credentials of hybrid nodes of the EKS cluster "+c.Name)
	if c.HybridNodes == nil {
		return s
	}
	if c.HybridNodes.RolesAnywhere != nil {
		c.addTrustAnchor(&s)
	}
	c.addHybridRole(&s)
	if c.HybridNodes.RolesAnywhere != nil {
		c.addRolesAnywhereProfile(&s)
	}
	properties := ir.Map{
		"ClusterName":  c.clusterName(),
		"PrincipalArn": ir.GetAtt{ID: hybridRoleID, Attribute: "Arn"},
		"Type":         "HYBRID_LINUX",
	}
	setTags(properties, c.tags("", c.HybridNodes.Tags))
	add(&s, hybridOrigin+".role", ir.Resource{ID: "HybridNodesAccessEntry", Type: "AWS::EKS::AccessEntry", Properties: properties})
	export(&s, "HybridNodesRoleName", "Name of the role of hybrid nodes, which an activation of Systems Manager asks for", ir.Ref(hybridRoleID))
	export(&s, "HybridNodesRoleArn", "ARN of the role of hybrid nodes", ir.GetAtt{ID: hybridRoleID, Attribute: "Arn"})
	return s
}

func (c cluster) addHybridRole(s *ir.Stack) {
	h := c.HybridNodes
	managed := []string{"AmazonEC2ContainerRegistryPullOnly"}
	trust, session := c.activationTrust(), 0
	if h.SSM != nil {
		managed = append(managed, "AmazonSSMManagedInstanceCore")
	} else {
		trust, session = rolesAnywhereTrust(h.RolesAnywhere.NodeNameField), h.RolesAnywhere.DurationSeconds
	}
	c.addRole(s, roleResource{
		id:                  hybridRoleID,
		origin:              hybridOrigin + ".role",
		name:                h.Role.Name,
		trust:               trust,
		managedPolicies:     append(managed, h.Role.ManagedPolicies...),
		policies:            c.hybridPolicies(),
		permissionsBoundary: h.Role.PermissionsBoundary,
		sessionSeconds:      session,
		tags:                c.tags("", h.Tags),
	})
}

// hybridPolicies are what nodeadm does on a machine, and the Pod Identity agent,
// if there is one; see
// https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html.
func (c cluster) hybridPolicies() map[string][]statement {
	cluster := ir.List{c.clusterARN()}
	policies := map[string][]statement{"DescribeCluster": {{actions: []string{"eks:DescribeCluster"}, resources: cluster}}}
	if _, ok := c.Addons[podIdentityAgent]; ok {
		policies["PodIdentity"] = []statement{{actions: []string{"eks-auth:AssumeRoleForPodIdentity"}, resources: cluster}}
	}
	if ssm := c.HybridNodes.SSM; ssm != nil {
		policies["Deregister"] = []statement{
			{
				actions:   []string{"ssm:DescribeInstanceInformation"},
				resources: ir.List{"*"}, // Systems Manager takes no narrower resource
			},
			{
				actions:   []string{"ssm:DeregisterManagedInstance"},
				resources: ir.List{ir.Sub{Text: "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:managed-instance/*"}},
				conditions: ir.Map{"StringEquals": ir.Map{
					"ssm:resourceTag/" + ssm.TagKey: cmp.Or[ir.Value](nonEmpty(ssm.TagValue), c.clusterARN()),
				}},
			},
		}
	}
	return policies
}

// activationTrust lets machines have a role that Systems Manager of this account
// and region has activated.
func (c cluster) activationTrust() ir.Map {
	return policy(statement{
		principal: servicePrincipal("ssm.amazonaws.com"),
		actions:   []string{"sts:AssumeRole"},
		conditions: ir.Map{
			"ArnLike":      ir.Map{"aws:SourceArn": ir.Sub{Text: "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:*"}},
			"StringEquals": ir.Map{"aws:SourceAccount": ir.Ref("AWS::AccountId")},
		},
	})
}

// rolesAnywhereTrust lets machines have a role that the trust anchor knows, each
// under the name that its certificate says.
func rolesAnywhereTrust(nodeNameField string) ir.Map {
	anchor := ir.Map{"aws:SourceArn": ir.GetAtt{ID: hybridAnchorID, Attribute: "TrustAnchorArn"}}
	return policy(
		statement{
			principal:  servicePrincipal(rolesAnywhereAPI),
			actions:    []string{"sts:SetSourceIdentity", "sts:TagSession"},
			conditions: ir.Map{"ArnEquals": anchor},
		},
		statement{
			principal: servicePrincipal(rolesAnywhereAPI),
			actions:   []string{"sts:AssumeRole"},
			conditions: ir.Map{
				"ArnEquals":    anchor,
				"StringEquals": ir.Map{"sts:RoleSessionName": "${aws:PrincipalTag/" + nodeNameField + "}"},
			},
		},
	)
}

func (c cluster) addTrustAnchor(s *ir.Stack) {
	source := ir.Map{
		"SourceData": ir.Map{"X509CertificateData": c.HybridNodes.RolesAnywhere.CABundle},
		"SourceType": "CERTIFICATE_BUNDLE",
	}
	if arn := c.HybridNodes.RolesAnywhere.PrivateCAARN; arn != "" {
		source = ir.Map{"SourceData": ir.Map{"AcmPcaArn": arn}, "SourceType": "AWS_ACM_PCA"}
	}
	properties := ir.Map{"Enabled": true, "Name": c.Name + "-hybrid-nodes", "Source": source}
	setTags(properties, c.tags("", c.HybridNodes.Tags))
	add(s, hybridOrigin+".rolesAnywhere", ir.Resource{ID: hybridAnchorID, Type: "AWS::RolesAnywhere::TrustAnchor", Properties: properties})
	export(s, hybridAnchorID+"Arn", "ARN of the trust anchor of hybrid nodes", ir.GetAtt{ID: hybridAnchorID, Attribute: "TrustAnchorArn"})
}

// addRolesAnywhereProfile adds the profile of the role. nodeadm names the session
// after the node, which the profile has to accept.
func (c cluster) addRolesAnywhereProfile(s *ir.Stack) {
	properties := ir.Map{
		"AcceptRoleSessionName": true,
		"DurationSeconds":       c.HybridNodes.RolesAnywhere.DurationSeconds,
		"Enabled":               true,
		"Name":                  c.Name + "-hybrid-nodes",
		"RoleArns":              ir.List{ir.GetAtt{ID: hybridRoleID, Attribute: "Arn"}},
	}
	setTags(properties, c.tags("", c.HybridNodes.Tags))
	add(s, hybridOrigin+".rolesAnywhere", ir.Resource{ID: hybridProfileID, Type: "AWS::RolesAnywhere::Profile", Properties: properties})
	export(s, hybridProfileID+"Arn", "ARN of the profile of hybrid nodes", ir.GetAtt{ID: hybridProfileID, Attribute: "ProfileArn"})
}
