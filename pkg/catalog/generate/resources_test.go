package main

import (
	"slices"
	"strings"
	"testing"
)

func TestRegistrySchema(t *testing.T) {
	p, err := parseRegistrySchema([]byte(`{
		"typeName": "AWS::X::Y", "additionalProperties": false,
		"primaryIdentifier": ["/properties/Name", "/properties/Part/Id"],
		"createOnlyProperties": ["/properties/Name", "/properties/Part/Kind", "/properties/Gone"],
		"conditionalCreateOnlyProperties": ["/properties/Parts"],
		"readOnlyProperties": ["/properties/Part/Id"],
		"writeOnlyProperties": ["/properties/Parts/*/Kind"],
		"tagging": {"taggable": true, "tagProperty": "/properties/Tags"},
		"required": ["Name"],
		"requiredXor": ["Part", "Parts"],
		"definitions": {
			"Part": {"type": "object", "required": ["Kind"], "properties": {
				"Id": {"type": "string"}, "Kind": {"enum": ["b", "a"], "type": "string"}, "Inner": {"$ref": "#/definitions/Part"}}},
			"Source": {"oneOf": [{"required": ["A"], "properties": {"A": {"type": "string"}}}, {"required": ["B"], "properties": {"B": {"type": "string"}}}]}
		},
		"properties": {
			"Name": {"type": "string", "minLength": 0, "maxLength": 9, "pattern": "^a b$", "minItems": 3},
			"Ahead": {"type": "string", "pattern": "(?=a)b"},
			"Days": {"type": "integer", "enum": [30, 7], "minimum": 0, "maximum": 400},
			"Document": {"type": ["string", "object"]},
			"Either": {"type": "string", "enumCaseInsensitive": ["on", "off"]},
			"One": {"type": "string", "const": "Only"},
			"Part": {"$ref": "#/definitions/Part", "type": "object"},
			"Parts": {"type": "array", "insertionOrder": false, "minItems": 1, "items": {"$ref": "#/definitions/Part"}},
			"Source": {"$ref": "#/definitions/Source"},
			"Tags": {"type": "object", "patternProperties": {".+": {"type": "string"}}}
		}
	}`))
	if err != nil {
		t.Fatal(err)
	}
	want := `Y	object	exactlyOne Part Parts	identifier Name Part.Id	tags Tags
 Ahead	string
 Days	integer	enum 7|30	value 0..400
 Document	object|string
 Either	string	pattern ^(?i:on|off)$
 Name	string	createOnly	required	length ..9	pattern ^a b$
 One	string	enum Only
 Part	object
  Id	string	readOnly
  Inner	any
  Kind	string	createOnly	required	enum a|b
 Parts	array	conditionalCreateOnly	unordered	items 1..
  *	object
   Id	string
   Inner	any
   Kind	string	required	writeOnly	enum a|b
 Source	object	exactlyOne A B
  A	string
  B	string
 Tags	object
  *	string
`
	if got := text(t, p, "Y"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRegistrySchemaRefuses(t *testing.T) {
	if _, err := parseRegistrySchema([]byte(`{"properties": {"A": {"$ref": "#/definitions/B"}}}`)); err == nil {
		t.Error("a reference to nothing is accepted")
	}
}

const serviceDatabase = `{"schema": {
	"resource": {"entities": [
		{"cloudFormationType": "AWS::X::Y", "primaryIdentifier": ["Name"], "tagInformation": {"tagPropertyName": "Tags", "variant": "standard"},
			"attributes": {"Id": {}, "Name": {}, "Part.State": {}, "Status.Text": {}},
			"properties": {
				"Document": {"type": {"type": "json"}},
				"Name": {"type": {"type": "string"}, "required": true, "causesReplacement": "yes"},
				"Part": {"type": {"type": "ref", "reference": {"$ref": "1"}}, "causesReplacement": "maybe"},
				"Status": {"type": {"type": "ref", "reference": {"$ref": "2"}}},
				"Tags": {"type": {"type": "array", "element": {"type": "tag"}}},
				"Words": {"type": {"type": "union", "types": [{"type": "string"}, {"type": "map", "element": {"type": "integer"}}]}}}},
		{"cloudFormationType": "AWS::X::Odd", "properties": {"A": {"type": {"type": "novelty"}}}}]},
	"typeDefinition": {"entities": [
		{"$id": "1", "name": "Part", "properties": {"Again": {"type": {"type": "ref", "reference": {"$ref": "1"}}}, "On": {"type": {"type": "boolean"}}, "State": {"type": {"type": "date-time"}}}},
		{"$id": "2", "name": "Status", "properties": {"Text": {"type": {"type": "string"}}}}]}}}`

func TestServiceSpec(t *testing.T) {
	types, err := parseServiceSpec([]byte(serviceDatabase))
	if err != nil {
		t.Fatal(err)
	}
	p, err := types.resource("AWS::X::Y")
	if err != nil {
		t.Fatal(err)
	}
	want := `Y	object	attributes Id Name Part.State Status.Text	identifier Name	tags Tags
 Document	any
 Name	string	createOnly	required
 Part	object	conditionalCreateOnly
  Again	any
  On	boolean
  State	string	readOnly
 Status	object	readOnly
  Text	string	readOnly
 Tags	array
  *	object
   Key	string	required
   Value	string	required
 Words	object|string
  *	integer
`
	if got := text(t, p, "Y"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if p, err := types.resource("AWS::X::Z"); p != nil || err != nil {
		t.Errorf("a type that is not there gives %v, %v", p, err)
	}
	if _, err := types.resource("AWS::X::Odd"); err == nil {
		t.Error("a type of a kind that we do not know is accepted")
	}
}

// The registry is right wherever it says something.
func TestMerge(t *testing.T) {
	p, err := parseRegistrySchema([]byte(`{
		"readOnlyProperties": ["/properties/Id"],
		"properties": {
			"Document": {"type": "object"},
			"Id": {"type": "string"},
			"Name": {"type": "string"},
			"Part": {"type": "object", "properties": {"Off": {"type": "boolean"}}},
			"Words": {"type": "object", "patternProperties": {"a": {"type": "string"}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	types, err := parseServiceSpec([]byte(serviceDatabase))
	if err != nil {
		t.Fatal(err)
	}
	added, err := types.resource("AWS::X::Y")
	if err != nil {
		t.Fatal(err)
	}
	if p, err = merge(p, added); err != nil {
		t.Fatal(err)
	}
	want := `Y	object	attributes Name
 Document	object
 Id	string	readOnly
 Name	string
 Part	object
  Again	any
  Off	boolean
  On	boolean
  State	string	readOnly
 Status	object	readOnly
  Text	string	readOnly
 Tags	array
  *	object
   Key	string	required
   Value	string	required
 Words	object
  *	string
`
	if got := text(t, p, "Y"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := merge(nil, nil); err == nil {
		t.Error("a type that no source has is accepted")
	}
}

func TestResourceTextRefuses(t *testing.T) {
	p := newProperty("string")
	p.words["pattern"] = "a\tb"
	if err := p.write(&strings.Builder{}, "Name", 0); err == nil {
		t.Error("a tab within a column is written")
	}
}

func TestLongEnum(t *testing.T) {
	p := newProperty("string")
	p.enum(&schema{Enum: slices.Repeat([]any{"a"}, longestEnum+1)})
	if _, kept := p.words["enum"]; kept {
		t.Error("a list of values that ages is kept")
	}
}

func text(t *testing.T, p *property, name string) string {
	t.Helper()
	var b strings.Builder
	if err := p.write(&b, name, 0); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
