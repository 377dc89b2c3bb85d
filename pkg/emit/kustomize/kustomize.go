// Package kustomize writes the Kubernetes half down as kustomize bases and
// overlays, and builds overlays in memory. It is the only package that knows
// kustomize.
package kustomize

import (
	"encoding/json"
	"fmt"
	"path"

	"sigs.k8s.io/kustomize/api/types"

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Places in the output tree.
const (
	baseDir     = "kustomize/base"
	overlaysDir = "kustomize/overlays"
	fileName    = "kustomization.yaml"
)

// Files writes the bases and overlays down: slash-separated paths in the
// output tree, and what each file holds. An error means that the model holds
// a value that YAML cannot, which is a fault in ekscc.
func Files(k ir.Kustomize) (map[string][]byte, error) {
	files := tree{}
	for _, part := range k.Base {
		dir := path.Join(baseDir, part.Name)
		resources, err := files.objects(dir, "", part.Objects)
		if err != nil {
			return nil, err
		}
		if err := files.kustomization(dir, types.Kustomization{Resources: resources}); err != nil {
			return nil, err
		}
	}
	for _, overlay := range k.Overlays {
		if err := files.overlay(overlay); err != nil {
			return nil, err
		}
	}
	return files, nil
}

type tree map[string][]byte

// overlay writes one environment's directory. Its files mirror the paths of
// the base, so that a patch and what it patches are found by the same name.
func (t tree) overlay(overlay ir.Overlay) error {
	dir := path.Join(overlaysDir, overlay.Environment)
	var k types.Kustomization
	for _, part := range overlay.Parts {
		k.Resources = append(k.Resources, "../../base/"+part)
	}
	for _, part := range overlay.Added {
		resources, err := t.objects(dir, part.Name, part.Objects)
		if err != nil {
			return err
		}
		k.Resources = append(k.Resources, resources...)
	}
	for _, patch := range overlay.Patches {
		file := path.Join(patch.Part, patch.File+".yaml")
		if err := t.write(path.Join(dir, file), arrange(patch.Body)); err != nil {
			return err
		}
		k.Patches = append(k.Patches, types.Patch{Path: file})
	}
	return t.kustomization(dir, k)
}

// objects writes each object to a file below dir/sub and returns the files'
// paths below dir.
func (t tree) objects(dir, sub string, objects []ir.Object) ([]string, error) {
	var resources []string
	for _, object := range objects {
		file := path.Join(sub, object.File+".yaml")
		if err := t.write(path.Join(dir, file), arrange(object.Body)); err != nil {
			return nil, err
		}
		resources = append(resources, file)
	}
	return resources, nil
}

func (t tree) kustomization(dir string, k types.Kustomization) error {
	k.TypeMeta = types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind}
	data, err := json.Marshal(k)
	if err != nil {
		return err
	}
	var body map[string]any
	if err := json.Unmarshal(data, &body); err != nil {
		return err
	}
	return t.write(path.Join(dir, fileName), arrange(body))
}

func (t tree) write(file string, document canon.Map) error {
	if _, taken := t[file]; taken {
		return fmt.Errorf("two objects for the file %s", file)
	}
	data, err := canon.Encode(document)
	if err != nil {
		return err
	}
	t[file] = data
	return nil
}
