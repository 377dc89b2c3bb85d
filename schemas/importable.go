package schemas

import (
	"io/fs"
	"path"
	"regexp"
)

// withDefault matches a type with a default, such as *1 | int, and starred
// the default among alternatives, such as *"a" | "b".
var (
	withDefault = regexp.MustCompile(`\*(?:"[^"]*"|[0-9]+|true|false) \| (string|int|bool)\b`)
	starred     = regexp.MustCompile(`\*("[^"]*" \| ")`)
)

// Importable returns the files of the schema as a spec imports them, by their
// names: without the defaults. CUE has no value for a field with two defaults,
// the schema's and the spec's own *2 | int; so ekscc fills in the schema's
// last, where the spec is silent.
func Importable() (map[string][]byte, error) {
	names, err := fs.Glob(FS, path.Join(Version, "*.cue"))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte, len(names))
	for _, name := range names {
		content, err := FS.ReadFile(name)
		if err != nil {
			return nil, err
		}
		content = withDefault.ReplaceAll(content, []byte("$1"))
		files[path.Base(name)] = starred.ReplaceAll(content, []byte("$1"))
	}
	return files, nil
}
