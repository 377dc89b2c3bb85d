package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/diag"
)

// publicRegistries are registries that are on the internet and nowhere else.
// Others may be in the VPC.
var publicRegistries = []string{"docker.io", "gcr.io", "ghcr.io", "mcr.microsoft.com", "nvcr.io", "public.ecr.aws", "quay.io", "registry.k8s.io"}

// checkClosedWorkloads checks what workloads want of the internet where there
// is none.
func (r *resolver) checkClosedWorkloads() {
	gateway := r.cluster.Network.VPC.InternetGateway
	closed := len(r.closedNodes()) > 0 && len(r.groupsIn("public")) == 0
	for _, p := range r.programs() {
		s, at := p.service, p.at
		for _, c := range p.containers() {
			if registry := r.registryOutside(c.Image); closed && registry != "" {
				r.report(diag.UnreachableImage, c.at.at("image"), "copy it to ECR in "+r.cluster.Region, "nodes without a way to the internet cannot pull from %s", registry)
			}
		}
		isOpen := s != nil && s.Type == "LoadBalancer" && (s.LoadBalancer == nil || !s.LoadBalancer.Internal)
		if gateway != nil && !*gateway && isOpen {
			r.report(diag.EmptyTier, at.at("service"), "add loadBalancer: internal: true", "there are no public subnets for a load balancer on the internet")
		}
	}
}

// registryOutside returns the registry of an image if it is on the internet,
// or in a region that the endpoints of ECR do not lead to.
func (r *resolver) registryOutside(image string) string {
	host, _, hasHost := strings.Cut(image, "/")
	if !hasHost || !strings.ContainsAny(host, ".:") {
		return "docker.io"
	}
	if slices.Contains(publicRegistries, host) {
		return host
	}
	_, ecr, isECR := strings.Cut(host, ".dkr.ecr.")
	if isECR && r.region.Name != "" && !strings.HasPrefix(ecr, r.region.Name+".amazonaws.com") {
		return host
	}
	return ""
}
