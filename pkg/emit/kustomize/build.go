package kustomize

import (
	"fmt"
	"path"
	"sync"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// building serialises builds: krusty keeps global state, and builds at the
// same time corrupt one another.
var building sync.Mutex

// Build builds an environment's overlay from an output tree in memory, as
// `kustomize build` would, and returns the objects as YAML documents.
func Build(files map[string][]byte, environment string) ([]byte, error) {
	building.Lock()
	defer building.Unlock()
	fs := filesys.MakeFsInMemory()
	for file, data := range files {
		if err := fs.WriteFile("/"+file, data); err != nil {
			return nil, err
		}
	}
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy // as the command does
	objects, err := krusty.MakeKustomizer(options).Run(fs, "/"+path.Join(overlaysDir, environment))
	if err != nil {
		return nil, fmt.Errorf("failed to build the overlay %q: %w", environment, err)
	}
	return objects.AsYaml()
}
