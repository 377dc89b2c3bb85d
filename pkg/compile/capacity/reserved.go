package capacity

import "github.com/ekscc/ekscc/pkg/catalog"

// evictionMiB is the memory that the kubelet keeps free by evicting pods.
const evictionMiB = 100

// allocatable is what a node has for the requests of pods: what it has, but for
// what the node images keep for the kubelet and the container runtime, which
// follows from the pods that the type takes by default; see
// https://awslabs.github.io/amazon-eks-ami/nodeadm/ and
// https://docs.aws.amazon.com/eks/latest/userguide/node-allocatable.html. A
// node has somewhat less, because its own kernel takes some of the memory too.
func allocatable(t catalog.InstanceType) (milliCPU, mebibytes int) {
	return t.VCPUs*1000 - reservedCPU(t.VCPUs), t.MemoryMiB - reservedMiB(ImageDefault(t)) - evictionMiB
}

// reservedMiB is the memory that is kept on a node of so many pods.
func reservedMiB(pods int) int { return 11*pods + 255 }

// reservedCPU is the CPU time that is kept, in thousandths of a core: 6 % of
// the first core, 1 % of the second, 0.5 % of the next two and 0.25 % of all
// others.
func reservedCPU(cores int) int {
	tenthousandths := 0
	for core := range cores {
		switch {
		case core < 1:
			tenthousandths += 600
		case core < 2:
			tenthousandths += 100
		case core < 4:
			tenthousandths += 50
		default:
			tenthousandths += 25
		}
	}
	return tenthousandths / 10
}
