package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var branchEntry = regexp.MustCompile(`(?s)\n\t"([a-z0-9.-]+)": +\{\n\t\tInterface: .*?\n\t\tIsTrunkingCompatible: +(true|false),\n\t\tBranchInterface: +(\d+),`)

// branchInterfaces maps an instance type that can have a trunk interface to
// how many branch interfaces, one for each pod with security groups of its
// own, that one carries.
func branchInterfaces() (map[string]int, error) {
	text, err := resourceController.read("pkg/aws/vpc/limits.go")
	if err != nil {
		return nil, err
	}
	entries := branchEntry.FindAllStringSubmatch(string(text), -1)
	if want := strings.Count(string(text), "BranchInterface:"); len(entries) != want {
		return nil, fmt.Errorf("read %d of %d instance types of the VPC resource controller", len(entries), want)
	}
	branches := map[string]int{}
	for _, m := range entries {
		n, err := strconv.Atoi(m[3])
		if err != nil || (n > 0) != (m[2] == "true") {
			return nil, fmt.Errorf("%s has %s branch interfaces and trunking %s", m[1], m[3], m[2])
		}
		branches[m[1]] = n
	}
	return branches, nil
}

// maxPodsTable is what AWS publishes of how many pods the nodes of each
// instance type take. It is no part of the catalog, which has what the figures
// are computed from; tests compare the two.
func maxPodsTable() (table, error) {
	text, err := vpcCNI.read("misc/eni-max-pods.txt")
	if err != nil {
		return table{}, err
	}
	t := table{name: "maxpods", columns: "instance type, pods", sources: []string{vpcCNI.cite("misc/eni-max-pods.txt")}}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) != 2 || fields[0] == "#" || isMac(fields[0]) {
			continue
		}
		if _, err := strconv.Atoi(fields[1]); err != nil {
			return table{}, fmt.Errorf("%s takes %q pods", fields[0], fields[1])
		}
		t.rows = append(t.rows, fields)
	}
	return t, nil
}

// isMac tells the instance types of macOS, on which EKS has no nodes.
func isMac(instanceType string) bool { return strings.HasPrefix(instanceType, "mac") }
