package load

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/load"

	"github.com/ekscc/ekscc/pkg/diag"
)

// checkTags reports each tag that the spec does not have, or whose value it
// does not take. CUE would stop at the first.
func (s *Source) checkTags(cfg *load.Config, tags []string) diag.List {
	var list diag.List
	for _, tag := range tags {
		one := *cfg
		one.Tags = nil
		plain := s.instance(&one)
		one.Tags = []string{tag}
		inst := s.instance(&one)
		if plain.Err != nil || inst.Err == nil {
			continue
		}
		name, _, _ := strings.Cut(tag, "=")
		known := knownTags(plain)
		d := unknownTag(s.Start(), name, known)
		if slices.Contains(known, name) {
			d.Message, d.Hint = fmt.Sprintf("tag %s: %s", name, text(errors.Promote(inst.Err, ""))), ""
		}
		list = append(list, d)
	}
	return list
}

// knownTags returns the names that inst accepts as tags, sorted: the keys of
// its @tag attributes, and their shorthands.
func knownTags(inst *build.Instance) []string {
	var known []string
	for _, file := range inst.Files {
		ast.Walk(file, func(n ast.Node) bool {
			if field, ok := n.(*ast.Field); ok {
				for _, attr := range field.Attrs {
					known = append(known, tagNames(attr)...)
				}
			}
			return true
		}, nil)
	}
	slices.Sort(known)
	return slices.Compact(known)
}

// tagNames returns the names that the attribute @tag(key,short=a|b) declares.
func tagNames(attr *ast.Attribute) []string {
	key, body := attr.Split()
	if key != "tag" {
		return nil
	}
	args := strings.Split(body, ",")
	names := []string{strings.TrimSpace(args[0])}
	for _, arg := range args[1:] {
		if short, ok := strings.CutPrefix(strings.TrimSpace(arg), "short="); ok {
			names = append(names, strings.Split(short, "|")...)
		}
	}
	return names
}

func unknownTag(pos diag.Pos, name string, known []string) diag.Diagnostic {
	d := diag.Diagnostic{Pos: pos, Code: diag.UnknownTag, Message: fmt.Sprintf("the spec has no tag %q", name)}
	if len(known) > 0 {
		d.Hint = "it has " + strings.Join(known, ", ")
	}
	return d
}
