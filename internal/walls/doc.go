// Package walls holds the house rules that a compiler cannot: which package
// may import which, what the pipeline must never ask its surroundings, how
// long a file or a function grows, and that what is exported is documented.
//
// It has no code but its tests. They read the sources with go/parser, so they
// see every file whatever its build constraints.
package walls
