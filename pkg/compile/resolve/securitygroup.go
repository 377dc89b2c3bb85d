package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

const (
	maxPort = 65535
	sshPort = 22
)

func (r *resolver) checkSecurityGroup(g *spec.SecurityGroup) {
	if g == nil {
		return
	}
	at := clusterPath.at("securityGroup")
	if g.ID != "" {
		r.checkID(at.at("id"), "sg", g.ID)
		if g.Name != "" || len(g.Ingress) > 0 {
			r.report(diag.SecurityGroupConflict, at, "leave out either id or the other fields", "a security group with an id exists already, so ekscc cannot set its name or ingress")
		}
		if c := r.cluster.Network.VPC; c.ID == "" && c.CIDR != "" {
			r.report(diag.SecurityGroupConflict, at.at("id"), "leave out id, so that a group is created in the new VPC", "the VPC is a new one, and %q cannot be in it yet", g.ID)
		}
	}
	if g.Name != "" {
		r.checkSecurityGroupName(at.at("name"), g.Name)
	}
	r.checkIngress(at.at("ingress"), g.Ingress)
}

func (r *resolver) checkSecurityGroupName(at path, name string) {
	if len(name) >= 3 && name[:3] == "sg-" {
		r.report(diag.InvalidName, at, "for an existing group, write its id in the field id", "%q begins with sg-, which EC2 keeps for ids", name)
		return
	}
	r.checkName(at, securityGroupNameRule, name)
}

func (r *resolver) checkIngress(at path, rules map[string]spec.Ingress) {
	for _, name := range sortedKeys(rules) {
		rule, at := rules[name], at.at(name)
		if rule.Description != "" {
			r.checkName(at.at("description"), descriptionRule, rule.Description)
		} else {
			r.checkName(at, descriptionRule, name) // it becomes the description
		}
		portsOK := r.checkPorts(at, rule.Port, rule.ToPort)
		r.checkIngressSource(at, rule)
		if portsOK && rule.Protocol == "tcp" && rule.CIDR == everywhere.String() && rule.Port <= sshPort && sshPort <= lastPort(rule) {
			r.report(diag.OpenSSH, at, "name the blocks that may connect", "SSH is open to the whole internet")
		}
	}
}

func lastPort(rule spec.Ingress) int {
	if rule.ToPort != nil {
		return *rule.ToPort
	}
	return rule.Port
}

func (r *resolver) checkIngressSource(at path, rule spec.Ingress) {
	if (rule.CIDR == "") == (rule.SecurityGroup == "") {
		have := "both cidr and securityGroup"
		if rule.CIDR == "" {
			have = "neither cidr nor securityGroup"
		}
		r.report(diag.IngressSource, at, "write exactly one of them", "the rule has %s", have)
	}
	if rule.CIDR != "" {
		r.parseCIDR(diag.InvalidCIDR, at.at("cidr"), rule.CIDR)
	}
	if rule.SecurityGroup != "" {
		r.checkID(at.at("securityGroup"), "sg", rule.SecurityGroup)
	}
}

// checkPorts checks a port, or the range that ends with to, of the rule at the
// path.
func (r *resolver) checkPorts(at path, port int, to *int) bool {
	ok := r.checkPort(at.at("port"), port, 0)
	if to == nil {
		return ok
	}
	if !r.checkPort(at.at("toPort"), *to, 0) || !ok {
		return false
	}
	if *to < port {
		r.report(diag.InvalidPort, at.at("toPort"), "", "the range %d to %d ends before it begins", port, *to)
		return false
	}
	return true
}

// checkPort checks that a port is between lowest and 65535.
func (r *resolver) checkPort(at path, port, lowest int) bool {
	if port >= lowest && port <= maxPort {
		return true
	}
	r.report(diag.InvalidPort, at, "", "%d is not a port: %d to %d", port, lowest, maxPort)
	return false
}
