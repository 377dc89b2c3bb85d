package lower

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/ir"
)

// podIdentityTrust is the trust policy of a role that EKS Pod Identity gives
// to the pods of one service account of this cluster, and to no others; see
// https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html. Without
// session tags, the cluster is all that the policy can tell.
func (c cluster) podIdentityTrust(namespace, serviceAccount string, sessionTags bool) ir.Value {
	equals := ir.Map{"aws:SourceAccount": ir.Ref("AWS::AccountId")}
	if sessionTags {
		equals["aws:RequestTag/kubernetes-namespace"] = namespace
		equals["aws:RequestTag/kubernetes-service-account"] = serviceAccount
	}
	return policy(statement{
		principal: servicePrincipal("pods.eks.amazonaws.com"),
		actions:   []string{"sts:AssumeRole", "sts:TagSession"},
		conditions: ir.Map{
			"ArnEquals":    ir.Map{"aws:SourceArn": c.clusterARN()},
			"StringEquals": equals,
		},
	})
}

// clusterARN is the cluster's ARN, made of its name so that policies in any
// stack may have it.
func (c cluster) clusterARN() ir.Value {
	return ir.Sub{Text: "arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/" + c.Name}
}

// irsaTrust is the trust policy of a role that the pods of one service account
// assume with their token; see
// https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html.
// The issuer stands in keys, where CloudFormation allows no function, so that
// the policy is a text.
func irsaTrust(provider oidcProvider, namespace, serviceAccount string) ir.Value {
	text := `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "${Provider}"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "${Issuer}:aud": "AUDIENCE",
          "${Issuer}:sub": "system:serviceaccount:SUBJECT"
        }
      }
    }
  ]
}
`
	text = strings.NewReplacer("AUDIENCE", stsAudience, "SUBJECT", namespace+":"+serviceAccount).Replace(text)
	return ir.Sub{Text: text, Vars: ir.Map{"Issuer": provider.issuer, "Provider": provider.arn}}
}
