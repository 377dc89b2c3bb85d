package compile_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ekscc/ekscc/pkg/compile"
)

var limits = flag.Bool("limits", false, "compile every hostile spec, not only those that end at once")

// hostile are specs that would take all the time or memory there is. What
// they add to a sound spec is in CUE, or is the file as a whole.
var hostile = []struct {
	name string
	ext  string
	text string
	want string
	slow bool
}{
	{"a string that doubles", ".cue", grow(`_%[2]d: "\(_%[1]d)\(_%[1]d)"`, `"abcdefgh"`), "values that grow", false},
	{"an operator chain", ".cue", "_x: " + strings.Repeat("1+", 1_000_000) + "1", "values that grow", false},
	{"aliases of aliases", ".yaml", "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + aliases(), "aliases expand", false},
	{"brackets", ".json", `{"cluster": ` + strings.Repeat("[", 100_000), "", false},
	{"a struct that refers to itself", ".cue", "#L: {n: #L}\n_x: #L", "structural cycle", false},
	{"a comprehension over itself", ".cue", `workloads: {for k, v in workloads {"\(k)x": v}}`, "", false},
	{"a struct that doubles", ".cue", grow(`_%[2]d: {l: _%[1]d & {}, r: _%[1]d & {z: 1}}`, `{x: 1}`), "values that grow", true},
	{"a shared struct in a manifest", ".cue", grow(`_%[2]d: {l: _%[1]d, r: _%[1]d}`, `{x: 1}`) + `kubernetes: manifests: m: {apiVersion: "v1", kind: "ConfigMap", metadata: name: "x", data: _39}`, "holds more than", false},
	{"a shared list in an add-on", ".cue", grow(`_%[2]d: [_%[1]d, _%[1]d]`, `[1]`) + `cluster: addons: coredns: configuration: x: _39`, "holds more than", false},
	{"a long list", ".cue", "import \"list\"\n_x: list.Range(0, 1000000000, 1)", "values that grow", true},
	{"a disjunction of disjunctions", ".cue", disjunctions(), "values that grow", true},
	{"many environments", ".cue", "import \"list\"\nenvironments: {for i in list.Range(0, 20000, 1) {\"e\\(i)\": {}}}", "values that grow", true},
}

// grow defines _0 and 39 more, each of the last.
func grow(definition, first string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "_0: %s\n", first)
	for i := range 39 {
		fmt.Fprintf(&b, definition+"\n", i, i+1)
	}
	return b.String()
}

func aliases() string {
	var b strings.Builder
	for i := range 9 {
		fmt.Fprintf(&b, "a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	return b.String()
}

func disjunctions() string {
	var b strings.Builder
	for i := range 24 {
		fmt.Fprintf(&b, "_y: {a%d: 1} | {b%d: 2}\n", i, i)
	}
	return b.String()
}

// TestLimits compiles the hostile specs, each in a process of its own, because
// CUE goes on until that ends. With -limits it takes about a minute.
func TestLimits(t *testing.T) {
	if path := os.Getenv("EKSCC_TEST_COMPILE"); path != "" {
		model, diags, err := compile.Compile(compile.Input{Path: path})
		fmt.Println(model != nil, diags, err)
		os.Exit(0)
	}
	sound, err := os.ReadFile("../../examples/quickstart/cluster.cue")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			if tt.slow && !*limits {
				t.Skip("runs with -limits")
			}
			text := tt.text
			if tt.ext == ".cue" {
				imports, rest, _ := strings.Cut(text, "\n")
				if !strings.HasPrefix(imports, "import") {
					imports, rest = "", text
				}
				_, body, _ := strings.Cut(string(sound), "package quickstart\n")
				text = "package quickstart\n" + imports + "\n" + body + "\n" + rest
			}
			path := filepath.Join(t.TempDir(), "spec"+tt.ext)
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(os.Args[0], "-test.run=^TestLimits$")
			cmd.Env = append(os.Environ(), "EKSCC_TEST_COMPILE="+path)
			start := time.Now()
			out, err := cmd.Output()
			took := time.Since(start)
			answer := string(out)
			if err != nil || !strings.HasPrefix(answer, "false [") || !strings.Contains(answer, tt.want) {
				t.Errorf("got %.300q and error %v, want a diagnostic with %q", answer, err, tt.want)
			}
			if took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
			if peak := peakMemory(cmd.ProcessState); peak > 1<<30 {
				t.Errorf("it took %d MB", peak>>20)
			}
		})
	}
}
