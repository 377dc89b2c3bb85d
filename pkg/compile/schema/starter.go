package schema

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// The starter spec is a spec that compiles as it stands.
//
//go:embed starter.cue
var starter string

// StarterOptions are what a starter spec says of its own.
type StarterOptions struct {
	// Name is the cluster's name, to which each environment adds its own.
	Name string
	// Region is the AWS region.
	Region string
	// Account is the 12-digit AWS account id.
	Account string
}

// DefaultStarter holds the values of the embedded starter spec. The account
// is one that the documentation of AWS uses in examples.
var DefaultStarter = StarterOptions{Name: "my-cluster", Region: "eu-west-1", Account: "111122223333"}

// Starter returns a commented spec to begin with. Options that no spec could
// have are an error.
func Starter(o StarterOptions) ([]byte, error) {
	// The environments add up to five letters to the 100 that EKS allows.
	if len(o.Name) > 95 || !matches(`^[A-Za-z0-9][A-Za-z0-9_-]*$`, o.Name) {
		return nil, fmt.Errorf("%q is not a cluster name: at most 95 letters, digits, hyphens and underscores, the first a letter or digit", o.Name)
	}
	if err := CheckAccount(o.Account); err != nil {
		return nil, err
	}
	region, ok := catalog.LookupRegion(o.Region)
	if !ok {
		return nil, unknownRegion(o.Region)
	}
	zones := region.Zones
	if len(zones) < 2 {
		zones = []string{o.Region + "a", o.Region + "b"}
	}
	d := DefaultStarter
	replace := strings.NewReplacer(
		`"`+d.Name, `"`+o.Name,
		`"`+d.Account+`"`, `"`+o.Account+`"`,
		`"`+d.Region+`"`, `"`+o.Region+`"`,
		`"`+d.Region+`a"`, `"`+zones[0]+`"`,
		`"`+d.Region+`b"`, `"`+zones[1]+`"`,
	)
	return []byte(replace.Replace(starter)), nil
}

// CheckAccount returns an error for what is no AWS account id.
func CheckAccount(id string) error {
	if !matches(`^[0-9]{12}$`, id) {
		return fmt.Errorf("%q is not an AWS account id: 12 digits", id)
	}
	return nil
}

// matches compiles its pattern when it is used, not when ekscc starts.
func matches(pattern, s string) bool { return regexp.MustCompile(pattern).MatchString(s) }

func unknownRegion(name string) error {
	if near := catalog.Suggest(name, catalog.Regions()); near != "" {
		return fmt.Errorf("AWS has no region %q; did you mean %q?", name, near)
	}
	return fmt.Errorf("AWS has no region %q", name)
}
