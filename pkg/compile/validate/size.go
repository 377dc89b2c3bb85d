package validate

import "cuelang.org/go/cue"

// maxValues is how many values a field may hold whose content the schema does
// not know, such as a manifest.
const maxValues = 50_000

// affordable reports whether v holds no more than maxValues. CUE shares values
// that are referred to twice, so a few lines can stand for more of them than
// there is memory: written out, they would be that many.
func affordable(v cue.Value) bool {
	left := maxValues
	return count(v, &left)
}

// count takes the values in v off what is left, and reports whether it was
// enough.
func count(v cue.Value, left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	switch v.IncompleteKind() {
	case cue.StructKind:
		fields, _ := members(v)
		for _, f := range fields {
			if !count(f.value, left) {
				return false
			}
		}
	case cue.ListKind:
		list, err := v.List()
		for err == nil && list.Next() {
			if !count(list.Value(), left) {
				return false
			}
		}
	}
	return true
}
