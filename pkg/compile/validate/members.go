package validate

import "cuelang.org/go/cue"

// member is a field of a user's struct.
type member struct {
	name  string
	value cue.Value
}

// members returns the fields of v, and whether v is a struct. What is not in
// the spec's value is left out: optional and required fields that nothing
// sets, hidden fields and definitions. A struct may hold errors; for a list
// that does, CUE returns its elements as fields.
func members(v cue.Value) ([]member, bool) {
	iter, err := v.Fields(cue.Optional(true))
	if err != nil {
		return nil, false
	}
	var list []member
	for iter.Next() {
		sel := iter.Selector()
		if !sel.IsString() && sel.ConstraintType() == 0 {
			return nil, false
		}
		if sel.ConstraintType() == 0 {
			list = append(list, member{sel.Unquoted(), iter.Value()})
		}
	}
	return list, true
}

// unmet returns the fields that v requires with a mark of its own, name!, and
// that nothing sets.
func unmet(v cue.Value) []string {
	iter, err := v.Fields(cue.Optional(true))
	var names []string
	for err == nil && iter.Next() {
		if sel := iter.Selector(); sel.IsString() && sel.ConstraintType() == cue.RequiredConstraint {
			names = append(names, sel.Unquoted())
		}
	}
	return names
}
