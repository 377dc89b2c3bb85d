package resolve

import (
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkEFA checks that the instance types of a group take Elastic Fabric
// Adapters, and as many of them, because one launch template lists them.
func (r *resolver) checkEFA(at path, g spec.NodeGroupBase) {
	if !g.EFA {
		return
	}
	at = at.at("efa")
	r.needsOneZone(diag.EFA, at, g, "adapters reach each other within one zone")
	if g.Image.Family.IsWindows() {
		r.report(diag.EFA, at, "leave it out", "Windows has no driver for Elastic Fabric Adapters")
	}
	var first catalog.InstanceType
	for _, name := range g.InstanceTypes {
		known, ok := catalog.LookupInstanceType(name)
		switch {
		case !ok:
			r.report(diag.UnknownEFA, at, "check the type's network cards; a group of types that ekscc knows gets all adapters", "how many adapters %s takes was not known on %s, so its nodes get one", name, catalog.Date)
		case known.EFAInterfaces == 0:
			r.report(diag.EFA, at, "take a type that does, or leave it out", "%s takes no Elastic Fabric Adapter", name)
		case first.Name == "":
			first = known
		case known.EFAInterfaces != first.EFAInterfaces || known.NetworkCards != first.NetworkCards:
			r.report(diag.EFA, at, "make a node group for each", "%s takes %d adapters and %s takes %d, but nodes of one group have as many", first.Name, first.EFAInterfaces, name, known.EFAInterfaces)
		}
	}
}
