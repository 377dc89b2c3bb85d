package bootstrap

import (
	"cmp"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// script makes nodes of Amazon Linux 2 and Ubuntu join, whose images have the
// same script for it; see
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#mng-specify-eks-ami.
func (n Node) script() string {
	arguments := []string{
		"/etc/eks/bootstrap.sh " + n.Cluster.Name,
		"--apiserver-endpoint " + quoted(reference(Endpoint)),
		"--b64-cluster-ca " + quoted(reference(CertificateAuthority)),
	}
	if n.Cluster.IPFamily == spec.IPv6 {
		arguments = append(arguments, "--ip-family ipv6", "--service-ipv6-cidr "+quoted(reference(ServiceIPv6CIDR)))
	} else {
		arguments = append(arguments, "--dns-cluster-ip "+n.clusterDNS())
	}
	if extra := n.extraArgs(); extra != "" {
		arguments = append(arguments, "--kubelet-extra-args "+quoted(extra))
	}
	if n.Group.MaxPods != nil {
		arguments = append(arguments, "--use-max-pods false")
	}
	return "#!/bin/bash\nset -o errexit\n" + strings.Join(arguments, " \\\n  ") + "\n"
}

// quoted is a word of a shell command.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// powerShell is the user data of Windows nodes. The commands of the spec are
// around those that make them join; see
// https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html#bootstrap-script-configuration-parameters.
func (n Node) powerShell() string {
	userData := cmp.Or(n.Group.UserData, &spec.UserData{})
	var commands []string
	for _, part := range userData.Before {
		commands = append(commands, strings.TrimSuffix(part.Content, "\n"))
	}
	if n.Joins {
		commands = append(commands, n.startBootstrap())
	}
	for _, part := range userData.After {
		commands = append(commands, strings.TrimSuffix(part.Content, "\n"))
	}
	if len(commands) == 0 {
		return ""
	}
	return "<powershell>\n" + strings.Join(commands, "\n") + "\n</powershell>\n"
}

func (n Node) startBootstrap() string {
	arguments := []string{
		"& $EKSBootstrapScriptFile -EKSClusterName " + single(n.Cluster.Name),
		"-APIServerEndpoint " + single(reference(Endpoint)),
		"-Base64ClusterCA " + single(reference(CertificateAuthority)),
		"-ServiceCIDR " + single(n.Cluster.ServiceCIDR),
		"-DNSClusterIP " + single(n.clusterDNS()),
	}
	if extra := n.extraArgs(); extra != "" {
		arguments = append(arguments, "-KubeletExtraArgs "+single(extra))
	}
	return `[string]$EKSBootstrapScriptFile = "$env:ProgramFiles\Amazon\EKS\Start-EKSBootstrap.ps1"` + "\n" +
		strings.Join(arguments, " `\n  ") + " 3>&1 4>&1 5>&1 6>&1"
}

// single is a string of PowerShell in which nothing is replaced.
func single(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
