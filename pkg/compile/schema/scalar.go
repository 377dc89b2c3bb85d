package schema

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

var basicKinds = map[string]Kind{"string": String, "int": Int, "bool": Bool, "_": Any}

// disjunction reads the alternatives of a string, or a type with a default:
// "a" | *"b", *1 | int.
func disjunction(expr *ast.BinaryExpr) (*Type, error) {
	t := &Type{}
	typed := false // whether a whole type is among the alternatives
	for _, alternative := range alternatives(expr) {
		marked, isDefault := alternative.(*ast.UnaryExpr)
		if isDefault && marked.Op == token.MUL {
			alternative = marked.X
		}
		value, kind, err := scalar(alternative)
		if err == nil && t.Kind != "" && t.Kind != kind {
			err = fmt.Errorf("cannot read a choice between %s and %s", t.Kind, kind)
		}
		if err != nil {
			return nil, err
		}
		t.Kind = kind
		typed = typed || value == nil
		if text, ok := value.(string); ok {
			t.Enum = append(t.Enum, text)
		}
		if isDefault {
			t.Default = value
		}
	}
	if typed {
		t.Enum = nil
	}
	return t, nil
}

func alternatives(expr ast.Expr) []ast.Expr {
	if e, ok := expr.(*ast.BinaryExpr); ok && e.Op == token.OR {
		return append(alternatives(e.X), alternatives(e.Y)...)
	}
	return []ast.Expr{expr}
}

// scalar returns the kind of a literal or of a type's name, and the value of
// the former.
func scalar(expr ast.Expr) (value any, kind Kind, err error) {
	if ident, ok := expr.(*ast.Ident); ok && basicKinds[ident.Name] != "" {
		return nil, basicKinds[ident.Name], nil
	}
	lit, ok := expr.(*ast.BasicLit)
	if !ok {
		return nil, "", fmt.Errorf("cannot read an alternative of type %T", expr)
	}
	switch lit.Kind {
	case token.TRUE, token.FALSE:
		return lit.Kind == token.TRUE, Bool, nil
	case token.INT:
		value, err = strconv.Atoi(lit.Value)
		return value, Int, err
	}
	value, err = literal.Unquote(lit.Value)
	return value, String, err
}

// matching reads the X of =~X.
func matching(expr ast.Expr) (*Type, error) {
	value, _, err := scalar(expr)
	if err != nil {
		return nil, err
	}
	text, ok := value.(string)
	if !ok {
		return nil, errors.New("=~ takes a string")
	}
	pattern, err := regexp.Compile(text)
	return &Type{Kind: String, Pattern: pattern}, err
}
