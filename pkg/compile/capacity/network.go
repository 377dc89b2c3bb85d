package capacity

import "github.com/ekscc/ekscc/pkg/compile/spec"

const (
	// controlPlane is how many addresses EKS wants to be free in each subnet of
	// the control plane; see
	// https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html.
	controlPlane = 6
	// loadBalancer is how many addresses a load balancer wants to be free in
	// each of its subnets; see
	// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer.
	loadBalancer = 8
)

// addNetwork notes what the network and the cluster itself need. Interfaces of
// an existing VPC that the spec does not make are not known.
func (l ledger) addNetwork(c *spec.Cluster) {
	for _, s := range l.tier(c.Network.ControlPlaneTier()) {
		s.add(fixed("control plane", controlPlane))
	}
	l.addGateways(c)
	if e := c.Network.VPCEndpoints; e != nil {
		for _, s := range l.firstOfZones(e.Subnets) {
			s.add(fixed("VPC endpoints", len(e.Interface)))
		}
	}
	if b := c.Bastion; b != nil && len(l.tier(b.Subnets)) > 0 {
		l.tier(b.Subnets)[0].add(fixed("bastion", 1))
	}
}

// addGateways notes the interfaces of gateways, which only a new VPC gets.
func (l ledger) addGateways(c *spec.Cluster) {
	n := c.Network
	if n.Exists() {
		return
	}
	public := l.firstOfZones("public")
	if n.NATGateways == "single" && len(public) > 0 {
		public = public[:1]
	}
	if n.NATGateways != "none" {
		for _, s := range public {
			s.add(fixed("NAT gateway", 1))
		}
	}
	if g := n.RemoteGateway; g != nil && g.TransitGateway != "" {
		for _, s := range l.firstOfZones("private") {
			s.add(fixed("transit gateway", 1))
		}
	}
}

// fixed is what needs n addresses however many pods there are.
func fixed(what string, n int) Use {
	return Use{What: what, Least: Addresses{Single: n}, Full: Addresses{Single: n}}
}

// addFargate notes the pods on Fargate, each of which has an address. They are
// spread as nodes are.
func (l ledger) addFargate(s *spec.Spec) {
	pods := map[string]int{}
	for name, w := range s.Workloads {
		if profile, ok := fargateProfile(&s.Cluster, name, w); ok {
			pods[profile.Subnets] += max(w.MaxReplicas(), 0)
		}
	}
	for tier, n := range pods {
		l.spread(tier, nil, n, func(s *Subnet, pods int) { s.add(fixed("pods on Fargate", pods)) })
	}
}

// addLoadBalancers notes the load balancers of services: those on the internet
// are in public subnets, others in private ones.
func (l ledger) addLoadBalancers(s *spec.Spec) {
	count := map[string]int{}
	for _, w := range s.Workloads {
		if w.Service == nil || w.Service.Type != "LoadBalancer" {
			continue
		}
		if b := w.Service.LoadBalancer; b != nil && b.Internal {
			count["private"]++
		} else {
			count["public"]++
		}
	}
	for _, tier := range []string{"public", "private"} {
		for _, s := range l.firstOfZones(tier) {
			s.add(fixed("load balancers", count[tier]*loadBalancer))
		}
	}
}
