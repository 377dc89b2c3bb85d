package capacity

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/catalog"
)

func instanceType(t *testing.T, name string) catalog.InstanceType {
	t.Helper()
	it, ok := catalog.LookupInstanceType(name)
	if !ok {
		t.Fatalf("the catalog lacks %s", name)
	}
	return it
}

// What node images compute is what AWS publishes, for every type that it
// publishes; the head of the file names the source.
func TestImageDefaultAgreesWithAWS(t *testing.T) {
	published, err := os.ReadFile("../../catalog/testdata/maxpods.tsv")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for line := range strings.Lines(string(published)) {
		if name, want, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			compared++
			if got := ImageDefault(instanceType(t, name)); strconv.Itoa(got) != want {
				t.Errorf("%s: %d pods, want %s", name, got, want)
			}
		}
	}
	if compared < 1300 {
		t.Errorf("compared %d instance types", compared)
	}
}

// The numbers are those that the max-pods-calculator prints for the settings.
func TestRecommended(t *testing.T) {
	prefixes, custom := Plugin{Prefixes: true}, Plugin{CustomNetworking: true}
	for _, tt := range []struct {
		name   string
		plugin Plugin
		want   int
	}{
		{"c5d.large", Plugin{}, 29},
		{"c5d.large", prefixes, 110},
		{"m5.large", custom, 20},
		{"m5.large", Plugin{CustomNetworking: true, Prefixes: true}, 110},
		{"m5.4xlarge", Plugin{}, 110},
		{"m5.8xlarge", Plugin{}, 234},
		{"m5.24xlarge", Plugin{}, 250},
		{"m5.24xlarge", prefixes, 250},
		{"t3.nano", prefixes, 34},
		{"t3.nano", custom, 3},
		{"t2.medium", prefixes, 17},
		{"m5.metal", prefixes, 250},
		{"p5.48xlarge", Plugin{}, 100},
		{"m5.large", Plugin{IPv6: true, Prefixes: true}, 110},
		{"t3.nano", Plugin{IPv6: true, Prefixes: true}, 34},
		{"m5.4xlarge", Plugin{MaxENIs: 2}, 60},
		{"m5.large", Plugin{MaxENIs: 20}, 29},
	} {
		if got := tt.plugin.Recommended(instanceType(t, tt.name)); got != tt.want {
			t.Errorf("%s with %+v: %d pods, want %d", tt.name, tt.plugin, got, tt.want)
		}
	}
}

func TestDiffers(t *testing.T) {
	for _, tt := range []struct {
		types  string
		plugin Plugin
		want   bool
	}{
		{"m5.large", Plugin{}, false},
		{"m5.24xlarge", Plugin{}, false}, // the image knows no ceiling, and nobody asked for one
		{"m5.large", Plugin{Prefixes: true}, true},
		{"m5.large", Plugin{CustomNetworking: true}, true},
		{"m5.large", Plugin{IPv6: true, Prefixes: true}, true},
		{"m5.large", Plugin{MaxENIs: 2}, true},
		{"m5.large", Plugin{MaxENIs: 3}, false},
		{"t2.medium", Plugin{Prefixes: true}, false},
		{"t2.medium m5.large", Plugin{Prefixes: true}, true},
	} {
		var types []catalog.InstanceType
		for _, name := range strings.Fields(tt.types) {
			types = append(types, instanceType(t, name))
		}
		if got := tt.plugin.Differs(types); got != tt.want {
			t.Errorf("%s with %+v: %v", tt.types, tt.plugin, got)
		}
	}
}
