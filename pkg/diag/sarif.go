package diag

import (
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
)

// WriteSARIF writes the list as a SARIF 2.1.0 log with one run. Its rules are
// the codes that occur, so that a new rule changes no other report.
//
// SARIF counts columns in characters and a Pos counts bytes; the two differ
// only right of a character outside ASCII on the same line.
func WriteSARIF(w io.Writer, l List) error {
	codes := make([]Code, 0, len(l))
	for _, d := range l {
		codes = append(codes, d.Code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)

	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "ekscc", InformationURI: home, Rules: sarifRules(codes)}},
		ColumnKind: "unicodeCodePoints",
		Results:    make([]sarifResult, len(l)),
	}
	for i, d := range l {
		index, _ := slices.BinarySearch(codes, d.Code)
		run.Results[i] = sarifResult{
			RuleID:    d.Code,
			RuleIndex: index,
			Level:     d.Severity(),
			Message:   sarifText{d.sentence(false)},
			Locations: d.sarifLocations(),
		}
	}
	return encode(w, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

func sarifRules(codes []Code) []sarifRule {
	rules := make([]sarifRule, len(codes))
	for i, c := range codes {
		rules[i] = sarifRule{ID: c, HelpURI: c.HelpURI(), DefaultConfiguration: sarifConfiguration{c.Severity()}}
		if title := c.Title(); title != "" {
			rules[i].ShortDescription = &sarifText{title}
		}
	}
	return rules
}

// sarifLocations says where d is: in the file, and in the spec.
func (d Diagnostic) sarifLocations() []sarifLocation {
	var where sarifLocation
	if d.Pos.IsValid() {
		where.Physical = &sarifPhysical{Artifact: sarifArtifact{fileURI(d.Pos.File)}}
		if d.Pos.Line > 0 {
			where.Physical.Region = &sarifRegion{d.Pos.Line, d.Pos.Column}
		}
	}
	if len(d.Path) > 0 {
		where.Logical = []sarifLogical{{FormatPath(d.Path)}}
	}
	if where.Physical == nil && where.Logical == nil {
		return nil
	}
	return []sarifLocation{where}
}

// fileURI writes a path as a URI reference: a relative one stays relative, to
// the directory that ekscc ran in.
func fileURI(file string) string {
	u := url.URL{Path: path.Clean(filepath.ToSlash(file))}
	if path.IsAbs(u.Path) {
		u.Scheme = "file"
	}
	return u.String()
}

// The part of SARIF that ekscc uses, named after sections 3.13 to 3.52 of
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   Code               `json:"id"`
		ShortDescription     *sarifText         `json:"shortDescription,omitempty"`
		HelpURI              string             `json:"helpUri"`
		DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Level Severity `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    Code            `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     Severity        `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
	sarifLogical struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
	}
)
