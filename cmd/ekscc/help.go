package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// The texts of -h. They are templates of the command-line library.

const appHelp = `{{.Name}} {{.Usage}}.

Usage: ekscc COMMAND [flags] [SPEC...]

A SPEC is a directory with one CUE package, or a .cue, .yaml or .json file. It
defaults to the current directory; clusters/... means every spec below clusters.

Commands:{{range .VisibleCommands}}
  {{join .Names ", "}}{{"\t"}}{{.Usage}}{{end}}

Flags:{{range .VisibleFlags}}
  {{.}}{{end}}

Exit status: 0 if there is nothing to report, 1 if there are findings or
differences, 2 if the command could not do its work.

ekscc COMMAND -h explains a command; ekscc explain explains the spec.
`

const commandHelp = `Usage: {{.UsageText}}

{{.Description}}{{if .VisibleCommands}}

Commands:{{range .VisibleCommands}}
  {{.HelpName}}{{"\t"}}{{.Usage}}{{end}}{{end}}{{if .VisibleFlags}}

Flags:{{range .VisibleFlags}}
  {{.}}{{end}}{{end}}
`

// flagHelp is the line of a flag: its names, the short one first, the word
// that its usage has in backquotes, and the usage.
func flagHelp(flag cli.Flag) string {
	f, ok := flag.(cli.DocGenerationFlag)
	if !ok {
		return ""
	}
	long, short := "", "    "
	for _, name := range flag.Names() {
		if len(name) == 1 {
			short = "-" + name + ", "
		} else {
			long = "--" + name
		}
	}
	usage := f.GetUsage()
	if before, rest, ok := strings.Cut(usage, "`"); ok {
		value, after, _ := strings.Cut(rest, "`")
		long += " " + value
		usage = before + value + after
	}
	if f.TakesValue() && f.GetDefaultText() != "" {
		usage += fmt.Sprintf(" (default %s)", strings.Trim(f.GetDefaultText(), `"`))
	}
	return short + long + "\t" + usage
}
