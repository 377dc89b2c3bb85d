package resolve

import (
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxHops is the largest hop limit of the instance metadata service; see
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html.
const maxHops = 64

// checkInstance checks how a group's instances are set up.
func (r *resolver) checkInstance(at path, g spec.NodeGroupBase) {
	r.checkInstanceMetadata(at.at("metadata"), g.Metadata)
	r.checkInstanceFeatures(at, g)
	r.checkPublicAddress(at.at("publicIPAddress"), g)
	r.checkEFA(at, g)
	r.checkInstancePlacement(at, g)
	r.checkCapacityReservation(at, g)
}

func (r *resolver) checkInstanceMetadata(at path, m *spec.InstanceMetadata) {
	if m == nil {
		return
	}
	if m.HopLimit < 1 || m.HopLimit > maxHops {
		r.report(diag.InstanceMetadata, at.at("hopLimit"), "", "the hop limit is %d; EC2 takes 1 to %d", m.HopLimit, maxHops)
	}
	if m.HTTPTokens == "optional" {
		r.report(diag.MetadataV1, at.at("httpTokens"), "leave it out, so that tokens are required", "version 1 of the metadata service answers whoever makes a node send a request")
	}
}

// checkInstanceFeatures checks that the instance types can do what is asked of
// them; types that the catalog does not know are taken to.
func (r *resolver) checkInstanceFeatures(at path, g spec.NodeGroupBase) {
	for _, name := range g.InstanceTypes {
		known, ok := catalog.LookupInstanceType(name)
		if !ok {
			continue
		}
		if g.CPUCredits != "" && !known.Burstable {
			r.report(diag.InstanceFeature, at.at("cpuCredits"), "leave it out", "%s has no CPU credits; types of the T families have", name)
		}
		if g.NitroEnclaves != nil && *g.NitroEnclaves && (known.Hypervisor != "nitro" || known.Burstable) {
			r.report(diag.InstanceFeature, at.at("nitroEnclaves"), "leave it out", "%s holds no Nitro Enclaves", name)
		}
		if g.CPUOptions != nil {
			r.checkCPUOptions(at.at("cpuOptions"), *g.CPUOptions, known)
		}
	}
}

func (r *resolver) checkCPUOptions(at path, o spec.CPUOptions, t catalog.InstanceType) {
	switch {
	case t.BareMetal():
		r.report(diag.InstanceFeature, at, "leave it out", "%s is bare metal, which has all its cores", t.Name)
	case o.CoreCount < 1:
		r.report(diag.InstanceFeature, at.at("coreCount"), "", "an instance has 1 core at least, not %d", o.CoreCount)
	case o.ThreadsPerCore != 1 && o.ThreadsPerCore != 2:
		r.report(diag.InstanceFeature, at.at("threadsPerCore"), "", "a core has 1 or 2 threads, not %d", o.ThreadsPerCore)
	case t.VCPUs > 0 && o.CoreCount*o.ThreadsPerCore > t.VCPUs:
		r.report(diag.InstanceFeature, at, "", "%d cores with %d threads each are more than the %d vCPUs of %s", o.CoreCount, o.ThreadsPerCore, t.VCPUs, t.Name)
	}
}

func (r *resolver) checkPublicAddress(at path, g spec.NodeGroupBase) {
	if g.PublicIPAddress == nil || g.Subnets == "public" {
		return
	}
	r.report(diag.PublicAddress, at, `leave it out, or set subnets to "public"`, "%s subnets have no route to an internet gateway, so nobody reaches a public address there", g.Subnets)
}
