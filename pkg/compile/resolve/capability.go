package resolve

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// What EKS and IAM Identity Center allow in capabilities; see
// https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCapability.html
// and https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_User.html.
const (
	maxCapabilityName = 100
	maxArgoCDIDs      = 1000
	defaultArgoCD     = "argocd" // the namespace, unless the spec says another
)

var (
	capabilitiesPath = clusterPath.at("capabilities")
	ackService       = lazyregexp.New(`^[a-z][a-z0-9]*$`)
	identityID       = lazyregexp.New(`^([0-9a-f]{10}-)?[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$`)
)

// checkCapabilities completes and checks the capabilities.
func (r *resolver) checkCapabilities() {
	all := r.cluster.Capabilities.All()
	if len(all) == 0 {
		return
	}
	if !r.cluster.AuthenticationMode.UsesAccessEntries() {
		r.report(diag.Capability, clusterPath.at("authenticationMode"), `set it to "API" or "API_AND_CONFIG_MAP"`, "capabilities use the cluster by access entries, which the mode CONFIG_MAP does not have")
	}
	taken := map[string]string{}
	for _, c := range all {
		at := capabilitiesPath.at(c.Field)
		if c.Name == "" {
			c.Name = strings.ToLower(c.Field)
		}
		if len(c.Name) > maxCapabilityName || !eksName.MatchString(c.Name) {
			r.report(diag.Capability, at.at("name"), "use 1 to 100 letters, digits, hyphens and underscores, the first a letter or digit", "EKS does not allow the name %q", c.Name)
		} else if other, ok := taken[c.Name]; ok {
			r.report(diag.Capability, at.at("name"), "rename one of them", "the name %q is that of %s already", c.Name, other)
		}
		taken[c.Name] = c.Field
		r.checkCapabilityRole(at.at("role"), c.Role)
	}
	r.checkArgoCD(r.cluster.Capabilities.ArgoCD)
	r.checkACK(r.cluster.Capabilities.ACK)
}

func (r *resolver) checkCapabilityRole(at path, role spec.CapabilityRole) {
	r.checkGivenRole(at, spec.Role{ARN: role.ARN, Name: role.Name, ManagedPolicies: role.ManagedPolicies, PermissionsBoundary: role.PermissionsBoundary}, "the role of a capability")
	if role.ARN == "" {
		r.checkStatements(at.at("statements"), role.Statements, maxInlinePolicies)
		return
	}
	if len(role.Statements) > 0 {
		r.report(diag.RoleConflict, at.at("statements"), "leave out either arn or statements", "a role with an arn exists already, so ekscc cannot set its policy")
	}
	if strings.Count(role.ARN, "/") > 1 {
		r.report(diag.Capability, at.at("arn"), "take a role without a path", "%q has a path, which EKS does not take in the role of a capability", role.ARN)
	}
}

func (r *resolver) checkACK(ack *spec.ACKCapability) {
	if ack == nil {
		return
	}
	seen := map[string]bool{}
	for i, service := range ack.DisabledServices {
		at := capabilitiesPath.at("ack", "disabledServices").index(i)
		if !ackService.MatchString(service) {
			r.report(diag.Capability, at, `such as "s3"`, "%q is not the name of an ACK service", service)
		} else if seen[service] {
			r.report(diag.Capability, at, "", "the service %q is listed twice", service)
		}
		seen[service] = true
	}
}

func (r *resolver) checkArgoCD(argo *spec.ArgoCDCapability) {
	if argo == nil {
		return
	}
	at := capabilitiesPath.at("argoCD")
	if argo.Namespace != "" && len(validation.IsDNS1123Label(argo.Namespace)) > 0 {
		r.report(diag.KubernetesName, at.at("namespace"), "", "Kubernetes does not allow the name %q", argo.Namespace)
	}
	r.checkARN(at.at("identityCenter", "instanceARN"), argo.IdentityCenter.InstanceARN, "sso", "instance/")
	if region := argo.IdentityCenter.Region; region != "" {
		if _, ok := catalog.LookupRegion(region); !ok {
			r.report(diag.UnknownRegion, at.at("identityCenter", "region"), catalog.DidYouMean(region, catalog.Regions()), "AWS has no region %q", region)
		}
	}
	for i, id := range argo.VPCEndpoints {
		r.checkID(at.at("vpcEndpoints").index(i), "vpce", id)
	}
	r.checkArgoCDRoles(at, argo.Roles)
}

// checkArgoCDRoles checks who has the roles of Argo CD. Names and addresses of
// people would be taken by EKS and mean nobody.
func (r *resolver) checkArgoCDRoles(at path, roles spec.ArgoCDRoles) {
	taken := map[string]string{}
	check := func(at path, role string, ids []string) {
		for i, id := range ids {
			if !identityID.MatchString(id) {
				r.report(diag.ArgoCDIdentity, at.index(i), "take the id that IAM Identity Center shows", "%q is not the id of a user or group", id)
			} else if other, ok := taken[id]; ok {
				r.report(diag.ArgoCDIdentity, at.index(i), "name each identity once, with the role that allows most", "%q has the role %s already", id, other)
			}
			taken[id] = role
		}
	}
	for _, role := range roles.All() {
		check(at.at("roles", role.Field, "users"), role.Field, role.Users)
		check(at.at("roles", role.Field, "groups"), role.Field, role.Groups)
	}
	switch n := len(taken); {
	case n == 0:
		r.report(diag.ArgoCDNobody, at, "add roles.admin with users or groups of IAM Identity Center", "nobody has a role in Argo CD, so nobody can sign in")
	case n > maxArgoCDIDs:
		r.report(diag.ArgoCDIdentity, at.at("roles"), "name groups in place of users", "%d identities; EKS allows %d", n, maxArgoCDIDs)
	}
}
