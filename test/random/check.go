package random

import (
	"maps"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

// verdict is what ekscc says about a spec, and what is wrong with that.
type verdict struct {
	set         emit.Set // nil where the spec is refused
	diagnostics diag.List
	problem     *Problem // nil where all holds that must hold
}

// repairable reports whether the spec is refused as a spec may be.
func (v verdict) repairable() bool { return v.set == nil && v.problem == nil }

// checker checks specs in a directory that it may write to.
type checker struct {
	dir  string
	seed uint64
}

// first compiles a spec as the seed chooses to write it. An error says that
// the disk does not do its part.
func (c checker) first(s Spec) (verdict, error) {
	w, err := write(filepath.Join(c.dir, "spec"), c.form(s, c.seed))
	if err != nil {
		return verdict{}, err
	}
	var v verdict
	v.set, v.diagnostics, v.problem = w.compiled()
	return v, nil
}

// form is the spec in one of the forms that it can be written in.
func (c checker) form(s Spec, n uint64) map[string][]byte {
	switch {
	case !s.isData() || n%3 == 0:
		return map[string][]byte{"spec.cue": s.CUE()}
	case n%3 == 1:
		return map[string][]byte{"spec.yaml": s.YAML()}
	}
	return map[string][]byte{"spec.json": s.JSON()}
}

// check looks whether all holds that must hold for a spec with the verdict v:
//
//   - Refused, it is refused for a reason with a place in the spec.
//   - Accepted, it gives the same bytes in another directory, in other files,
//     in another order, and as CUE, YAML or JSON.
//   - Templates refer to what there is, in an order in which they deploy.
//   - Every overlay builds.
//   - An environment gets what its spec alone compiles to.
//   - Texts arrive as they were written.
func (c checker) check(s Spec, v *verdict) error {
	for _, look := range []func(Spec, emit.Set) (*Problem, error){c.again, c.inside} {
		if v.set == nil || v.problem != nil {
			return nil
		}
		var err error
		if v.problem, err = look(s, v.set); err != nil {
			return err
		}
	}
	return nil
}

// again compiles the spec in other forms and places.
func (c checker) again(s Spec, want emit.Set) (*Problem, error) {
	random := rand.New(rand.NewPCG(c.seed, 2))
	for _, files := range []map[string][]byte{s.Files(random), c.form(s, c.seed+1)} {
		w, err := write(filepath.Join(c.dir, "another place", "spec"), files)
		if err != nil {
			return nil, err
		}
		got, diags, problem := w.compiled()
		switch {
		case problem != nil:
			return problem, nil
		case got == nil:
			return problemf("differs", "accepted as %v, but refused as %v: %v", slices.Sorted(maps.Keys(c.form(s, c.seed))), slices.Sorted(maps.Keys(files)), diags), nil
		}
		if path := firstDifference(want, got); path != "" {
			return problemf("differs", "%s is\n%s\nbut in other files\n%s", path, want[path], got[path]), nil
		}
	}
	return nil, nil
}

// firstDifference is the first path at which two sets differ, or "".
func firstDifference(a, b emit.Set) string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	for _, path := range all.Paths() {
		if string(a[path]) != string(b[path]) {
			return path
		}
	}
	return ""
}

// inside looks at what the spec compiles to.
func (c checker) inside(s Spec, set emit.Set) (*Problem, error) {
	environments := order(nil, s.Environments)
	if len(environments) == 0 {
		cluster, _ := get(s.Base, []string{"cluster", "name"})
		name, _ := cluster.(string)
		return checkEnvironment(set, name, s.Base), nil
	}
	for _, name := range environments {
		alone := s.alone(name)
		if problem := checkEnvironment(set, name, alone.Base); problem != nil {
			return problem, nil
		}
		if problem, err := c.alone(alone, set, name); problem != nil || err != nil {
			return problem, err
		}
	}
	return nil, nil
}

// checkEnvironment looks at what belongs to one environment.
func checkEnvironment(set emit.Set, environment string, spec map[string]any) *Problem {
	if problem := checkStacks(set, environment, spec); problem != nil {
		return problem
	}
	objects, problem := build(set, environment)
	if problem != nil {
		return problem
	}
	return faithful(objects, spec)
}

// stackFiles are the files of an environment's stacks that do not say which
// environment it is. Deployment files have its name in a path.
func stackFiles(set emit.Set, environment string) emit.Set {
	files := below(set, "cloudformation/"+environment+"/")
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return strings.HasSuffix(name, ".deployment.yaml") })
	return files
}

// alone compiles what an environment says as a spec of its own, and compares.
func (c checker) alone(alone Spec, set emit.Set, environment string) (*Problem, error) {
	w, err := write(filepath.Join(c.dir, "alone"), c.form(alone, 0))
	if err != nil {
		return nil, err
	}
	got, diags, problem := w.compiled()
	if problem != nil {
		return problem, nil
	}
	if got == nil {
		return problemf("alone", "%s is accepted, but refused alone: %v", environment, diags), nil
	}
	cluster, _ := get(alone.Base, []string{"cluster", "name"})
	name, _ := cluster.(string)
	templates, aloneTemplates := stackFiles(set, environment), stackFiles(got, name)
	if path := firstDifference(templates, aloneTemplates); path != "" {
		return problemf("alone", "%s of %s is\n%s\nbut alone\n%s", path, environment, templates[path], aloneTemplates[path]), nil
	}
	objects, problem := build(set, environment)
	if problem != nil {
		return problem, nil
	}
	aloneObjects, problem := build(got, name)
	if problem != nil {
		return problem, nil
	}
	for _, id := range slices.Sorted(maps.Keys(union(objects, aloneObjects))) {
		if !reflect.DeepEqual(objects[id], aloneObjects[id]) {
			return problemf("alone", "%s in %s is\n%v\nbut alone\n%v", id, environment, objects[id], aloneObjects[id]), nil
		}
	}
	return nil, nil
}
