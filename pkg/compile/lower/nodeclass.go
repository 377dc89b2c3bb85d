package lower

import (
	"path"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// autoModeObjects are the node classes and node pools of Auto Mode, whose
// definitions EKS brings.
func (c cluster) autoModeObjects() []ir.Object {
	if c.AutoMode == nil {
		return nil
	}
	var objects []ir.Object
	for _, class := range sorted(c.AutoMode.NodeClasses) {
		objects = append(objects, c.nodeClass(class.name, class.value))
	}
	for _, pool := range sorted(c.AutoMode.CustomNodePools) {
		objects = append(objects, nodePool(pool.name, pool.value, "eks.amazonaws.com", "NodeClass"))
	}
	return objects
}

// certificateBundle is an authority in a NodeClass.
type certificateBundle struct {
	Name string `json:"name"`
	Data string `json:"data"`
}

// nodeClass is the object of a node class of Auto Mode, in the words of
// https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html.
func (c cluster) nodeClass(name string, class spec.NodeClass) ir.Object {
	class.Tags = merged(c.Tags, class.Tags)
	switch {
	case class.Role != "":
		class.Role = path.Base(class.Role)
	case c.knowsARNs():
		class.Role = c.AutoMode.RoleName()
	}
	body := struct {
		spec.NodeClass
		CertificateBundles []certificateBundle `json:"certificateBundles,omitempty"`
	}{NodeClass: class}
	for _, bundle := range sorted(class.CertificateBundles) {
		body.CertificateBundles = append(body.CertificateBundles, certificateBundle{bundle.name, bundle.value})
	}
	object := object(map[string]any{
		"apiVersion": "eks.amazonaws.com/v1",
		"kind":       "NodeClass",
		"metadata":   map[string]any{"name": name},
		"spec":       body,
	})
	object.File = "nodeclass-" + name
	return object
}
