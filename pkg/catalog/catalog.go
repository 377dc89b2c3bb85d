// Package catalog holds facts about AWS that a spec is checked against:
// regions and their zones, Kubernetes versions of EKS, AWS managed policies,
// EC2 instance types and EKS add-ons; and about CloudFormation's resource types,
// that templates are checked against.
//
// The facts have a date, [Date]. They come from packages that others publish
// under a licence, and a generator writes them into the files below data,
// whose first lines name source, version and licence. Nothing here asks AWS
// or reads a clock, so a name that the catalog does not know may still exist:
// where AWS adds names every week, callers warn rather than refuse.
package catalog

//go:generate go run ./generate -cache ../../.cache/catalog
