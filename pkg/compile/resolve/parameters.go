package resolve

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// parameterType is the form of a parameter's type; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html.
var parameterType = lazyregexp.New(`^(String|Number|CommaDelimitedList|List<(Number|AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+)+)>|` +
	`AWS::SSM::Parameter::(Name|Value<(String|CommaDelimitedList|List<String>|AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+)+|List<AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+)+>)>)|` +
	`AWS::(EC2|Route53)(::[A-Za-z0-9]+)+)$`)

func (r *resolver) checkParameters(at path, s spec.Stack) {
	checkLogicalIDs(r, at, s.Parameters)
	for _, id := range sortedKeys(s.Parameters) {
		p, at := s.Parameters[id], at.at(id)
		if _, taken := s.Resources[id]; taken {
			r.report(diag.InvalidLogicalID, at, "rename one of them", "a resource has the logical id %q too", id)
		}
		if !parameterType.MatchString(p.Type) {
			r.report(diag.InvalidParameter, at.at("type"), catalog.DidYouMean(p.Type, []string{"String", "Number", "CommaDelimitedList", "List<Number>"}), "%q is not the type of a parameter", p.Type)
			continue
		}
		r.checkDescription(at.at("description"), p.Description)
		r.checkBounds(at, p)
		r.checkParameterValues(at, p)
	}
}

// checkBounds checks the constraints of a parameter.
func (r *resolver) checkBounds(at path, p spec.Parameter) {
	if p.AllowedPattern != "" {
		if _, err := regexp.Compile(p.AllowedPattern); err != nil && !strings.Contains(p.AllowedPattern, "(?") {
			r.report(diag.InvalidParameter, at.at("allowedPattern"), "", "%q is no regular expression", p.AllowedPattern)
		}
	}
	for _, bounds := range []struct {
		least, most, of   string
		leastSet, mostSet *int
	}{{"minLength", "maxLength", "String", p.MinLength, p.MaxLength}, {"minValue", "maxValue", "Number", p.MinValue, p.MaxValue}} {
		for name, set := range map[string]*int{bounds.least: bounds.leastSet, bounds.most: bounds.mostSet} {
			if set != nil && p.Type != bounds.of {
				r.report(diag.InvalidParameter, at.at(name), "", "only a %s has %s", bounds.of, name)
			}
		}
		if bounds.leastSet != nil && bounds.mostSet != nil && *bounds.leastSet > *bounds.mostSet {
			r.report(diag.InvalidParameter, at.at(bounds.least), "", "%s is %d, which is more than %s, %d", bounds.least, *bounds.leastSet, bounds.most, *bounds.mostSet)
		}
	}
}

// checkParameterValues checks that a parameter gets a value, and that it fits.
func (r *resolver) checkParameterValues(at path, p spec.Parameter) {
	values := map[string]*string{"default": p.Default, "value": p.Value}
	if p.NoEcho {
		for _, name := range sortedKeys(values) {
			if values[name] != nil {
				r.report(diag.SecretParameter, at.at(name), "leave it out; the deployment passes the value", "a secret would be in git for everybody to read")
			}
		}
		if r.cluster.GitSync != nil {
			r.report(diag.SecretParameter, at, `use a dynamic reference, such as "{{resolve:secretsmanager:...}}"`, "Git sync takes all values from git, so it cannot pass a secret")
		}
		return
	}
	if p.Value == nil && p.Default == nil {
		r.report(diag.InvalidParameter, at, "give it a value or a default", "nothing says what the parameter is in this environment")
	}
	for _, name := range sortedKeys(values) {
		if values[name] != nil && !strings.HasPrefix(p.Type, "AWS::SSM::") {
			if fault := misfit(p, *values[name]); fault != "" {
				r.report(diag.InvalidParameter, at.at(name), "", "%q %s", *values[name], fault)
			}
		}
	}
}

// misfit says why a parameter cannot have a value, or nothing.
func misfit(p spec.Parameter, value string) string {
	number, err := strconv.ParseFloat(value, 64)
	length := utf8.RuneCountInString(value)
	switch {
	case len(value) > maxParameterValue:
		return "has more than " + strconv.Itoa(maxParameterValue) + " bytes, which CloudFormation allows"
	case p.Type == "Number" && err != nil:
		return "is no number"
	case len(p.AllowedValues) > 0 && !slices.Contains(p.AllowedValues, value):
		return "is none of the allowed values " + strings.Join(p.AllowedValues, ", ")
	case p.MinLength != nil && length < *p.MinLength:
		return "has fewer than " + strconv.Itoa(*p.MinLength) + " characters"
	case p.MaxLength != nil && length > *p.MaxLength:
		return "has more than " + strconv.Itoa(*p.MaxLength) + " characters"
	case p.MinValue != nil && number < float64(*p.MinValue):
		return "is less than " + strconv.Itoa(*p.MinValue)
	case p.MaxValue != nil && number > float64(*p.MaxValue):
		return "is more than " + strconv.Itoa(*p.MaxValue)
	case !matchesWhole(p.AllowedPattern, value):
		return "does not match " + p.AllowedPattern
	}
	return ""
}

// matchesWhole reports whether all of a text matches a pattern. A pattern that
// only Java understands is left to CloudFormation.
func matchesWhole(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	matched, err := regexp.MatchString(`^(?:`+pattern+`)$`, text)
	return err != nil || matched
}
