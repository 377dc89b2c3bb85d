package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

var vpcEndpointsPath = networkPath.at("vpcEndpoints")

// gatewayServices are the services that have gateway endpoints; see
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html.
var gatewayServices = []string{"dynamodb", "s3"}

// checkVPCEndpoints checks and completes the VPC endpoints. It comes after the
// node groups and add-ons, because what they use decides.
func (r *resolver) checkVPCEndpoints() {
	n := &r.cluster.Network
	closed := r.closedNodes()
	if n.VPCEndpoints != nil {
		r.checkStatedEndpoints(*n.VPCEndpoints)
	} else if len(closed) == 0 {
		return
	} else {
		n.VPCEndpoints = &spec.VPCEndpoints{Subnets: "private"}
	}
	e := n.VPCEndpoints
	if e.Derive == nil {
		derive := len(closed) > 0
		e.Derive = &derive
	}
	needs := r.endpointNeeds()
	r.checkExcluded(*e, needs)
	if *e.Derive {
		deriveEndpoints(e, needs)
	}
	if len(closed) > 0 {
		r.checkMissing(*e, needs, closed)
	}
	r.checkEndpointPlaces(*e)
}

// closedNodes returns the quoted names of the node groups and Fargate profiles
// that have no way to the internet. Nodes of Auto Mode are in the subnets of the
// control plane.
func (r *resolver) closedNodes() []string {
	var closed []string
	n := r.cluster.Network
	if n.NATGateways == "none" {
		closed = r.groupsIn("private")
	}
	tier := n.ControlPlaneTier()
	closed = append(closed, r.closedProfiles()...)
	if r.cluster.AutoModeEnabled() && (tier == "isolated" || tier == "private" && n.NATGateways == "none") {
		closed = append(closed, "those of Auto Mode")
	}
	return closed
}

// deriveEndpoints adds the endpoints of what is used and not there.
func deriveEndpoints(e *spec.VPCEndpoints, needs []need) {
	for _, n := range needs {
		if slices.Contains(e.Exclude, n.service) || e.Reaches(n.service) {
			continue
		}
		if slices.Contains(gatewayServices, n.service) {
			if e.Gateway == nil {
				e.Gateway = map[string]spec.GatewayEndpoint{}
			}
			e.Gateway[n.service] = spec.GatewayEndpoint{}
			continue
		}
		if e.Interface == nil {
			e.Interface = map[string]spec.InterfaceEndpoint{}
		}
		e.Interface[n.service] = spec.InterfaceEndpoint{PrivateDNS: true}
	}
}

// checkMissing reports what nodes without a way to the internet cannot do
// without. With nothing at all there is one report instead of many.
func (r *resolver) checkMissing(e spec.VPCEndpoints, needs []need, closed []string) {
	if !*e.Derive && len(e.Interface)+len(e.Gateway)+len(e.Existing) == 0 {
		r.report(diag.NoRouteOut, vpcEndpointsPath.at("derive"), `leave derive out, or set network.natGateways to "single" or "perZone"`,
			"nodes in private subnets without a NAT gateway or VPC endpoints cannot pull images: %s", strings.Join(closed, ", "))
		return
	}
	for _, n := range needs {
		if n.essential && !e.Reaches(n.service) {
			at, hint := vpcEndpointsPath, "leave derive out, or add the endpoint"
			if i := slices.Index(e.Exclude, n.service); i >= 0 {
				at, hint = vpcEndpointsPath.at("exclude").index(i), "do not exclude it, or name it in vpcEndpoints.existing if the VPC reaches it in another way"
			}
			r.report(diag.MissingEndpoint, at, hint, "without an endpoint of %q %s", n.service, n.breaks)
		}
	}
	for _, service := range sortedKeys(e.Interface) {
		if i := slices.IndexFunc(needs, func(n need) bool { return n.service == service && n.essential }); i >= 0 && !e.Interface[service].PrivateDNS {
			r.report(diag.MissingEndpoint, vpcEndpointsPath.at("interface", service, "privateDNS"), "turn it on",
				"without private DNS nobody finds the endpoint of %q by itself, and %s", service, needs[i].breaks)
		}
	}
}

// checkExcluded reports an exclusion that excludes nothing.
func (r *resolver) checkExcluded(e spec.VPCEndpoints, needs []need) {
	for i, service := range e.Exclude {
		at := vpcEndpointsPath.at("exclude").index(i)
		switch {
		case !*e.Derive:
			r.report(diag.VPCEndpoint, at, "leave it out", "no endpoints are derived, so there is none to exclude")
		case e.Reaches(service):
			r.report(diag.VPCEndpoint, at, "leave out one of the two", "%q is excluded, but stated in vpcEndpoints too", service)
		case !slices.ContainsFunc(needs, func(n need) bool { return n.service == service }):
			r.report(diag.VPCEndpoint, at, catalog.DidYouMean(service, services(needs)), "no endpoint of %q is derived, so there is none to exclude", service)
		case slices.Contains(e.Exclude[:i], service):
			r.report(diag.VPCEndpoint, at, "", "%q is excluded twice", service)
		}
	}
}

// serviceName is the form of a service in the names of endpoints.
var serviceName = lazyregexp.New(`^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$`)

// checkStatedEndpoints checks what the spec says of endpoints.
func (r *resolver) checkStatedEndpoints(e spec.VPCEndpoints) {
	for _, service := range sortedKeys(e.Interface) {
		at := vpcEndpointsPath.at("interface", service)
		if slices.Contains(gatewayServices, service) {
			r.report(diag.VPCEndpoint, at, "state it in vpcEndpoints.gateway, which costs nothing", "%q has a gateway endpoint", service)
		}
		r.checkServiceName(at, service)
		r.checkEndpointPolicy(at.at("policy"), e.Interface[service].Policy)
	}
	for _, service := range sortedKeys(e.Gateway) {
		at := vpcEndpointsPath.at("gateway", service)
		if !slices.Contains(gatewayServices, service) {
			r.report(diag.VPCEndpoint, at, "state it in vpcEndpoints.interface", "only s3 and dynamodb have gateway endpoints, not %q", service)
		}
		r.checkEndpointPolicy(at.at("policy"), e.Gateway[service].Policy)
	}
	for i, service := range e.Existing {
		at := vpcEndpointsPath.at("existing").index(i)
		r.checkServiceName(at, service)
		_, isInterface := e.Interface[service]
		_, isGateway := e.Gateway[service]
		if isInterface || isGateway || slices.Contains(e.Existing[:i], service) {
			r.report(diag.VPCEndpoint, at, "", "the endpoint of %q is stated twice", service)
		}
	}
	if e.SecurityGroup != "" {
		r.checkID(vpcEndpointsPath.at("securityGroup"), "sg", e.SecurityGroup)
	}
}

func (r *resolver) checkServiceName(at path, service string) {
	if name, ok := strings.CutPrefix(service, "com.amazonaws."+r.region.Name+"."); ok && r.region.Name != "" {
		r.report(diag.VPCEndpoint, at, "", "write the service's name alone, %q", name)
	} else if !serviceName.MatchString(service) || strings.HasPrefix(service, "com.") {
		r.report(diag.VPCEndpoint, at, `such as "ecr.api"`, "%q is not the name of a service", service)
	}
}

func (r *resolver) checkEndpointPolicy(at path, policy map[string]any) {
	if policy != nil && policy["Statement"] == nil {
		r.report(diag.VPCEndpoint, at, `such as {Version: "2012-10-17", Statement: [...]}`, "a policy document without a Statement allows nothing")
	} else if policy != nil && hasNull(policy) {
		r.report(diag.VPCEndpoint, at, "leave the field out", "a policy document has no null")
	}
}

// hasNull reports whether there is a null in a value of JSON, which a template
// cannot hold.
func hasNull(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return slices.ContainsFunc(sortedKeys(v), func(key string) bool { return hasNull(v[key]) })
	case []any:
		return slices.ContainsFunc(v, hasNull)
	}
	return value == nil
}
