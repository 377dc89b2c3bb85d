package main

import (
	"slices"
	"strings"
	"testing"
)

func TestArrange(t *testing.T) {
	tests := []struct{ args, want string }{
		{"", ""},
		{"--version", "--version"},
		{"version", "version"},
		{"compile", "compile"},
		{"compile a b", "compile -- a b"},
		{"compile a -o out b --force", "compile --output=out --force -- a b"},
		{"compile a --output=out", "compile --output=out -- a"},
		{"compile -t a=1 x -t b=-2,3", "compile --tag=a=1 --tag=b=-2,3 -- x"},
		{"compile -o a --output b", "compile --output=a --output=b"},
		{"compile -t=a=1 x", "compile --tag=a=1 -- x"},
		{"compile --force=false x", "compile --force=false -- x"},
		{"compile -- -o x", "compile -- -o x"},
		{"compile x -- -o", "compile -- x -o"},
		{"compile -", "compile -- -"},
		{"vet x", "lint -- x"},
		{"schema vendor dir --force", "schema vendor --force -- dir"},
		{"schema --format cue", "schema --format=cue"},
		{"help", "--help"},
		{"help compile", "compile --help"},
		{"help schema vendor", "schema vendor --help"},
		{"compile x -o y -h", "compile --help"},
		{"compile help", "compile -- help"},
		{"compile --f --generate-bash-completion", "compile --f --generate-bash-completion"},
	}
	for _, tt := range tests {
		args := append([]string{"ekscc"}, strings.Fields(tt.args)...)
		before := slices.Clone(args)
		got, err := arrange((&app{}).cli(), args)
		if err != nil {
			t.Errorf("arrange(%q): %v", tt.args, err)
		} else if got := strings.Join(got[1:], " "); got != tt.want {
			t.Errorf("arrange(%q) = %q, want %q", tt.args, got, tt.want)
		}
		if !slices.Equal(args, before) {
			t.Errorf("arrange(%q) changed its argument to %q", tt.args, args)
		}
	}
}

func TestArrangeErrors(t *testing.T) {
	tests := []struct{ args, want string }{
		{"-x", "ekscc has no flag -x"},
		{"--verison", "ekscc has no flag --verison; did you mean --version?"},
		{"lnit", `ekscc has no command "lnit"; did you mean "lint"?`},
		{"xyz", `ekscc has no command "xyz"`},
		{"compile --ouput x", "ekscc compile has no flag --ouput; did you mean --output?"},
		{"compile x --ouput=y", "ekscc compile has no flag --ouput; did you mean --output?"},
		{"compile -O x", "ekscc compile has no flag -O"},
		{"compile -o", "flag -o needs a value"},
		{"compile x -o", "flag -o needs a value"},
		{"compile -o -t a=1", "flag -o needs a value"},
		{"compile -o -- x", "flag -o needs a value"},
		{"compile -o= x", "flag -o needs a value"},
		{"schema vendors", `ekscc schema has no command "vendors"; did you mean "vendor"?`},
		{"schema --format cue vendor", `the command "vendor" comes before its flags`},
	}
	for _, tt := range tests {
		_, err := arrange((&app{}).cli(), append([]string{"ekscc"}, strings.Fields(tt.args)...))
		if err == nil || err.Error() != tt.want {
			t.Errorf("arrange(%q) = %v, want %s", tt.args, err, tt.want)
		}
		if _, ok := err.(usageError); !ok {
			t.Errorf("arrange(%q) gives a %T", tt.args, err)
		}
	}
}

func FuzzArrange(f *testing.F) {
	f.Add("compile a -o out b")
	f.Add("schema vendor -- -x")
	f.Fuzz(func(t *testing.T, line string) {
		args := append([]string{"ekscc"}, strings.Split(line, " ")...)
		got, err := arrange((&app{}).cli(), args)
		if err == nil && (len(got) == 0 || got[0] != "ekscc") {
			t.Errorf("arrange(%q) = %q", args, got)
		}
	})
}
