package main

import (
	"path"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/diff"
	"github.com/ekscc/ekscc/pkg/emit"
)

func (a *app) diffCommand() *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "show how two outputs differ",
		UsageText: "ekscc diff OLD NEW\n       ekscc diff --against REF [flags] [SPEC...]",
		Description: `Show the differences between two directories, or two files, as a patch. With
--against, the old side is the output directory as committed at a git ref, and
the new side is what SPEC compiles to now. The exit status is 1 if they differ.

Example:
  ekscc diff --against main clusters/prod`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "against", Usage: "compare with what was committed at the git `REF`"},
			outputFlag(), tagFlag(),
		},
		Action: a.runDiff,
	}
}

func (a *app) runDiff(c *cli.Context) error {
	var files []diff.File
	var err error
	if c.IsSet("against") {
		files, err = a.diffAgainst(c)
	} else {
		files, err = diffPair(c)
	}
	if err != nil {
		return err
	}
	if err := diff.WriteUnified(a.stdout, files, diff.Options{Color: a.ui.color}); err != nil {
		return err
	}
	if len(files) > 0 {
		return errFindings
	}
	return nil
}

func diffPair(c *cli.Context) ([]diff.File, error) {
	if c.NArg() != 2 || c.IsSet("output") || c.IsSet("tag") {
		return nil, usageError{"diff takes OLD and NEW, or --against REF", seeHelp(c.Command.HelpName)}
	}
	old, new, err := diff.ReadPair(c.Args().Get(0), c.Args().Get(1))
	return diff.Trees(old, new), err
}

// diffAgainst compares what was committed with what the specs compile to. The
// paths in the result begin with the output directory.
func (a *app) diffAgainst(c *cli.Context) ([]diff.File, error) {
	all, err := build(c)
	if err != nil {
		return nil, err
	}
	if err := errorsIn(a.ui.stderr, all); err != nil {
		return nil, err
	}
	changes := make([][]diff.File, len(all))
	err = parallel(c.Context, len(all), func(i int) error {
		b := &all[i]
		old, err := diff.AtRef(c.Context, b.out, c.String("against"))
		if err != nil {
			return err
		}
		keepOwn(old, b.set)
		changes[i] = diff.Trees(old, b.set)
		for j := range changes[i] {
			changes[i][j].Path = path.Join(filepath.ToSlash(b.out), changes[i][j].Path)
		}
		return nil
	})
	var files []diff.File
	for _, list := range changes {
		files = append(files, list...)
	}
	return files, err
}

// keepOwn removes from a committed tree what neither its lock nor the set
// knows: a file that somebody keeps there is no difference. A tree without a
// lock that can be read is taken as it is.
func keepOwn(tree map[string][]byte, set emit.Set) {
	lock, err := emit.ParseLock(tree[emit.LockFile])
	if err != nil {
		return
	}
	for path := range tree {
		_, locked := lock.Files[path]
		_, made := set[path]
		if !locked && !made {
			delete(tree, path)
		}
	}
}
