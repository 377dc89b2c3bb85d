package diag

import (
	"bytes"
	"slices"
	"testing"
)

func TestSuppress(t *testing.T) {
	at := Pos{"a.cue", 9, 1}
	version := Diagnostic{Pos: Pos{"a.cue", 1, 1}, Path: []string{"cluster", "version"}, Code: ExtendedSupport, Message: "m"}
	group := Diagnostic{Pos: Pos{"a.cue", 2, 1}, Path: []string{"cluster", "nodeGroups", "my.group", "instanceTypes", "0"}, Code: UnknownInstance, Message: "m"}
	mistake := Diagnostic{Pos: Pos{"a.cue", 3, 1}, Path: []string{"cluster", "region"}, Code: UnknownRegion, Message: "m"}
	in := func(d Diagnostic, environments ...string) Diagnostic {
		d.Environments = environments
		return d
	}
	tests := []struct {
		name     string
		list     List
		accepted Suppression
		want     string
	}{
		{
			"exact path", List{version, group},
			Suppression{Code: ExtendedSupport, Path: "cluster.version"},
			"a.cue:2:1: cluster.nodeGroups.\"my.group\".instanceTypes[0]: warning: m [W0304]\n",
		},
		{
			"field around it", List{group},
			Suppression{Code: UnknownInstance, Path: `cluster.nodeGroups."my.group"`},
			"",
		},
		{
			"whole spec", List{group, version},
			Suppression{Code: UnknownInstance},
			"a.cue:1:1: cluster.version: warning: m [W0104]\n",
		},
		{
			"a prefix of a name is no field", List{version},
			Suppression{Code: ExtendedSupport, Path: "cluster.vers"},
			"a.cue:1:1: cluster.version: warning: m [W0104]\n" +
				"a.cue:9:1: lint.suppress: warning: no warning W0104 at cluster.vers to suppress; remove the suppression [W0011]\n",
		},
		{
			"field inside it", List{version},
			Suppression{Code: ExtendedSupport, Path: "cluster.version.minor"},
			"a.cue:1:1: cluster.version: warning: m [W0104]\n" +
				"a.cue:9:1: lint.suppress: warning: no warning W0104 at cluster.version.minor to suppress; remove the suppression [W0011]\n",
		},
		{
			"errors stay", List{mistake},
			Suppression{Code: UnknownRegion, Path: "cluster.region"},
			"a.cue:3:1: cluster.region: m [E0102]\n" +
				"a.cue:9:1: lint.suppress: warning: E0102 is an error, and errors cannot be suppressed; remove the suppression [W0011]\n",
		},
		{
			"no such code", nil,
			Suppression{Code: "W9999", Path: "cluster"},
			"a.cue:9:1: lint.suppress: warning: there is no warning W9999; remove the suppression [W0011]\n",
		},
		{
			"malformed path", List{version},
			Suppression{Code: ExtendedSupport, Path: `cluster."version`},
			"a.cue:1:1: cluster.version: warning: m [W0104]\n" +
				"a.cue:9:1: lint.suppress: warning: no warning W0104 at cluster.\"version to suppress; remove the suppression [W0011]\n",
		},
		{
			"one environment accepts", List{in(version, "dev", "prod")},
			Suppression{Code: ExtendedSupport, Path: "cluster", Environments: []string{"dev"}},
			"a.cue:1:1: cluster.version: warning: m (environment prod) [W0104]\n",
		},
		{
			"another environment accepts", List{in(version, "prod")},
			Suppression{Code: ExtendedSupport, Path: "cluster", Environments: []string{"dev"}},
			"a.cue:1:1: cluster.version: warning: m (environment prod) [W0104]\n" +
				"a.cue:9:1: lint.suppress: warning: no warning W0104 at cluster to suppress; remove the suppression (environment dev) [W0011]\n",
		},
		{
			"one environment accepts what all of them have", List{version},
			Suppression{Code: ExtendedSupport, Path: "cluster", Environments: []string{"dev"}},
			"a.cue:1:1: cluster.version: warning: m (environments prod, qa) [W0104]\n",
		},
		{
			"every environment accepts for itself", List{version},
			Suppression{Code: ExtendedSupport, Path: "cluster", Environments: []string{"dev", "prod", "qa"}},
			"",
		},
		{
			"all environments accept", List{in(version, "dev", "prod")},
			Suppression{Code: ExtendedSupport, Path: "cluster"},
			"",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := slices.Clone(tt.list)
			tt.accepted.Pos = at
			var b bytes.Buffer
			if err := WriteText(&b, tt.list.Suppress([]Suppression{tt.accepted}, []string{"dev", "prod", "qa"})); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("got:\n%swant:\n%s", b.String(), tt.want)
			}
			for i := range before {
				if compare(before[i], tt.list[i]) != 0 {
					t.Errorf("the list has changed: %v", tt.list)
				}
			}
		})
	}
}

func TestSuppressTwice(t *testing.T) {
	l := List{{Path: []string{"cluster", "version"}, Code: ExtendedSupport, Environments: []string{"dev", "prod"}}}
	got := l.Suppress([]Suppression{
		{Code: ExtendedSupport, Path: "cluster", Environments: []string{"dev"}},
		{Code: ExtendedSupport, Path: "cluster.version", Environments: []string{"dev", "prod"}},
	}, []string{"dev", "prod"})
	if len(got) != 0 {
		t.Errorf("two suppressions that overlap leave %v", got)
	}
}

func TestSuppressOncePerEnvironment(t *testing.T) {
	l := List{{Path: []string{"cluster", "version"}, Code: ExtendedSupport, Environments: []string{"prod"}}}
	in := func(path, environment string) Suppression {
		return Suppression{Code: ExtendedSupport, Path: path, Environments: []string{environment}}
	}
	got := l.Suppress([]Suppression{in("cluster", "dev"), in("cluster", "prod")}, []string{"dev", "prod"})
	if len(got) != 0 {
		t.Errorf("a suppression that one of its environments needs leaves %v", got)
	}
	got = l.Suppress([]Suppression{in("cluster", "prod"), in("x", "dev"), in("x", "prod")}, []string{"dev", "prod"})
	if len(got) != 1 || got[0].Code != StaleSuppression || got[0].Environments != nil {
		t.Errorf("a suppression that no environment needs gives %v, want one warning for all", got)
	}
}
