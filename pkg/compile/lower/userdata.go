package lower

import (
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
	var text strings.Builder
	text.WriteString(`MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="NODECONFIG"

--NODECONFIG
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: ` + g.Cluster.Name + `
    apiServerEndpoint: ${Endpoint}
    certificateAuthority: ${CertificateAuthorityData}
    cidr: ` + cidr + "\n")
	if flags := g.kubeletFlags(); len(flags) > 0 {
		text.WriteString("  kubelet:\n    flags:\n")
		for _, flag := range flags {
			text.WriteString("    - " + flag + "\n")
		}
	}
	text.WriteString("\n--NODECONFIG--\n")
	return ir.Base64{Value: ir.Sub{Text: text.String(), Vars: vars}}
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
