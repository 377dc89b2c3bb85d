package eksctl

import (
	"fmt"
	"slices"

	"github.com/ekscc/ekscc/pkg/diag"
)

// What eksctl takes where a node group of the file says nothing.
const (
	defaultInstanceType = "m5.large"
	defaultNodes        = 2
	defaultVolumeSize   = 80 // GiB
)

// nodeGroups adds the managed and the self-managed node groups, and the Fargate
// profiles.
func (i *importer) nodeGroups(cluster *object, root node) {
	managed, own := i.groups(root.field("managedNodeGroups"), i.managed), i.groups(root.field("nodeGroups"), i.selfManaged)
	cluster.setIf("nodeGroups", managed)
	cluster.setIf("selfManagedNodeGroups", own)
	cluster.setIf("fargateProfiles", i.fargateProfiles(root))
	if haveWindows(managed) || haveWindows(own) {
		cluster.set("vpcCNI", object{{"windows", object{}}}) // eksctl does so by itself
	}
}

func (i *importer) groups(list node, group func(node) object) object {
	var groups object
	for _, item := range list.items() {
		name := item.field("name")
		if groups.has(name.required()) {
			i.report(diag.NotClusterConfig, name, "take another name", "eksctl takes each name once")
			continue
		}
		groups.set(name.text(), append(group(item), i.nodeGroup(item, list.name() == "managedNodeGroups")...))
	}
	return groups
}

func (i *importer) managed(n node) object {
	var group object
	types := n.field("instanceTypes").texts()
	if one := n.field("instanceType").text(); one != "" && one != "mixed" {
		types = []string{one}
	}
	if len(types) == 0 {
		types = []string{defaultInstanceType}
	}
	group.set("instanceTypes", types)
	group.setIf("capacityType", i.capacityType(n))
	group.setIf("launchTemplate", i.launchTemplate(n.field("launchTemplate")))
	group.setIf("updateConfig", updateConfig(n.field("updateConfig")))
	group.setIf("nodeRepair", nodeRepair(n.field("nodeRepairConfig")))
	return group
}

func (i *importer) selfManaged(n node) object {
	var group object
	i.distribution(&group, n)
	if !group.has("capacityType") {
		group.setIf("capacityType", i.capacityType(n))
	}
	i.autoScalingGroup(&group, n)
	return group
}

// nodeGroup is what both kinds of group have in common.
func (i *importer) nodeGroup(n node, managed bool) object {
	var group object
	group.setIf("version", n.field("version").text())
	group.set("scaling", scaling(n))
	group.set("subnets", tier(n.field("privateNetworking").flag(false)))
	image := i.image(n)
	group.setIf("image", image)
	i.bootstrap(&group, n, image, managed)
	if !n.field("launchTemplate").exists() {
		group.set("volume", i.volume(n))
	}
	i.instances(&group, n)
	i.remoteAccess(&group, n.field("ssh"))
	group.setIf("labels", stringMap(n.field("labels")))
	group.setIf("taints", taints(n.field("taints")))
	group.setIf("tags", stringMap(n.field("tags")))
	group.set("role", i.nodeRole(n.field("iam")))
	return group
}

// scaling follows eksctl: a size that is missing is one of those that are not.
func scaling(n node) object {
	low, most := bounds(n)
	sizes := object{{"min", low}, {"max", most}}
	if desired := n.field("desiredCapacity").number(0); desired > 0 && desired != low {
		sizes.set("desired", desired)
	}
	return sizes
}

func bounds(n node) (low, most int) {
	desired := n.field("desiredCapacity").number(0)
	low = n.field("minSize").number(0)
	switch {
	case n.field("minSize").exists():
	case desired > 0:
		low = desired
	default:
		low = defaultNodes
	}
	return low, n.field("maxSize").number(max(low, desired))
}

func tier(private bool) string {
	if private {
		return "private"
	}
	return "public"
}

func (i *importer) volume(n node) object {
	volume := object{{"size", n.field("volumeSize").number(defaultVolumeSize)}}
	i.volumeSettings(&volume, n)
	return volume
}

// remoteAccess adds the key pair, and SSH from the groups that may use it.
// Where the file names none, eksctl opens SSH to the world or to the VPC: the
// spec does not.
func (i *importer) remoteAccess(group *object, ssh node) {
	group.setIf("keyPair", ssh.field("publicKeyName").text())
	allow := ssh.field("allow")
	groups := ssh.field("sourceSecurityGroupIds").texts()
	if allow.flag(false) && len(groups) == 0 {
		i.untold(allow, "eksctl opens port 22 of the nodes to everybody; add ingress for those who need it")
	}
	var ingress object
	for index, id := range groups {
		ingress.set(fmt.Sprintf("ssh-%d", index+1), object{{"port", 22}, {"securityGroup", id}})
	}
	group.setIf("ingress", ingress)
}

// taints are a list in newer files, and an object of "value:Effect" in older
// ones.
func taints(n node) object {
	var taints object
	if _, old := n.value.(map[string]any); old {
		for _, key := range n.names() {
			value, effect := cutLast(n.field(key).text(), ':')
			taints.set(key, taint(value, effect))
		}
		return taints
	}
	for _, item := range n.items() {
		taints.set(item.field("key").required(), taint(item.field("value").text(), item.field("effect").text()))
	}
	return taints
}

func taint(value, effect string) object {
	var taint object
	taint.setIf("value", value)
	taint.set("effect", effect)
	return taint
}

func cutLast(s string, sep byte) (before, after string) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == sep {
			return s[:i], s[i+1:]
		}
	}
	return "", s
}

// ownPolicies are the policies that each node role of ekscc has.
var ownPolicies = []string{"AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"}

// nodeRole adds the policy that eksctl gives every node for SSM. Policies of
// the file stand in place of those that eksctl gives.
func (i *importer) nodeRole(iam node) object {
	var role object
	if arn := iam.field("instanceRoleARN").text(); arn != "" {
		return object{{"arn", arn}}
	}
	role.setIf("name", iam.field("instanceRoleName").text())
	policies := iam.field("attachPolicyARNs")
	more := []string{"AmazonSSMManagedInstanceCore"}
	if policies.exists() {
		more = slices.DeleteFunc(shortNames(policies.texts()), func(name string) bool { return slices.Contains(ownPolicies, name) })
	}
	role.setIf("managedPolicies", more)
	role.setIf("permissionsBoundary", iam.field("instanceRolePermissionsBoundary").text())
	return role
}
