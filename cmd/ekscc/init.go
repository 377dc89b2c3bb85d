package main

import (
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/compile/schema"
)

func (a *app) initCommand() *cli.Command {
	d := schema.DefaultStarter
	return &cli.Command{
		Name:      "init",
		Usage:     "write a starter spec",
		UsageText: "ekscc init [flags] [DIR]",
		Description: `Write DIR/cluster.cue, a commented spec that compiles as it is. DIR defaults to
the current directory. A file that exists is not touched.

Example:
  ekscc init --region ap-northeast-2 infra`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Value: d.Name, Usage: "`NAME` of the cluster"},
			&cli.StringFlag{Name: "region", Value: d.Region, Usage: "AWS `REGION` of the cluster"},
			&cli.StringFlag{Name: "account", Value: d.Account, Usage: "`ID` of the AWS account"},
		},
		Action: a.runInit,
	}
}

func (a *app) runInit(c *cli.Context) error {
	if err := atMost(c, 1); err != nil {
		return err
	}
	spec, err := schema.Starter(schema.StarterOptions{
		Name: c.String("name"), Region: c.String("region"), Account: c.String("account"),
	})
	if err != nil {
		return usageError{message: err.Error()}
	}
	return writeNew(filepath.Join(c.Args().First(), "cluster.cue"), spec)
}
