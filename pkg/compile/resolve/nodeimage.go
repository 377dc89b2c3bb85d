package resolve

import (
	"fmt"
	"github.com/ekscc/ekscc/internal/lazyregexp"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// aliasVersions are the forms of the releases of a family of images, with an
// example: those of github.com/awslabs/amazon-eks-ami and
// github.com/bottlerocket-os/bottlerocket. There is none of Windows.
var aliasVersions = map[string]struct {
	form    *lazyregexp.Regexp
	example string
}{
	"al2023":       {amazonLinux.form, "al2023@v20260415"},
	"bottlerocket": {lazyregexp.New(`^v?[0-9]+\.[0-9]+\.[0-9]+$`), "bottlerocket@1.55.0"},
	"windows2019":  {nil, "windows2019@latest"},
	"windows2022":  {nil, "windows2022@latest"},
	"windows2025":  {nil, "windows2025@latest"},
}

// checkImages checks which images the nodes of a class boot.
func (r *resolver) checkImages(at path, class spec.EC2NodeClass) {
	terms := class.AMISelectorTerms
	list := at.at("amiSelectorTerms")
	if len(terms) == 0 || len(terms) > maxSelectorTerms {
		r.report(diag.ImageSelector, list, `such as [{alias: "al2023@v20260415"}]`, "there are 1 to %d terms that select images, not %d", maxSelectorTerms, len(terms))
	}
	aliased := false
	for i, term := range terms {
		r.checkImageTerm(list.index(i), term)
		aliased = aliased || term.Alias != ""
		if term.Alias != "" && len(terms) > 1 {
			r.report(diag.ImageSelector, list.index(i), "leave the others out", "a term with an alias is the only one")
		}
		if family, _, _ := strings.Cut(term.Alias, "@"); term.Alias != "" && class.AMIFamily != "" && class.AMIFamily != "Custom" && !strings.EqualFold(class.AMIFamily, family) {
			r.report(diag.ImageSelector, at.at("amiFamily"), "leave it out", "the images are those of %q, and not of %s", family, class.AMIFamily)
		}
	}
	if !aliased && class.AMIFamily == "" && len(terms) > 0 {
		r.report(diag.ImageSelector, at.at("amiFamily"), `state it, such as "AL2023"`, "only an alias says how user data is made for the images")
	}
	if class.AMIFamily == "Custom" && class.UserData == "" {
		r.report(diag.ImageSelector, at.at("userData"), "write what joins the node to the cluster", "Karpenter makes no user data for amiFamily Custom")
	}
}

// checkImageTerm checks one term.
func (r *resolver) checkImageTerm(at path, term spec.AMISelectorTerm) {
	byName := term.Name != "" || len(term.Tags) > 0
	switch ways := countTrue(term.Alias != "", term.ID != "", term.SSMParameter != "", byName || term.Owner != ""); {
	case ways > 1:
		r.report(diag.ImageSelector, at, "make a term of each", "the term selects images in more than one way")
	case ways == 0 || term.Owner != "" && !byName:
		r.report(diag.ImageSelector, at, "write an alias, an id, an ssmParameter, or a name or tags", "the term selects no images")
	}
	if term.ID != "" {
		r.checkID(at.at("id"), "ami", term.ID)
	}
	if term.Alias != "" {
		r.checkAlias(at.at("alias"), term.Alias)
	}
	r.checkSelectorTags(at.at("tags"), term.Tags)
}

// checkAlias checks the family and the release of an alias; see
// https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms.
func (r *resolver) checkAlias(at path, alias string) {
	family, version, _ := strings.Cut(alias, "@")
	known, ok := aliasVersions[family]
	switch {
	case family == "al2":
		r.report(diag.ImageSelector, at, `such as "al2023@v20260415"`, "EKS has no images of Amazon Linux 2 for Kubernetes 1.33 and later")
	case !ok:
		hint := catalog.DidYouMean(family, sortedKeys(aliasVersions))
		if hint == "" {
			hint = `such as "al2023@v20260415"`
		}
		r.report(diag.ImageSelector, at, hint, "there is no family of images %q", family)
	case version == "latest" && known.form != nil:
		r.report(diag.MovingImage, at, fmt.Sprintf("pin a release that you have tested, such as %q", known.example), "nodes are replaced whenever a release of %s comes out", family)
	case version == "latest":
	case known.form == nil:
		r.report(diag.ImageSelector, at, fmt.Sprintf("write %q", known.example), "the images of Windows have no releases to choose from, only the latest")
	case !known.form.MatchString(version):
		r.report(diag.ImageSelector, at, fmt.Sprintf("such as %q", known.example), "%q is not a release of %s", version, family)
	}
}
