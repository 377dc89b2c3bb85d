package catalog

import (
	_ "embed"
	"strings"
)

//go:embed data/regions.tsv
var regions table

// A Region is an AWS region.
type Region struct {
	Name      string // such as "eu-central-1"
	Partition string // the second part of an ARN there: "aws", "aws-cn", "aws-us-gov", ...
	DNSSuffix string // the domain of the partition's endpoints, such as "amazonaws.com"
	EKS       bool   // whether EKS is offered there
	// Zones are the names of the Availability Zones, sorted. An account may
	// lack one of them; none are known of a region that has not opened.
	Zones []string
}

// LookupRegion returns the region of that name.
func LookupRegion(name string) (Region, bool) {
	row, ok := regions.find(name)
	if !ok {
		return Region{}, false
	}
	r := Region{Name: row[0], Partition: row[1], DNSSuffix: row[2], EKS: row[3] == "eks"}
	for _, letter := range strings.Fields(row[4]) {
		r.Zones = append(r.Zones, name+letter)
	}
	return r, true
}

// Regions returns the names of all regions, sorted.
func Regions() []string { return regions.keys() }
