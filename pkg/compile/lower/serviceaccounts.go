package lower

import (
	"cmp"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const serviceAccountsFile = "service-accounts"

// serviceAccount is a service account with its name in the spec.
type serviceAccount struct {
	cluster
	key     string
	account spec.ServiceAccount
}

func (c cluster) serviceAccounts() []serviceAccount {
	var all []serviceAccount
	for _, account := range sorted(c.ServiceAccounts) {
		all = append(all, serviceAccount{c, account.name, account.value})
	}
	return all
}

// serviceAccountsStack is the roles of service accounts, and the associations
// by which Pod Identity gives them to pods. It comes before the nodes, so that
// no pod starts without its role.
func (c cluster) serviceAccountsStack() ir.Stack {
	s := c.stack(serviceAccountsFile, "IAM roles for service accounts of the EKS cluster "+c.Name)
	for _, a := range c.serviceAccounts() {
		a.addPodRole(&s)
		if a.account.Method == spec.PodIdentity {
			a.addAssociation(&s)
		}
	}
	return s
}

func (a serviceAccount) origin() string { return "cluster.serviceAccounts." + a.key }
func (a serviceAccount) roleID() string { return naming.LogicalID("ServiceAccountRole", a.key) }

func (a serviceAccount) addPodRole(s *ir.Stack) {
	role := a.account.Role
	if role.ARN != "" {
		return
	}
	a.addRole(s, roleResource{
		id:                  a.roleID(),
		origin:              a.origin() + ".role",
		name:                role.Name,
		trust:               a.trust(),
		managedPolicies:     role.ManagedPolicies,
		policies:            a.policies(),
		permissionsBoundary: role.PermissionsBoundary,
		tags:                a.tags("", nil),
	})
	export(s, naming.LogicalID(a.key, "RoleArn"), "ARN of the role of the service account "+a.account.Namespace+"/"+a.account.Name,
		ir.GetAtt{ID: a.roleID(), Attribute: "Arn"})
}

func (a serviceAccount) trust() ir.Value {
	if a.account.Method == spec.IRSA {
		return irsaTrust(a.importedOIDCProvider(), a.account.Namespace, a.account.Name)
	}
	return a.podIdentityTrust(a.account.Namespace, a.account.Name, !a.account.DisableSessionTags)
}

// policies are the role's inline policies: what the spec declares, and what it
// takes to go on to the target role.
func (a serviceAccount) policies() map[string][]statement {
	policies := map[string][]statement{}
	if list := userStatements(a.account.Role.Statements); len(list) > 0 {
		policies["permissions"] = list
	}
	if a.account.TargetRoleARN != "" {
		policies["target-role"] = []statement{{
			actions:   []string{"sts:AssumeRole", "sts:TagSession"},
			resources: ir.List{a.account.TargetRoleARN},
		}}
	}
	return policies
}

func (a serviceAccount) addAssociation(s *ir.Stack) {
	properties := ir.Map{
		"ClusterName":    a.clusterName(),
		"Namespace":      a.account.Namespace,
		"RoleArn":        cmp.Or[ir.Value](nonEmpty(a.account.Role.ARN), ir.GetAtt{ID: a.roleID(), Attribute: "Arn"}),
		"ServiceAccount": a.account.Name,
	}
	if a.account.DisableSessionTags {
		properties["DisableSessionTags"] = true
	}
	if len(a.account.SessionPolicy) > 0 {
		properties["Policy"] = spec.PolicyJSON(a.account.SessionPolicy)
	}
	if a.account.TargetRoleARN != "" {
		properties["TargetRoleArn"] = a.account.TargetRoleARN
	}
	setTags(properties, a.tags("", nil))
	add(s, a.origin(), ir.Resource{ID: naming.LogicalID("PodIdentityAssociation", a.key), Type: "AWS::EKS::PodIdentityAssociation", Properties: properties})
}

// serviceAccountObjects are the ServiceAccount objects. Pod Identity needs
// nothing of them; IRSA has the ARN of the role in an annotation; see
// https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html.
func (c cluster) serviceAccountObjects() []ir.Object {
	var objects []ir.Object
	for _, a := range c.serviceAccounts() {
		if !a.account.CreateServiceAccount {
			continue
		}
		object := object(corev1.ServiceAccount{
			TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
			ObjectMeta: metav1.ObjectMeta{
				Name: a.account.Name, Namespace: a.account.Namespace, Annotations: a.annotations(),
			},
		})
		object.File = a.key
		objects = append(objects, object)
	}
	return objects
}

func (a serviceAccount) annotations() map[string]string {
	if a.account.Method != spec.IRSA {
		return nil
	}
	arn := a.account.Role.ARN
	if arn == "" && a.knowsARNs() {
		arn = a.iamARN("role" + cmp.Or(a.IAM.Path, "/") + a.account.Role.Name)
	}
	if arn == "" {
		return nil
	}
	return map[string]string{"eks.amazonaws.com/role-arn": arn}
}
