package resolve

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits on tags, the same for IAM, EC2, EKS and CloudFormation.
const (
	maxTags     = 50
	maxTagKey   = 128 // characters
	maxTagValue = 256 // characters
)

// isTagText reports whether text has only what every service of a cluster
// allows in the keys and values of tags. EC2 alone would allow more.
func isTagText(text string) bool {
	for _, c := range text {
		if !unicode.In(c, unicode.L, unicode.Z, unicode.N) && !strings.ContainsRune("_.:/=+@-", c) {
			return false
		}
	}
	return true
}

// checkTags checks tags, and that inherited ones leave room for them.
func (r *resolver) checkTags(at path, tags map[string]string, inherited ...map[string]string) {
	for _, key := range sortedKeys(tags) {
		r.checkTag(at.at(key), key, tags[key])
	}
	all := map[string]bool{}
	for _, m := range append(inherited, tags) {
		for key := range m {
			all[key] = true
		}
	}
	if len(tags) > 0 && len(all) > maxTags {
		r.report(diag.InvalidTag, at, "", "%d tags; AWS allows %d on one resource", len(all), maxTags)
	}
}

func (r *resolver) checkTag(at path, key, value string) {
	switch {
	case key == "":
		r.report(diag.InvalidTag, at, "", "the key of a tag is empty")
	case utf8.RuneCountInString(key) > maxTagKey:
		r.report(diag.InvalidTag, at, "", "the key has %d characters; AWS allows %d", utf8.RuneCountInString(key), maxTagKey)
	case strings.HasPrefix(strings.ToLower(key), "aws:"):
		r.report(diag.InvalidTag, at, "", "%q begins with aws:, which AWS keeps for itself", key)
	case !isTagText(key):
		r.report(diag.InvalidTag, at, tagHint, "the key %q has a character that AWS refuses", key)
	}
	switch {
	case utf8.RuneCountInString(value) > maxTagValue:
		r.report(diag.InvalidTag, at, "", "the value has %d characters; AWS allows %d", utf8.RuneCountInString(value), maxTagValue)
	case !isTagText(value):
		r.report(diag.InvalidTag, at, tagHint, "the value %q has a character that AWS refuses", value)
	}
}

const tagHint = "use letters, digits, spaces and _.:/=+@-"

// checkTagValues checks the cluster's tags for what, unlike everything else,
// takes none without a value. It reports a tag once.
func (r *resolver) checkTagValues(what string) {
	for _, key := range sortedKeys(r.cluster.Tags) {
		at := clusterPath.at("tags", key)
		if r.cluster.Tags[key] == "" && !r.reported(diag.InvalidTag, at) {
			r.report(diag.InvalidTag, at, "give it a value", "the tag %q has no value, which %s do not allow", key, what)
		}
	}
}
