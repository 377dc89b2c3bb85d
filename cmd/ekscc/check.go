package main

import (
	"fmt"
	"path"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/emit"
)

func (a *app) checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "compare the output directory with what the spec compiles to",
		UsageText: "ekscc check [flags] [SPEC...]",
		Description: `List the files of the output directory that are not what SPEC compiles to:
missing, stale, no longer made, changed by hand, or left by an interrupted
compile. The exit status is 1 if there is any. Nothing is written.

Example:
  ekscc check clusters/...`,
		Flags:  []cli.Flag{outputFlag(), tagFlag()},
		Action: a.runCheck,
	}
}

func (a *app) runCheck(c *cli.Context) error {
	all, err := build(c)
	if err != nil {
		return err
	}
	if err := errorsIn(a.ui.stderr, all); err != nil {
		return err
	}
	drift := make([][]emit.Drift, len(all))
	err = parallel(c.Context, len(all), func(i int) error {
		var err error
		drift[i], err = emit.Check(all[i].out, all[i].set)
		return err
	})
	if err != nil {
		return err
	}
	found := false
	for i, list := range drift {
		for _, d := range list {
			found = true
			fmt.Fprintf(a.stdout, "%s: %s; %s\n", path.Join(filepath.ToSlash(all[i].out), d.Path), d.Message(), d.Remedy())
		}
	}
	if found {
		return errFindings
	}
	return nil
}
