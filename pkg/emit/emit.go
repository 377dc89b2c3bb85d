// Package emit writes a model down: as a set of files in memory, and from
// there to an output directory.
package emit

import "github.com/ekscc/ekscc/pkg/ir"

// Emit writes the model down as a set of files, the lock among them. An error
// means that the model itself is wrong, which is a fault in ekscc.
func Emit(m *ir.Model) (Set, error) {
	set := Set{}
	set.seal(m.SchemaVersion, m.SpecDigest)
	return set, nil
}
