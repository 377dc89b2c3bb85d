package diag

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// sample has every part of a diagnostic present once and absent once.
var sample = List{
	{
		Pos:     Pos{"infra/cluster.cue", 12, 3},
		Path:    []string{"cluster", "network", "natGateway"},
		Code:    UnknownField,
		Message: "unknown field",
		Hint:    `did you mean "natGateways"?`,
	},
	{
		Pos:          Pos{"infra/cluster.cue", 20, 11},
		Path:         []string{"cluster", "version"},
		Environments: []string{"prod"},
		Code:         ExtendedSupport,
		Message:      `Kubernetes "1.31" is in extended support`,
	},
	{
		Pos:          Pos{File: "odd, name: 100%.cue", Line: 7},
		Path:         []string{"workloads", "a\nb"},
		Environments: []string{"dev", "qa"},
		Code:         InvalidReplicas,
		Message:      "-1 replicas, 100%\r\n::error::forged",
	},
	{Pos: Pos{File: "infra"}, Code: Load, Message: "no CUE files in <infra>"},
	{Code: UnknownTag, Message: `no tag "size"`},
}

func TestWriteText(t *testing.T) {
	want := `infra/cluster.cue:12:3: cluster.network.natGateway: unknown field; did you mean "natGateways"? [E0002]
infra/cluster.cue:20:11: cluster.version: warning: Kubernetes "1.31" is in extended support (environment prod) [W0104]
odd, name: 100%.cue:7: workloads."a\nb": -1 replicas, 100%\r\n::error::forged (environments dev, qa) [E0608]
infra: no CUE files in <infra> [E0008]
no tag "size" [E0010]
`
	if got := written(t, "text", sample); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestWriteGitHub(t *testing.T) {
	want := `::error file=infra/cluster.cue,line=12,col=3,title=E0002::cluster.network.natGateway: unknown field; did you mean "natGateways"?
::warning file=infra/cluster.cue,line=20,col=11,title=W0104::cluster.version: Kubernetes "1.31" is in extended support (environment prod)
::error file=odd%2C name%3A 100%25.cue,line=7,title=E0608::workloads."a\nb": -1 replicas, 100%25\r\n::error::forged (environments dev, qa)
::error file=infra,title=E0008::no CUE files in <infra>
::error title=E0010::no tag "size"
`
	if got := written(t, "github", sample); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestGitHubFileNameStaysOnItsLine(t *testing.T) {
	got := written(t, "github", List{{Pos: Pos{File: "a\r\nb"}, Code: Load, Message: "m"}})
	if want := "::error file=a%0D%0Ab,title=E0008::m\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOneLineEach(t *testing.T) {
	evil := "a\nb\rc\td\x00e\x1b[31mf\u2028g\u202eh\xffi\u00a0j\U000E0001k"
	d := Diagnostic{Pos: Pos{"a.cue", 1, 2}, Path: []string{evil}, Environments: []string{evil}, Code: Load, Message: evil, Hint: evil}
	for _, format := range []string{"text", "github"} {
		got := written(t, format, List{d})
		line, rest, _ := strings.Cut(got, "\n")
		if rest != "" {
			t.Errorf("%s: more than one line: %q", format, got)
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 || !utf8.ValidString(line) {
			t.Errorf("%s: unprintable characters in %q", format, line)
		}
	}
	if got, want := written(t, "text", List{{Pos: Pos{File: "a\nb"}, Code: Load, Message: "m"}}), "a\\nb: m [E0008]\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := escape(evil), `a\nb\rc\td\u0000e\u001b[31mf\u2028g\u202eh\xffi\u00a0j\U000e0001k`; got != want {
		t.Errorf("escape gives %s, want %s", got, want)
	}
	if plain := "größe 日本 \ufffd \\d"; escape(plain) != plain {
		t.Errorf("escape changes %q to %q", plain, escape(plain))
	}
}

func TestWrite(t *testing.T) {
	var b bytes.Buffer
	err := Write(&b, "xml", sample)
	if err == nil || !strings.Contains(err.Error(), `unknown format "xml"`) || !strings.Contains(err.Error(), "sarif") {
		t.Errorf("unknown format: got error %v", err)
	}
	for _, format := range Formats() {
		if err := Write(failing{}, format, sample); !errors.Is(err, errFull) {
			t.Errorf("%s: the writer's error is lost: got %v", format, err)
		}
	}
	for _, format := range []string{"text", "github"} {
		if got := written(t, format, nil); got != "" {
			t.Errorf("%s: nothing to say, but it says %q", format, got)
		}
	}
}

func written(t *testing.T, format string, l List) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, l); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.String()
}

var errFull = errors.New("no space left on device")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }
