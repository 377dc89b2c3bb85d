package resolve

import (
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// What a selector may have, wildcards among it; see
// https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html.
var (
	wildcards         = strings.NewReplacer("*", "x", "?", "x")
	selectorNamespace = lazyregexp.New(`^[a-z0-9*?]([a-z0-9*?-]*[a-z0-9*?])?$`)
)

func (r *resolver) checkSelectors(at path, selectors []spec.FargateSelector) {
	if len(selectors) == 0 {
		r.report(diag.FargateSelector, at, `such as {namespace: "web"}`, "the profile selects no pods")
	}
	r.checkFargateQuota(at, "selectors", len(selectors), maxSelectors)
	for i, s := range selectors {
		r.checkSelector(at.index(i), s)
	}
}

func (r *resolver) checkSelector(at path, s spec.FargateSelector) {
	if len(s.Namespace) > validation.DNS1123LabelMaxLength || !selectorNamespace.MatchString(s.Namespace) {
		r.report(diag.FargateSelector, at.at("namespace"), `"*" stands for any characters, and "?" for one`, "%q is not the name of a namespace, nor a pattern of one", s.Namespace)
	}
	r.checkFargateQuota(at.at("labels"), "labels", len(s.Labels), maxSelectorLabels)
	for _, key := range sortedKeys(s.Labels) {
		value, at := s.Labels[key], at.at("labels", key)
		if len(validation.IsQualifiedName(wildcards.Replace(key))) > 0 {
			r.report(diag.FargateSelector, at, labelHint+`, for a key behind an optional domain and "/"`, "%q is not the key of a label, nor a pattern of one", key)
		}
		switch {
		case value == "":
			r.report(diag.FargateSelector, at, `"*" stands for any value`, "EKS takes no empty value of a label in a selector")
		case len(validation.IsValidLabelValue(wildcards.Replace(value))) > 0:
			r.report(diag.FargateSelector, at, labelHint, "%q is not the value of a label, nor a pattern of one", value)
		}
	}
}

// fits reports whether a text is what a pattern stands for.
func fits(pattern, text string) bool { return spec.FargateFits(pattern, text) }

// placedSelector is a selector with its place.
type placedSelector struct {
	profile string
	path    path
	spec.FargateSelector
}

// checkSelectorOverlaps warns of selectors that fit only pods which another one
// fits too. In one profile they say nothing. Of two profiles, that with the name
// which comes first in the alphabet gets the pods, and CloudFormation makes the
// names.
func (r *resolver) checkSelectorOverlaps() {
	var all []placedSelector
	for _, name := range sortedKeys(r.cluster.FargateProfiles) {
		for i, s := range r.cluster.FargateProfiles[name].Selectors {
			all = append(all, placedSelector{name, fargatePath.at(name, "selectors", strconv.Itoa(i)), s})
		}
	}
	for i, s := range all {
		for j, other := range all {
			if i == j || !includes(other.FargateSelector, s.FargateSelector) || i < j && includes(s.FargateSelector, other.FargateSelector) {
				continue
			}
			r.reportOverlappingSelector(s, other)
			break
		}
	}
}

func (r *resolver) reportOverlappingSelector(s, other placedSelector) {
	if s.profile == other.profile {
		r.report(diag.FargateOverlap, s.path, "leave it out", "the selector fits no pods that another one of the profile does not fit")
		return
	}
	r.report(diag.FargateOverlap, s.path, "tell the profiles apart by a label",
		"all pods that the selector fits are those of the Fargate profile %q too, and which of the two gets them is up to the names that CloudFormation makes", other.profile)
}

// includes reports whether a selector fits all pods that the other one fits.
func includes(s, other spec.FargateSelector) bool {
	if !fitsPattern(s.Namespace, other.Namespace) {
		return false
	}
	for key, value := range s.Labels {
		found := false
		for k, v := range other.Labels {
			found = found || fitsPattern(key, k) && fitsPattern(value, v)
		}
		if !found {
			return false
		}
	}
	return true
}

// fitsPattern reports whether a pattern stands for all that another one stands
// for. A "*" of the other one is taken for a line break, which "*" stands for
// and "?" does not.
func fitsPattern(pattern, other string) bool {
	return fits(pattern, strings.ReplaceAll(other, "*", "\n"))
}
