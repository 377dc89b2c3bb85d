package catalog

import (
	_ "embed" // for the table
	"math"
	"strconv"
	"strings"
	"sync"
)

// resourceTable describes each type by a tree: a line for each property,
// indented by one space for each level, its columns separated by tabs. The
// text stays as it is until somebody looks a type up.
//
//go:embed data/resources.txt
var resourceTable string

// resourceTypes are the types that were looked up, by name.
var resourceTypes sync.Map

// resourceText is the part of the table about one type.
func resourceText(name string) (string, bool) {
	start := strings.Index(resourceTable, "\n"+name+"\t")
	if start < 0 {
		return "", false
	}
	text := resourceTable[start+1:]
	for end := 0; ; {
		line := strings.IndexByte(text[end:], '\n') + 1
		end += line
		if line == 0 || !strings.HasPrefix(text[end:], " ") {
			return text[:end], true
		}
	}
}

// isHead reports whether a line begins the description of a type.
func isHead(line string) bool { return line[0] != ' ' && line[0] != '#' }

func parseResourceType(text string) *ResourceType {
	t := &ResourceType{}
	above := make([]*Property, 0, 8) // the property at each level, down to the last line
	for line := range strings.Lines(text) {
		depth := len(line) - len(strings.TrimLeft(line, " "))
		columns := strings.Split(strings.TrimSuffix(line[depth:], "\n"), "\t")
		p := parseProperty(columns)
		if depth == 0 {
			t.parseHead(p, columns)
		} else {
			above[depth-1].Members = append(above[depth-1].Members, p)
		}
		above = append(above[:depth], p)
	}
	return t
}

func (t *ResourceType) parseHead(root *Property, columns []string) {
	t.Name, t.root = root.Name, root
	for _, column := range columns[2:] {
		switch word, argument, _ := strings.Cut(column, " "); word {
		case "attributes":
			t.settable = strings.Fields(argument)
		case "identifier":
			t.Identifier = strings.Fields(argument)
		case "tags":
			t.TagPath = argument
		}
	}
}

func parseProperty(columns []string) *Property {
	p := &Property{Name: columns[0]}
	if columns[1] != "any" {
		p.Kinds = strings.Split(columns[1], "|")
	}
	for _, column := range columns[2:] {
		switch word, argument, _ := strings.Cut(column, " "); word {
		case "required":
			p.Required = true
		case "readOnly":
			p.ReadOnly = true
		case "writeOnly":
			p.WriteOnly = true
		case "unordered":
			p.Unordered = true
		case "createOnly":
			p.Replacement = ReplacesAlways
		case "conditionalCreateOnly":
			p.Replacement = ReplacesConditionally
		case "enum":
			p.Enum = strings.Split(argument, "|")
		case "pattern":
			p.Pattern = argument
		case "length":
			p.Length = parseBounds(argument)
		case "items":
			p.Items = parseBounds(argument)
		case "value":
			p.Value = parseBounds(argument)
		case "exactlyOne":
			p.ExactlyOne = strings.Fields(argument)
		case "atLeastOne":
			p.AtLeastOne = strings.Fields(argument)
		}
	}
	return p
}

// parseBounds reads "1..20", an end of which may be missing.
func parseBounds(text string) *Bounds {
	bounds := &Bounds{math.Inf(-1), math.Inf(1)}
	least, most, _ := strings.Cut(text, "..")
	if n, err := strconv.ParseFloat(least, 64); err == nil {
		bounds.Min = n
	}
	if n, err := strconv.ParseFloat(most, 64); err == nil {
		bounds.Max = n
	}
	return bounds
}
