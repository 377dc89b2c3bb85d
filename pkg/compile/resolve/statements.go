package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Forms of what a policy statement holds; see
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
var (
	iamAction      = lazyregexp.New(`^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$`)
	policyVariable = lazyregexp.New(`\$\{[^}]*\}`)
	conditionKey   = lazyregexp.New(`^[A-Za-z0-9.-]+:[A-Za-z0-9_.:/=+@-]+$`)
	policyText     = lazyregexp.New(`^[\t\n\r -\x{7e}\x{a0}-\x{ff}]+$`)
)

// conditionOperators are the operators of conditions, which may stand behind
// ForAllValues: or ForAnyValue: and before IfExists; see
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
var conditionOperators = []string{
	"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "BinaryEquals", "Bool",
	"DateEquals", "DateGreaterThan", "DateGreaterThanEquals", "DateLessThan", "DateLessThanEquals", "DateNotEquals",
	"IpAddress", "NotIpAddress", "Null",
	"NumericEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "NumericLessThan", "NumericLessThanEquals", "NumericNotEquals",
	"StringEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike",
}

// reading begins the names of actions that change nothing. Many of them can
// be limited to no resource.
var reading = []string{"Describe", "Get", "List"}

// checkStatements checks the statements of one policy, whose document may have
// so many characters at most.
func (r *resolver) checkStatements(at path, statements map[string]spec.Statement, most int) {
	checkChosenNames(r, at, statements)
	before := len(r.found)
	for _, name := range sortedKeys(statements) {
		r.checkStatement(at.at(name), statements[name])
	}
	if n := len([]rune(spec.PolicyJSON(statements))); n > most && len(r.found) == before {
		r.report(diag.PolicySize, at, "move statements to a managed policy", "the policy has %d characters; IAM allows %d", n, most)
	}
}

func (r *resolver) checkStatement(at path, s spec.Statement) {
	r.checkEntries(at.at("actions"), s.Actions, "action", func(at path, action string) {
		if !iamAction.MatchString(action) {
			r.report(diag.InvalidStatement, at, `such as "s3:GetObject"`, "%q is not an action of IAM", action)
		}
	})
	r.checkEntries(at.at("resources"), s.Resources, "resource", r.checkStatementResource)
	for _, operator := range sortedKeys(s.Conditions) {
		r.checkCondition(at.at("conditions", operator), operator, s.Conditions[operator])
	}
	if r.isBroad(s) {
		r.report(diag.BroadStatement, at.at("resources"), "name the ARNs, or add a condition such as on the tag of the resource",
			"the statement allows what is not just reading on every resource")
	}
}

// checkEntries checks a list that holds something, and nothing twice.
func (r *resolver) checkEntries(at path, list []string, what string, check func(at path, entry string)) {
	if len(list) == 0 {
		r.report(diag.InvalidStatement, at, "", "the statement has no %s", what)
	}
	for i, entry := range list {
		if slices.Contains(list[:i], entry) {
			r.report(diag.InvalidStatement, at.index(i), "", "the %s %q is listed twice", what, entry)
			continue
		}
		check(at.index(i), entry)
	}
}

// checkStatementResource checks an ARN, which may have wildcards and policy
// variables. Those of S3 have neither a region nor an account.
func (r *resolver) checkStatementResource(at path, resource string) {
	if resource == "*" {
		return
	}
	a, ok := parseARN(policyVariable.ReplaceAllString(resource, "x"))
	switch {
	case !ok || !policyText.MatchString(resource):
		r.report(diag.InvalidStatement, at, `such as "arn:aws:s3:::shop-images/*", or "*" for everything`, "%q is not an ARN", resource)
	case r.region.Partition != "" && a.partition != r.region.Partition && !strings.Contains(a.partition, "*"):
		r.report(diag.InvalidStatement, at, "", "%q is in the partition %q, but %s is in %q", resource, a.partition, r.region.Name, r.region.Partition)
	}
}

func (r *resolver) checkCondition(at path, operator string, keys map[string][]string) {
	name := strings.TrimPrefix(strings.TrimPrefix(operator, "ForAllValues:"), "ForAnyValue:")
	if !slices.Contains(conditionOperators, strings.TrimSuffix(name, "IfExists")) || name == "NullIfExists" {
		r.report(diag.InvalidStatement, at, catalog.DidYouMean(name, conditionOperators), "IAM has no condition operator %q", operator)
	}
	if len(keys) == 0 {
		r.report(diag.InvalidStatement, at, "", "the condition has no key")
	}
	for _, key := range sortedKeys(keys) {
		if !conditionKey.MatchString(key) {
			r.report(diag.InvalidStatement, at.at(key), `such as "aws:ResourceTag/team"`, "%q is not a condition key", key)
		}
		r.checkEntries(at.at(key), keys[key], "value", func(at path, value string) {
			if value != "" && !policyText.MatchString(value) {
				r.report(diag.InvalidStatement, at, "", "%q has a character that IAM refuses in policies", value)
			}
		})
	}
}

// isBroad reports whether a statement allows changes to everything there is.
func (r *resolver) isBroad(s spec.Statement) bool {
	if s.Effect != "Allow" || len(s.Conditions) > 0 || !slices.Contains(s.Resources, "*") {
		return false
	}
	return slices.ContainsFunc(s.Actions, func(action string) bool {
		_, name, _ := strings.Cut(action, ":")
		return !slices.ContainsFunc(reading, func(verb string) bool { return strings.HasPrefix(name, verb) })
	})
}
