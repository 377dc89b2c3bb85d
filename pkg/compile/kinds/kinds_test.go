package kinds_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/kinds"
)

func TestCheck(t *testing.T) {
	spec := func(container map[string]any) map[string]any {
		return map[string]any{"apiVersion": "v1", "kind": "Pod", "metadata": map[string]any{"name": "a"}, "spec": map[string]any{"containers": []any{container}}}
	}
	if faults := kinds.Check("v1", "Pod", spec(map[string]any{"name": "a", "image": "b:1"})); faults != nil {
		t.Errorf("a valid pod has the faults %v", faults)
	}
	got := kinds.Check("v1", "Pod", spec(map[string]any{"name": "a", "imgae": "b:1"}))
	want := []kinds.Fault{{Path: []string{"spec", "containers", "0", "imgae"}, Message: "a Pod has no such field"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	got = kinds.Check("v1", "Pod", spec(map[string]any{"env": true}))
	if len(got) != 1 || !strings.Contains(got[0].Message, "cannot unmarshal bool") {
		t.Errorf("got %v for a bool in place of a list", got)
	}
	if got := kinds.Check("example.com/v1", "Widget", map[string]any{"spec": 1}); got != nil {
		t.Errorf("got %v for a kind of somebody else's", got)
	}
}
