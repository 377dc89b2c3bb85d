package main

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"
)

// app is what the commands share: where they read and write.
type app struct {
	stdin  io.Reader
	stdout io.Writer
	ui     ui
}

// run runs ekscc and returns its exit status: 0 if there is nothing to report,
// 1 if there are findings or differences, 2 if it could not do its work.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (status int) {
	a := &app{stdin: stdin, ui: newUI(stdout, stderr)}
	defer func() {
		if p := recover(); p != nil {
			a.ui.bug(p)
			status = statusFailed
		}
	}()
	buffered := bufio.NewWriter(stdout)
	a.stdout = buffered
	err := a.dispatch(ctx, args)
	if flushErr := buffered.Flush(); flushErr != nil {
		err = fmt.Errorf("failed to write to standard output: %w", flushErr)
	}
	return a.ui.report(err)
}

func (a *app) dispatch(ctx context.Context, args []string) error {
	c := a.cli()
	args, err := arrange(c, args)
	if err != nil {
		return err
	}
	return c.RunContext(ctx, args)
}

func (a *app) cli() *cli.App {
	cli.FlagStringer = flagHelp
	c := &cli.App{
		Name:      "ekscc",
		Usage:     "compiles one spec of an EKS cluster into CloudFormation templates and kustomize overlays",
		Reader:    a.stdin,
		Writer:    a.stdout,
		ErrWriter: a.ui.stderr,
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "version", Usage: "print the version"}},
		Action:    a.runWithoutCommand,
		Commands: []*cli.Command{
			a.compileCommand(),
			a.lintCommand(),
			a.checkCommand(),
			a.diffCommand(),
			a.capacityCommand(),
			a.explainCommand(),
			a.schemaCommand(),
			a.initCommand(),
			a.fmtCommand(),
			a.versionCommand(),
			a.completionCommand(),
		},
		CustomAppHelpTemplate: appHelp,
		EnableBashCompletion:  true,
		HideHelpCommand:       true, // arrange rewrites "help compile" to "compile --help"
		HideVersion:           true, // the library's -v would be in the way of a flag of ours
		// Values hold commas: -t zones=a,b is one tag.
		DisableSliceFlagSeparator: true,
		// The library's own handlers exit the process or print to stdout.
		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError:   asUsageError,
	}
	for _, command := range c.Commands {
		prepare(command)
	}
	return c
}

// prepare sets what all commands have in common.
func prepare(command *cli.Command) {
	command.CustomHelpTemplate = commandHelp
	command.HideHelpCommand = true // a spec may be called help
	command.OnUsageError = asUsageError
	for _, sub := range command.Subcommands {
		prepare(sub)
	}
}

func asUsageError(_ *cli.Context, err error, _ bool) error {
	return usageError{message: err.Error()}
}

// runWithoutCommand answers ekscc without any command.
func (a *app) runWithoutCommand(c *cli.Context) error {
	if c.Bool("version") {
		return a.runVersion(c)
	}
	c.App.Writer = a.ui.stderr
	if err := cli.ShowAppHelp(c); err != nil {
		return err
	}
	return errReported
}
