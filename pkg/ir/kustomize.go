package ir

// Kustomize is the Kubernetes half: what all environments share, and what
// each has of its own.
type Kustomize struct {
	// Base is sorted by name.
	Base []Part
	// Overlays are sorted by environment. An environment without any object has
	// none.
	Overlays []Overlay
}

// Part is a directory of the base: objects that belong together.
type Part struct {
	// Name is the directory's path below the base, such as "workloads/nginx".
	Name string
	// Objects are in the order in which a reader expects them.
	Objects []Object
}

// Overlay is what one environment takes from the base, and how it differs.
type Overlay struct {
	Environment string
	// Parts are the names of the base's parts that this environment has.
	Parts []string
	// Added are parts, or objects of parts, that the base does not have.
	Added []Part
	// Patches are what differs, one for each object.
	Patches []Patch
}

// Object is one Kubernetes object: its JSON form as maps, slices, strings,
// int64s, float64s, bools and nil.
type Object struct {
	APIVersion, Kind, Namespace, Name string
	// File is the file's name without extension, such as "deployment".
	File string
	Body map[string]any
}

// Patch is a strategic-merge patch of one object. Its Body names the object.
type Patch struct {
	// Part is the part that the object belongs to.
	Part string
	Object
}
