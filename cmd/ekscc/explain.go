package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/compile/schema"
)

func (a *app) explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "show what a field of the spec means, and which values it takes",
		UsageText: "ekscc explain [PATH]",
		Description: `Show the documentation, type, default and allowed values of the field PATH, and
the fields below it. Names that you choose yourself may be left out of PATH,
given, or written as *. Without PATH, show the top of the spec.

Example:
  ekscc explain cluster.nodeGroups.scaling`,
		Action:       a.runExplain,
		BashComplete: a.completePaths,
	}
}

func (a *app) runExplain(c *cli.Context) error {
	if err := atMost(c, 1); err != nil {
		return err
	}
	page, err := schema.Explain(c.Args().First())
	if err != nil {
		return err
	}
	_, err = io.WriteString(a.stdout, page)
	return err
}

// completePaths offers the paths of the schema to the shell.
func (a *app) completePaths(*cli.Context) {
	for _, path := range schema.Paths() {
		fmt.Fprintln(a.stdout, path)
	}
}
