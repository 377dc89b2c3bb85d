package resolve

import (
	"fmt"
	"github.com/ekscc/ekscc/internal/lazyregexp"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkRequirements checks what a pool's nodes have to be.
func (r *resolver) checkRequirements(at path, family poolFamily, pool spec.NodePool) {
	if n := len(pool.Requirements); n > maxRequirements {
		r.report(diag.NodeRequirement, at, "", "%d labels; a node pool takes %d", n, maxRequirements)
	}
	for _, key := range sortedKeys(pool.Requirements) {
		at, requirement := at.at(key), pool.Requirements[key]
		before := len(r.found)
		if r.checkLabelKey(at, "label", key) && r.checkPoolKey(at, family, key) {
			r.checkRequirement(at, requirement)
		}
		if _, stated := pool.Labels[key]; stated {
			r.report(diag.NodeRequirement, at, "leave one of them out", "labels says what the label is, too")
		}
		if len(r.found) == before {
			r.checkKnownValues(at, family, key, requirement)
		}
	}
	r.checkPoolArchitecture(at, pool.Requirements)
}

// checkRequirement checks what is said of one label, whichever it is.
func (r *resolver) checkRequirement(at path, q spec.NodeRequirement) {
	stated := q.In != nil || q.NotIn != nil || q.Exists != nil || len(q.Bounds()) > 0
	if !stated && q.MinValues == nil {
		r.report(diag.NodeRequirement, at, `write what it has to be, such as in: ["a", "b"]`, "nothing is said of the label")
		return
	}
	r.checkRequirementValues(at.at("in"), q.In)
	r.checkRequirementValues(at.at("notIn"), q.NotIn)
	r.checkRequirementBounds(at, q)
	if m := q.MinValues; m != nil && (*m < 1 || *m > maxMinValues) {
		r.report(diag.NodeRequirement, at.at("minValues"), "", "minValues is %d, but must be 1 to %d", *m, maxMinValues)
	} else if m != nil && q.In != nil && *m > len(q.In) {
		r.report(diag.NodeRequirement, at.at("minValues"), "", "%d values are asked for, but in has %d", *m, len(q.In))
	}
	absent := q.Exists != nil && !*q.Exists
	left := slices.DeleteFunc(slices.Clone(q.In), func(value string) bool { return slices.Contains(q.NotIn, value) })
	switch {
	case absent && (len(q.In) > 0 || len(q.Bounds()) > 0 || q.MinValues != nil):
		r.report(diag.NodeRequirement, at.at("exists"), "leave exists out", "a label that is not there has none of the values")
	case len(q.In) > 0 && len(left) == 0:
		r.report(diag.NodeRequirement, at, "", "notIn excludes every value of in")
	}
}

func (r *resolver) checkRequirementValues(at path, values []string) {
	if values != nil && len(values) == 0 {
		r.report(diag.NodeRequirement, at, "list a value, or leave it out", "there is no value")
	}
	for i, value := range values {
		switch {
		case len(validation.IsValidLabelValue(value)) > 0:
			r.report(diag.InvalidLabel, at.index(i), labelHint, "Kubernetes does not allow the label value %q", value)
		case slices.Contains(values[:i], value):
			r.report(diag.NodeRequirement, at.index(i), "", "the value %q is listed twice", value)
		}
	}
}

// checkRequirementBounds checks that there is a number between the bounds.
func (r *resolver) checkRequirementBounds(at path, q spec.NodeRequirement) {
	const most = 1 << 53
	low, high := 0, most
	for _, b := range q.Bounds() {
		if b.Value < 0 {
			r.report(diag.NodeRequirement, at.at(b.Field), "", "%s is %d, but the label is no negative number", b.Field, b.Value)
			return
		}
		switch b.Field {
		case "gt":
			low = max(low, b.Value+1)
		case "gte":
			low = max(low, b.Value)
		case "lt":
			high = min(high, b.Value-1)
		case "lte":
			high = min(high, b.Value)
		}
		if strings.HasSuffix(b.Field, "e") {
			r.checkKarpenterKnows(at.at(b.Field), 7, "no operator for "+b.Field)
		}
	}
	switch {
	case q.Gt != nil && q.Gte != nil:
		r.report(diag.NodeRequirement, at.at("gte"), "leave one of them out", "gt says where the numbers begin, too")
	case q.Lt != nil && q.Lte != nil:
		r.report(diag.NodeRequirement, at.at("lte"), "leave one of them out", "lt says where the numbers end, too")
	case low > high:
		r.report(diag.NodeRequirement, at, "", "no number is within these bounds")
	}
	for i, value := range q.In {
		if n, err := strconv.Atoi(value); len(q.Bounds()) > 0 && err == nil && (n < low || n > high) {
			r.report(diag.NodeRequirement, at.at("in").index(i), "", "%s is out of the bounds that are stated beside it", value)
		}
	}
}

// checkKnownValues checks the values of labels of which it is known which they
// have.
func (r *resolver) checkKnownValues(at path, family poolFamily, key string, q spec.NodeRequirement) {
	_, name, _ := strings.Cut(key, "/")
	isNumber, known := family.labels[name]
	ours := strings.HasPrefix(key, family.domain+"/")
	if len(q.Bounds()) > 0 && (ours && known && !isNumber || slices.Contains([]string{zoneLabel, regionLabel, archLabel, osLabel, instanceTypeLabel, capacityTypeLabel}, key)) {
		r.report(diag.NodeRequirement, at, "list values in in or notIn", "the label %q is no number", key)
	}
	values := requirementValues[key]
	if ours {
		values = requirementValues[name]
	}
	for _, list := range []struct {
		field  string
		values []string
	}{{"in", q.In}, {"notIn", q.NotIn}} {
		for i, value := range list.values {
			at := at.at(list.field).index(i)
			switch {
			case ours && isNumber:
				r.checkNumber(at, value)
			case values != nil && !slices.Contains(values, value):
				r.report(diag.NodeRequirement, at, valueHint(value, values), "no node has the value %q", value)
			default:
				r.checkPlace(at, strings.TrimPrefix(key, family.domain+"/"), value)
			}
		}
	}
}

func (r *resolver) checkNumber(at path, value string) {
	if _, err := strconv.ParseUint(value, 10, 63); err != nil {
		r.report(diag.NodeRequirement, at, "", "the label is a number, not %q", value)
	}
}

func valueHint(value string, values []string) string {
	if hint := catalog.DidYouMean(value, values); hint != "" {
		return hint
	}
	return "it is " + strings.Join(values[:len(values)-1], ", ") + " or " + values[len(values)-1]
}

// instanceCategory is the part of an instance type's name that is its category.
var instanceCategory = lazyregexp.New(`^([a-z]+)(-[0-9]+tb)?[0-9]+`)

// checkPlace checks values that the catalog knows: regions, zones and what
// instance types there are.
func (r *resolver) checkPlace(at path, key, value string) {
	switch key {
	case instanceTypeLabel:
		r.checkInstanceType(at, value)
	case regionLabel:
		if r.region.Name != "" && value != r.region.Name {
			r.report(diag.NodeRequirement, at, "", "no node is in %q: the cluster is in %s", value, r.region.Name)
		}
	case zoneLabel:
		if zones := r.zonesOf(spec.TierNames...); len(zones) > 0 && !r.cluster.Network.Exists() && !slices.Contains(zones, value) {
			r.report(diag.NodeRequirement, at, "its subnets are in "+strings.Join(zones, ", "), "the cluster has no subnet in %q", value)
		}
	case "instance-category", "instance-family":
		if !slices.ContainsFunc(catalog.InstanceTypes(), func(name string) bool { return partOf(name, key) == value }) {
			r.report(diag.UnknownInstance, at, "check the name; one newer than that is fine", "no instance type had the %s %q on %s", strings.TrimPrefix(key, "instance-"), value, catalog.Date)
		}
	}
}

// partOf is the category or the family of an instance type.
func partOf(instanceType, key string) string {
	family, _, _ := strings.Cut(instanceType, ".")
	if key == "instance-family" {
		return family
	}
	if match := instanceCategory.FindStringSubmatch(family); match != nil {
		return match[1]
	}
	return ""
}

// checkPoolArchitecture checks that instance types are left of those that are
// listed where the architecture is required, too.
func (r *resolver) checkPoolArchitecture(at path, requirements map[string]spec.NodeRequirement) {
	types, archs := requirements[instanceTypeLabel].In, requirements[archLabel].In
	if len(types) == 0 || len(archs) == 0 {
		return
	}
	names := map[string]string{"arm64": "arm64", "x86_64": "amd64"}
	for _, name := range types {
		if t, known := catalog.LookupInstanceType(name); !known || slices.Contains(archs, names[t.Architecture]) {
			return
		}
	}
	r.report(diag.NodeRequirement, at.at(instanceTypeLabel, "in"), "", "none of the instance types is %s, as %s asks", strings.Join(archs, " or "), fmt.Sprintf("%q", archLabel))
}
