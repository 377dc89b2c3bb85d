package spec

import (
	"fmt"
	"reflect"
	"strings"

	"cuelang.org/go/cue"
)

// Decode returns the spec that v holds. v has passed validation: it is
// concrete and has the schema's defaults.
func Decode(v cue.Value) (Spec, error) {
	var s Spec
	if err := v.Decode(&s); err != nil {
		return Spec{}, fmt.Errorf("failed to decode the spec: %w", err)
	}
	return s, nil
}

// DecodePartial returns what is known of the spec that v holds. A field
// without a concrete value stays zero, and so does a list with an element that
// is not concrete.
func DecodePartial(v cue.Value) Spec {
	var s Spec
	if !v.Exists() {
		return s
	}
	decodeKnown(v, reflect.ValueOf(&s).Elem())
	return s
}

// decodeKnown sets dst to what of v is known, and reports whether there is
// anything.
func decodeKnown(v cue.Value, dst reflect.Value) bool {
	if v.Validate(cue.Concrete(true)) == nil {
		return v.Decode(dst.Addr().Interface()) == nil
	}
	switch dst.Kind() {
	case reflect.Pointer:
		elem := reflect.New(dst.Type().Elem())
		if !decodeKnown(v, elem.Elem()) {
			return false
		}
		dst.Set(elem)
		return true
	case reflect.Struct:
		return decodeFields(v, dst)
	case reflect.Map:
		return decodeEntries(v, dst)
	}
	return false
}

func decodeFields(v cue.Value, dst reflect.Value) bool {
	if _, err := v.Fields(); err != nil {
		return false
	}
	for i := range dst.NumField() {
		field := dst.Type().Field(i)
		if field.Anonymous {
			decodeFields(v, dst.Field(i))
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if value := v.LookupPath(cue.MakePath(cue.Str(name))); name != "-" && value.Exists() {
			decodeKnown(value, dst.Field(i))
		}
	}
	return true
}

func decodeEntries(v cue.Value, dst reflect.Value) bool {
	iter, err := v.Fields()
	if err != nil || dst.Type().Elem().Kind() == reflect.Interface {
		return false
	}
	dst.Set(reflect.MakeMap(dst.Type()))
	for iter.Next() {
		elem := reflect.New(dst.Type().Elem()).Elem()
		if iter.Selector().IsString() && decodeKnown(iter.Value(), elem) {
			dst.SetMapIndex(reflect.ValueOf(iter.Selector().Unquoted()), elem)
		}
	}
	return true
}
