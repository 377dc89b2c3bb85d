package resolve

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/diag"
)

func (r *resolver) checkInstanceTypes(at path, names []string) {
	if len(names) == 0 {
		r.report(diag.InstanceTypes, at, `name at least one, such as "m7g.large"`, "there is no instance type")
	}
	seen := map[string]bool{}
	byArchitecture := map[string]string{}
	for i, name := range names {
		if seen[name] {
			r.report(diag.InstanceTypes, at.index(i), "", "the instance type %q is listed twice", name)
			continue
		}
		seen[name] = true
		if a := r.checkInstanceType(at.index(i), name); a != "" && byArchitecture[a] == "" {
			byArchitecture[a] = name
		}
	}
	if len(byArchitecture) > 1 {
		var found []string
		for _, a := range sortedKeys(byArchitecture) {
			found = append(found, fmt.Sprintf("%s is %s", byArchitecture[a], a))
		}
		r.report(diag.MixedArchitectures, at, "make a node group for each", "the nodes of a group boot one image, so they have one architecture, but %s", strings.Join(found, " and "))
	}
}

// instanceTypeForm is a family and a size.
var instanceTypeForm = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9-]+$`)

// checkInstanceType warns of a type that the catalog does not have, and
// returns the architecture of one that it has.
func (r *resolver) checkInstanceType(at path, name string) string {
	t, ok := catalog.LookupInstanceType(name)
	if !instanceTypeForm.MatchString(name) {
		r.report(diag.InstanceTypes, at, cmp.Or(catalog.DidYouMean(name, catalog.InstanceTypes()), `such as "m7g.large"`), "%q is not the name of an instance type", name)
	} else if !ok {
		r.report(diag.UnknownInstance, at, cmp.Or(catalog.DidYouMean(name, catalog.InstanceTypes()), "check the name; a type newer than that is fine"), "the instance type %q was not known on %s", name, catalog.Date)
	}
	return t.Architecture
}
