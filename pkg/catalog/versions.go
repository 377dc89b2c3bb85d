package catalog

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
)

//go:embed data/versions.tsv
var versions table

// A Version is a minor version of Kubernetes that EKS offered at [Date]. The
// days are those of the EKS release calendar, in UTC; support ends as the day
// begins. They are empty where the sources do not say, as for the newest
// version.
type Version struct {
	Minor         string // such as "1.35"
	StandardUntil string // the day on which standard support ends, such as "2027-03-27"
	ExtendedUntil string // the day on which extended support ends
	Extended      bool   // whether it was in extended support at [Date]
}

// LookupVersion returns the version of that name, such as "1.35".
func LookupVersion(minor string) (Version, bool) {
	row, ok := versions.find(minor)
	if !ok {
		return Version{}, false
	}
	v := Version{Minor: row[0], StandardUntil: row[1], ExtendedUntil: row[2]}
	// Days of the form 2006-01-02 compare as strings.
	v.Extended = v.StandardUntil != "" && v.StandardUntil <= Date
	return v, true
}

// Versions returns the versions that EKS offered, the oldest first.
func Versions() []string {
	known := versions.keys()
	slices.SortFunc(known, func(a, b string) int {
		x, _ := MinorOf(a)
		y, _ := MinorOf(b)
		return x - y
	})
	return known
}

// MinorOf returns the second number of a version such as "1.35". It accepts
// nothing but "1." and a plain decimal number.
func MinorOf(version string) (int, bool) {
	digits, ok := strings.CutPrefix(version, "1.")
	minor, err := strconv.ParseUint(digits, 10, 16)
	if !ok || err != nil || strconv.FormatUint(minor, 10) != digits {
		return 0, false
	}
	return int(minor), true
}
