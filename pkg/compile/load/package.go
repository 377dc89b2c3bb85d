package load

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/load"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/mod/modfile"

	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/schemas"
)

// vendored is where, below a module's root, CUE looks for the schema without
// asking a registry. The files are in the overlay of the loader only.
const vendored = "cue.mod/pkg/" + schemasModule

const schemasModule = "github.com/ekscc/ekscc/schemas"

// plainModule stands for the module of a spec that has none, so that it can
// import the schema and the standard library alike.
const plainModule = `module: "spec.invalid@v0"
language: version: "v0.17.0"
`

// readPackage reads the CUE package in a directory, or a single .cue file.
func readPackage(src *Source, tags []string) (cue.Value, diag.List, error) {
	cfg, hasModule, err := src.config()
	if err != nil {
		return cue.Value{}, diag.List{src.loadError(src.Start(), errors.Promote(err, ""))}, nil
	}
	cfg.Tags = tags
	inst := src.instance(cfg)
	if inst.Err != nil && !hasModule {
		// It may be that the spec imports something. To read a module file
		// takes CUE longer than all the rest, so it is tried only now.
		cfg.Overlay[moduleFile(cfg.ModuleRoot)] = load.FromString(plainModule)
		inst = src.instance(cfg)
	}
	if inst.Err == nil {
		value := cuecontext.New().BuildInstance(inst)
		if inst.Err == nil { // no reference leads nowhere
			src.files = inst.Files
			return value, nil, nil
		}
	}
	if diags := src.checkTags(cfg, tags); diags.HasErrors() {
		return cue.Value{}, diags, nil
	}
	return cue.Value{}, src.loadErrors(inst, cfg), nil
}

// instance has CUE's loader read the spec. Files without a package clause
// make a spec too, if nothing else is there.
func (s *Source) instance(cfg *load.Config) *build.Instance {
	if s.names.abs != s.names.absDir {
		return load.Instances([]string{"./" + filepath.Base(s.names.abs)}, cfg)[0]
	}
	inst := load.Instances([]string{"."}, cfg)[0]
	var none *load.NoFilesError
	if !errors.As(inst.Err, &none) {
		return inst
	}
	var plain []string
	for _, file := range none.Package.IgnoredFiles {
		name := filepath.Base(file.Filename)
		syntax, err := parser.ParseFile(file.Filename, nil, parser.PackageClauseOnly)
		if err == nil && syntax.PackageName() == "" && !strings.HasPrefix(name, "_") && !strings.HasPrefix(name, ".") {
			plain = append(plain, "./"+name)
		}
	}
	if len(plain) == 0 {
		return inst
	}
	return load.Instances(plain, cfg)[0]
}

// config is how CUE's loader stays on this machine and finds the schema.
func (s *Source) config() (cfg *load.Config, hasModule bool, err error) {
	root, hasModule := moduleRoot(s.names.absDir)
	overlay := map[string]load.Source{}
	if hasModule {
		module, err := withoutSchemaDep(moduleFile(root))
		if err != nil {
			return nil, false, err
		}
		if module != nil {
			overlay[moduleFile(root)] = load.FromBytes(module)
		}
	}
	for name, content := range schemaFiles() {
		overlay[filepath.Join(root, vendored, name)] = load.FromBytes(content)
	}
	return &load.Config{
		Dir:        s.names.absDir,
		ModuleRoot: root,
		Registry:   offline{},
		Overlay:    overlay,
	}, hasModule, nil
}

func moduleFile(root string) string { return filepath.Join(root, "cue.mod", "module.cue") }

// moduleRoot returns the nearest directory at or above dir that has a CUE
// module, or else dir itself.
func moduleRoot(dir string) (root string, found bool) {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(moduleFile(d)); err == nil {
			return d, true
		}
		if d == filepath.Dir(d) {
			return dir, false
		}
	}
}

// withoutSchemaDep returns the content of the module file without a
// dependency on the schemas, because CUE would ask the registry for one that
// is listed. It returns nil if the file lists none.
func withoutSchemaDep(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(string(data), schemasModule) {
		return nil, nil
	}
	mod, err := modfile.ParseNonStrict(data, file)
	if err != nil {
		return nil, err
	}
	for dep := range mod.Deps {
		if name, _, _ := strings.Cut(dep, "@"); name == schemasModule {
			delete(mod.Deps, dep)
		}
	}
	out, err := modfile.Format(mod)
	if err != nil {
		return nil, fmt.Errorf("failed to read %s: %w", file, err)
	}
	return out, nil
}

// schemaFiles holds the schema's files by their names below the module.
var schemaFiles = sync.OnceValue(func() map[string][]byte {
	files := map[string][]byte{}
	for name, content := range must(schemas.Importable()) {
		files[path.Join(schemas.Version, name)] = content
	}
	return files
})

// must is for the files in the binary, which are there or the build is broken.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
