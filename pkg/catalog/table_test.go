package catalog

import (
	"slices"
	"testing"
)

func TestTableFind(t *testing.T) {
	const three = table("# head\n# more\na\t1\t-\nab\t-\t2\nb\t3\t4\n")
	tests := []struct {
		table table
		key   string
		want  []string
	}{
		{three, "a", []string{"a", "1", ""}},
		{three, "ab", []string{"ab", "", "2"}},
		{three, "b", []string{"b", "3", "4"}},
		{three, "", nil},
		{three, "aa", nil},
		{three, "c", nil},
		{three, "# head", nil},
		{"a\t1\n", "a", []string{"a", "1"}},
		{"a\t1", "a", []string{"a", "1"}}, // no newline at the end
		{"a\t1", "b", nil},
		{"# only a head\n", "a", nil},
		{"", "a", nil},
	}
	for _, tt := range tests {
		got, ok := tt.table.find(tt.key)
		if !slices.Equal(got, tt.want) || ok != (tt.want != nil) {
			t.Errorf("%q.find(%q) = %q, %v, want %q", string(tt.table), tt.key, got, ok, tt.want)
		}
	}
}

func TestTableKeys(t *testing.T) {
	got := table("# head\na\t1\nb\t-\n").keys()
	if want := []string{"a", "b"}; !slices.Equal(got, want) {
		t.Errorf("keys() = %q, want %q", got, want)
	}
}
