package spec

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Selects reports whether the selector fits pods with these labels in the
// namespace.
func (s FargateSelector) Selects(namespace string, labels map[string]string) bool {
	if !FargateFits(s.Namespace, namespace) {
		return false
	}
	for key, value := range s.Labels {
		found := false
		for k, v := range labels {
			found = found || FargateFits(key, k) && FargateFits(value, v)
		}
		if !found {
			return false
		}
	}
	return true
}

// FargateFits reports whether a text is what a pattern of a selector stands for.
func FargateFits(pattern, text string) bool {
	if !strings.ContainsAny(pattern, "*?") {
		return pattern == text
	}
	expression := strings.NewReplacer(`\*`, "(?s:.*)", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	return regexp.MustCompile("^(" + expression + ")$").MatchString(text)
}

// FargateProfileOf returns a profile that takes pods with these labels in the
// namespace, the first by name.
func (c Cluster) FargateProfileOf(namespace string, labels map[string]string) (FargateProfile, bool) {
	for _, name := range slices.Sorted(maps.Keys(c.FargateProfiles)) {
		p := c.FargateProfiles[name]
		if slices.ContainsFunc(p.Selectors, func(s FargateSelector) bool { return s.Selects(namespace, labels) }) {
			return p, true
		}
	}
	return FargateProfile{}, false
}
