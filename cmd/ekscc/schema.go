package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/compile/schema"
)

func (a *app) schemaCommand() *cli.Command {
	return &cli.Command{
		Name:      "schema",
		Usage:     "print the schema of the spec, or copy it for editors",
		UsageText: "ekscc schema [flags]\n       ekscc schema vendor [flags] [DIR]",
		Description: `Print the schema as CUE, or as JSON Schema for editors of YAML and JSON specs.

Example:
  ekscc schema --format jsonschema >ekscc.schema.json`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Value: "cue", Usage: "print the schema in `FORMAT`: cue, jsonschema"},
		},
		Action:      a.runSchema,
		Subcommands: []*cli.Command{a.schemaVendorCommand()},
	}
}

func (a *app) schemaVendorCommand() *cli.Command {
	return &cli.Command{
		Name:      "vendor",
		Usage:     "copy the schema to where CUE tools look for it",
		UsageText: "ekscc schema vendor [flags] [DIR]",
		Description: `Copy the schema below DIR/cue.mod/pkg, so that the cue command and editors
resolve an import of it without a network. DIR is the root of the spec's CUE
module, by default the current directory; it becomes one if it is none. ekscc
itself needs no copy: it always compiles with the schema that it holds.

Example:
  ekscc schema vendor infra`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "force", Usage: "overwrite copies that differ"},
		},
		Action: a.runSchemaVendor,
	}
}

func (a *app) runSchema(c *cli.Context) error {
	formats := map[string]func() ([]byte, error){"cue": schema.Text, "jsonschema": schema.JSONSchema}
	text, ok := formats[c.String("format")]
	if !ok {
		return usageError{message: fmt.Sprintf("unknown format %q", c.String("format")), hint: "known are cue, jsonschema"}
	}
	content, err := text()
	if err != nil {
		return err
	}
	_, err = a.stdout.Write(content)
	return err
}

func (a *app) runSchemaVendor(c *cli.Context) error {
	if err := atMost(c, 1); err != nil {
		return err
	}
	files, err := schema.Vendor()
	if err != nil {
		return err
	}
	dir := filepath.Clean(c.Args().First())
	if err := skipVendored(dir, files, c.Bool("force")); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := replace(filepath.Join(dir, name), files[name]); err != nil {
			return err
		}
	}
	return nil
}

// skipVendored removes from files those that dir has already. One that differs
// is an error without force; but a module file of the user's own serves as
// well as ours.
func skipVendored(dir string, files map[string][]byte, force bool) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, name)
		existing, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return fmt.Errorf("failed to read %w", err)
		case name == schema.ModuleFile, bytes.Equal(existing, files[name]):
			delete(files, name)
		case !force:
			return usageError{path + " differs from the schema of this ekscc", "--force overwrites it"}
		}
	}
	return nil
}
