package lower

import (
	"github.com/ekscc/ekscc/pkg/compile/images"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// blockDevices are the volumes of a node. That of the operating system alone
// keeps the size of the image, and its speed; the further ones follow.
func (g nodeGroup) blockDevices() ir.List {
	var devices ir.List
	if system := images.SystemDevice(g.Image.Family); system != "" {
		volume := spec.Volume{Type: "gp3", Encrypted: g.Volume.Encrypted, KeyARN: g.Volume.KeyARN}
		devices = append(devices, volumeMapping(system, volume, true))
	}
	devices = append(devices, volumeMapping(images.RootDevice(g.Image.Family), g.Volume, true))
	for _, extra := range sorted(g.Volumes) {
		devices = append(devices, volumeMapping(extra.name, extra.value.Volume, extra.value.DeleteOnTermination))
	}
	return devices
}

// volumeMapping says nothing of encryption where a snapshot decides it.
func volumeMapping(name string, v spec.Volume, deleteOnTermination bool) ir.Map {
	ebs := ir.Map{"DeleteOnTermination": deleteOnTermination, "VolumeType": v.Type}
	if v.Encrypted || v.Snapshot == "" {
		ebs["Encrypted"] = v.Encrypted
	}
	set(ebs, "VolumeSize", v.Size)
	set(ebs, "Iops", v.IOPS)
	set(ebs, "Throughput", v.Throughput)
	if v.KeyARN != "" {
		ebs["KmsKeyId"] = v.KeyARN
	}
	if v.Snapshot != "" {
		ebs["SnapshotId"] = v.Snapshot
	}
	return ir.Map{"DeviceName": name, "Ebs": ebs}
}
