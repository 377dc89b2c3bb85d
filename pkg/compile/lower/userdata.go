package lower

import (
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// userData is what makes an Amazon Linux 2023 instance join the cluster: a
// NodeConfig for nodeadm in a MIME message; see
// https://awslabs.github.io/amazon-eks-ami/nodeadm/. Endpoint, CA and the
// IPv6 block of the services come from the cluster's stack when CloudFormation
// deploys.
func (g nodeGroup) userData() ir.Value {
	cidr, vars := g.ServiceCIDR, ir.Map{
		"CertificateAuthorityData": g.imported(clusterFile, "CertificateAuthorityData"),
		"Endpoint":                 g.imported(clusterFile, "Endpoint"),
	}
	if g.IPFamily == spec.IPv6 {
		cidr, vars["ServiceIpv6Cidr"] = "${ServiceIpv6Cidr}", g.imported(clusterFile, "ServiceIpv6Cidr")
	}
	return ir.Base64{Value: ir.Sub{Text: nodeConfig(`  cluster:
    name: ` + g.Cluster.Name + `
    apiServerEndpoint: ${Endpoint}
    certificateAuthority: ${CertificateAuthorityData}
    cidr: ` + cidr + "\n" + g.kubelet(g.kubeletFlags())), Vars: vars}}
}

// managedUserData is what a managed group's node is told besides what EKS tells
// it: nodeadm merges both.
func (g nodeGroup) managedUserData() ir.Value {
	return ir.Base64{Value: nodeConfig(g.kubelet(nil))}
}

// nodeConfig is a NodeConfig with that spec in a MIME message.
func nodeConfig(spec string) string {
	return `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="NODECONFIG"

--NODECONFIG
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
` + spec + "\n--NODECONFIG--\n"
}

// kubelet is what a NodeConfig says about the kubelet.
func (g nodeGroup) kubelet(flags []string) string {
	if g.MaxPods == nil && len(flags) == 0 {
		return ""
	}
	var text strings.Builder
	text.WriteString("  kubelet:\n")
	if g.MaxPods != nil {
		text.WriteString("    config:\n      maxPods: " + strconv.Itoa(*g.MaxPods) + "\n")
	}
	if len(flags) > 0 {
		text.WriteString("    flags:\n")
	}
	for _, flag := range flags {
		text.WriteString("    - " + flag + "\n")
	}
	return text.String()
}

// kubeletFlags give the node its labels and taints. Neither can hold a
// character that YAML or Fn::Sub would read as its own.
func (g nodeGroup) kubeletFlags() []string {
	var labels, taints, flags []string
	for _, label := range sorted(g.Labels) {
		labels = append(labels, label.name+"="+label.value)
	}
	for _, taint := range sorted(g.Taints) {
		taints = append(taints, taint.name+"="+taint.value.Value+":"+taint.value.Effect)
	}
	if len(labels) > 0 {
		flags = append(flags, "--node-labels="+strings.Join(labels, ","))
	}
	if len(taints) > 0 {
		flags = append(flags, "--register-with-taints="+strings.Join(taints, ","))
	}
	return flags
}
