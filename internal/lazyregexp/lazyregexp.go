// Package lazyregexp compiles a regular expression when it is first used. A
// run of ekscc uses few of those that its rules have, and to compile them all
// would take longer than to load a small spec.
package lazyregexp

import (
	"regexp"
	"sync"
)

// Regexp is a regular expression that compiles when it is first used. It may
// be used by several goroutines at once.
type Regexp struct{ compiled func() *regexp.Regexp }

// New returns the regular expression that text is. One that does not compile
// panics when it is first used.
func New(text string) *Regexp {
	return &Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
}

// MatchString reports whether s holds a match.
func (r *Regexp) MatchString(s string) bool { return r.compiled().MatchString(s) }

// FindIndex returns where the leftmost match in b begins and ends, or nil.
func (r *Regexp) FindIndex(b []byte) []int { return r.compiled().FindIndex(b) }

// FindStringSubmatch returns the leftmost match in s with its groups, or nil.
func (r *Regexp) FindStringSubmatch(s string) []string { return r.compiled().FindStringSubmatch(s) }

// ReplaceAllString returns s with its matches replaced, where $1 stands for the first group.
func (r *Regexp) ReplaceAllString(s, by string) string { return r.compiled().ReplaceAllString(s, by) }
