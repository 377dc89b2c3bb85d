package emit

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// TestRandomLives takes trees through random sets, edits and kills, over a few
// paths that get in each other's way, and checks what must always hold:
//   - Check has nothing to say exactly if Write changes nothing;
//   - Write refuses exactly if Check names something that is not ekscc's, and
//     changes nothing then;
//   - no byte of somebody's own is lost without force.
func TestRandomLives(t *testing.T) {
	t.Parallel()
	lives := 40
	if testing.Short() {
		lives = 10
	}
	for seed := range uint64(lives) {
		rng := rand.New(rand.NewPCG(seed, 1))
		l := life{t: t, rng: rng, dir: t.TempDir(), mine: map[string]string{}}
		for step := range 30 {
			l.step()
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
	}
}

type life struct {
	t    *testing.T
	rng  *rand.Rand
	dir  string
	mine map[string]string // what somebody wrote and nobody forced away
}

var lifePaths = []string{"a", "a/b", "a/b/c", "d", "d/e", "d/f", "g"}

func (l *life) step() {
	set := l.set()
	switch l.rng.IntN(6) {
	case 0:
		l.edit()
	case 1:
		dieAt(l.dir, set, 1+l.rng.IntN(25))
	case 2:
		l.force(set)
	default:
		l.write(set)
	}
	for path, content := range l.mine {
		if got, _ := os.ReadFile(filepath.Join(l.dir, path)); string(got) != content {
			l.t.Errorf("%s of somebody's own became %q", path, got)
		}
	}
}

// set is a set of some of the paths, with content that is ekscc's.
func (l *life) set() Set {
	files := []string{}
	taken := map[string]bool{}
	for _, i := range l.rng.Perm(len(lifePaths)) {
		path := lifePaths[i]
		if l.rng.IntN(2) == 0 || taken[path] {
			continue
		}
		for other := range taken {
			if within(path, other) || within(other, path) {
				path = ""
				break
			}
		}
		if path != "" {
			taken[path] = true
			files = append(files, path, fmt.Sprint("ekscc ", l.rng.IntN(3)))
		}
	}
	return sealed(files...)
}

func within(path, dir string) bool {
	return len(path) > len(dir) && path[:len(dir)] == dir && path[len(dir)] == '/'
}

// edit has somebody write a file, or remove one.
func (l *life) edit() {
	path := lifePaths[l.rng.IntN(len(lifePaths))]
	name := filepath.Join(l.dir, path)
	if info, err := os.Lstat(name); err == nil && info.IsDir() {
		return
	}
	if l.rng.IntN(3) == 0 {
		if os.Remove(name) == nil {
			delete(l.mine, path)
		}
		return
	}
	if os.MkdirAll(filepath.Dir(name), 0o755) != nil {
		return
	}
	content := fmt.Sprint("mine ", l.rng.IntN(1000))
	if os.WriteFile(name, []byte(content), 0o644) == nil {
		l.mine[path] = content
	}
}

func (l *life) write(set Set) {
	blamed, before := false, snapshot(l.t, l.dir)
	found, err := Check(l.dir, set)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, d := range found {
		blamed = blamed || !d.State.Mine()
	}
	err = Write(l.dir, set, WriteOptions{})
	changed := snapshot(l.t, l.dir) != before
	var conflict *ConflictError
	switch {
	case err != nil && !errors.As(err, &conflict):
		l.t.Errorf("Write: %v", err)
	case blamed != (err != nil):
		l.t.Errorf("Check says %v, but Write: %v", found, err)
	case blamed && changed:
		l.t.Errorf("Write refused and yet changed the tree")
	case !blamed && changed != (len(found) > 0):
		l.t.Errorf("Check says %v; Write changed something: %t", found, changed)
	case !blamed:
		l.complete(set)
	}
}

// force writes with force: only what Check names may be lost.
func (l *life) force(set Set) {
	found, err := Check(l.dir, set)
	if err != nil {
		l.t.Fatal(err)
	}
	err = Write(l.dir, set, WriteOptions{Force: true})
	var conflict *ConflictError
	if errors.As(err, &conflict) {
		return // a directory of somebody's own
	}
	if err != nil {
		l.t.Errorf("Write with force: %v", err)
	}
	for _, d := range found {
		if !d.State.Mine() {
			delete(l.mine, d.Path)
		}
	}
	l.complete(set)
}

// complete checks that the tree holds the set.
func (l *life) complete(set Set) {
	if found, err := Check(l.dir, set); err != nil || len(found) > 0 {
		l.t.Errorf("after a write, Check says %v, %v", found, err)
	}
	for path, content := range set {
		if got, _ := os.ReadFile(filepath.Join(l.dir, path)); string(got) != string(content) {
			l.t.Errorf("%s holds %q; want %q", path, got, content)
		}
	}
}
