package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// instances changes the managed node group of newVPC, whose nodes are then of
// one type and in one zone.
func instances(instanceType string, f func(g *spec.NodeGroup)) func(*spec.Spec) {
	return group(func(g *spec.NodeGroup) {
		g.InstanceTypes, g.AvailabilityZones = []string{instanceType}, []string{"ap-northeast-2a"}
		f(g)
	})
}

func TestVolumes(t *testing.T) {
	volume := func(v spec.Volume) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.Volume = v })
	}
	extra := func(name string, v spec.Volume) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.Volumes = map[string]spec.ExtraVolume{name: {Volume: v}} })
	}
	const at, device = "cluster nodeGroups general volume", "cluster nodeGroups general volumes /dev/sdf"
	const key = "arn:aws:kms:ap-northeast-2:111122223333:key/1"
	runRules(t, newVPC, []ruleTest{
		{"as fast as gp3 is", volume(spec.Volume{Size: ptr(160), Type: "gp3", IOPS: ptr(80000), Throughput: ptr(2000)}), nil},
		{"slower than gp3 is", volume(spec.Volume{Type: "gp3", IOPS: ptr(2999)}), []want{{diag.VolumeSpeed, at + " iops", "3000 to 80000"}}},
		{"too fast for its size", volume(spec.Volume{Size: ptr(20), Type: "gp3", IOPS: ptr(10001)}), []want{{diag.VolumeSpeed, at + " iops", "500 for each"}}},
		{"baseline of a small one", volume(spec.Volume{Type: "gp3", IOPS: ptr(3000), Throughput: ptr(750)}), nil},
		{"throughput without operations", volume(spec.Volume{Type: "gp3", Throughput: ptr(751)}), []want{{diag.VolumeSpeed, at + " throughput", "need 3004"}}},
		{"throughput too low", volume(spec.Volume{Type: "gp3", Throughput: ptr(124)}), []want{{diag.VolumeSpeed, at + " throughput", "125 to 2000"}}},
		{"operations of gp2", volume(spec.Volume{Type: "gp2", IOPS: ptr(3000)}), []want{{diag.VolumeSpeed, at + " iops", "gp2"}}},
		{"throughput of io2", volume(spec.Volume{Type: "io2", IOPS: ptr(100), Throughput: ptr(200)}), []want{{diag.VolumeSpeed, at + " throughput", "io2"}}},
		{"io2 without operations", volume(spec.Volume{Type: "io2"}), []want{{diag.VolumeSpeed, at, "io2 has to say"}}},
		{"io1", volume(spec.Volume{Size: ptr(20), Type: "io1", IOPS: ptr(1000)}), nil},
		{"io1 too fast for its size", volume(spec.Volume{Size: ptr(20), Type: "io1", IOPS: ptr(1001)}), []want{{diag.VolumeSpeed, at + " iops", "50 for each"}}},
		{"key", volume(spec.Volume{Type: "gp3", Encrypted: true, KeyARN: key}), nil},
		{"key for nothing", volume(spec.Volume{Type: "gp3", KeyARN: key}), []want{{diag.VolumeKey, at + " keyARN", "not encrypted"}}},
		{"key of another region", volume(spec.Volume{Type: "gp3", Encrypted: true, KeyARN: "arn:aws:kms:eu-west-1:111122223333:key/1"}), []want{{diag.InvalidARN, at + " keyARN", "eu-west-1"}}},

		{"disk by snapshot", extra("/dev/sdf", spec.Volume{Type: "st1", Snapshot: "snap-0123456789abcdef0"}), nil},
		{"snapshot of a wrong form", extra("/dev/sdf", spec.Volume{Type: "gp3", Snapshot: "vol-12345678"}), []want{{diag.InvalidID, device + " snapshot", "a snapshot"}}},
		{"no size", extra("/dev/sdf", spec.Volume{Type: "gp3"}), []want{{diag.VolumeSize, device, "no size"}}},
		{"disk too small", extra("/dev/sdf", spec.Volume{Type: "sc1", Size: ptr(124)}), []want{{diag.VolumeSize, device + " size", "125 to 16384"}}},
		{"no device name", extra("data", spec.Volume{Type: "gp3", Size: ptr(1)}), []want{{diag.VolumeDevice, "cluster nodeGroups general volumes data", "device name"}}},
		{"the image's own", func(s *spec.Spec) {
			extra("/dev/xvdb", spec.Volume{Type: "gp3", Size: ptr(1)})(s)
			group(func(g *spec.NodeGroup) { g.Image.Family = spec.Bottlerocket })(s)
		}, []want{{diag.VolumeDevice, "cluster nodeGroups general volumes /dev/xvdb", "Bottlerocket"}}},
	})
}

func TestInstanceFeatures(t *testing.T) {
	const at = "cluster nodeGroups general"
	runRules(t, newVPC, []ruleTest{
		{"metadata", group(func(g *spec.NodeGroup) { g.Metadata = &spec.InstanceMetadata{HopLimit: 64, HTTPTokens: "required"} }), nil},
		{"hop limit", group(func(g *spec.NodeGroup) { g.Metadata = &spec.InstanceMetadata{HopLimit: 65, HTTPTokens: "required"} }), []want{
			{diag.InstanceMetadata, at + " metadata hopLimit", "1 to 64"}}},
		{"version 1", group(func(g *spec.NodeGroup) { g.Metadata = &spec.InstanceMetadata{HopLimit: 1, HTTPTokens: "optional"} }), []want{
			{diag.MetadataV1, at + " metadata httpTokens", "version 1"}}},

		{"credits", instances("t3.small", func(g *spec.NodeGroup) { g.CPUCredits = "standard" }), nil},
		{"credits of a type without", instances("m7g.large", func(g *spec.NodeGroup) { g.CPUCredits = "standard" }), []want{{diag.InstanceFeature, at + " cpuCredits", "m7g.large"}}},
		{"enclaves", instances("m7g.large", func(g *spec.NodeGroup) { g.NitroEnclaves = ptr(true) }), nil},
		{"enclaves on burstable", instances("t3.small", func(g *spec.NodeGroup) { g.NitroEnclaves = ptr(true) }), []want{{diag.InstanceFeature, at + " nitroEnclaves", "t3.small"}}},
		{"no enclaves", instances("t3.small", func(g *spec.NodeGroup) { g.NitroEnclaves = ptr(false) }), nil},

		{"cores", instances("c7i.xlarge", func(g *spec.NodeGroup) { g.CPUOptions = &spec.CPUOptions{CoreCount: 2, ThreadsPerCore: 1} }), nil},
		{"too many cores", instances("c7i.xlarge", func(g *spec.NodeGroup) { g.CPUOptions = &spec.CPUOptions{CoreCount: 4, ThreadsPerCore: 2} }), []want{
			{diag.InstanceFeature, at + " cpuOptions", "4 vCPUs of c7i.xlarge"}}},
		{"no core", instances("c7i.xlarge", func(g *spec.NodeGroup) { g.CPUOptions = &spec.CPUOptions{ThreadsPerCore: 2} }), []want{
			{diag.InstanceFeature, at + " cpuOptions coreCount", "1 core"}}},
		{"three threads", instances("c7i.xlarge", func(g *spec.NodeGroup) { g.CPUOptions = &spec.CPUOptions{CoreCount: 1, ThreadsPerCore: 3} }), []want{
			{diag.InstanceFeature, at + " cpuOptions threadsPerCore", "1 or 2"}}},
		{"cores of bare metal", instances("m7g.metal", func(g *spec.NodeGroup) { g.CPUOptions = &spec.CPUOptions{CoreCount: 1, ThreadsPerCore: 1} }), []want{
			{diag.InstanceFeature, at + " cpuOptions", "bare metal"}}},

		{"public address", group(func(g *spec.NodeGroup) { g.Subnets, g.PublicIPAddress = "public", ptr(true) }), nil},
		{"public address in private subnets", group(func(g *spec.NodeGroup) { g.PublicIPAddress = ptr(true) }), []want{{diag.PublicAddress, at + " publicIPAddress", "private subnets"}}},
	})
}

func TestGroupZones(t *testing.T) {
	zones := func(names ...string) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.AvailabilityZones = names })
	}
	const at = "cluster nodeGroups general availabilityZones"
	runRules(t, newVPC, []ruleTest{
		{"one", zones("ap-northeast-2c"), nil},
		{"an empty list", group(func(g *spec.NodeGroup) { g.AvailabilityZones = []string{} }), []want{{diag.GroupZones, at, "no zone"}}},
		{"without subnet", zones("ap-northeast-2b"), []want{{diag.GroupZones, at + " 0", "ap-northeast-2a, ap-northeast-2c"}}},
		{"twice", zones("ap-northeast-2a", "ap-northeast-2a"), []want{{diag.GroupZones, at + " 1", "twice"}}},
	})
}

func TestEFA(t *testing.T) {
	const at = "cluster nodeGroups general efa"
	runRules(t, newVPC, []ruleTest{
		{"many cards", instances("p5.48xlarge", func(g *spec.NodeGroup) { g.EFA = true }), nil},
		{"type without", instances("c7i.large", func(g *spec.NodeGroup) { g.EFA = true }), []want{{diag.EFA, at, "c7i.large takes no"}}},
		{"several zones", group(func(g *spec.NodeGroup) { g.EFA, g.InstanceTypes = true, []string{"c7gn.16xlarge"} }), []want{{diag.EFA, at, "ap-northeast-2a and ap-northeast-2c"}}},
		{"unlike types", instances("c7gn.16xlarge", func(g *spec.NodeGroup) { g.EFA, g.InstanceTypes = true, []string{"c8gn.48xlarge", "c7gn.16xlarge"} }), []want{
			{diag.EFA, at, "c8gn.48xlarge takes 2 adapters and c7gn.16xlarge takes 1"}}},
		{"unknown type", instances("p9.48xlarge", func(g *spec.NodeGroup) { g.EFA = true }), []want{
			{diag.UnknownEFA, at, "get one"}, {diag.UnknownInstance, "cluster nodeGroups general instanceTypes 0", "p9"}}},
		{"Windows", all(besideLinux, instances("c5n.18xlarge", func(g *spec.NodeGroup) { g.EFA, g.Image.Family = true, "WindowsServer2022Core" })), []want{{diag.EFA, at, "Windows"}}},
	})
}

func TestEFAIsPlaced(t *testing.T) {
	for name, tt := range map[string]struct {
		edit func(g *spec.NodeGroup)
		want *spec.PlacementGroup
	}{
		"by itself":        {func(g *spec.NodeGroup) {}, &spec.PlacementGroup{Strategy: "cluster"}},
		"in a given group": {func(g *spec.NodeGroup) { g.Placement = &spec.InstancePlacement{GroupName: "hpc"} }, nil},
		"by a reservation": {func(g *spec.NodeGroup) { g.CapacityReservation = &spec.CapacityReservation{ID: "cr-0123456789abcdef0"} }, nil},
	} {
		s := newVPC()
		instances("p5.48xlarge", func(g *spec.NodeGroup) { g.EFA = true; tt.edit(g) })(s)
		compare(t, Resolve(s), nil)
		var got *spec.PlacementGroup
		if p := s.Cluster.NodeGroups["general"].Placement; p != nil {
			got = p.Group
		}
		if (got == nil) != (tt.want == nil) || got != nil && got.Strategy != tt.want.Strategy {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestPlacement(t *testing.T) {
	placed := func(instanceType string, p spec.InstancePlacement) func(*spec.Spec) {
		return instances(instanceType, func(g *spec.NodeGroup) { g.Placement = &p })
	}
	created := func(instanceType string, p spec.PlacementGroup) func(*spec.Spec) {
		return placed(instanceType, spec.InstancePlacement{Group: &p})
	}
	const at = "cluster nodeGroups general placement"
	runRules(t, newVPC, []ruleTest{
		{"given", placed("m7g.large", spec.InstancePlacement{GroupName: "hpc", Tenancy: "dedicated"}), nil},
		{"given of a wrong name", placed("m7g.large", spec.InstancePlacement{GroupName: "größe"}), []want{{diag.InvalidName, at + " groupName", "placement group"}}},
		{"given and created", placed("m7g.large", spec.InstancePlacement{GroupName: "hpc", Group: &spec.PlacementGroup{Strategy: "cluster"}}), []want{{diag.InstancePlacement, at, "both"}}},
		{"close together", created("m7g.large", spec.PlacementGroup{Strategy: "cluster"}), nil},
		{"close together and burstable", created("t3.small", spec.PlacementGroup{Strategy: "cluster"}), []want{{diag.InstancePlacement, at + " group", "t3.small"}}},
		{"close together in two zones", group(func(g *spec.NodeGroup) {
			g.Placement = &spec.InstancePlacement{Group: &spec.PlacementGroup{Strategy: "cluster"}}
		}), []want{
			{diag.InstancePlacement, at + " group", "one zone"}}},
		{"partitions", created("m7g.large", spec.PlacementGroup{Strategy: "partition", PartitionCount: ptr(7)}), nil},
		{"eight partitions", created("m7g.large", spec.PlacementGroup{Strategy: "partition", PartitionCount: ptr(8)}), []want{{diag.InstancePlacement, at + " group partitionCount", "1 to 7"}}},
		{"partitions of a cluster", created("m7g.large", spec.PlacementGroup{Strategy: "cluster", PartitionCount: ptr(2)}), []want{{diag.InstancePlacement, at + " group partitionCount", "no partitions"}}},
		{"dedicated partitions", placed("m7g.large", spec.InstancePlacement{Tenancy: "dedicated", Group: &spec.PlacementGroup{Strategy: "partition", PartitionCount: ptr(3)}}), []want{
			{diag.InstancePlacement, at + " group partitionCount", "at most 2"}}},
		{"spread", created("m7g.large", spec.PlacementGroup{Strategy: "spread"}), nil},
		{"spread too far", instances("m7g.large", func(g *spec.NodeGroup) {
			g.Scaling.Max, g.Placement = 8, &spec.InstancePlacement{Group: &spec.PlacementGroup{Strategy: "spread"}}
		}), []want{{diag.InstancePlacement, at + " group", "so 7 and not 8"}}},
	})
}

func TestCapacityReservations(t *testing.T) {
	reserved := func(c spec.CapacityReservation) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.CapacityReservation = &c })
	}
	block := func(instanceType string, f func(g *spec.NodeGroup)) func(*spec.Spec) {
		return instances(instanceType, func(g *spec.NodeGroup) {
			g.CapacityType, g.CapacityReservation = spec.CapacityBlock, &spec.CapacityReservation{ID: reservation}
			f(g)
		})
	}
	const groupARN = ":111122223333:group/reservations"
	const at = "cluster nodeGroups general"
	runRules(t, newVPC, []ruleTest{
		{"by id", reserved(spec.CapacityReservation{ID: reservation}), nil},
		{"by group", reserved(spec.CapacityReservation{ResourceGroupARN: "arn:aws:resource-groups:ap-northeast-2" + groupARN}), nil},
		{"by group elsewhere", reserved(spec.CapacityReservation{ResourceGroupARN: "arn:aws:resource-groups:eu-west-1" + groupARN}), []want{
			{diag.InvalidARN, at + " capacityReservation resourceGroupARN", "eu-west-1"}}},
		{"by preference", reserved(spec.CapacityReservation{Preference: "none"}), nil},
		{"by nothing", reserved(spec.CapacityReservation{}), []want{{diag.CapacityReservation, at + " capacityReservation", "0 ways"}}},
		{"by two", reserved(spec.CapacityReservation{ID: reservation, Preference: "open"}), []want{{diag.CapacityReservation, at + " capacityReservation", "2 ways"}}},
		{"by a wrong id", reserved(spec.CapacityReservation{ID: "cr-1"}), []want{{diag.InvalidID, at + " capacityReservation id", "a capacity reservation"}}},
		{"of Spot", group(func(g *spec.NodeGroup) {
			g.CapacityType, g.CapacityReservation = spec.Spot, &spec.CapacityReservation{ID: reservation}
		}), []want{
			{diag.CapacityReservation, at + " capacityReservation", "Spot"}}},
		{"of several types", group(func(g *spec.NodeGroup) {
			g.InstanceTypes, g.CapacityReservation = []string{"m7g.large", "m6g.large"}, &spec.CapacityReservation{ID: reservation}
		}), []want{{diag.CapacityReservation, at + " capacityReservation id", "one instance type"}}},

		{"block", block("p5.48xlarge", func(g *spec.NodeGroup) {}), nil},
		{"block without reservation", block("p5.48xlarge", func(g *spec.NodeGroup) { g.CapacityReservation = nil }), []want{
			{diag.CapacityReservation, at + " capacityType", "which Capacity Block"}}},
		{"block in two zones", block("p5.48xlarge", func(g *spec.NodeGroup) { g.AvailabilityZones = nil }), []want{{diag.CapacityReservation, at + " capacityType", "one zone"}}},
		{"block of two types", block("p5.48xlarge", func(g *spec.NodeGroup) { g.InstanceTypes = append(g.InstanceTypes, "p5e.48xlarge") }), []want{
			{diag.CapacityReservation, at + " instanceTypes", "has 2"}}},
		{"block of plain instances", block("m7g.large", func(g *spec.NodeGroup) {}), []want{{diag.CapacityReservation, at + " instanceTypes 0", "m7g.large has none"}}},
		{"block with a warm pool", block("p5.48xlarge", func(g *spec.NodeGroup) { g.WarmPool = &spec.WarmPool{Enabled: true} }), []want{
			{diag.WarmPool, at + " warmPool", "CAPACITY_BLOCK"}}},
	})
}

// reservation is the id of a capacity reservation.
const reservation = "cr-0123456789abcdef0"
