package main

import (
	"context"
	"fmt"
	"strings"
)

// judge is a tool that others wrote, and how it is asked.
type judge struct {
	// name is the tool and its version.
	name string
	// subject is what it judges, in the plural.
	subject string
	// inputs picks what it judges from a tree.
	inputs func(tree) []input
	// planted are faulty inputs that it must refuse.
	planted []plant
	// install puts the tool below the cache, unless it is there already.
	install func(context.Context) error
	// judge asks the tool about all inputs. An error means that the tool
	// could not do its work.
	judge func(context.Context, []input) ([]finding, error)
}

// plant is a faulty input and the rule that must refuse it.
type plant struct {
	input
	rule string
}

// finding is one thing that a judge says about an input.
type finding struct {
	input   input
	line    int // 0 if the judge does not say
	rule    string
	message string
	warning bool
}

// notJudged is the rule of a finding that holds nothing against the input: the
// judge could not look at it or at a part of it. Its message says what that
// was, and why.
const notJudged = "not judged"

func (f finding) String() string {
	place := f.input.name
	if f.line > 0 {
		place = fmt.Sprintf("%s:%d", f.input.name, f.line)
	}
	return fmt.Sprintf("%s: %s: %s", place, f.rule, f.message)
}

// result is what one judge said in one run.
type result struct {
	judge    judge
	inputs   []input
	findings []finding
	// explained counts the warnings that allowed.yaml took out of findings.
	explained int
}

// run asks the judge about what it judges of the trees.
func (j judge) run(ctx context.Context, trees []tree) (result, error) {
	var inputs []input
	for _, t := range trees {
		inputs = append(inputs, j.inputs(t)...)
	}
	return j.ask(ctx, inputs)
}

// ask installs the judge, shows that it refuses what is planted, and asks it
// about the inputs.
func (j judge) ask(ctx context.Context, inputs []input) (result, error) {
	if err := j.install(ctx); err != nil {
		return result{}, err
	}
	if err := j.test(ctx); err != nil {
		return result{}, err
	}
	r := result{judge: j, inputs: inputs}
	if len(r.inputs) == 0 {
		return r, nil
	}
	var err error
	r.findings, err = j.judge(ctx, r.inputs)
	return r, err
}

// test asks the judge about the planted faults.
func (j judge) test(ctx context.Context) error {
	inputs := make([]input, 0, len(j.planted))
	for _, p := range j.planted {
		inputs = append(inputs, p.input)
	}
	findings, err := j.judge(ctx, inputs)
	if err != nil {
		return fmt.Errorf("failed on the planted faults: %w", err)
	}
	for _, p := range j.planted {
		if !refuses(findings, p) {
			return fmt.Errorf("accepted the planted fault %s, which its rule %s should refuse; it said %v", p.name, p.rule, findings)
		}
	}
	return nil
}

// refuses says whether findings hold an error by p's rule about p.
func refuses(findings []finding, p plant) bool {
	for _, f := range findings {
		if f.input.name == p.name && f.rule == p.rule && !f.warning {
			return true
		}
	}
	return false
}

// count returns how many inputs were refused, and how many of the others were
// not judged, or not all of them.
func (r result) count() (refused, unjudged int) {
	isRefused := make(map[string]bool)
	for _, f := range r.findings {
		isRefused[f.input.name] = isRefused[f.input.name] || f.rule != notJudged
	}
	for _, is := range isRefused {
		if is {
			refused++
		} else {
			unjudged++
		}
	}
	return refused, unjudged
}

// is says whether this judge is the one that an allow-list calls name.
func (j judge) is(name string) bool {
	return j.name == name || strings.HasPrefix(j.name, name+" ")
}
