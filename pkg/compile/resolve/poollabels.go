package resolve

// Domains of labels that say what an instance is.
const (
	karpenterDomain = "karpenter.k8s.aws"
	autoModeDomain  = "eks.amazonaws.com"
)

const (
	zoneLabel         = "topology.kubernetes.io/zone"
	regionLabel       = "topology.kubernetes.io/region"
	archLabel         = "kubernetes.io/arch"
	osLabel           = "kubernetes.io/os"
	instanceTypeLabel = "node.kubernetes.io/instance-type"
	capacityTypeLabel = "karpenter.sh/capacity-type"
)

// karpenterLabels are the labels of Karpenter's domain, without it, that nodes
// of Karpenter have; see
// https://karpenter.sh/docs/concepts/scheduling/#well-known-labels. Those with
// true are numbers.
var karpenterLabels = map[string]bool{
	"capacity-reservation-id":                  false,
	"capacity-reservation-interruptible":       false,
	"capacity-reservation-type":                false,
	"ec2nodeclass":                             false,
	"instance-accelerator-count":               true,
	"instance-accelerator-manufacturer":        false,
	"instance-accelerator-name":                false,
	"instance-capability-flex":                 false,
	"instance-category":                        false,
	"instance-cpu":                             true,
	"instance-cpu-manufacturer":                false,
	"instance-cpu-sustained-clock-speed-mhz":   true,
	"instance-ebs-bandwidth":                   true,
	"instance-encryption-in-transit-supported": false,
	"instance-family":                          false,
	"instance-generation":                      true,
	"instance-gpu-count":                       true,
	"instance-gpu-manufacturer":                false,
	"instance-gpu-memory":                      true,
	"instance-gpu-name":                        false,
	"instance-hypervisor":                      false,
	"instance-local-nvme":                      true,
	"instance-memory":                          true,
	"instance-network-bandwidth":               true,
	"instance-size":                            false,
	"instance-tenancy":                         false,
	"placement-group-id":                       false,
	"placement-group-partition":                true,
}

// autoModeLabels are the same for nodes of Auto Mode and its domain; see
// https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html.
var autoModeLabels = map[string]bool{
	"compute-type":                             false,
	"instance-category":                        false,
	"instance-cpu":                             true,
	"instance-cpu-manufacturer":                false,
	"instance-ebs-bandwidth":                   true,
	"instance-encryption-in-transit-supported": false,
	"instance-family":                          false,
	"instance-generation":                      true,
	"instance-gpu-count":                       true,
	"instance-gpu-manufacturer":                false,
	"instance-gpu-memory":                      true,
	"instance-gpu-name":                        false,
	"instance-hypervisor":                      false,
	"instance-local-nvme":                      true,
	"instance-memory":                          true,
	"instance-network-bandwidth":               true,
	"instance-size":                            false,
}

// requirementValues are the values of labels that have few, by the label
// without the domain of the family, or by the whole label.
var requirementValues = map[string][]string{
	archLabel:                   {"amd64", "arm64"},
	osLabel:                     {"linux", "windows"},
	capacityTypeLabel:           {"on-demand", "reserved", "spot"},
	"capacity-reservation-type": {"capacity-block", "default"},
	"instance-cpu-manufacturer": {"amd", "aws", "intel"},
	"instance-encryption-in-transit-supported": {"false", "true"},
	"instance-hypervisor":                      {"nitro", "xen"},
	"instance-tenancy":                         {"dedicated", "default"},
}
