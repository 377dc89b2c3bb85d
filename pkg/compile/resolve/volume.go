package resolve

import (
	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/images"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// volumeLimits are what EBS allows of a type: sizes in GiB, I/O operations each
// second, and how many of these for each GiB at most; see
// https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html.
type volumeLimits struct{ minSize, maxSize, minIOPS, maxIOPS, iopsPerGiB int }

var volumeTypes = map[string]volumeLimits{
	"gp2":      {1, 16384, 0, 0, 0},
	"gp3":      {1, 65536, 3000, 80000, 500},
	"io1":      {4, 16384, 100, 64000, 50},
	"io2":      {4, 65536, 100, 256000, 1000},
	"sc1":      {125, 16384, 0, 0, 0},
	"st1":      {125, 16384, 0, 0, 0},
	"standard": {1, 1024, 0, 0, 0},
}

// Throughput of gp3 volumes in MiB/s, and how many I/O operations each second
// one of them takes; see
// https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html.
const (
	minThroughput, maxThroughput = 125, 2000
	iopsPerThroughput            = 4
)

// volumeDeviceName is the form of the device names of volumes beside the root volume;
// see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html.
var volumeDeviceName = lazyregexp.New(`^/dev/(sd[b-z]|xvd[b-z]|xvd[b-d][a-z])$`)

// checkNodeVolumes checks the volumes of a group. It expects the size of the first
// one to be filled in; what an image of your own needs of it is not known.
func (r *resolver) checkNodeVolumes(at path, g spec.NodeGroupBase) {
	r.checkVolume(at.at("volume"), g.Volume)
	smallest := images.MinVolumeSize(g.Image.Family)
	if size := *g.Volume.Size; g.Image.ID == "" && size < smallest && !r.reported(diag.VolumeSize, at.at("volume", "size")) {
		r.report(diag.VolumeSize, at.at("volume", "size"), "", "the image needs a volume of %d GiB, not %d", smallest, size)
	}
	for _, name := range sortedKeys(g.Volumes) {
		at := at.at("volumes", name)
		r.checkDevice(at, name, g.Image.Family)
		r.checkVolume(at, g.Volumes[name].Volume)
	}
}

func (r *resolver) checkDevice(at path, name string, family spec.ImageFamily) {
	switch {
	case !volumeDeviceName.MatchString(name):
		r.report(diag.VolumeDevice, at, `use a name from "/dev/sdf" to "/dev/sdp"`, "%q is not the device name of a further volume", name)
	case name == images.RootDevice(family) || name == images.SystemDevice(family):
		r.report(diag.VolumeDevice, at, "say it in volume, or take another name", "%q is a volume that the image of %s has itself", name, family)
	}
}

// checkVolume checks what every volume has.
func (r *resolver) checkVolume(at path, v spec.Volume) {
	limits, ok := volumeTypes[v.Type]
	if !ok {
		return // the schema has said so
	}
	switch {
	case v.Size == nil && v.Snapshot == "":
		r.report(diag.VolumeSize, at, "write size, or the snapshot that it begins with", "the volume has no size")
	case v.Size != nil && (*v.Size < limits.minSize || *v.Size > limits.maxSize):
		r.report(diag.VolumeSize, at.at("size"), "", "a volume of type %s has %d to %d GiB, not %d", v.Type, limits.minSize, limits.maxSize, *v.Size)
	}
	r.checkIOPS(at.at("iops"), v, limits)
	r.checkThroughput(at.at("throughput"), v)
	if v.Snapshot != "" {
		r.checkID(at.at("snapshot"), "snap", v.Snapshot)
	}
	if v.KeyARN != "" && !v.Encrypted {
		r.report(diag.VolumeKey, at.at("keyARN"), "leave it out, or encrypt the volume", "the volume is not encrypted, so it has no key")
	}
	r.checkKeyARN(at.at("keyARN"), v.KeyARN, "key/", "alias/")
}

func (r *resolver) checkIOPS(at path, v spec.Volume, limits volumeLimits) {
	switch n := v.IOPS; {
	case n == nil && (v.Type == "io1" || v.Type == "io2"):
		r.report(diag.VolumeSpeed, at[:len(at)-1], "write iops", "a volume of type %s has to say how many I/O operations it takes", v.Type)
	case n == nil:
	case limits.maxIOPS == 0:
		r.report(diag.VolumeSpeed, at, "leave it out, or take the type gp3", "nobody chooses the I/O operations of a volume of type %s", v.Type)
	case *n < limits.minIOPS || *n > limits.maxIOPS:
		r.report(diag.VolumeSpeed, at, "", "a volume of type %s takes %d to %d I/O operations each second, not %d", v.Type, limits.minIOPS, limits.maxIOPS, *n)
	case v.Size != nil && *n > limits.minIOPS && *n > limits.iopsPerGiB**v.Size:
		r.report(diag.VolumeSpeed, at, "", "%d I/O operations each second are too many for %d GiB; a volume of type %s takes %d for each", *n, *v.Size, v.Type, limits.iopsPerGiB)
	}
}

func (r *resolver) checkThroughput(at path, v spec.Volume) {
	if v.Throughput == nil {
		return
	}
	iops := volumeTypes["gp3"].minIOPS
	if v.IOPS != nil {
		iops = *v.IOPS
	}
	switch n := *v.Throughput; {
	case v.Type != "gp3":
		r.report(diag.VolumeSpeed, at, "leave it out, or take the type gp3", "nobody chooses the throughput of a volume of type %s", v.Type)
	case n < minThroughput || n > maxThroughput:
		r.report(diag.VolumeSpeed, at, "", "a volume has a throughput of %d to %d MiB/s, not %d", minThroughput, maxThroughput, n)
	case n*iopsPerThroughput > iops && !r.reported(diag.VolumeSpeed, at[:len(at)-1].at("iops")):
		r.report(diag.VolumeSpeed, at, "raise iops, or lower it", "%d MiB/s need %d I/O operations each second, but the volume takes %d", n, n*iopsPerThroughput, iops)
	}
}
