package catalog

import (
	"slices"
	"strconv"
	"strings"
)

// ResourceType is what CloudFormation accepts in resources of one type.
//
// The facts are those of CloudFormation's registry, completed by a younger
// source with properties that the registry's copy lacks. Values that the
// registry lists may be older than AWS, above all the longer enumerations.
type ResourceType struct {
	// Name is the type's name, such as "AWS::EKS::Cluster".
	Name string
	// Identifier are the paths of the properties that identify a resource. For
	// most types Ref returns them.
	Identifier []string
	// TagPath is the path of the property that holds the tags, such as
	// "Tags"; it is empty for types that cannot be tagged. Whether tags are a
	// list of Key and Value or a map is said by that property's Kinds.
	TagPath string

	root *Property
	// settable are attributes that are not read-only properties.
	settable []string
}

// Property is a property of a resource type, or the items of a list or the
// values of a map, whose Name is "*".
type Property struct {
	// Name is the property's name in a template.
	Name string
	// Kinds are the JSON types that its value may have, sorted, of "array",
	// "boolean", "integer", "number", "object" and "string"; none means any.
	Kinds []string
	// Members are the properties of an object, sorted by name, or the one
	// property "*". An object without members takes any content.
	Members []*Property

	// Required says that the object around the property needs it.
	Required bool
	// ReadOnly says that AWS sets the property and a template must not.
	ReadOnly bool
	// WriteOnly says that AWS does not return the property, so that nobody
	// sees it drift.
	WriteOnly bool
	// Unordered says that the order of a list carries no meaning.
	Unordered bool
	// Replacement says whether a change of the property replaces the resource.
	// It speaks of the property itself; see [ResourceType.Replacement].
	Replacement Replacement

	// Enum are the values that the property may have; none means any.
	Enum []string
	// Pattern is a regular expression that a string has to contain a match of.
	Pattern string
	// Length bounds the characters of a string; it is nil if nothing does.
	Length *Bounds
	// Items bounds the number of items of a list; it is nil if nothing does.
	Items *Bounds
	// Value bounds a number; it is nil if nothing does.
	Value *Bounds
	// ExactlyOne are members of an object of which one must be there and the
	// others must not.
	ExactlyOne []string
	// AtLeastOne are members of an object of which one must be there.
	AtLeastOne []string
}

// Replacement says whether CloudFormation replaces a resource to change a
// property. The words are those of a change set's "requires recreation".
type Replacement int

// The kinds of replacement, from the harmless to the worst.
const (
	ReplacesNever         Replacement = iota // updated in place
	ReplacesConditionally                    // depends on the old and the new value
	ReplacesAlways
)

// Bounds is a range that includes both ends. An open end is infinite.
type Bounds struct{ Min, Max float64 }

// LookupResourceType returns the type of this name, such as
// "AWS::EKS::Cluster". It is false for types that the catalog does not
// describe: AWS has more than a thousand others.
func LookupResourceType(name string) (*ResourceType, bool) {
	if known, ok := resourceTypes.Load(name); ok {
		return known.(*ResourceType), true
	}
	text, ok := resourceText(name)
	if !ok {
		return nil, false
	}
	known, _ := resourceTypes.LoadOrStore(name, parseResourceType(text))
	return known.(*ResourceType), true
}

// Properties are the top-level properties of the type, sorted by name.
func (t *ResourceType) Properties() []*Property { return t.root.Members }

// Property returns the property at a path of names. Any name stands for the
// items of a list and the values of a map, so an index or "*" will do.
func (t *ResourceType) Property(path ...string) (*Property, bool) {
	p := t.root
	for _, name := range path {
		if p = p.Member(name); p == nil {
			return nil, false
		}
	}
	return p, true
}

// Replacement says what a change of the value at a path means for the
// resource. What belongs to a create-only property is create-only with it. A
// path that the catalog does not know may replace.
func (t *ResourceType) Replacement(path ...string) Replacement {
	p, worst := t.root, ReplacesNever
	for _, name := range path {
		if len(p.Members) == 0 {
			break // free content, such as a policy document
		}
		if p = p.Member(name); p == nil {
			return max(worst, ReplacesConditionally)
		}
		worst = max(worst, p.Replacement)
	}
	return worst
}

// Attributes are the names that Fn::GetAtt takes, sorted, such as
// "Endpoint.Address".
func (t *ResourceType) Attributes() []string {
	attributes := append(slices.Clone(t.settable), readOnlyPaths(t.root, "")...)
	slices.Sort(attributes)
	return slices.Compact(attributes)
}

// readOnlyPaths are the paths below p of what AWS sets, but not those of items:
// an attribute cannot pick one.
func readOnlyPaths(p *Property, prefix string) []string {
	var paths []string
	for _, member := range p.Members {
		if member.Name == "*" {
			continue
		}
		path := prefix + member.Name
		if member.ReadOnly {
			paths = append(paths, path)
		}
		paths = append(paths, readOnlyPaths(member, path+".")...)
	}
	return paths
}

// Member is the property of this name below p, the items or values of p if it
// is a list or a map, or nil.
func (p *Property) Member(name string) *Property {
	for _, member := range p.Members {
		if member.Name == name || member.Name == "*" {
			return member
		}
	}
	return nil
}

// String is the word for a replacement in a sentence.
func (r Replacement) String() string {
	switch r {
	case ReplacesNever:
		return "never"
	case ReplacesConditionally:
		return "conditionally"
	case ReplacesAlways:
		return "always"
	}
	return strconv.Itoa(int(r))
}

// ResourceTypes are the names of all types that the catalog describes, sorted.
func ResourceTypes() []string {
	var names []string
	for line := range strings.Lines(resourceTable) {
		if isHead(line) {
			name, _, _ := strings.Cut(line, "\t")
			names = append(names, name)
		}
	}
	return names
}
