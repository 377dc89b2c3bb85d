package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkWindows checks what Windows nodes need of their cluster; see
// https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html.
func (r *resolver) checkWindows() {
	var windows []path
	linux := r.cluster.AutoModeEnabled() || len(r.cluster.FargateProfiles) > 0
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		if !g.Image.Family.IsWindows() {
			linux = true
			return
		}
		windows = append(windows, at.at("image", "family"))
		r.checkWindowsTaint(at, g)
	})
	if len(windows) > 0 {
		r.checkWindowsCluster(windows[0], linux)
	}
	r.checkWindowsRoles()
	for _, name := range sortedKeys(r.cluster.NodeGroups) {
		r.checkWindowsAccess(clusterPath.at("nodeGroups", name), r.cluster.NodeGroups[name].NodeGroupBase)
	}
}

// checkWindowsRoles checks that no role is that of nodes with Windows and of
// others: Kubernetes knows nodes by their role, and those with Windows as
// members of a group more.
func (r *resolver) checkWindowsRoles() {
	windows := map[string]bool{}
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		if g.Role.ARN == "" {
			return
		}
		other, taken := windows[g.Role.ARN]
		if taken && other != g.Image.Family.IsWindows() {
			r.report(diag.WindowsNodes, at.at("role", "arn"), "give the groups of Windows and of Linux a role each", "%q is the role of nodes with another operating system already", g.Role.ARN)
		}
		windows[g.Role.ARN] = g.Image.Family.IsWindows()
	})
}

func (r *resolver) checkWindowsCluster(at path, linux bool) {
	c := r.cluster
	if !c.WindowsIPAM() {
		r.report(diag.WindowsNodes, at, "write vpcCNI: windows: {}", "nothing gives addresses to the pods of Windows nodes")
	}
	if !linux {
		r.report(diag.WindowsNodes, at, "add a node group of Linux", "CoreDNS and other pods of the cluster run on Linux, but all nodes have Windows")
	}
	if c.IPFamily == spec.IPv6 {
		r.report(diag.WindowsNodes, at, "", "Windows nodes have no IPv6")
	}
	if c.CustomNetworking() {
		r.report(diag.WindowsNodes, at, "", "the pods of Windows nodes cannot have addresses of another subnet by custom networking")
	}
}

// checkWindowsAccess checks that a managed group whose image EKS does not know
// can be let in as Windows; see
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#mng-ami-id-conditions.
func (r *resolver) checkWindowsAccess(at path, g spec.NodeGroupBase) {
	if g.Image.Family.IsWindows() && g.Image.IsCustom() && !r.cluster.AuthenticationMode.UsesConfigMap() {
		r.report(diag.WindowsNodes, at.at("image", "id"), "take the authentication mode API_AND_CONFIG_MAP, or make the group self-managed",
			"managed nodes with a Windows image of yours need the group eks:kube-proxy-windows, which aws-auth alone can give")
	}
}

// checkWindowsTaint warns of nodes that Kubernetes may give pods for Linux,
// which could not start there.
func (r *resolver) checkWindowsTaint(at path, g spec.NodeGroupBase) {
	for _, taint := range g.Taints {
		if taint.Effect != "PreferNoSchedule" {
			return
		}
	}
	if len(r.spec.Workloads) > 0 {
		r.report(diag.WindowsTaint, at.at("taints"), `add a taint, such as os: {value: "windows", effect: "NoSchedule"}`, "the workloads have images for Linux, but nothing keeps their pods off these Windows nodes")
	}
}
