package cfn

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// described is a resource of a type that has moved on since the schemas of
// goformation, which are of April 2024. The catalog knows its properties.
type described struct{ name string }

// describedBy gives resources of a type that the catalog describes.
func describedBy(name string) func() cloudformation.Resource {
	return func() cloudformation.Resource { return &described{name} }
}

// AWSCloudFormationType is the type's name.
func (d *described) AWSCloudFormationType() string { return d.name }

// UnmarshalJSON refuses properties that the type does not have, those of
// another kind, and an object that lacks a required one. It leaves single
// values alone, as goformation does: AWS may know more of them than the catalog.
func (d *described) UnmarshalJSON(data []byte) error {
	known, ok := catalog.LookupResourceType(d.name)
	if !ok {
		return fmt.Errorf("the catalog does not describe %s", d.name)
	}
	var resource struct{ Properties map[string]any }
	if err := json.Unmarshal(data, &resource); err != nil {
		return err
	}
	reveal(resource.Properties)
	var refused []string
	for _, problem := range known.Check(resource.Properties) {
		if !problem.IsValue {
			refused = append(refused, problem.String())
		}
	}
	if len(refused) > 0 {
		return errors.New(strings.Join(refused, "; "))
	}
	return nil
}
