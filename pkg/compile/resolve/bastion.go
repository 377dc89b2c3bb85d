package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

var bastionPath = clusterPath.at("bastion")

// checkBastion completes and checks the bastion. Its rules are checked with
// those of the other security groups, and its role with those of nodes.
func (r *resolver) checkBastion() {
	b := r.cluster.Bastion
	if b == nil {
		return
	}
	if b.Role.Name == "" {
		b.Role.Name = RoleName(r.cluster.Name, "bastion", r.cluster.Region)
	}
	r.checkName(bastionPath.at("role", "name"), roleNameRule, b.Role.Name)
	if !r.cluster.Endpoint.Private {
		r.report(diag.BastionEndpoint, bastionPath, "turn cluster.endpoint.private on", "a bastion reaches the endpoint from within the VPC, but the private endpoint is off")
	}
	if r.tierEmpty(b.Subnets) {
		r.report(diag.EmptyTier, bastionPath.at("subnets"), "state network.subnets."+b.Subnets+", or put the bastion into the other tier", "there are no %s subnets for the bastion", b.Subnets)
	}
	r.checkBastionWayOut(b)
	r.checkInstanceType(bastionPath.at("instanceType"), b.InstanceType)
	if b.KeyPair != "" {
		r.checkName(bastionPath.at("keyPair"), keyPairRule, b.KeyPair)
	}
	r.checkManagedPolicies(bastionPath.at("role", "managedPolicies"), b.Role.ManagedPolicies)
	r.checkPermissionsBoundary(bastionPath.at("role", "permissionsBoundary"), b.Role.PermissionsBoundary)
	r.checkBastionAccess(b.Access())
}

// checkBastionWayOut completes installKubectl, and checks that the bastion can
// reach what it needs besides the cluster. VPC endpoints are made for nodes;
// where there are none of those, nobody has asked for any.
func (r *resolver) checkBastionWayOut(b *spec.Bastion) {
	closed := b.Subnets == "private" && r.cluster.Network.NATGateways == "none"
	if b.InstallKubectl == nil {
		install := !closed
		b.InstallKubectl = &install
	}
	if !closed {
		return
	}
	if *b.InstallKubectl {
		r.report(diag.BastionWayOut, bastionPath.at("installKubectl"), "leave it out, and copy kubectl to the bastion through S3",
			"a bastion in private subnets without a NAT gateway cannot reach the package repository of Kubernetes")
	}
	if len(r.closedNodes()) == 0 {
		r.report(diag.BastionWayOut, bastionPath.at("subnets"), `put the bastion into public subnets, or set network.natGateways to "single" or "perZone"`,
			"Session Manager cannot reach a bastion in private subnets without a NAT gateway or VPC endpoints")
	}
}

// checkBastionAccess checks what the bastion's role may do in the cluster.
func (r *resolver) checkBastionAccess(a spec.Access) {
	if a.Policy == "" && len(a.Groups) == 0 {
		r.report(diag.AccessNothing, bastionPath, `add a policy, such as "view", or groups that a role binding names`, "the bastion may do nothing in the cluster")
	} else {
		r.checkGrants(bastionPath, a)
	}
	if !r.cluster.AuthenticationMode.UsesAccessEntries() {
		r.checkConfigMapAccess(bastionPath, a)
		return
	}
	r.checkGroups(bastionPath.at("groups"), a.Groups)
}
