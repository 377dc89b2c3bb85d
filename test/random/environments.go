package random

import "slices"

var environmentNames = []string{"dev", "qa", "prod", "eu-1", "blue_green"}

// environments adds environments to a base. With data, they override nothing,
// so that the spec can be written as YAML or JSON too.
func (g *generator) environments(root *shape, s *Spec, data bool) {
	s.Environments = map[string]map[string]any{}
	for _, i := range g.Perm(len(environmentNames))[:g.between(1, 3)] {
		s.Environments[environmentNames[i]] = map[string]any{"cluster": map[string]any{}}
	}
	names := order(nil, s.Environments)
	g.distribute(root, s, []string{"cluster", "name"}, data)
	if data {
		remove(s.Base, []string{"cluster", "name"})
	} else if g.chance(0.3) {
		g.distribute(root, s, pick(g, places(nil, s.Base)), false)
	}
	for _, name := range names {
		environment := s.Environments[name]
		if !data {
			g.override(root, s.Base, environment)
		}
		g.extend(root, s.Base, environment)
	}
}

// distribute gives every environment a value of its own for the scalar at
// path, which the base may then leave open.
func (g *generator) distribute(root *shape, s *Spec, path []string, data bool) {
	value, ok := get(s.Base, path)
	of := root.at(path)
	if !ok || of == nil || !isScalar(value) || slices.ContainsFunc(path, isIndex) {
		return
	}
	for _, name := range order(nil, s.Environments) {
		put(s.Environments[name], path, g.value(of, path))
	}
	if !data && g.chance(0.4) {
		set(s.Base, path, open(typeOf(value)))
	}
}

// override gives an environment other values than the base has.
func (g *generator) override(root *shape, base, environment map[string]any) {
	all := places(nil, base)
	for range g.IntN(5) {
		path := pick(g, all)
		value, _ := get(base, path)
		of := root.at(path)
		if of == nil || unites(value) || slices.ContainsFunc(path, isIndex) {
			continue
		}
		if _, taken := get(environment, path); !taken {
			put(environment, path, g.value(of, path))
		}
	}
}

// extend gives an environment what the base lacks: optional fields, and
// entries of maps.
func (g *generator) extend(root *shape, base, environment map[string]any) {
	all := places(nil, base)
	for range g.IntN(3) {
		path := pick(g, all)
		of := root.at(path)
		if of == nil || slices.ContainsFunc(path, isIndex) {
			continue
		}
		at, below := path, of
		switch {
		case of.kind == "map":
			at, below = child(path, g.key(path)), of.element
		case of.kind == "object" && len(of.fields) > 0:
			f := pick(g, of.fields)
			at, below = child(path, f.name), f.shape
		default:
			continue
		}
		if _, taken := get(base, at); !taken {
			put(environment, at, g.value(below, at))
		}
	}
}

// put sets the value at path, with the structs on the way to it.
func put(tree map[string]any, path []string, value any) {
	for _, name := range path[:len(path)-1] {
		below, ok := tree[name].(map[string]any)
		if !ok {
			below = map[string]any{}
			tree[name] = below
		}
		tree = below
	}
	tree[path[len(path)-1]] = value
}

// at is the shape of the value at path, or nil where the schema says nothing.
func (s *shape) at(path []string) *shape {
	for _, name := range path {
		switch {
		case s.kind == "object" && s.field(name) != nil:
			s = s.field(name).shape
		case s.kind == "map", s.kind == "object" && s.element != nil, s.kind == "array" && isIndex(name):
			s = s.element
		default:
			return nil
		}
	}
	return s
}

// unites reports whether CUE may unite value with another one instead of
// dropping it for that: a struct, or a list of structs.
func unites(value any) bool {
	list, isList := value.([]any)
	_, isMap := value.(map[string]any)
	return isMap || isList && slices.ContainsFunc(list, unites)
}

func isScalar(value any) bool {
	switch value.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}

// isIndex reports whether a name in a path is the index of a list. No map has
// such names, odd ones aside.
func isIndex(name string) bool {
	return name != "" && len(name) < 3 && slices.Min([]byte(name)) >= '0' && slices.Max([]byte(name)) <= '9'
}
