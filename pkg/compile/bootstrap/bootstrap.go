// Package bootstrap writes the user data of nodes: what makes them join their
// cluster, and what the spec tells them besides. Each family of images takes it
// in another form.
package bootstrap

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// What only the deployed cluster knows stands in user data by these names, as
// Fn::Sub takes them.
const (
	Endpoint             = "Endpoint"
	CertificateAuthority = "CertificateAuthorityData"
	ServiceIPv6CIDR      = "ServiceIpv6Cidr"
	// ClusterDNS is the address of the cluster's DNS service where that is an
	// IPv6 one.
	ClusterDNS = "ClusterDns"
)

// References are the names of all of these.
var References = []string{CertificateAuthority, ClusterDNS, Endpoint, ServiceIPv6CIDR}

// MaxSize is how many bytes of user data EC2 takes; see
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html.
const MaxSize = 16 * 1024

// Node is a node of a group, and the cluster that it joins. Both are resolved.
type Node struct {
	Cluster *spec.Cluster
	Group   spec.NodeGroupBase
	// Joins says that the user data makes the node join. EKS does that for
	// nodes of managed groups whose image is not custom.
	Joins bool
}

// UserData is the text for the node, empty where there is nothing to tell it.
// For one that joins it is a text for Fn::Sub: what is not a reference to one of
// References means itself.
func (n Node) UserData() string {
	family := n.Group.Image.Family
	if n.Joins {
		n.Group = literal(n.Group)
	}
	switch {
	case family == spec.Bottlerocket:
		return toTOML(n.Settings())
	case family.IsWindows():
		return n.powerShell()
	}
	return message(n.parts())
}

// Size is how many bytes the node's user data has at most, once the references
// are replaced and, for a node that EKS makes join, EKS has added its own.
func (n Node) Size() int {
	// A cluster's certificate has some 1,100 bytes, 1,468 in base64, and its
	// endpoint has less than 100.
	lengths := map[string]int{CertificateAuthority: 1500, Endpoint: 100, ServiceIPv6CIDR: 24, ClusterDNS: 24}
	text := n.UserData()
	size := len(text)
	for name, length := range lengths {
		size += strings.Count(text, "${"+name+"}") * length
	}
	if !n.Joins && text != "" {
		size += 2500
	}
	return size
}

// parts are the parts of the user data of nodes with cloud-init.
func (n Node) parts() []spec.UserDataPart {
	userData := cmp.Or(n.Group.UserData, &spec.UserData{})
	all := slices.Clone(userData.Before)
	switch family := n.Group.Image.Family; {
	case family.IsUbuntu(), family == spec.AL2:
		if n.Joins {
			all = append(all, spec.UserDataPart{Content: n.script()})
		}
	default:
		if text := n.nodeConfig(); text != "" {
			all = append(all, spec.UserDataPart{ContentType: spec.NodeConfigPart, Content: text})
		}
	}
	return append(all, userData.After...)
}

// reference is how user data names what the deployed cluster knows.
func reference(name string) string { return "${" + name + "}" }

// clusterDNS is the address of the cluster's DNS service: the tenth of the
// services' block; see
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#mng-specify-eks-ami.
func (n Node) clusterDNS() string {
	if n.Cluster.IPFamily == spec.IPv6 {
		return reference(ClusterDNS)
	}
	block, err := netip.ParsePrefix(n.Cluster.ServiceCIDR)
	if err != nil {
		return "" // reported by resolve
	}
	address := block.Masked().Addr()
	for range 10 {
		address = address.Next()
	}
	return address.String()
}

// serviceCIDR is the block of the cluster's services.
func (n Node) serviceCIDR() string {
	if n.Cluster.IPFamily == spec.IPv6 {
		return reference(ServiceIPv6CIDR)
	}
	return n.Cluster.ServiceCIDR
}
