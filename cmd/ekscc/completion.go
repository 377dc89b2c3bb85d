package main

import (
	_ "embed"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"
)

//go:embed completion/ekscc.bash
var bashCompletion string

//go:embed completion/ekscc.zsh
var zshCompletion string

//go:embed completion/ekscc.fish
var fishCompletion string

func (a *app) completionCommand() *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a script that completes command lines",
		UsageText: "ekscc completion bash|zsh|fish",
		Description: `Print a script by which a shell completes commands, flags and the paths of
explain. The shell has to read it at its start.

Example:
  echo 'source <(ekscc completion bash)' >>~/.bashrc`,
		Action:       a.runCompletion,
		BashComplete: func(*cli.Context) { fmt.Fprint(a.stdout, "bash\nzsh\nfish\n") },
	}
}

func (a *app) runCompletion(c *cli.Context) error {
	scripts := map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}
	script, ok := scripts[c.Args().First()]
	if !ok || c.NArg() != 1 {
		return usageError{"completion takes the name of a shell: bash, zsh or fish", seeHelp(c.Command.HelpName)}
	}
	_, err := io.WriteString(a.stdout, script)
	return err
}
