package peer

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"go.yaml.in/yaml/v3"
)

// peer is what testdata/eksctl.yaml holds.
type peer struct {
	Source, Date string
	Wishes       []wish
}

// wish is what a user may want, and what eksctl creates for it.
type wish struct {
	Name, Says string
	// Templates are those of ekscc's that are for the wish, by their files'
	// names without extension; what others hold is not part of it.
	Templates []string
	Resources map[string]int
	// Calls are resources that eksctl creates in no template.
	Calls    map[string]int
	Policies []string
	Ingress  []string
	// Endpoints are the services of VPC endpoints.
	Endpoints []string
	Tags      map[string]int
	Settings  map[string]string
}

// inventory is what eksctl creates.
func (w wish) inventory() inventory {
	v := make(inventory)
	for name, counts := range map[string]map[string]int{"resources ": w.Resources, "tag ": w.Tags} {
		for key, n := range counts {
			v[name+key] = strconv.Itoa(n)
		}
	}
	for key, n := range w.Calls {
		v["resources "+key] = strconv.Itoa(n) + " by API calls"
	}
	for name, values := range map[string][]string{"policy ": w.Policies, "ingress ": w.Ingress, "endpoint ": w.Endpoints} {
		for _, value := range values {
			v[name+value] = present
		}
	}
	for key, value := range w.Settings {
		v["setting "+key] = value
	}
	return v
}

// difference is why ekscc does not do as eksctl does.
type difference struct {
	// Wishes are those that have it; none means all.
	Wishes           []string
	Of, Theirs, Ours string
	Because          string
	used             bool
}

func (d difference) explains(w wish, key, theirs, ours string) bool {
	return d.Of == key && d.Theirs == theirs && d.Ours == ours && (len(d.Wishes) == 0 || slices.Contains(d.Wishes, w.Name))
}

// read reads a file of testdata into value.
func read(t *testing.T, name string, value any) {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	decoder := yaml.NewDecoder(file)
	decoder.KnownFields(true)
	if err := decoder.Decode(value); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
