package lower

import (
	"path"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// ec2NodeClass is the object of a node class, in the words of
// https://karpenter.sh/docs/concepts/nodeclasses/.
func (k karpenter) ec2NodeClass(name string, class spec.EC2NodeClass) ir.Object {
	class.Tags = merged(k.Tags, class.Tags)
	switch {
	case class.InstanceProfile != "":
	case class.Role != "":
		class.Role = path.Base(class.Role)
	case k.knowsARNs() && k.Karpenter.InstanceProfile:
		class.InstanceProfile = k.NodeRole.Name
	case k.knowsARNs():
		class.Role = k.NodeRole.Name
	}
	body := struct {
		spec.EC2NodeClass
		BlockDeviceMappings []blockDevice `json:"blockDeviceMappings,omitempty"`
	}{class, blockDevices(class.BlockDeviceMappings)}
	object := object(map[string]any{
		"apiVersion": "karpenter.k8s.aws/v1",
		"kind":       "EC2NodeClass",
		"metadata":   map[string]any{"name": name},
		"spec":       body,
	})
	object.File = "ec2nodeclass-" + name
	return object
}

// blockDevice is a disk in an EC2NodeClass.
type blockDevice struct {
	DeviceName string               `json:"deviceName"`
	RootVolume *bool                `json:"rootVolume,omitempty"`
	EBS        spec.NodeClassVolume `json:"ebs"`
}

// blockDevices are the disks in the order of their names.
func blockDevices(disks map[string]spec.NodeClassVolume) []blockDevice {
	var list []blockDevice
	for _, disk := range sorted(disks) {
		root := disk.value.RootVolume
		disk.value.RootVolume = nil
		list = append(list, blockDevice{disk.name, root, disk.value})
	}
	return list
}
