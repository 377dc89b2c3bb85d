package validate

import (
	"fmt"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/errors"

	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/diag"
)

// wrong reports v, which CUE cannot evaluate to a value of type t: what the
// environment says may not fit t, or what the base says, or the two may
// contradict one another, or the spec contradicts itself.
func (c *checker) wrong(path []string, t *schema.Type, v cue.Value) {
	own, base := c.sides(path)
	found := false
	for _, side := range []struct {
		value cue.Value
		pos   diag.Pos
	}{{own, c.env.Locate(path)}, {base, c.env.inBase(path)}} {
		if !side.value.Exists() || side.value.IncompleteKind() == cue.BottomKind {
			continue
		}
		if message, hint := misfit(t, side.value); message != "" {
			c.reportAt(side.pos, diag.InvalidValue, path, message, hint)
			found = true
		}
	}
	switch {
	case found:
	case v.IncompleteKind() != cue.BottomKind:
		if message, hint := misfit(t, v); message != "" {
			c.report(diag.InvalidValue, path, message, hint)
		} else {
			c.incomplete(path, v)
		}
	case own.Exists() && own.Err() == nil && base.Exists() && base.Err() == nil:
		c.conflict(path, own, base)
	case c.dangling(path, own) || c.dangling(path, base):
	default:
		c.evaluations(v.Err())
	}
}

// dangling reports v if it is a reference to a field that does not exist. CUE
// says so too, but not while there is an error in the struct that should hold
// the field.
func (c *checker) dangling(path []string, v cue.Value) bool {
	root, to := v.ReferencePath()
	if !root.Exists() {
		return false
	}
	at := c.env.Value
	for _, sel := range to.Selectors() {
		if _, ok := members(at); !ok || !sel.IsString() {
			return false
		}
		if at = at.LookupPath(cue.MakePath(sel)); !at.Exists() {
			c.report(diag.Evaluation, path, undefined(sel.String()), "")
			return true
		}
	}
	return false
}

// sides returns what the environment and the base say on their own.
func (c *checker) sides(path []string) (own, base cue.Value) {
	if c.env.own.Exists() {
		own = lookup(c.env.own, path)
	}
	return own, lookup(c.env.src.Value, path)
}

// conflict reports an environment that contradicts the base.
func (c *checker) conflict(path []string, own, base cue.Value) {
	message := fmt.Sprintf("%s contradicts %s", show(own), show(base))
	if pos := c.env.inBase(path); pos.IsValid() {
		message += fmt.Sprintf(" at %s:%d:%d", pos.File, pos.Line, pos.Column)
	}
	hint := ""
	if base.IsConcrete() {
		hint = fmt.Sprintf("to let environments choose, write a default there: *%s | %s", show(base), base.IncompleteKind())
	}
	c.report(diag.Conflict, path, message, hint)
}

func show(v cue.Value) string { return abbreviate(fmt.Sprint(v)) }

// remaining reports what CUE finds wrong outside the fields of the schema,
// such as in hidden fields.
func (c *checker) remaining() {
	c.evaluations(c.env.Value.Validate(cue.All()))
}

// evaluations reports the errors that CUE found, one for each field that has
// not been reported.
func (c *checker) evaluations(err error) {
	list := cueErrors(err)
	for i, e := range list {
		path := e.Path()
		if len(path) > 0 && path[0] == "environments" {
			// What an environment says shows where it is unified with the
			// base as well, but for cycles through environments.
			if !c.env.own.Exists() || len(path) < 3 || path[1] != c.env.Name {
				continue
			}
			path = path[2:]
		}
		if !c.reported(path) {
			code, message := explain(e, list[i+1:])
			c.reportAt(c.position(path, e), code, path, message, "")
		}
	}
}

// position is the place of the field at path, which err is about, or else the
// first place in the user's files that err mentions.
func (c *checker) position(path []string, err errors.Error) diag.Pos {
	if pos := c.env.inOwn(path); pos.IsValid() && len(path) > 0 {
		return pos
	}
	if pos := c.env.inBase(path); pos.IsValid() && len(path) > 0 {
		return pos
	}
	for _, p := range errors.Positions(err) {
		if pos := c.env.src.Pos(p); pos.IsValid() {
			return pos
		}
	}
	return c.env.Locate(path)
}

func cueErrors(err error) []errors.Error {
	if err == nil {
		return nil
	}
	return errors.Errors(err)
}
