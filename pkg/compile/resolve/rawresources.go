package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// resourceType is the form of a resource type: one of AWS or of an
// organization's registry, or a custom resource.
var resourceType = lazyregexp.New(`^([A-Za-z0-9]+::){2}[A-Za-z0-9]+$|^Custom::[A-Za-z0-9_@-]{1,60}$`)

func (r *resolver) checkRawResources(at path, resources map[string]spec.RawResource) {
	checkLogicalIDs(r, at, resources)
	for _, id := range sortedKeys(resources) {
		resource, at := resources[id], at.at(id)
		before := len(r.found)
		r.checkValue(at.at("properties"), plainProperties(resource.Properties))
		sound := len(r.found) == before
		if r.checkResourceType(at.at("type"), resource.Type) && sound {
			r.checkProperties(at, resource)
		}
		r.checkAttributes(at, resource.Type, resource.ResourceAttributes)
	}
}

// plainProperties are never nil, which would be a null.
func plainProperties(properties map[string]any) map[string]any {
	if properties == nil {
		return map[string]any{}
	}
	return properties
}

func (r *resolver) checkResourceType(at path, name string) bool {
	switch {
	case !resourceType.MatchString(name):
		r.report(diag.ResourceType, at, `write it as "AWS::SQS::Queue"`, "%q is not the name of a resource type", name)
		return false
	case strings.HasPrefix(name, "AWS::Serverless::"):
		r.report(diag.ResourceType, at, "write the resources that it stands for", "%s needs a macro, which changes the template behind its reviewers", name)
		return false
	}
	return true
}

// checkProperties holds a resource against the catalog. What is checked of a
// custom resource is what all of them need.
func (r *resolver) checkProperties(at path, resource spec.RawResource) {
	if isCustom(resource.Type) {
		if resource.Properties["ServiceToken"] == nil {
			r.report(diag.ResourceProperty, at.at("properties"), "", `a custom resource needs the property "ServiceToken"`)
		}
		return
	}
	known, ok := catalog.LookupResourceType(resource.Type)
	if !ok {
		r.report(diag.UncheckedType, at.at("type"), catalog.DidYouMean(resource.Type, catalog.ResourceTypes()),
			"ekscc does not know the type %s, so nobody has checked its properties", resource.Type)
		return
	}
	for _, problem := range known.Check(resource.Properties) {
		code := diag.ResourceProperty
		if problem.IsValue {
			code = diag.PropertyValue
		}
		r.report(code, at.at("properties").at(problem.Path...), problem.Hint, "%s", problem.Message)
	}
}

func isCustom(name string) bool {
	return strings.HasPrefix(name, "Custom::") || name == "AWS::CloudFormation::CustomResource"
}

func (r *resolver) checkOverrides(at path, overrides map[string]spec.Override) {
	for _, id := range sortedKeys(overrides) {
		override, at := overrides[id], at.at(id)
		r.checkValue(at.at("properties"), plainProperties(override.Properties))
		r.checkAttributes(at, "", override.ResourceAttributes)
		for i, text := range override.Remove {
			if names, ok := diag.ParsePath(text); !ok || len(names) == 0 {
				r.report(diag.InvalidOverride, at.at("remove").index(i), `write it as "UpdateConfig.MaxUnavailable" or "Tags[0]"`, "%q is no path of a property", text)
			}
		}
	}
}

// The members of a resource's policies; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html.
var (
	creationPolicies = []string{"AutoScalingCreationPolicy", "ResourceSignal", "StartFleet"}
	updatePolicies   = []string{"AutoScalingReplacingUpdate", "AutoScalingRollingUpdate", "AutoScalingScheduledAction", "CodeDeployLambdaAliasUpdate", "EnableVersionUpgrade", "UseOnlineResharding"}
	// snapshotTypes are the types of which CloudFormation takes a snapshot.
	snapshotTypes = []string{
		"AWS::DocDB::DBCluster", "AWS::EC2::Volume", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup",
		"AWS::Neptune::DBCluster", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::Redshift::Cluster",
	}
)

// checkAttributes checks what stands beside the properties of a resource. The
// type of an overridden resource is not known yet, but none that ekscc makes
// has snapshots.
func (r *resolver) checkAttributes(at path, resourceType string, a spec.ResourceAttributes) {
	for name, policy := range map[string]string{"deletionPolicy": a.DeletionPolicy, "updateReplacePolicy": a.UpdateReplacePolicy} {
		if policy == "Snapshot" && !slices.Contains(snapshotTypes, resourceType) {
			r.report(diag.ResourceProperty, at.at(name), `use "Retain"`, "CloudFormation takes no snapshots of this type of resource")
		}
	}
	for _, policy := range []struct {
		name    string
		members map[string]any
		known   []string
	}{{"creationPolicy", a.CreationPolicy, creationPolicies}, {"updatePolicy", a.UpdatePolicy, updatePolicies}, {"metadata", a.Metadata, nil}} {
		for _, name := range sortedKeys(policy.members) {
			r.checkValue(at.at(policy.name, name), policy.members[name])
			if policy.known != nil && !slices.Contains(policy.known, name) {
				r.report(diag.ResourceProperty, at.at(policy.name, name), catalog.DidYouMean(name, policy.known), "a template has no %s there", name)
			}
		}
	}
}
