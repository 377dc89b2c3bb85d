package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// longestEnum is the longest list of values that the table keeps. Longer ones,
// such as all instance types, are catalogs of their own, and age.
const longestEnum = 40

// constrain writes down what a schema asks of a value of the kinds it allows.
func (p *property) constrain(in *schema) {
	if in.InsertionOrder != nil && !*in.InsertionOrder && slices.Contains(p.kinds, "array") {
		p.flags["unordered"] = true
	}
	if slices.Contains(p.kinds, "string") {
		p.bounds("length", in.MinLength, in.MaxLength)
		p.pattern(in.Pattern)
	}
	if slices.Contains(p.kinds, "array") {
		p.bounds("items", in.MinItems, in.MaxItems)
	}
	if slices.Contains(p.kinds, "integer") || slices.Contains(p.kinds, "number") {
		p.bounds("value", in.Minimum, in.Maximum)
	}
	p.enum(in)
}

// bounds writes a range whose ends are part of it; an end that is not bound
// is empty. That a length is not negative goes without saying.
func (p *property) bounds(word string, least, most json.Number) {
	if word != "value" && least == "0" {
		least = ""
	}
	if least != "" || most != "" {
		p.words[word] = least.String() + ".." + most.String()
	}
}

// pattern keeps a regular expression that Go can read. Go has no look-ahead;
// the few patterns that use one are left to AWS.
func (p *property) pattern(expression string) {
	if _, err := regexp.Compile(expression); expression != "" && err == nil {
		p.words["pattern"] = expression
	}
}

func (p *property) enum(in *schema) {
	values := in.Enum
	if in.Const != nil {
		values = []any{in.Const}
	}
	if len(values) > longestEnum {
		return
	}
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	slices.SortFunc(texts, compareNumbers)
	if !strings.Contains(strings.Join(texts, ""), "|") {
		p.words["enum"] = strings.Join(texts, "|")
	}
	if names := in.EnumCaseInsensitive; len(names) > 0 {
		p.words["pattern"] = "^(?i:" + strings.Join(names, "|") + ")$"
	}
}

// compareNumbers sorts numbers by value and other texts as texts.
func compareNumbers(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(a, b)
}

// choices writes down which of an object's properties must be there together
// or alone, as far as one list says it.
func (p *property) choices(in *schema) {
	if len(in.RequiredXor) > 0 {
		p.words["exactlyOne"] = strings.Join(in.RequiredXor, " ")
	}
	if len(in.RequiredOr) > 0 {
		p.words["atLeastOne"] = strings.Join(in.RequiredOr, " ")
	}
	for word, alternatives := range map[string][]*schema{"exactlyOne": in.OneOf, "atLeastOne": in.AnyOf} {
		var names []string
		for _, alternative := range alternatives {
			if len(alternative.Required) != 1 {
				names = nil
				break
			}
			names = append(names, alternative.Required[0])
		}
		if len(names) > 0 {
			p.words[word] = strings.Join(names, " ")
		}
	}
}
