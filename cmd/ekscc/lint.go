package main

import (
	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/diag"
)

func (a *app) lintCommand() *cli.Command {
	return &cli.Command{
		Name:      "lint",
		Aliases:   []string{"vet"},
		Usage:     "report every problem of a spec",
		UsageText: "ekscc lint [flags] [SPEC...]",
		Description: `Report every error and warning of each SPEC in one run, on standard output.
The exit status is 1 if there is any.

Example:
  ekscc lint --format sarif clusters/... >ekscc.sarif`,
		Flags:  []cli.Flag{tagFlag(), formatFlag("the report")},
		Action: a.runLint,
	}
}

func (a *app) runLint(c *cli.Context) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	all, err := inspect(c)
	if err != nil {
		return err
	}
	list := diagnostics(all)
	if err := diag.Write(a.stdout, format, list); err != nil {
		return err
	}
	if len(list) > 0 {
		return errFindings
	}
	return nil
}
