package main

import (
	"strings"
	"testing"
)

const (
	web   = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {replicas: 2, args: [a, b]}\n"
	admin = "apiVersion: v1\nkind: Namespace\nmetadata: {name: admin}\n"
)

func TestCompareObjects(t *testing.T) {
	tests := map[string]struct{ theirs, ours, want string }{
		"same":            {web + "---\n" + admin, web + "---\n" + admin, ""},
		"other key order": {"kind: Namespace\nmetadata: {name: admin}\napiVersion: v1\n", admin, ""},
		"other value":     {web, strings.Replace(web, "2", "3", 1), "Deployment/shop/web (apps/v1): .spec.replicas is 2, but 3 in memory"},
		"other item":      {web, strings.Replace(web, "b]", "c]", 1), ".spec.args[1] is b, but c"},
		"other type":      {web, strings.Replace(web, "2", `"2"`, 1), ".spec.replicas"},
		"missing field":   {web, strings.Replace(web, "replicas: 2, ", "", 1), ".spec.replicas is 2, but <nil>"},
		"shorter list":    {web, strings.Replace(web, ", b]", "]", 1), ".spec.args is [a b], but [a]"},
		"other order":     {web + "---\n" + admin, admin + "---\n" + web, "object 1 is Deployment/shop/web (apps/v1), but Namespace/admin (v1)"},
		"one less":        {web + "---\n" + admin, web, "lacks Namespace/admin (v1)"},
		"one more":        {web, web + "---\n" + admin, "only the build in memory has Namespace/admin (v1)"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			got := compareObjects(objects(t, tc.theirs), objects(t, tc.ours))
			if tc.want == "" && got != "" || !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func objects(t *testing.T, stream string) []object {
	t.Helper()
	parsed, err := parseObjects([]byte(stream))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestParseObjectsRefusesWhatHoldsNone(t *testing.T) {
	for _, stream := range []string{"", "a: [\n", "- list\n"} {
		if parsed, err := parseObjects([]byte(stream)); err == nil {
			t.Errorf("%q: got %v and no error", stream, parsed)
		}
	}
}
