package spec

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"github.com/ekscc/ekscc/pkg/compile/schema"
)

// Every field of the schema has a Go field of its name and kind, and every Go
// field is in the schema.
func TestDrift(t *testing.T) {
	for _, difference := range drift("", schema.Spec(), reflect.TypeFor[Spec]()) {
		if difference != ".environments has no Go field" { // an environment is a Spec
			t.Error(difference)
		}
	}
}

// The test can fail, too.
func TestDriftFindsDifferences(t *testing.T) {
	whole, err := schema.Read(map[string][]byte{"spec.cue": []byte(`
#Spec: {
	name: string
	size: int
	list: [...string]
	free: string
	deep: {a: bool}
	map: [string]: {b: int}
}
`)})
	if err != nil {
		t.Fatal(err)
	}
	type entry struct {
		B string `json:"b"`
	}
	type deep struct {
		A bool `json:"a"`
		C bool `json:"c"`
	}
	type mirror struct {
		Name string            `json:"name"`
		List map[string]string `json:"list"`
		Free map[string]any    `json:"free"`
		Deep deep              `json:"deep"`
		Map  map[string]entry  `json:"map"`
	}
	want := []string{
		".deep has no field c in the schema", ".free is string in the schema and map[string]interface {} in Go",
		".list is list in the schema and map[string]string in Go", ".map.*.b is int in the schema and string in Go", ".size has no Go field",
	}
	got := drift("", whole, reflect.TypeFor[mirror]())
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

var goKinds = map[reflect.Kind]schema.Kind{
	reflect.Struct: schema.Object, reflect.Map: schema.Map, reflect.Slice: schema.List,
	reflect.String: schema.String, reflect.Int: schema.Int, reflect.Bool: schema.Bool, reflect.Interface: schema.Any,
}

// drift lists where the Go type differs from the schema at path.
func drift(path string, t *schema.Type, typ reflect.Type) []string {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case typ.Kind() == reflect.Map && typ.Elem().Kind() == reflect.Interface && t.Kind == schema.Object:
		return nil // passed on as it is
	case t.Element() != nil && t.Kind == schema.Object && typ.Kind() == reflect.Map:
		return append(drift(path+".*", t.Element(), typ.Elem()), driftEntries(path, t, typ.Elem())...)
	case goKinds[typ.Kind()] != t.Kind:
		return []string{path + " is " + string(t.Kind) + " in the schema and " + typ.String() + " in Go"}
	case t.Element() != nil:
		return drift(path+".*", t.Element(), typ.Elem())
	}
	return driftFields(path, t, typ)
}

// driftEntries lists where the fields that an object of the schema names
// differ from the elements of the Go map that holds them beside all others.
func driftEntries(path string, t *schema.Type, elem reflect.Type) []string {
	var found []string
	for _, f := range t.Fields {
		found = append(found, drift(path+"."+f.Name, f.Type(), elem)...)
	}
	return found
}

func driftFields(path string, t *schema.Type, typ reflect.Type) []string {
	var found []string
	for _, f := range t.Fields {
		if field, ok := goField(typ, f.Name); ok {
			found = append(found, drift(path+"."+f.Name, f.Type(), field)...)
		} else {
			found = append(found, path+"."+f.Name+" has no Go field")
		}
	}
	if t.Kind != schema.Object {
		return found
	}
	for _, field := range reflect.VisibleFields(typ) {
		if name := jsonName(field); !field.Anonymous && name != "-" && t.Field(name) == nil {
			found = append(found, path+" has no field "+name+" in the schema")
		}
	}
	return found
}

func goField(typ reflect.Type, name string) (reflect.Type, bool) {
	for _, field := range reflect.VisibleFields(typ) {
		if !field.Anonymous && jsonName(field) == name {
			return field.Type, true
		}
	}
	return nil, false
}

func jsonName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}

const partial = `
cluster: {
	name:   string
	region: "eu-west-1"
	tags: {team: "core", stage: string}
	endpoint: {public: false, private: bool, publicAccessCIDRs: ["10.0.0.0/8", string]}
	logging: types: ["api"]
	secretsEncryption: keyARN: string
	nodeGroups: general: {instanceTypes: ["m7g.large"], keyPair: "k", scaling: {min: 1, max: int, desired: int}}
	addons: coredns: configuration: {replicas: int}
	addons: "vpc-cni": configuration: {env: {A: 1}}
	version: missing.reference
	account: 1 & 2
}
missing: {}
kubernetes: manifests: map: {kind: "ConfigMap", data: string}
`

func TestDecodePartial(t *testing.T) {
	got, err := json.Marshal(DecodePartial(cuecontext.New().CompileString(partial)).Cluster)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"name":"","region":"eu-west-1","account":"","version":"","tags":{"team":"core"},"network":{"vpc":{}},` +
		`"endpoint":{"public":false,"private":false},"ipFamily":"","logging":{"types":["api"]},"secretsEncryption":{},` +
		`"authenticationMode":"","bootstrapClusterCreatorAdminPermissions":false,` +
		`"nodeGroups":{"general":{"updateConfig":{},"instanceTypes":["m7g.large"],"capacityType":"","scaling":{"min":1,"max":0},` +
		`"subnets":"","image":{"family":""},"volume":{"type":"","encrypted":false},"keyPair":"k","role":{}}},` +
		`"addons":{"coredns":{"resolveConflicts":""},"vpc-cni":{"configuration":{"env":{"A":1}},"resolveConflicts":""}}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDecodePartialOfNothing(t *testing.T) {
	for _, v := range []cue.Value{{}, cuecontext.New().CompileString("3"), cuecontext.New().CompileString("1 & 2")} {
		if got := DecodePartial(v); !reflect.DeepEqual(got, Spec{}) {
			t.Errorf("%v: got %+v", v, got)
		}
	}
}

func TestDecode(t *testing.T) {
	v := cuecontext.New().CompileString(`
cluster: {name: "x", nodeGroups: a: {capacityType: "SPOT", version: "1.34", scaling: {min: 0, max: 2, desired: 1}}}
kubernetes: manifests: map: {apiVersion: "v1", n: 3, f: 1.5, big: 12345678901234567890, list: [{a: null}]}`)
	s, err := Decode(v)
	if err != nil {
		t.Fatal(err)
	}
	group := s.Cluster.NodeGroups["a"]
	if group.CapacityType != "SPOT" || group.Version != "1.34" || group.Scaling.Desired == nil || *group.Scaling.Desired != 1 {
		t.Errorf("got %+v", group)
	}
	got, err := json.Marshal(s.Kubernetes.Manifests["map"])
	if want := `{"apiVersion":"v1","big":12345678901234567890,"f":1.5,"list":[{"a":null}],"n":3}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if _, err := Decode(cuecontext.New().CompileString(`cluster: name: 3`)); err == nil {
		t.Error("a wrong type is no error")
	}
}

func TestDecodePartialOfListsForMaps(t *testing.T) {
	v := cuecontext.New().CompileString(`{cluster: {tags: ["a", 1 & 2], nodeGroups: [string]}, workloads: [3 & 4]}`)
	if got := DecodePartial(v); len(got.Cluster.Tags)+len(got.Cluster.NodeGroups)+len(got.Workloads) > 0 {
		t.Errorf("got %+v", got)
	}
}
