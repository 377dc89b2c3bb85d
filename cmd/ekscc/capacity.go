package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/compile/capacity"
)

func (a *app) capacityCommand() *cli.Command {
	formats := capacity.Formats()
	return &cli.Command{
		Name:      "capacity",
		Usage:     "show how many pods nodes and subnets hold",
		UsageText: "ekscc capacity [flags] [SPEC...]",
		Description: `Show, for each environment of each SPEC, how many pods the nodes of each group
take and why, how many addresses each subnet has and who needs them, and how
many pods of each workload find a place. The exit status is 1 if something does
not fit.

Example:
  ekscc capacity --format markdown clusters/prod`,
		Flags: []cli.Flag{tagFlag(), &cli.StringFlag{
			Name: "format", Value: formats[0],
			Usage: "write the tables in `FORMAT`: " + strings.Join(formats, ", "),
		}},
		Action: a.runCapacity,
	}
}

func (a *app) runCapacity(c *cli.Context) error {
	format := c.String("format")
	if !slices.Contains(capacity.Formats(), format) {
		return usageError{message: fmt.Sprintf("unknown format %q", format), hint: "known are " + strings.Join(capacity.Formats(), ", ")}
	}
	all, err := forEachSpec(c, func(b *built, tags []string) error {
		var err error
		b.reports, b.diags, err = compile.Capacity(input(b.spec, tags))
		return err
	})
	if err != nil {
		return err
	}
	if err := errorsIn(a.ui.stderr, all); err != nil {
		return err
	}
	var reports []capacity.Report
	for _, b := range all {
		reports = append(reports, b.reports...)
	}
	if err := capacity.Write(a.stdout, format, reports); err != nil {
		return err
	}
	if slices.ContainsFunc(reports, func(r capacity.Report) bool { return !r.Fits() }) {
		return errFindings
	}
	return nil
}
