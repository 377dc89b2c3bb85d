package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// moreZones are zones that the sources below lack. cn-north-1d is the third
// zone of Beijing: published configurations for EKS in that region use it.
var moreZones = []string{"cn-north-1d"}

var zoneName = regexp.MustCompile(`"((?:[a-z]+-){2,3}\d+)([a-z])"`)

func regionTable() (table, error) {
	offered, err := regionsWithEKS()
	if err != nil {
		return table{}, err
	}
	zones, err := zoneLetters()
	if err != nil {
		return table{}, err
	}
	rows, err := regionRows(offered, zones)
	return table{
		name:    "regions",
		columns: `name, partition, DNS suffix, "eks" where EKS is offered, letters of the zones`,
		sources: []string{
			botocore.cite("partitions.json, endpoints.json"),
			cfnLint.cite("zones in helpers.py"),
			moto.cite("zones in ec2/resources/instance_type_offerings"),
		},
		rows: rows,
	}, err
}

func regionRows(offered map[string]bool, zones map[string]string) ([][]string, error) {
	var file struct {
		Partitions []struct {
			ID      string
			Outputs struct{ DNSSuffix string }
			Regions map[string]struct{}
		}
	}
	if err := botocore.readJSON("botocore/data/partitions.json", &file); err != nil {
		return nil, err
	}
	var rows [][]string
	for _, p := range file.Partitions {
		for name := range p.Regions {
			if strings.HasSuffix(name, "-global") {
				continue // the name under which global services sign, not a region
			}
			eks := ""
			if offered[name] {
				eks = "eks"
			}
			rows = append(rows, []string{name, p.ID, p.Outputs.DNSSuffix, eks, zones[name]})
		}
	}
	return rows, nil
}

func regionsWithEKS() (map[string]bool, error) {
	var file struct {
		Partitions []struct {
			Services map[string]struct {
				Endpoints map[string]struct{}
			}
		}
	}
	if err := botocore.readJSON("botocore/data/endpoints.json", &file); err != nil {
		return nil, err
	}
	offered := map[string]bool{}
	for _, p := range file.Partitions {
		for name := range p.Services["eks"].Endpoints {
			offered[name] = true
		}
	}
	return offered, nil
}

// zoneLetters maps a region to the letters of its zones, "a b c". Which zones
// an account sees differs in the older regions, so this is the union of what
// the sources saw.
func zoneLetters() (map[string]string, error) {
	text, err := cfnLint.read("cfnlint/helpers.py")
	if err != nil {
		return nil, err
	}
	_, list, ok := strings.Cut(string(text), "AVAILABILITY_ZONES = {")
	list, _, end := strings.Cut(list, "\n}\n")
	if !ok || !end {
		return nil, errors.New("cfn-lint no longer lists zones where it did")
	}
	found := map[string]map[string]bool{}
	add := func(text string) {
		for _, m := range zoneName.FindAllStringSubmatch(text, -1) {
			if found[m[1]] == nil {
				found[m[1]] = map[string]bool{}
			}
			found[m[1]][m[2]] = true
		}
	}
	add(list)
	for _, zone := range moreZones {
		add(fmt.Sprintf("%q", zone))
	}
	for region := range maps.Clone(found) {
		offers, err := moto.read("moto/ec2/resources/instance_type_offerings/availability-zone/" + region + ".json.gz")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		add(string(offers))
	}
	letters := map[string]string{}
	for region, set := range found {
		letters[region] = strings.Join(slices.Sorted(maps.Keys(set)), " ")
	}
	return letters, nil
}

// readJSON decodes a file of the package.
func (s *source) readJSON(name string, v any) error {
	data, err := s.read(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("failed to decode %s of %s: %w", name, s.name, err)
	}
	return nil
}
