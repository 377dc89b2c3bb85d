package capacity

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// A Workload is a workload, and how many of its replicas max nodes have room
// for, were it alone on them.
type Workload struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Replicas  int    `json:"replicas"`
	// Fargate says that its pods run on Fargate, and so on no node.
	Fargate bool `json:"fargate,omitempty"`
	// Placed is how many replicas find a place; nil where nobody can say.
	Placed *int `json:"placed"`
	// Limit says what keeps more of them away: "pods", "cpu" or "memory".
	Limit string `json:"limit,omitempty"`
}

// unlimited stands for a number that nothing limits.
const unlimited = math.MaxInt32

// The limits of a workload.
const (
	LimitPods   = "pods"
	LimitCPU    = "cpu"
	LimitMemory = "memory"
)

// addWorkloads adds the workloads, and how many of their pods have a place.
func (r *Report) addWorkloads(s *spec.Spec, room Room) {
	var onNodes []spec.Pod
	r.Workloads = []Workload{}
	for _, name := range sorted(s.Workloads) {
		w := s.Workloads[name]
		result := Workload{Name: name, Namespace: w.Namespace, Replicas: w.MaxReplicas()}
		_, result.Fargate = fargateProfile(&s.Cluster, name, w)
		if !result.Fargate {
			result.find(w, room.For(w.Pod), len(r.OpenEnded) > 0)
			onNodes = append(onNodes, w.Pod)
			r.Pods += max(result.Replicas, 0)
		}
		r.Workloads = append(r.Workloads, result)
	}
	if all := room.For(onNodes...); all.Known && len(r.OpenEnded) == 0 {
		places := all.Pods()
		r.Places = &places
	}
}

// find notes how many of the workload's pods find a place in the room, unless
// more nodes are started for those that do not.
func (w *Workload) find(declared spec.Workload, room Room, openEnded bool) {
	if !room.Known || openEnded {
		return
	}
	placed, limit := room.Place(declared)
	w.Placed = &placed
	if placed < w.Replicas {
		w.Limit = limit
	}
}

// fargateProfile is the Fargate profile that runs the pods of a workload.
func fargateProfile(c *spec.Cluster, name string, w spec.Workload) (spec.FargateProfile, bool) {
	labels := map[string]string{"app.kubernetes.io/name": name}
	maps.Copy(labels, w.Labels)
	return c.FargateProfileOf(w.Namespace, labels)
}

// Room is what max nodes of some groups have for pods of workloads.
type Room struct {
	// Known says that the room of all these groups is known. It is not with
	// nodes of Windows, because nothing says which pods are for them.
	Known  bool
	Groups []Group
	// PerNode is how many pods of DaemonSets run on each node.
	PerNode int
	// Cluster is how many pods of the cluster's own run besides.
	Cluster int
}

// RoomOf returns the room of all these groups.
func RoomOf(c *spec.Cluster, groups []Group) Room {
	return Room{Known: allKnown(groups), Groups: groups, PerNode: daemons(c), Cluster: replicas(c)}
}

func allKnown(groups []Group) bool {
	return len(groups) > 0 && !slices.ContainsFunc(groups, func(g Group) bool { return g.PodsPerNode == 0 || g.base.Image.Family.IsWindows() })
}

// For returns the room of the groups on whose nodes at least one of the pods
// may run. The cluster's own pods may run on the others.
func (r Room) For(pods ...spec.Pod) Room {
	room := Room{PerNode: r.PerNode}
	for _, g := range r.Groups {
		if slices.ContainsFunc(pods, func(p spec.Pod) bool { return g.takes(p) }) {
			room.Groups = append(room.Groups, g)
		}
	}
	if len(room.Groups) == len(r.Groups) {
		room.Cluster = r.Cluster
	}
	room.Known = allKnown(room.Groups) || len(room.Groups) == 0 && r.Known
	return room
}

// Pods is how many pods of workloads have a place.
func (r Room) Pods() int {
	pods := 0
	for _, g := range r.Groups {
		pods += g.Max * r.slots(g)
	}
	return max(pods-r.Cluster, 0)
}

// slots are the places for pods of workloads on a node.
func (r Room) slots(g Group) int { return max(g.PodsPerNode-r.PerNode, 0) }

// Place returns how many pods of a workload find a place, were it alone on the
// nodes, and what keeps more of them away. Of nodes of several types it takes
// the roomiest, so it never says too few.
func (r Room) Place(w spec.Workload) (placed int, limit string) {
	byPods, byCPU, byMemory := r.Pods(), 0, 0
	cpu, memory := request(w, LimitCPU), request(w, LimitMemory)
	both := 0
	for _, g := range r.Groups {
		slots := r.slots(g)
		onCPU, onMemory := g.copies(cpu, memory)
		byCPU += g.Max * min(slots, onCPU)
		byMemory += g.Max * min(slots, onMemory)
		both += g.Max * min(slots, onCPU, onMemory)
	}
	placed = min(byPods, both)
	switch {
	case placed == byPods:
		return placed, LimitPods
	case byCPU <= byMemory:
		return placed, LimitCPU
	default:
		return placed, LimitMemory
	}
}

// copies is how many pods with these requests one node of the group has CPU
// time and memory for.
func (g Group) copies(cpu, memory resource.Quantity) (onCPU, onMemory int) {
	for _, t := range g.types {
		if t.VCPUs == 0 {
			return unlimited, unlimited // the catalog does not know
		}
		milli, mebibytes := allocatable(t)
		onCPU = max(onCPU, times(int64(milli), cpu.MilliValue()))
		onMemory = max(onMemory, times(int64(mebibytes)<<20, memory.Value()))
	}
	return onCPU, onMemory
}

// times is how often part fits into whole.
func times(whole, part int64) int {
	if part <= 0 {
		return unlimited
	}
	return int(min(whole/part, unlimited))
}

func cpuOf(q spec.ResourceQuantities) string    { return q.CPU }
func memoryOf(q spec.ResourceQuantities) string { return q.Memory }

// request is what a pod of the workload asks for: its containers that run side
// by side together, or one that runs before them if that asks for more.
func request(w spec.Workload, limit string) resource.Quantity {
	total := asked(w.Program, limit)
	for _, name := range sorted(w.Sidecars) {
		total.Add(asked(w.Sidecars[name].Program, limit))
	}
	for _, before := range w.InitContainers {
		if q := asked(before.Program, limit); q.Cmp(total) > 0 {
			total = q
		}
	}
	return total
}

// asked is what a container asks for. Kubernetes takes the limit where only
// that is stated. A malformed quantity asks for nothing.
func asked(p spec.Program, limit string) resource.Quantity {
	of := memoryOf
	if limit == LimitCPU {
		of = cpuOf
	}
	q, err := resource.ParseQuantity(cmp.Or(of(p.Resources.Requests), of(p.Resources.Limits), "0"))
	if err != nil {
		return resource.Quantity{}
	}
	return q
}

// Roomiest is the instance type with the most of what limits a workload, CPU
// time or memory, and that amount as a Kubernetes quantity.
func (r Room) Roomiest(limit string) (instanceType, quantity string) {
	most := 0
	for _, g := range r.Groups {
		for _, t := range g.types {
			milli, mebibytes := allocatable(t)
			if limit == LimitCPU && milli > most {
				instanceType, quantity, most = t.Name, fmt.Sprintf("%dm", milli), milli
			}
			if limit == LimitMemory && mebibytes > most {
				instanceType, quantity, most = t.Name, fmt.Sprintf("%dMi", mebibytes), mebibytes
			}
		}
	}
	return instanceType, quantity
}

// Asks is how much of that a pod of the workload asks for.
func Asks(w spec.Workload, limit string) string {
	q := request(w, limit)
	return q.String()
}
