package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// The voice of ekscc. Results that were asked for go to standard output, and
// everything else to standard error; a command that did what it was told, and
// was asked nothing, says nothing. Messages are lower case, begin with
// "ekscc: " and have no full stop; what to do about one stands on a line of
// its own, after "ekscc: hint: ". Diagnostics of a spec begin with their
// position instead, as those of other compilers do. Colour is for terminals
// alone, and never where NO_COLOR is set.

// Exit statuses of every command.
const (
	statusOK       = 0 // nothing to report
	statusFindings = 1 // findings or differences
	statusFailed   = 2 // the command could not do its work
)

var (
	// errFindings is returned by a command that has printed findings or
	// differences.
	errFindings = errors.New("findings")
	// errReported is returned by a command that failed and has said why.
	errReported = errors.New("failed")
)

// usageError says that a command line is wrong.
type usageError struct{ message, hint string }

func (e usageError) Error() string { return e.message }

// ui is how ekscc talks to its user.
type ui struct {
	stderr io.Writer
	// color says whether results may be coloured.
	color bool
}

func newUI(stdout, stderr io.Writer) ui {
	return ui{stderr: stderr, color: wantsColor(stdout)}
}

// report says what went wrong, if anything did, and returns the exit status.
func (u ui) report(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return statusOK
	case err == errFindings:
		return statusFindings
	case err == errReported:
	case errors.As(err, &usage):
		u.say(usage.message)
		u.hint(usage.hint)
	default:
		u.say(err.Error())
	}
	return statusFailed
}

// say writes a message; each of its lines gets the prefix.
func (u ui) say(message string) {
	for line := range strings.Lines(message) {
		fmt.Fprintf(u.stderr, "ekscc: %s\n", strings.TrimRight(line, "\n"))
	}
}

func (u ui) hint(message string) {
	if message != "" {
		u.say("hint: " + message)
	}
}

// bug reports a panic: one sentence, and a stack trace where it is asked for.
func (u ui) bug(p any) {
	stack := debug.Stack()
	if c, ok := p.(caught); ok {
		p, stack = c.value, c.stack
	}
	u.say(fmt.Sprintf("internal error, please report it with the spec that causes it: %v", p))
	if os.Getenv("EKSCC_DEBUG") == "" {
		u.hint("EKSCC_DEBUG=1 shows where it happened")
		return
	}
	u.stderr.Write(stack)
}

// wantsColor reports whether w is a terminal whose user has not opted out.
func wantsColor(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" || runtime.GOOS == "windows" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
