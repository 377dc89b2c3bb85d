package main

import (
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/compile/eksctl"
	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/diag"
)

func (a *app) initCommand() *cli.Command {
	d := schema.DefaultStarter
	return &cli.Command{
		Name:      "init",
		Usage:     "write a starter spec",
		UsageText: "ekscc init [flags] [DIR]",
		Description: `Write DIR/cluster.cue, a commented spec that compiles as it is. DIR defaults to
the current directory. A file that exists is not touched. With --from-eksctl the
spec says what a ClusterConfig file of eksctl says; the exit status is 1 if there
is something to look at.

Examples:
  ekscc init --region ap-northeast-2 infra
  ekscc init --from-eksctl cluster.yaml --account 111122223333 infra`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Value: d.Name, Usage: "`NAME` of the cluster"},
			&cli.StringFlag{Name: "region", Value: d.Region, Usage: "AWS `REGION` of the cluster"},
			&cli.StringFlag{Name: "account", Value: d.Account, Usage: "`ID` of the AWS account"},
			&cli.StringFlag{Name: "from-eksctl", Usage: "begin with the ClusterConfig in `FILE`"},
		},
		Action: a.runInit,
	}
}

func (a *app) runInit(c *cli.Context) error {
	if err := atMost(c, 1); err != nil {
		return err
	}
	path := filepath.Join(c.Args().First(), "cluster.cue")
	if file := c.String("from-eksctl"); file != "" {
		return a.initFromEksctl(c, file, path)
	}
	spec, err := schema.Starter(schema.StarterOptions{
		Name: c.String("name"), Region: c.String("region"), Account: c.String("account"),
	})
	if err != nil {
		return usageError{message: err.Error()}
	}
	return writeNew(path, spec)
}

// initFromEksctl writes a spec from a ClusterConfig of eksctl. The file has the
// cluster's name and region, and does not say the account.
func (a *app) initFromEksctl(c *cli.Context, file, path string) error {
	if !c.IsSet("account") {
		return usageError{message: "the file of eksctl does not say the account", hint: "add --account with its 12 digits"}
	}
	for _, name := range []string{"name", "region"} {
		if c.IsSet(name) {
			return usageError{message: fmt.Sprintf("--%s comes from the file of eksctl", name), hint: "leave the flag out"}
		}
	}
	if err := schema.CheckAccount(c.String("account")); err != nil {
		return usageError{message: err.Error()}
	}
	spec, diags, err := eksctl.Import(file, c.String("account"))
	if err != nil {
		return err
	}
	diag.WriteText(a.ui.stderr, diags)
	if spec == nil {
		return errReported
	}
	if err := writeNew(path, spec); err != nil {
		return err
	}
	if len(diags) > 0 {
		return errFindings
	}
	return nil
}
