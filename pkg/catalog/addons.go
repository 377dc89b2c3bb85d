package catalog

import _ "embed"

//go:embed data/addons.tsv
var addons table

// An Addon is an add-on that EKS manages, published by AWS or the community.
// Those of AWS Marketplace are not in the catalog; their names have the form
// "seller_product".
type Addon struct {
	Name string // such as "vpc-cni"
	// DaemonSet says that all pods of the add-on are those of DaemonSets, so
	// that EKS calls it active even while there are no nodes. Other add-ons
	// stay degraded until a node can take their pods.
	DaemonSet bool
	// BeforeNodes says that the first nodes or workloads need the add-on, so
	// that it is best created before them. It implies DaemonSet.
	BeforeNodes bool
}

// LookupAddon returns the add-on of that name.
func LookupAddon(name string) (Addon, bool) {
	row, ok := addons.find(name)
	if !ok {
		return Addon{}, false
	}
	return Addon{Name: row[0], DaemonSet: row[1] != "", BeforeNodes: row[1] == "before-nodes"}, true
}

// Addons returns the names of all add-ons, sorted.
func Addons() []string { return addons.keys() }
