package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Quotas of Fargate profiles, which AWS raises on request; see
// https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html.
const (
	maxFargateProfiles = 10 // for each cluster
	maxSelectors       = 5  // for each profile
	maxSelectorLabels  = 5  // for each selector
)

var fargatePath = clusterPath.at("fargateProfiles")

// govCloud is the partition without EKS on Fargate and hybrid nodes; see
// https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-eks.html.
const govCloud = "aws-us-gov"

// checkFargateProfiles completes and checks the Fargate profiles.
func (r *resolver) checkFargateProfiles() {
	c := r.cluster
	r.checkFargateLogging()
	if !c.HasFargate() {
		return
	}
	if r.region.Partition == govCloud {
		r.report(diag.FargateProfile, fargatePath, "add node groups, or choose another region", "EKS has no Fargate in %s", r.region.Name)
	}
	r.checkFargateQuota(fargatePath, "Fargate profiles", len(c.FargateProfiles), maxFargateProfiles)
	r.checkTagValues("Fargate profiles")
	stacks := map[string]string{}
	for _, name := range sortedKeys(c.FargateProfiles) {
		p, at := c.FargateProfiles[name], fargatePath.at(name)
		if p.Role.ARN == "" && p.Role.Name == "" {
			p.Role.Name = RoleName(c.Name, "fargate-"+name, c.Region)
			c.FargateProfiles[name] = p
		}
		r.checkFargateName(at, name, stacks)
		r.checkSelectors(at.at("selectors"), p.Selectors)
		r.checkFargateRole(at.at("role"), p.Role)
		r.checkFargateTags(at.at("tags"), p.Tags)
		if r.tierEmpty(p.Subnets) {
			r.report(diag.EmptyTier, at.at("subnets"), "state network.subnets."+p.Subnets+", or name another tier", "there are no %s subnets for the pods", p.Subnets)
		}
	}
	r.checkSelectorOverlaps()
}

// checkFargateName checks a name, which the template and the stack have. Some
// file systems hold names that differ only in case for equal.
func (r *resolver) checkFargateName(at path, name string, stacks map[string]string) {
	stack := naming.Stack(r.cluster.Name, naming.FargateFile(name))
	other, taken := stacks[strings.ToLower(stack)]
	stacks[strings.ToLower(stack)] = name
	switch {
	case !isNodeGroupName(name):
		r.report(diag.FargateProfile, at, "use 1 to 63 letters, digits, hyphens and underscores, the first a letter or digit", "%q cannot be the name of a Fargate profile", name)
	case taken:
		r.report(diag.FargateProfile, at, "let them differ in more than punctuation and capitals", "the Fargate profiles %q and %q make the same stack name", other, name)
	case isClusterName(r.cluster.Name):
		r.checkStackName(diag.FargateProfile, at, stack)
	}
}

// checkFargateRole checks a pod execution role, for which EKS takes no path.
func (r *resolver) checkFargateRole(at path, role spec.Role) {
	r.checkGivenRole(at, role, "the role of a Fargate profile")
	if strings.Count(role.ARN, "/") > 1 {
		r.report(diag.FargateProfile, at.at("arn"), "take a role without a path", "%q has a path, which EKS does not take in the role of a Fargate profile", role.ARN)
	}
	if auto := r.cluster.AutoMode; auto != nil && role.ARN != "" && auto.Role.ARN == role.ARN {
		r.report(diag.RoleTaken, at.at("arn"), "take another role for Fargate", "%q is the role of Auto Mode's nodes", role.ARN)
	}
}

// checkFargateTags checks tags, which have values as those of add-ons do.
func (r *resolver) checkFargateTags(at path, tags map[string]string) {
	r.checkTags(at, tags, r.cluster.Tags)
	for _, key := range sortedKeys(tags) {
		if tags[key] == "" {
			r.report(diag.InvalidTag, at.at(key), "give it a value", "the tag %q has no value, which Fargate profiles do not allow", key)
		}
	}
}

// checkFargateQuota warns of more than EKS takes by default.
func (r *resolver) checkFargateQuota(at path, what string, n, most int) {
	if n > most {
		r.report(diag.FargateQuota, at, "join some, or suppress this if the account's quota is raised", "there are %d %s; EKS takes %d", n, what, most)
	}
}

// checkFargateLogging checks how logs are kept. Existing roles are assumed to
// allow it.
func (r *resolver) checkFargateLogging() {
	l, at := r.cluster.FargateLogging, clusterPath.at("fargateLogging")
	if l == nil {
		return
	}
	if !r.cluster.HasFargate() {
		r.report(diag.FargateProfile, at, "add cluster.fargateProfiles, or leave it out", "no pods run on Fargate, so there are no logs of them")
	}
	r.checkRetention(at.at("retentionDays"), &l.RetentionDays)
	r.checkKeyARN(at.at("keyARN"), l.KeyARN, "key/")
	if _, ok := r.spec.Kubernetes.Namespaces[observabilityNamespace]; ok {
		r.report(diag.DuplicateObject, path{"kubernetes", "namespaces", observabilityNamespace}, "remove it", "the Namespace %q is made by cluster.fargateLogging already", observabilityNamespace)
	}
}

// observabilityNamespace is where EKS finds the configuration of Fargate's log
// router.
const observabilityNamespace = "aws-observability"

// closedProfiles returns the quoted names of the Fargate profiles whose pods
// have no way to the internet.
func (r *resolver) closedProfiles() []string {
	var closed []string
	for _, name := range sortedKeys(r.cluster.FargateProfiles) {
		tier := r.cluster.FargateProfiles[name].Subnets
		if tier == "isolated" || r.cluster.Network.NATGateways == "none" {
			closed = append(closed, `the Fargate profile "`+name+`"`)
		}
	}
	return closed
}

// landsOnFargate reports whether EKS runs pods with these labels in the
// namespace on Fargate.
func (r *resolver) landsOnFargate(namespace string, labels map[string]string) bool {
	_, lands := r.cluster.FargateProfileOf(namespace, labels)
	return lands
}

// mayLandOnFargate reports whether a selector fits the namespace, whatever
// labels the pods have.
func (r *resolver) mayLandOnFargate(namespace string) bool {
	for _, p := range r.cluster.FargateProfiles {
		if slices.ContainsFunc(p.Selectors, func(s spec.FargateSelector) bool { return fits(s.Namespace, namespace) }) {
			return true
		}
	}
	return false
}
