package lower

import (
	"cmp"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const (
	karpenterFile           = "karpenter"
	karpenterControllerID   = "KarpenterControllerRole"
	karpenterNodeRoleID     = "KarpenterNodeRole"
	karpenterQueueID        = "KarpenterInterruptionQueue"
	karpenterNodeRoleOrigin = "cluster.karpenter.nodeRole"
)

// karpenter is Karpenter with the cluster that it serves.
type karpenter struct {
	cluster
	spec.Karpenter
}

// karpenterStack is what Karpenter needs of AWS; see
// https://karpenter.sh/docs/reference/cloudformation/.
func (c cluster) karpenterStack() ir.Stack {
	s := c.stack(karpenterFile, "Roles and interruption queue of Karpenter for the EKS cluster "+c.Name)
	if c.Cluster.Karpenter == nil {
		return s
	}
	k := karpenter{c, *c.Cluster.Karpenter}
	k.addNodes(&s)
	k.addController(&s)
	if k.InterruptionQueue {
		k.addInterruptionQueue(&s)
	}
	s.Outputs = append(s.Outputs, ir.Output{
		ID: "InstallCommand", Description: "The command that installs Karpenter's Helm chart", Value: k.installCommand(),
	})
	return s
}

// addNodes adds the role of the nodes, and what lets nodes with it and with
// other roles into the cluster.
func (k karpenter) addNodes(s *ir.Stack) {
	managed, inline := k.nodePolicies()
	k.addRole(s, roleResource{
		id:                  karpenterNodeRoleID,
		origin:              karpenterNodeRoleOrigin,
		name:                k.NodeRole.Name,
		trust:               k.ec2Trust(),
		managedPolicies:     append(managed, k.NodeRole.ManagedPolicies...),
		policies:            inline,
		permissionsBoundary: k.NodeRole.PermissionsBoundary,
		tags:                k.tags("", nil),
	})
	if k.Karpenter.InstanceProfile {
		properties := ir.Map{"InstanceProfileName": k.NodeRole.Name, "Roles": ir.List{ir.Ref(karpenterNodeRoleID)}}
		k.setPath(properties)
		add(s, "cluster.karpenter.instanceProfile", ir.Resource{ID: "KarpenterNodeInstanceProfile", Type: "AWS::IAM::InstanceProfile", Properties: properties})
	}
	if !k.AuthenticationMode.UsesAccessEntries() {
		return
	}
	k.addNodeAccess(s, "KarpenterNodeAccessEntry", karpenterNodeRoleOrigin, ir.GetAtt{ID: karpenterNodeRoleID, Attribute: "Arn"}, "EC2_LINUX")
	for _, role := range k.OtherRoles() {
		k.addNodeAccess(s, naming.LogicalID("KarpenterNodeAccessEntry", role), "cluster.karpenter.nodeClasses", existingRole(role), k.accessType(role))
	}
}

// existingRole is the ARN of a role that a node class names, in the stack's own
// account.
func existingRole(name string) ir.Value {
	return ir.Sub{Text: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/" + name}
}

// addNodeAccess adds the access entry of a role of nodes.
func (c cluster) addNodeAccess(s *ir.Stack, id, origin string, principal ir.Value, kind string) {
	properties := ir.Map{"ClusterName": c.clusterName(), "PrincipalArn": principal, "Type": kind}
	setTags(properties, c.tags("", nil))
	add(s, origin, ir.Resource{ID: id, Type: "AWS::EKS::AccessEntry", Properties: properties})
}

// accessType is the type of the access entry of a role that node classes name.
// All of them are of one operating system.
func (k karpenter) accessType(role string) string {
	for _, class := range k.NodeClasses {
		if class.Role == role && class.IsWindows() {
			return "EC2_WINDOWS"
		}
	}
	return "EC2_LINUX"
}

// nodeMappings are the entries of the roles of nodes in aws-auth.
func (k karpenter) nodeMappings() []mapping {
	mappings := []mapping{{"rolearn", k.iamARN("role/" + k.NodeRole.Name), nodeUsername, nodeGroups}}
	for _, role := range k.OtherRoles() {
		mappings = append(mappings, k.nodeMapping(spec.Access{Role: role, Type: k.accessType(role)})...)
	}
	return mappings
}

// addController adds the role of the controller, and gives it to its pods.
func (k karpenter) addController(s *ir.Stack) {
	role := k.ControllerRole
	if role.ARN == "" {
		policies := k.controllerPolicies()
		if list := userStatements(role.Statements); len(list) > 0 {
			policies["permissions"] = list
		}
		k.addRole(s, roleResource{
			id:                  karpenterControllerID,
			origin:              "cluster.karpenter.controllerRole",
			name:                role.Name,
			trust:               k.controllerTrust(),
			managedPolicies:     role.ManagedPolicies,
			policies:            policies,
			permissionsBoundary: role.PermissionsBoundary,
			tags:                k.tags("", nil),
		})
	}
	if k.Method == spec.PodIdentity {
		properties := ir.Map{
			"ClusterName":    k.clusterName(),
			"Namespace":      k.Namespace,
			"RoleArn":        cmp.Or[ir.Value](nonEmpty(role.ARN), ir.GetAtt{ID: karpenterControllerID, Attribute: "Arn"}),
			"ServiceAccount": k.ServiceAccount,
		}
		setTags(properties, k.tags("", nil))
		add(s, "cluster.karpenter", ir.Resource{ID: "KarpenterPodIdentityAssociation", Type: "AWS::EKS::PodIdentityAssociation", Properties: properties})
	}
}

func (k karpenter) controllerTrust() ir.Value {
	if k.Method == spec.IRSA {
		return irsaTrust(k.importedOIDCProvider(), k.Namespace, k.ServiceAccount)
	}
	return k.podIdentityTrust(k.Namespace, k.ServiceAccount, true)
}

// installCommand installs the chart, in the words of
// https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/.
// Whoever runs it needs no value from anywhere else.
func (k karpenter) installCommand() string {
	command := "helm upgrade --install karpenter oci://public.ecr.aws/karpenter/karpenter --version " + k.Karpenter.Version +
		" --namespace " + k.Namespace + " --set settings.clusterName=" + k.Cluster.Name
	if k.InterruptionQueue {
		command += " --set settings.interruptionQueue=" + k.queueName()
	}
	if k.isIsolated() {
		command += " --set settings.isolatedVPC=true"
	}
	command += " --set serviceAccount.name=" + k.ServiceAccount
	if k.Method == spec.IRSA {
		arn := cmp.Or(k.ControllerRole.ARN, k.iamARN("role"+cmp.Or(k.IAM.Path, "/")+k.ControllerRole.Name))
		command += ` --set 'serviceAccount.annotations.eks\.amazonaws\.com/role-arn=` + arn + `'`
	}
	return command
}

// isIsolated reports whether no node that Karpenter may run on has a way to the
// internet, where the prices of instances are.
func (k karpenter) isIsolated() bool {
	isolated := k.Network.NATGateways == "none"
	for _, group := range k.NodeGroups {
		isolated = isolated && group.Subnets == "private"
	}
	for _, group := range k.SelfManagedNodeGroups {
		isolated = isolated && group.Subnets == "private"
	}
	return isolated
}

// karpenterObjects are the node classes and node pools of Karpenter. Its Helm
// chart brings their definitions.
func (c cluster) karpenterObjects() []ir.Object {
	if c.Cluster.Karpenter == nil {
		return nil
	}
	k := karpenter{c, *c.Cluster.Karpenter}
	var objects []ir.Object
	for _, class := range sorted(k.NodeClasses) {
		objects = append(objects, k.ec2NodeClass(class.name, class.value))
	}
	for _, pool := range sorted(k.NodePools) {
		objects = append(objects, nodePool(pool.name, pool.value, "karpenter.k8s.aws", "EC2NodeClass"))
	}
	return objects
}
