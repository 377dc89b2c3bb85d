package main

import (
	"errors"
	"fmt"
	"regexp"
)

// calendar gives for each minor version the days on which its standard and
// its extended support end. They are facts from the release calendar of the
// Amazon EKS User Guide ("Understand the Kubernetes version lifecycle on EKS");
// a version that is not here is offered, but its dates were not to be had.
var calendar = map[string][2]string{
	"1.30": {"2025-07-23", "2026-07-23"},
	"1.31": {"2025-11-26", "2026-11-26"},
	"1.32": {"2026-03-23", "2027-03-23"},
	"1.33": {"2026-07-29", "2027-07-29"},
	"1.34": {"2026-12-02", "2027-12-02"},
	"1.35": {"2027-03-27", "2028-03-27"},
	"1.36": {"2027-08-02", "2028-08-02"},
}

// oldestDated is the oldest minor version of the calendar. All before it are
// out of support, and their dates are no longer kept.
const oldestDated = 30

var cdkVersion = regexp.MustCompile(`static readonly V1_(\d+): KubernetesVersion;`)

func versionTable() (table, error) {
	text, err := awsCDK.read("aws-eks-v2/lib/cluster.d.ts")
	if err != nil {
		return table{}, err
	}
	t := table{
		name:    "versions",
		columns: "minor version, end of standard support, end of extended support",
		sources: []string{
			awsCDK.cite("KubernetesVersion in aws-eks-v2/lib/cluster.d.ts"),
			"Amazon EKS User Guide, release calendar: the dates",
		},
	}
	dated := 0
	for _, m := range cdkVersion.FindAllStringSubmatch(string(text), -1) {
		var number int
		if _, err := fmt.Sscan(m[1], &number); err != nil {
			return table{}, err
		}
		minor := "1." + m[1]
		dates, ok := calendar[minor]
		if ok {
			dated++
		}
		ended := ok && dates[1] <= date()
		if number < oldestDated || ended {
			continue
		}
		t.rows = append(t.rows, []string{minor, dates[0], dates[1]})
	}
	if dated != len(calendar) {
		return table{}, errors.New("the calendar has a version that aws-cdk-lib does not know")
	}
	return t, nil
}
