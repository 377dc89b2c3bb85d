package schema

import (
	"encoding/json"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	cuejson "cuelang.org/go/encoding/json"
	"cuelang.org/go/encoding/jsonschema"
)

const validSpec = `{
	"cluster": {
		"name": "a", "region": "eu-west-1", "account": "111122223333", "version": "1.35",
		"network": {"vpc": {"cidr": "10.0.0.0/16"}},
		"nodeGroups": {"general": {"instanceTypes": ["m6i.large"], "scaling": {"min": 1, "max": 2}}},
		"addons": {"vpc-cni": {"configuration": {"any": ["thing", 1]}}, "coredns": {"configuration": {"replicaCount": 2}}, "seller_product": {"version": "v1", "configuration": {"a": 1}}}
	},
	"kubernetes": {"manifests": {"m": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "m", "labels": {}}, "data": {}}}},
	"environments": {"dev": {}, "prod": {"cluster": {"name": "b"}}}
}`

// The JSON Schema is read back by CUE's own reader, which is a validator that
// shares no code with the writer.
func TestJSONSchemaValidates(t *testing.T) {
	text, err := JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	ctx := cuecontext.New()
	expr, err := cuejson.Extract("schema.json", text)
	if err != nil {
		t.Fatal(err)
	}
	file, err := jsonschema.Extract(ctx.BuildExpr(expr), &jsonschema.Config{})
	if err != nil {
		t.Fatal(err)
	}
	spec := ctx.BuildFile(file)
	if err := spec.Err(); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new string }{
		{name: "valid"},
		{"unknown field", `"name": "a"`, `"name": "a", "nme": "a"`},
		{"unknown top-level field", `"cluster": {`, `"clusters": {}, "cluster": {`},
		{"missing field", `"region": "eu-west-1", `, ``},
		{"missing field of an element", `"min": 1, `, ``},
		{"wrong type", `"account": "111122223333"`, `"account": 111122223333`},
		{"pattern", `"account": "111122223333"`, `"account": "11112222333"`},
		{"enum", `"scaling": {`, `"capacityType": "CHEAP", "scaling": {`},
		{"wrong type in a typed configuration", `"replicaCount": 2`, `"replicaCount": "2"`},
		{"unknown field beside named ones", `"version": "v1"`, `"versoin": "v1"`},
		{"wrong element of a list", `["m6i.large"]`, `[6]`},
	}
	for _, tt := range tests {
		document := strings.Replace(validSpec, tt.old, tt.new, 1)
		expr, err := cuejson.Extract("spec.json", []byte(document))
		if err != nil {
			t.Fatal(err)
		}
		err = spec.Unify(ctx.BuildExpr(expr)).Validate(cue.Concrete(true))
		if valid := err == nil; valid != (tt.old == "") {
			t.Errorf("%s: valid = %v: %v", tt.name, valid, err)
		}
	}
}

func TestJSONSchemaForEditors(t *testing.T) {
	text, err := JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Definitions map[string]struct {
			Description string
			Properties  map[string]struct {
				Ref         string `json:"$ref"`
				Description string
				Default     any
			}
		}
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	for name, definition := range s.Definitions {
		if definition.Description == "" {
			t.Errorf("%s has no description", name)
		}
		for field, property := range definition.Properties {
			if property.Description == "" {
				t.Errorf("%s.%s has no description", name, field)
			}
		}
	}
	group := s.Definitions["NodeGroup"].Properties
	if got := group["capacityType"].Default; got != "ON_DEMAND" {
		t.Errorf("capacityType has the default %v", got)
	}
	if got := s.Definitions["Key"].Properties["pendingWindowDays"].Default; got != 30.0 {
		t.Errorf("pendingWindowDays has the default %v", got)
	}
	// What #NodeGroup embeds is there too.
	if got := group["scaling"].Ref; got != "#/definitions/Scaling" {
		t.Errorf("scaling refers to %q", got)
	}
}
