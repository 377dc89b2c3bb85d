package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// The command-line library ignores, without a word, any flag that comes after
// a positional argument, and calls a default action for a command that it
// does not know. So the arguments are read here first, and handed on with the
// flags in front.

const completionFlag = "--generate-bash-completion"

// arrange returns args with the flags of each command before its positional
// arguments. A command or flag that does not exist, and a flag without its
// value, are usage errors.
func arrange(c *cli.App, args []string) ([]string, error) {
	if len(args) == 0 || args[len(args)-1] == completionFlag {
		return args, nil
	}
	arranged, rest, err := leadingFlags(c, args)
	if err != nil || len(rest) == 0 {
		return arranged, err
	}
	if rest[0] == "help" || rest[0] == "h" {
		rest = slices.Concat(rest[1:], []string{"--help"})
	}
	name, commands, flags := "ekscc", c.Commands, c.Flags
	for len(commands) > 0 && len(rest) > 0 && !isFlag(rest[0]) {
		command := findCommand(commands, rest[0])
		if command == nil {
			return nil, unknownCommand(name, commands, rest[0])
		}
		arranged, rest = append(arranged, command.Name), rest[1:]
		name, commands, flags = name+" "+command.Name, command.Subcommands, command.Flags
	}
	given, positional, err := separate(name, flags, rest)
	switch {
	case err != nil:
		return nil, err
	case slices.ContainsFunc(given, isHelp):
		// The library would take a positional argument for the topic.
		return append(arranged, "--help"), nil
	case len(positional) == 0:
		return append(arranged, given...), nil
	case len(commands) > 0 && findCommand(commands, positional[0]) != nil:
		return nil, usageError{fmt.Sprintf("the command %q comes before its flags", positional[0]), seeHelp(name)}
	case len(commands) > 0:
		return nil, unknownCommand(name, commands, positional[0])
	}
	return slices.Concat(arranged, given, []string{"--"}, positional), nil
}

// leadingFlags splits args after the flags that come before the command. They
// are ekscc's own, and none of them takes a value.
func leadingFlags(c *cli.App, args []string) (leading, rest []string, err error) {
	n := 1
	for n < len(args) && isFlag(args[n]) {
		if _, err := findFlag("ekscc", c.Flags, args[n]); err != nil {
			return nil, nil, err
		}
		n++
	}
	return slices.Clone(args[:n]), args[n:], nil
}

// separate splits the arguments of a command into flags, each with its value,
// and positional arguments. All that follows "--" is positional. The flags get
// their first name: the library refuses -o and --output on one line.
func separate(command string, flags []cli.Flag, args []string) (given, positional []string, err error) {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		if arg == "--" {
			return given, append(positional, args...), nil
		}
		if !isFlag(arg) {
			positional = append(positional, arg)
			continue
		}
		flag, err := findFlag(command, flags, arg)
		if err != nil {
			return nil, nil, err
		}
		name, value, assigned := strings.Cut(arg, "=")
		if takesValue(flag) && !assigned && len(args) > 0 && !isFlag(args[0]) {
			value, args = args[0], args[1:]
		}
		if takesValue(flag) && value == "" {
			return nil, nil, usageError{"flag " + name + " needs a value", seeHelp(command)}
		}
		given = append(given, written(flag, value))
	}
	return given, positional, nil
}

func written(flag cli.Flag, value string) string {
	name := "--" + flag.Names()[0]
	if value == "" {
		return name
	}
	return name + "=" + value
}

// isFlag reports whether arg is a flag. A lone hyphen is not.
func isFlag(arg string) bool { return len(arg) > 1 && arg[0] == '-' }

// isHelp reports whether arg is the flag that asks for help.
func isHelp(arg string) bool {
	return slices.Contains(cli.HelpFlag.Names(), strings.TrimLeft(arg, "-")) && isFlag(arg)
}

func takesValue(flag cli.Flag) bool {
	f, ok := flag.(cli.DocGenerationFlag)
	return ok && f.TakesValue()
}

// findFlag returns the flag that arg, such as --output=out, names.
func findFlag(command string, flags []cli.Flag, arg string) (cli.Flag, error) {
	shown, _, _ := strings.Cut(arg, "=")
	name := strings.TrimPrefix(strings.TrimPrefix(shown, "-"), "-")
	var known []string
	for _, flag := range append(slices.Clip(flags), cli.HelpFlag) {
		if slices.Contains(flag.Names(), name) {
			return flag, nil
		}
		known = append(known, flag.Names()...)
	}
	err := usageError{message: fmt.Sprintf("%s has no flag %s", command, shown), hint: seeHelp(command)}
	if near := catalog.Suggest(name, known); len(near) > 1 {
		err.message += "; did you mean --" + near + "?"
	}
	return nil, err
}

func findCommand(commands []*cli.Command, name string) *cli.Command {
	i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(name) })
	if i < 0 {
		return nil
	}
	return commands[i]
}

func unknownCommand(parent string, commands []*cli.Command, name string) error {
	var known []string
	for _, command := range commands {
		known = append(known, command.Names()...)
	}
	err := usageError{message: fmt.Sprintf("%s has no command %q", parent, name), hint: seeHelp(parent)}
	if near := catalog.Suggest(name, known); near != "" {
		err.message += fmt.Sprintf("; did you mean %q?", near)
	}
	return err
}

func seeHelp(command string) string { return command + " -h shows how to use it" }

// atMost refuses more than n positional arguments.
func atMost(c *cli.Context, n int) error {
	if c.NArg() <= n {
		return nil
	}
	return usageError{
		message: fmt.Sprintf("unexpected argument %q", c.Args().Get(n)),
		hint:    seeHelp(c.Command.HelpName),
	}
}
