package random

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/diag"
)

// A Report sums up results.
type Report struct {
	// Accepted and Refused count the specs without a problem.
	Accepted, Refused int
	// Codes counts the refused specs by the codes of their errors.
	Codes map[diag.Code]int
	// Faults are the problems, those that look alike as one.
	Faults []*Fault
}

// A Fault is a problem that some specs have.
type Fault struct {
	// Example is the first result with the problem, and Small its spec with the
	// same problem, made as small as it goes.
	Example Result
	Small   Spec
	// Seeds are all that have it.
	Seeds []uint64

	signature string
}

// Add counts a result. It takes some time for the first with a problem.
func (r *Report) Add(result Result) error {
	switch {
	case result.Problem != nil:
		return r.addProblem(result)
	case result.Set != nil:
		r.Accepted++
		return nil
	}
	r.Refused++
	if r.Codes == nil {
		r.Codes = map[diag.Code]int{}
	}
	seen := map[diag.Code]bool{}
	for _, d := range result.Diagnostics {
		if d.Severity() == diag.Error && !seen[d.Code] {
			seen[d.Code] = true
			r.Codes[d.Code]++
		}
	}
	return nil
}

func (r *Report) addProblem(result Result) error {
	signature := result.Problem.signature()
	i := slices.IndexFunc(r.Faults, func(f *Fault) bool { return f.signature == signature })
	if i < 0 {
		small, err := result.shrunk()
		if err != nil {
			return err
		}
		i = len(r.Faults)
		r.Faults = append(r.Faults, &Fault{Example: result, Small: small, signature: signature})
	}
	r.Faults[i].Seeds = append(r.Faults[i].Seeds, result.Seed)
	return nil
}

// Print writes the counts, and each fault with a seed and a small spec.
func (r *Report) Print(w io.Writer) {
	for _, f := range r.Faults {
		fmt.Fprintf(w, "%d random specs, such as that of seed %d: %v\nA small one:\n%s\n", len(f.Seeds), f.Example.Seed, f.Example.Problem, f.Small.CUE())
	}
	fmt.Fprintf(w, "random specs: %d accepted, %d refused with a place", r.Accepted, r.Refused)
	for i, code := range slices.Sorted(maps.Keys(r.Codes)) {
		separator := ", "
		if i == 0 {
			separator = " ("
		}
		fmt.Fprintf(w, "%s%s %d", separator, code, r.Codes[code])
	}
	if len(r.Codes) > 0 {
		fmt.Fprint(w, ")")
	}
	fmt.Fprintln(w)
}

var (
	quoted = regexp.MustCompile(`"[^"]*"`)
	number = regexp.MustCompile(`[0-9]+`)
	place  = regexp.MustCompile(`\S*/(\S*)`)
)

// signature is what problems with one cause are likely to share: the first line
// without names and numbers.
func (p *Problem) signature() string {
	line, _, _ := strings.Cut(p.Message, "\n")
	for _, part := range []*regexp.Regexp{quoted, place, number} {
		line = part.ReplaceAllString(line, "·")
	}
	return p.Kind + " " + line[:min(len(line), 80)]
}
