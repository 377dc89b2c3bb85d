package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

func (a *app) compileCommand() *cli.Command {
	return &cli.Command{
		Name:      "compile",
		Usage:     "write CloudFormation templates and kustomize overlays",
		UsageText: "ekscc compile [flags] [SPEC...]",
		Description: `Compile each SPEC and write what it becomes to the directory generated beside
it, or to DIR; of several SPECs, each has a directory of its own below DIR.
Unchanged files are left alone, and files that a spec no longer makes are
removed. Files that ekscc did not write, or that were changed since, are never
touched without --force. With an error in any SPEC, nothing is written.

Example:
  ekscc compile -o out clusters/...`,
		Flags: []cli.Flag{
			outputFlag(), tagFlag(), formatFlag("diagnostics"),
			&cli.BoolFlag{Name: "force", Usage: "overwrite and remove files that are not as ekscc wrote them"},
		},
		Action: a.runCompile,
	}
}

func (a *app) runCompile(c *cli.Context) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	all, err := build(c)
	list := diagnostics(all)
	if len(list) > 0 {
		if err := diag.Write(a.ui.stderr, format, list); err != nil {
			return err
		}
	}
	switch {
	case err != nil:
		return err
	case list.HasErrors():
		return errFindings
	}
	return parallel(c.Context, len(all), func(i int) error {
		return emit.Write(all[i].out, all[i].set, emit.WriteOptions{Force: c.Bool("force")})
	})
}

// formatFlag is --format. Its value is read by formatOf.
func formatFlag(what string) cli.Flag {
	formats := diag.Formats()
	return &cli.StringFlag{
		Name: "format", Value: formats[0],
		Usage: fmt.Sprintf("write %s in `FORMAT`: %s", what, strings.Join(formats, ", ")),
	}
}

func formatOf(c *cli.Context) (string, error) {
	format := c.String("format")
	if !slices.Contains(diag.Formats(), format) {
		return "", usageError{message: fmt.Sprintf("unknown format %q", format), hint: "known are " + strings.Join(diag.Formats(), ", ")}
	}
	return format, nil
}
