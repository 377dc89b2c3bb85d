package lower

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/ir"
)

// userData is what makes an Amazon Linux 2023 instance join the cluster: a
// NodeConfig for nodeadm in a MIME message; see
// https://awslabs.github.io/amazon-eks-ami/nodeadm/. Endpoint and CA come from
// the cluster's stack when CloudFormation deploys.
func (g nodeGroup) userData() ir.Value {
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
    cidr: ` + g.ServiceCIDR + "\n")
	if flags := g.kubeletFlags(); len(flags) > 0 {
		text.WriteString("  kubelet:\n    flags:\n")
		for _, flag := range flags {
			text.WriteString("    - " + flag + "\n")
		}
	}
	text.WriteString("\n--NODECONFIG--\n")
	return ir.Base64{Value: ir.Sub{Text: text.String(), Vars: ir.Map{
		"CertificateAuthorityData": g.imported(clusterFile, "CertificateAuthorityData"),
		"Endpoint":                 g.imported(clusterFile, "Endpoint"),
	}}}
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
