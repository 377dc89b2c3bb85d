package kinds_test

import (
	"reflect"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/kinds"
)

func TestPatch(t *testing.T) {
	type m = map[string]any
	pod := func(containers ...any) m { return m{"spec": m{"hostPID": true, "containers": containers}} }
	object := pod(m{"name": "web", "image": "web:1"}, m{"name": "proxy"})
	patch := m{"spec": m{"hostPID": nil, "containers": []any{m{"name": "web", "tty": true}}}}
	got, err := kinds.Patch("v1", "Pod", object, patch)
	want := m{"spec": m{"containers": []any{m{"name": "web", "image": "web:1", "tty": true}, m{"name": "proxy"}}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if whole := pod(m{"name": "web", "image": "web:1"}, m{"name": "proxy"}); !reflect.DeepEqual(object, whole) {
		t.Errorf("the object has become %v", object)
	}
	if _, err := kinds.Patch("v1", "Pod", object, pod(m{"tty": true})); err == nil {
		t.Error("a container without a name is no error")
	}
	if _, err := kinds.Patch("example.com/v1", "Widget", object, patch); err == nil {
		t.Error("an unknown kind is no error")
	}
}
