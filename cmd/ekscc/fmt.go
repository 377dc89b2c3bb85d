package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/diff"
)

func (a *app) fmtCommand() *cli.Command {
	return &cli.Command{
		Name:      "fmt",
		Usage:     "format CUE files",
		UsageText: "ekscc fmt [flags] [PATH...]",
		Description: `Write CUE files in CUE's canonical format. PATH is a file or a directory with all
below it, by default the current directory; - formats standard input. YAML and
JSON files are left alone. With -l or -d nothing is written, and the exit status
is 1 if a file is not formatted.

Example:
  ekscc fmt -d clusters`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "list", Aliases: []string{"l"}, Usage: "list the files that are not formatted"},
			&cli.BoolFlag{Name: "diff", Aliases: []string{"d"}, Usage: "show how formatting would change them"},
		},
		Action: a.runFmt,
	}
}

func (a *app) runFmt(c *cli.Context) error {
	if c.NArg() == 1 && c.Args().First() == "-" {
		return a.formatInput()
	}
	paths := c.Args().Slice()
	if len(paths) == 0 {
		paths = []string{"."}
	}
	files, err := cueFiles(paths)
	if err != nil {
		return err
	}
	changes := make([]*diff.File, len(files))
	err = parallel(c.Context, len(files), func(i int) error {
		var err error
		changes[i], err = reformat(files[i])
		return err
	})
	if err != nil {
		return err
	}
	return a.finishFmt(c, changes)
}

// finishFmt writes, lists or shows the changes that are not nil.
func (a *app) finishFmt(c *cli.Context, changes []*diff.File) error {
	list, show := c.Bool("list"), c.Bool("diff")
	var result error
	for _, change := range changes {
		if change == nil {
			continue
		}
		if !list && !show {
			if err := replace(filepath.FromSlash(change.Path), change.New); err != nil {
				return err
			}
			continue
		}
		result = errFindings
		if list {
			fmt.Fprintln(a.stdout, change.Path)
		}
		if show {
			if err := diff.WriteUnified(a.stdout, []diff.File{*change}, diff.Options{Color: a.ui.color}); err != nil {
				return err
			}
		}
	}
	return result
}

func (a *app) formatInput() error {
	src, err := io.ReadAll(a.stdin)
	if err != nil {
		return fmt.Errorf("failed to read standard input: %w", err)
	}
	formatted, err := schema.Format("-", src)
	if err != nil {
		return err
	}
	_, err = a.stdout.Write(formatted)
	return err
}

// reformat returns what formatting changes in a file, or nil.
func reformat(path string) (*diff.File, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("failed to read %w", err)
	}
	formatted, err := schema.Format(path, src)
	if err != nil || bytes.Equal(src, formatted) {
		return nil, err
	}
	return &diff.File{Path: filepath.ToSlash(path), Status: diff.Modified, Old: src, New: formatted}, nil
}

// cueFiles returns the CUE files that paths name, and those below the
// directories among them. Hidden directories and cue.mod, which holds modules
// of others, are left out.
func cueFiles(paths []string) ([]string, error) {
	var files []string
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			name := filepath.Base(path)
			switch {
			case err != nil:
				return err
			case entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "cue.mod"):
				return fs.SkipDir
			case !entry.IsDir() && filepath.Ext(path) == ".cue":
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}
