package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestEC2NodeClass(t *testing.T) {
	type tags = map[string]string
	subnets := func(terms ...spec.SubnetSelectorTerm) func(*spec.Spec) {
		return class(func(c *spec.EC2NodeClass) { c.SubnetSelectorTerms = append([]spec.SubnetSelectorTerm{}, terms...) })
	}
	windows := []spec.AMISelectorTerm{{Alias: "windows2022@latest"}}
	runRules(t, withKarpenter, []ruleTest{
		{"terms of all kinds", class(func(c *spec.EC2NodeClass) {
			c.SubnetSelectorTerms = []spec.SubnetSelectorTerm{{ID: "subnet-12345678"}, {Tags: tags{"a": "*"}}}
			c.SecurityGroupSelectorTerms = []spec.SecurityGroupSelectorTerm{{ID: "sg-12345678"}, {Name: "nodes"}, {Tags: tags{"a": "b"}}}
			c.CapacityReservationSelectorTerms = []spec.CapacityReservationSelectorTerm{{ID: "cr-0123456789abcdef0"}, {InstanceMatchCriteria: "open", Tags: tags{"a": "b"}}}
		}), nil},
		{"no subnet", subnets(), []want{{diag.NodeClass, classAt + " subnetSelectorTerms", "no term"}}},
		{"a subnet by nothing", subnets(spec.SubnetSelectorTerm{}), []want{{diag.NodeClass, classAt + " subnetSelectorTerms 0", "by nothing"}}},
		{"a subnet by id and tags", subnets(spec.SubnetSelectorTerm{ID: "subnet-12345678", Tags: tags{"a": "b"}}), []want{{diag.NodeClass, classAt + " subnetSelectorTerms 0", "more than one way"}}},
		{"a subnet that is none", subnets(spec.SubnetSelectorTerm{ID: "a"}), []want{{diag.InvalidID, classAt + " subnetSelectorTerms 0 id", ""}}},
		{"an empty tag", subnets(spec.SubnetSelectorTerm{Tags: tags{"a": ""}}), []want{{diag.NodeClass, classAt + " subnetSelectorTerms 0 tags a", `"*"`}}},
		{"no group", class(func(c *spec.EC2NodeClass) { c.SecurityGroupSelectorTerms = []spec.SecurityGroupSelectorTerm{} }), []want{
			{diag.NodeClass, classAt + " securityGroupSelectorTerms", "no term"}}},
		{"a group by id and name", class(func(c *spec.EC2NodeClass) {
			c.SecurityGroupSelectorTerms = []spec.SecurityGroupSelectorTerm{{ID: "sg-12345678", Name: "n"}}
		}), []want{{diag.NodeClass, classAt + " securityGroupSelectorTerms 0", "more than one way"}}},
		{"a reservation of an owner by id", class(func(c *spec.EC2NodeClass) {
			c.CapacityReservationSelectorTerms = []spec.CapacityReservationSelectorTerm{{ID: "cr-0123456789abcdef0", OwnerID: "111122223333"}}
		}), []want{{diag.NodeClass, classAt + " capacityReservationSelectorTerms 0 ownerID", ""}}},
		{"role and profile", class(func(c *spec.EC2NodeClass) { c.Role, c.InstanceProfile = "r", "p" }), []want{{diag.NodeClass, classAt, "both"}}},
		{"the role that it has anyway", class(func(c *spec.EC2NodeClass) { c.Role = "demo-karpenter-nodes-ap-northeast-2" }), []want{{diag.NodeClass, classAt + " role", "anyway"}}},
		{"a role that cannot be", class(func(c *spec.EC2NodeClass) { c.Role = "a/b c" }), []want{{diag.InvalidName, classAt + " role", "b c"}}},
		{"a role that is let in", func(s *spec.Spec) {
			class(func(c *spec.EC2NodeClass) { c.Role = "nodes" })(s)
			s.Cluster.Access = map[string]spec.Access{"n": {Role: "nodes", Type: "EC2_LINUX"}}
		}, []want{{diag.AccessPrincipal, "cluster access n", "node class"}}},
		{"Windows", class(func(c *spec.EC2NodeClass) { c.AMISelectorTerms = windows }), []want{{diag.NodeClass, classAt, "role of their own"}}},
		{"Windows with its role", class(func(c *spec.EC2NodeClass) { c.AMISelectorTerms, c.Role = windows, "w" }), nil},
		{"Windows and Linux with one role", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) {
			linux := k.NodeClasses["c"]
			linux.Role = "r"
			k.NodeClasses = map[string]spec.EC2NodeClass{"c": linux, "w": {AMISelectorTerms: windows, Role: "r"}}
			k.NodePools["q"] = spec.NodePool{NodeClass: "w", Disruption: steady}
		}), []want{{diag.NodeClass, classAt + " role", `"w"`}}},
		{"hops", class(func(c *spec.EC2NodeClass) {
			c.MetadataOptions = &spec.NodeClassMetadataOptions{HTTPPutResponseHopLimit: 65}
		}), []want{
			{diag.NodeClass, classAt + " metadataOptions httpPutResponseHopLimit", "64"}}},
		{"a tag of Karpenter's", class(func(c *spec.EC2NodeClass) { c.Tags = tags{"kubernetes.io/cluster/demo": "owned"} }), []want{
			{diag.NodeClass, classAt + " tags kubernetes.io/cluster/demo", "itself"}}},
		{"a tag of Karpenter's for all", func(s *spec.Spec) { s.Cluster.Tags = tags{"karpenter.sh/nodepool": "p"} }, []want{
			{diag.NodeClass, "cluster tags karpenter.sh/nodepool", "itself"}}},
		{"no private subnets", func(s *spec.Spec) {
			s.Cluster.Network = oldVPC().Cluster.Network
			s.Cluster.Network.Subnets.Private = nil
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })(s)
		}, []want{{diag.EmptyTier, classAt, "subnetSelectorTerms"}}},
	})
}

func TestNodeImage(t *testing.T) {
	images := func(terms ...spec.AMISelectorTerm) func(*spec.Spec) {
		return class(func(c *spec.EC2NodeClass) { c.AMISelectorTerms = terms })
	}
	alias := func(text string) func(*spec.Spec) { return images(spec.AMISelectorTerm{Alias: text}) }
	family := func(name string, term spec.AMISelectorTerm) func(*spec.Spec) {
		return class(func(c *spec.EC2NodeClass) { c.AMIFamily, c.AMISelectorTerms = name, []spec.AMISelectorTerm{term} })
	}
	const at = classAt + " amiSelectorTerms"
	runRules(t, withKarpenter, []ruleTest{
		{"Bottlerocket", alias("bottlerocket@v1.55.0"), nil},
		{"the latest", alias("bottlerocket@latest"), []want{{diag.MovingImage, at + " 0 alias", "bottlerocket@1.55.0"}}},
		{"no release", alias("al2023"), []want{{diag.ImageSelector, at + " 0 alias", "is not a release"}}},
		{"a release of another form", alias("al2023@1.2.3"), []want{{diag.ImageSelector, at + " 0 alias", "1.2.3"}}},
		{"Amazon Linux 2", alias("al2@latest"), []want{{diag.ImageSelector, at + " 0 alias", "1.33"}}},
		{"no family", alias("al2032@latest"), []want{{diag.ImageSelector, at + " 0 alias", "al2023"}}},
		{"none", images(), []want{{diag.ImageSelector, at, "not 0"}}},
		{"an empty term", images(spec.AMISelectorTerm{Owner: "self"}), []want{{diag.ImageSelector, at + " 0", "no images"}, {diag.ImageSelector, classAt + " amiFamily", "state it"}}},
		{"an alias among others", images(spec.AMISelectorTerm{Alias: "al2023@v20260415"}, spec.AMISelectorTerm{ID: "ami-12345678"}), []want{{diag.ImageSelector, at + " 0", "only one"}}},
		{"two ways", family("AL2023", spec.AMISelectorTerm{ID: "ami-12345678", Name: "a"}), []want{{diag.ImageSelector, at + " 0", "more than one way"}}},
		{"an id that is none", family("AL2023", spec.AMISelectorTerm{ID: "ami"}), []want{{diag.InvalidID, at + " 0 id", ""}}},
		{"a parameter", family("Bottlerocket", spec.AMISelectorTerm{SSMParameter: "/a"}), nil},
		{"a family of another alias", family("Bottlerocket", spec.AMISelectorTerm{Alias: "al2023@v20260415"}), []want{{diag.ImageSelector, classAt + " amiFamily", "Bottlerocket"}}},
		{"custom without user data", family("Custom", spec.AMISelectorTerm{Tags: map[string]string{"a": "b"}}), []want{{diag.ImageSelector, classAt + " userData", "Custom"}}},
	})
}

func TestNodeVolume(t *testing.T) {
	disk := func(v spec.NodeClassVolume) func(*spec.Spec) {
		return class(func(c *spec.EC2NodeClass) { c.BlockDeviceMappings = map[string]spec.NodeClassVolume{"/dev/xvda": v} })
	}
	const at = classAt + " blockDeviceMappings /dev/xvda"
	runRules(t, withKarpenter, []ruleTest{
		{"all there is", disk(spec.NodeClassVolume{VolumeSize: "1Ti", VolumeType: "gp3", Encrypted: true, KMSKeyID: "alias/a", IOPS: ptr(4000), Throughput: ptr(200), SnapshotID: "s", VolumeInitializationRate: ptr(100)}), nil},
		{"no size", disk(spec.NodeClassVolume{VolumeType: "gp3"}), []want{{diag.NodeClass, at, "neither"}}},
		{"a size without unit", disk(spec.NodeClassVolume{VolumeType: "gp3", VolumeSize: "20"}), []want{{diag.NodeClass, at + " volumeSize", "100Gi"}}},
		{"settings of other types", disk(spec.NodeClassVolume{VolumeType: "gp2", VolumeSize: "20Gi", IOPS: ptr(1), Throughput: ptr(1)}), []want{
			{diag.NodeClass, at + " iops", "gp2"}, {diag.NodeClass, at + " throughput", "gp2"}}},
		{"a type that needs them", disk(spec.NodeClassVolume{VolumeType: "io2", VolumeSize: "20Gi"}), []want{{diag.NodeClass, at + " iops", "io2"}}},
		{"a key for nothing", disk(spec.NodeClassVolume{VolumeType: "gp3", VolumeSize: "20Gi", KMSKeyID: "k"}), []want{{diag.NodeClass, at + " kmsKeyID", "not encrypted"}}},
		{"a rate for nothing", disk(spec.NodeClassVolume{VolumeType: "gp3", VolumeSize: "20Gi", VolumeInitializationRate: ptr(99)}), []want{
			{diag.NodeClass, at + " volumeInitializationRate", "no snapshot"}, {diag.NodeClass, at + " volumeInitializationRate", "100 to 300"}}},
		{"a device that is none, and two roots", class(func(c *spec.EC2NodeClass) {
			v := spec.NodeClassVolume{VolumeType: "gp3", VolumeSize: "20Gi", RootVolume: ptr(true)}
			c.BlockDeviceMappings = map[string]spec.NodeClassVolume{"disk": v, "sdb": v}
		}), []want{{diag.NodeClass, classAt + " blockDeviceMappings disk", "/dev/xvda"}, {diag.NodeClass, classAt + " blockDeviceMappings sdb rootVolume", "disk"}}},
	})
}

func TestNodeKubelet(t *testing.T) {
	kubelet := func(k spec.NodeClassKubelet) func(*spec.Spec) {
		return class(func(c *spec.EC2NodeClass) { c.Kubelet = &k })
	}
	type amounts = map[string]string
	const at = classAt + " kubelet"
	runRules(t, withKarpenter, []ruleTest{
		{"all there is", kubelet(spec.NodeClassKubelet{
			ClusterDNS: []string{"10.0.0.10"}, MaxPods: ptr(110), KubeReserved: amounts{"cpu": "1", "pid": "100"},
			EvictionHard: amounts{"memory.available": "5%"}, EvictionSoft: amounts{"pid.available": "100"}, EvictionSoftGracePeriod: amounts{"pid.available": "1m"},
			ImageGCHighThresholdPercent: ptr(80), ImageGCLowThresholdPercent: ptr(70),
		}), nil},
		{"no address", kubelet(spec.NodeClassKubelet{ClusterDNS: []string{"dns"}}), []want{{diag.NodeClass, at + " clusterDNS 0", "dns"}}},
		{"numbers that cannot be", kubelet(spec.NodeClassKubelet{MaxPods: ptr(-1), ImageGCHighThresholdPercent: ptr(101)}), []want{
			{diag.NodeClass, at + " imageGCHighThresholdPercent", "101"}, {diag.NodeClass, at + " maxPods", "-1"}}},
		{"thresholds that cross", kubelet(spec.NodeClassKubelet{ImageGCHighThresholdPercent: ptr(70), ImageGCLowThresholdPercent: ptr(70)}), []want{{diag.NodeClass, at + " imageGCLowThresholdPercent", "less"}}},
		{"a resource that is not kept", kubelet(spec.NodeClassKubelet{SystemReserved: amounts{"gpu": "1", "memory": "x"}}), []want{
			{diag.InvalidQuantity, at + " systemReserved memory", "x"}, {diag.NodeClass, at + " systemReserved gpu", "cpu, ephemeral-storage"}}},
		{"a signal that is not", kubelet(spec.NodeClassKubelet{EvictionHard: amounts{"memory.free": "5%"}}), []want{{diag.NodeClass, at + " evictionHard memory.free", "memory.available"}}},
		{"an amount that is none", kubelet(spec.NodeClassKubelet{EvictionHard: amounts{"memory.available": "101%"}}), []want{{diag.InvalidQuantity, at + " evictionHard memory.available", "101%"}}},
		{"an amount without a time, and a time without an amount", kubelet(spec.NodeClassKubelet{EvictionSoft: amounts{"memory.available": "5%"}, EvictionSoftGracePeriod: amounts{"pid.available": "x"}}), []want{
			{diag.NodeClass, at + " evictionSoft memory.available", "evictionSoftGracePeriod"}, {diag.NodeClass, at + " evictionSoftGracePeriod pid.available", "x"},
			{diag.NodeClass, at + " evictionSoftGracePeriod pid.available", "evictionSoft"}}},
	})
}
