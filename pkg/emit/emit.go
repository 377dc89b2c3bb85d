// Package emit writes a model down: as a set of files in memory, and from
// there to an output directory.
package emit

import (
	"maps"
	"path"

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/emit/cfn"
	"github.com/ekscc/ekscc/pkg/emit/kustomize"
	"github.com/ekscc/ekscc/pkg/ir"
)

// gitAttributes keeps the tree's bytes as they are on every machine, and
// folds it in reviews on GitHub.
const gitAttributes = "* -text linguist-generated\n"

// Emit writes the model down as a set of files, the lock among them. An error
// means that the model itself is wrong, which is a fault in ekscc.
func Emit(m *ir.Model) (Set, error) {
	set := Set{".gitattributes": []byte(canon.Header + gitAttributes)}
	for _, environment := range m.Environments {
		dir := path.Join("cloudformation", environment.Name)
		for _, stack := range environment.Stacks {
			template, err := cfn.Template(stack)
			if err != nil {
				return nil, err
			}
			set[path.Join(dir, stack.File+".yaml")] = template
		}
		index, err := stacksIndex(environment.Stacks)
		if err != nil {
			return nil, err
		}
		set[path.Join(dir, "stacks.yaml")] = index
	}
	files, err := kustomize.Files(m.Kustomize)
	if err != nil {
		return nil, err
	}
	maps.Copy(set, files)
	set.seal(m.SchemaVersion, m.SpecDigest)
	return set, nil
}
