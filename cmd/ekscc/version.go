package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/schemas"
)

func (a *app) versionCommand() *cli.Command {
	return &cli.Command{
		Name:      "version",
		Usage:     "print the versions of ekscc, of its schema and of Go",
		UsageText: "ekscc version",
		Description: `Print the version of ekscc, of the schema that it compiles, and of the Go
release that built it.

Example:
  ekscc version`,
		Action: a.runVersion,
	}
}

func (a *app) runVersion(c *cli.Context) error {
	if err := atMost(c, 0); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.stdout, "ekscc %s (schema %s, %s)\n", version(), schemas.Version, runtime.Version())
	return err
}

// version is the version of the module that this binary was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
