package emit

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The tests here stop a write from one to next before each of its changes to
// the file system in turn. There is a file of each fate: kept, changed, made,
// removed, turned into a directory and the other way round.
var (
	killFrom = sealed("keep", "0", "change", "1", "dir/change", "1", "gone", "1", "old/x/y", "1", "f", "1", "d/e", "1", "back", "1")
	killTo   = sealed("keep", "0", "change", "2", "dir/change", "2", "new", "2", "deep/er/new", "2", "f/g", "2", "d", "2")
	killNext = map[string]Set{
		"the same":    killTo,
		"the one ago": killFrom,
		"a third": sealed("keep", "0", "change", "3", "deep/er/new", "3", "third/x", "3", "old/x/y", "3", "back", "1",
			"f", "3", "d/h", "3"),
	}
	killBeside = []string{"notes", "mine", "dir/notes", "mine"}
)

// killDir is a tree of killFrom and files of somebody's own beside it.
func killDir(t *testing.T) string {
	t.Helper()
	dir := written(t, killFrom)
	put(t, dir, killBeside...)
	return dir
}

// wholeFiles fails the test unless each file below dir is that of a set.
func wholeFiles(t *testing.T, dir string, sets ...Set) {
	t.Helper()
	tree, err := ReadTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(killBeside); i += 2 {
		if string(tree[killBeside[i]]) != killBeside[i+1] {
			t.Errorf("%s was lost", killBeside[i])
		}
		delete(tree, killBeside[i])
	}
	for path, content := range tree {
		known := false
		for _, set := range sets {
			want, ok := set[path]
			known = known || ok && string(want) == string(content)
		}
		if !known {
			t.Errorf("%s holds %q, which is of no set", path, content)
		}
	}
}

// toldAndMended checks a tree that a killed write left: Check tells of the
// interruption and blames nobody, and Write completes any set.
func toldAndMended(t *testing.T, dir string, next Set) {
	t.Helper()
	lines := drift(t, dir, next)
	if _, err := os.Lstat(filepath.Join(dir, pendingDir)); err == nil && !strings.Contains(strings.Join(lines, "\n"), "interrupted") {
		t.Errorf("Check does not tell of the interruption: %v", lines)
	}
	for _, line := range lines {
		if _, state, _ := strings.Cut(line, " "); !State(state).Mine() {
			t.Errorf("Check blames somebody: %s", line)
		}
	}
	mustWrite(t, dir, next)
	holds(t, dir, next, killBeside...)
	wantDrift(t, dir, next)
}

// steps counts the changes to the file system that a write makes.
func steps(t *testing.T, dir string, set Set) int {
	t.Helper()
	n := 0
	if err := write(dir, set, WriteOptions{}, func() error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

var errStep = errors.New("no space left")

// failAt stops a write at its nth step, as a full disk does.
func failAt(n int) func() error {
	return func() error {
		if n--; n == 0 {
			return errStep
		}
		return nil
	}
}

// dieAt stops a write at its nth step with nothing tidied up: no code of the
// writer runs after a panic but the closing of its files.
func dieAt(dir string, set Set, n int) {
	defer func() { _ = recover() }()
	_ = write(dir, set, WriteOptions{}, func() error {
		if n--; n == 0 {
			panic("killed")
		}
		return nil
	})
}

func TestKilledWriteIsToldAndMended(t *testing.T) {
	t.Parallel()
	total := steps(t, killDir(t), killTo)
	if total < 20 {
		t.Fatalf("a write has %d steps only", total)
	}
	for name, next := range killNext {
		for n := 1; n <= total; n++ {
			t.Run(fmt.Sprintf("%s, step %d", name, n), func(t *testing.T) {
				dir := killDir(t)
				dieAt(dir, killTo, n)
				wholeFiles(t, dir, killFrom, killTo)
				toldAndMended(t, dir, next)
			})
		}
	}
}

// TestKilledTwice interrupts the write of one set, then that of another one,
// and completes a third.
func TestKilledTwice(t *testing.T) {
	t.Parallel()
	total := steps(t, killDir(t), killTo)
	third := killNext["a third"]
	last := sealed("keep", "4", "gone", "4", "d/e", "4")
	for n := 1; n <= total; n++ {
		for m := 1 + n%11; m <= total; m += 11 { // every pair would take a minute
			dir := killDir(t)
			dieAt(dir, killTo, n)
			dieAt(dir, third, m)
			wholeFiles(t, dir, killFrom, killTo, third)
			toldAndMended(t, dir, last)
			if t.Failed() {
				t.Fatalf("killed at step %d, then at step %d", n, m)
			}
		}
	}
}

// TestKilledFirstWrite has no lock to fall back on.
func TestKilledFirstWrite(t *testing.T) {
	t.Parallel()
	total := steps(t, t.TempDir(), killFrom)
	for n := 1; n <= total; n++ {
		dir := t.TempDir()
		put(t, dir, killBeside...)
		dieAt(dir, killFrom, n)
		wholeFiles(t, dir, killFrom)
		toldAndMended(t, dir, killTo)
	}
}

// TestEditAfterKill has somebody edit a file of an interrupted write.
func TestEditAfterKill(t *testing.T) {
	t.Parallel()
	total := steps(t, killDir(t), killTo)
	for n := 1; n <= total; n++ {
		dir := killDir(t)
		dieAt(dir, killTo, n)
		put(t, dir, "change", "mine")
		for name, next := range killNext {
			err := Write(dir, next, WriteOptions{})
			if _, ok := err.(*ConflictError); !ok {
				t.Errorf("step %d, %s: Write: %v; want a conflict", n, name, err)
			}
		}
		if content, _ := os.ReadFile(filepath.Join(dir, "change")); string(content) != "mine" {
			t.Errorf("step %d: the edit became %q", n, content)
		}
	}
}

// TestKilledForce has an interrupted write with force: what it did not come to
// overwrite still needs force.
func TestKilledForce(t *testing.T) {
	dir := killDir(t)
	put(t, dir, "change", "mine", "new", "mine")
	n := 0
	defer func() {
		_ = recover()
		refuses(t, dir, killTo, drift(t, dir, killTo))
		if err := Write(dir, killTo, WriteOptions{Force: true}); err != nil {
			t.Error(err)
		}
		holds(t, dir, killTo, killBeside...)
	}()
	_ = write(dir, killTo, WriteOptions{Force: true}, func() error {
		if n++; n == 20 {
			panic("killed")
		}
		return nil
	})
}

// TestFailedWrite has each step fail. Up to the journal, the tree must be as
// it was, with nothing left over.
func TestFailedWrite(t *testing.T) {
	t.Parallel()
	total := steps(t, killDir(t), killTo)
	untouched := 0
	for n := 1; n <= total; n++ {
		dir := killDir(t)
		err := write(dir, killTo, WriteOptions{}, failAt(n))
		if !errors.Is(err, errStep) {
			t.Fatalf("step %d: write: %v", n, err)
		}
		wholeFiles(t, dir, killFrom, killTo)
		if !strings.Contains(err.Error(), "half written: run compile again") {
			untouched++
			holds(t, dir, killFrom, killBeside...)
			wantDrift(t, dir, killFrom)
		}
		toldAndMended(t, dir, killTo)
	}
	if untouched < total/3 || untouched > 2*total/3 {
		t.Errorf("%d of %d failures left the tree untouched", untouched, total)
	}
}

// TestFailedWriteAfterKill has the write after an interrupted one fail: the
// journal of the first one must survive until that of the second takes over.
func TestFailedWriteAfterKill(t *testing.T) {
	t.Parallel()
	third := killNext["a third"]
	half := func() string {
		dir := killDir(t)
		dieAt(dir, killTo, 30) // two thirds through, in the middle of the changes
		return dir
	}
	total := steps(t, half(), third)
	for n := 1; n <= total; n++ {
		dir := half()
		if err := write(dir, third, WriteOptions{}, failAt(n)); !errors.Is(err, errStep) {
			t.Fatalf("step %d: write: %v", n, err)
		}
		wholeFiles(t, dir, killFrom, killTo, third)
		toldAndMended(t, dir, third)
	}
}

// TestSIGKILL kills a real process before each step.
func TestSIGKILL(t *testing.T) {
	if dir := os.Getenv("EKSCC_TEST_KILL_DIR"); dir != "" {
		n, _ := strconv.Atoi(os.Getenv("EKSCC_TEST_KILL_STEP"))
		err := write(dir, killTo, WriteOptions{}, func() error {
			if n--; n == 0 {
				self, err := os.FindProcess(os.Getpid())
				if err == nil {
					err = self.Kill()
				}
				if err != nil {
					t.Fatal(err)
				}
				select {}
			}
			return nil
		})
		t.Fatalf("not killed: %v", err)
	}
	if testing.Short() {
		t.Skip("starts a process for each step")
	}
	total := steps(t, killDir(t), killTo)
	for n := 1; n <= total; n++ {
		dir := killDir(t)
		cmd := exec.Command(os.Args[0], "-test.run=^TestSIGKILL$")
		cmd.Env = append(os.Environ(), "EKSCC_TEST_KILL_DIR="+dir, "EKSCC_TEST_KILL_STEP="+strconv.Itoa(n))
		if out, err := cmd.CombinedOutput(); err == nil || strings.Contains(string(out), "FAIL") {
			t.Fatalf("step %d: %v\n%s", n, err, out)
		}
		wholeFiles(t, dir, killFrom, killTo)
		toldAndMended(t, dir, killNext["a third"])
	}
}
