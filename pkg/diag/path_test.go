package diag

import (
	"slices"
	"testing"
)

func TestFormatPath(t *testing.T) {
	tests := []struct {
		path []string
		want string
	}{
		{nil, ``},
		{[]string{"cluster", "network", "natGateways"}, `cluster.network.natGateways`},
		{[]string{"cluster", "nodeGroups", "my.group"}, `cluster.nodeGroups."my.group"`},
		{[]string{"cluster", "nodeGroups", "my-group", "labels"}, `cluster.nodeGroups."my-group".labels`},
		{[]string{"a", "0", "b", "12"}, `a[0].b[12]`},
		{[]string{"0"}, `[0]`},
		{[]string{"a", "00"}, `a."00"`},
		{[]string{"a", "1x"}, `a."1x"`},
		{[]string{"a", ""}, `a.""`},
		{[]string{"_a", "#b", "$c", "d_1", "größe"}, `"_a"."#b".$c.d_1.größe`},
		{[]string{`say "hi"`, `back\slash`}, `"say \"hi\""."back\\slash"`},
		{[]string{"two\nlines", "bell\a", "red\x1b[31m"}, `"two\nlines"."bell\u0007"."red\u001b[31m"`},
		{[]string{"tag\U000E0041"}, `"tag\U000e0041"`},
	}
	for _, tt := range tests {
		got := FormatPath(tt.path)
		if got != tt.want {
			t.Errorf("FormatPath(%q) = %s, want %s", tt.path, got, tt.want)
		}
		if back, ok := ParsePath(got); !ok || !slices.Equal(back, tt.path) {
			t.Errorf("ParsePath(%s) = %q, %t, want %q", got, back, ok, tt.path)
		}
	}
}

func TestParsePath(t *testing.T) {
	tests := []struct {
		path string
		want []string
	}{
		{`cluster.nodeGroups.my-group.labels`, []string{"cluster", "nodeGroups", "my-group", "labels"}},
		{`taints."example.com/gpu"[3]`, []string{"taints", "example.com/gpu", "3"}},
	}
	for _, tt := range tests {
		if got, ok := ParsePath(tt.path); !ok || !slices.Equal(got, tt.want) {
			t.Errorf("ParsePath(%s) = %q, %t, want %q", tt.path, got, ok, tt.want)
		}
	}
	for _, bad := range []string{`.`, `a.`, `.a`, `a..b`, `a[`, `a[]`, `a[x]`, `a[01]`, `a.[0]`, `a[0]b`, `"a`, `a"b"`, `"a"b`, `"\q"`} {
		if got, ok := ParsePath(bad); ok {
			t.Errorf("ParsePath(%s) = %q, want it refused", bad, got)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	f.Add(`cluster.nodeGroups."my.group"[0]`)
	f.Add(`a.b-c[12].""`)
	f.Add(`"\u00e9\n"`)
	f.Fuzz(func(t *testing.T, path string) {
		names, ok := ParsePath(path)
		if !ok {
			return
		}
		formatted := FormatPath(names)
		again, ok := ParsePath(formatted)
		if !ok || FormatPath(again) != formatted {
			t.Errorf("%q reads as %q, which is written %s and reads as %q", path, names, formatted, again)
		}
	})
}
