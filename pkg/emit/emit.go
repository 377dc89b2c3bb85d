// Package emit writes a model down: as a set of files in memory, and from
// there to an output directory.
package emit

import (
	"errors"
	"maps"
	"path"
	"sync"

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
	environments := make([]Set, len(m.Environments))
	errs := make([]error, len(m.Environments)+1)
	var group sync.WaitGroup
	for i, environment := range m.Environments {
		group.Go(func() { environments[i], errs[i] = cloudFormation(environment) })
	}
	files, err := kustomize.Files(m.Kustomize)
	group.Wait()
	errs[len(m.Environments)] = err
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	maps.Copy(set, files)
	for _, files := range environments {
		maps.Copy(set, files)
	}
	set.seal(m.SchemaVersion, m.SpecDigest)
	return set, nil
}

// TemplateSize is how many bytes the template of a stack has.
func TemplateSize(stack ir.Stack) (int, error) { return cfn.Size(stack) }

// cloudFormation writes down the stacks of one environment and their index.
func cloudFormation(environment ir.Environment) (Set, error) {
	set := Set{}
	dir := path.Join("cloudformation", environment.Name)
	for _, stack := range environment.Stacks {
		template, err := cfn.Template(stack)
		if err != nil {
			return nil, err
		}
		set[path.Join(dir, stack.File+".yaml")] = template
		if err := set.addBeside(dir, environment.RepositoryPath, stack); err != nil {
			return nil, err
		}
	}
	index, err := stacksIndex(environment)
	if err != nil {
		return nil, err
	}
	set[path.Join(dir, "stacks.yaml")] = index
	return set, nil
}

// addBeside adds what stands beside a stack's template in dir: its policy, and
// what Git sync reads if it deploys the stack.
func (s Set) addBeside(dir, repositoryPath string, stack ir.Stack) error {
	if stack.Policy != nil {
		policy, err := policy(stack)
		if err != nil {
			return err
		}
		s[path.Join(dir, policyFile(stack))] = policy
	}
	if repositoryPath != "" {
		deployment, err := deployment(stack, path.Join(repositoryPath, dir))
		if err != nil {
			return err
		}
		s[path.Join(dir, deploymentFile(stack))] = deployment
	}
	return nil
}
