package catalog

import (
	_ "embed"
	"strings"
)

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
	// Namespace is where EKS puts the add-on unless told otherwise. It is
	// empty where the catalog does not know.
	Namespace string
	// ServiceAccount is the service account by which the add-on calls AWS. It
	// is empty for an add-on that does not, or that has several.
	ServiceAccount string
	// Policies are the AWS managed policies that AWS recommends for the service
	// account. There are none where AWS recommends full access to a service.
	Policies []string
	// Needs are the add-ons that have to be in the cluster before this one.
	Needs []string
}

// LookupAddon returns the add-on of that name.
func LookupAddon(name string) (Addon, bool) {
	row, ok := addons.find(name)
	if !ok {
		return Addon{}, false
	}
	return Addon{
		Name: row[0], DaemonSet: row[1] != "", BeforeNodes: row[1] == "before-nodes",
		Namespace: row[2], ServiceAccount: row[3], Policies: list(row[4]), Needs: list(row[5]),
	}, true
}

// Addons returns the names of all add-ons, sorted.
func Addons() []string { return addons.keys() }

// list cuts a column of several names.
func list(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, ",")
}
