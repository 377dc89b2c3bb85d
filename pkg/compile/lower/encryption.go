package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const logGroupID = "ControlPlaneLogGroup"

// addSecretsKey adds the key that encrypts Kubernetes secrets, where it is a
// new one. The control plane encrypts with its role, and EKS passes the use of
// the key on to its own services by grants.
func (c cluster) addSecretsKey(s *ir.Stack) {
	if c.SecretsEncryption == nil || c.SecretsEncryption.Key == nil {
		return
	}
	role := ir.Map{"AWS": c.roleARN()}
	c.addKey(s, "SecretsKey", "cluster.secretsEncryption.key", "Kubernetes secrets of the EKS cluster "+c.Name, *c.SecretsEncryption.Key,
		statement{
			sid:       "UseByControlPlane",
			principal: role,
			actions:   []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"},
			resources: ir.List{"*"},
		},
		statement{
			sid:        "GrantsByControlPlane",
			principal:  role,
			actions:    []string{"kms:CreateGrant"},
			resources:  ir.List{"*"},
			conditions: ir.Map{"Bool": ir.Map{"kms:GrantIsForAWSResource": "true"}},
		})
}

func (c cluster) encryptionConfig() ir.List {
	key := cmp.Or[ir.Value](nonEmpty(c.SecretsEncryption.KeyARN), ir.GetAtt{ID: "SecretsKey", Attribute: "Arn"})
	return ir.List{ir.Map{"Provider": ir.Map{"KeyArn": key}, "Resources": ir.List{"secrets"}}}
}

// addLogGroup adds the log group of the control plane and its key, where EKS
// is not to make it. Logs outlive the stack, but not its failure to be created.
func (c cluster) addLogGroup(s *ir.Stack) {
	if c.Logging == nil || !c.Logging.OwnsGroup() {
		return
	}
	properties := ir.Map{"LogGroupName": c.logGroup()}
	set(properties, "RetentionInDays", c.Logging.RetentionDays)
	setTags(properties, c.tags("", nil))
	if c.Logging.KeyARN != "" {
		properties["KmsKeyId"] = c.Logging.KeyARN
	}
	if c.Logging.Key != nil {
		c.addLogsKey(s)
		properties["KmsKeyId"] = ir.GetAtt{ID: "LogsKey", Attribute: "Arn"}
	}
	add(s, "cluster.logging", ir.Resource{
		ID: logGroupID, Type: "AWS::Logs::LogGroup", Properties: properties,
		DeletionPolicy: retainOnceMade, UpdateReplacePolicy: "Retain",
	})
}

// logGroup is the log group that EKS writes to; see
// https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html.
func (c cluster) logGroup() string { return "/aws/eks/" + c.Name + "/cluster" }

// addLogsKey adds the key of the log group, with the policy of
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html.
func (c cluster) addLogsKey(s *ir.Stack) {
	group := ir.Sub{Text: "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:" + c.logGroup()}
	c.addKey(s, "LogsKey", "cluster.logging.key", "Control-plane logs of the EKS cluster "+c.Name, *c.Logging.Key, statement{
		sid:        "UseByCloudWatchLogs",
		principal:  ir.Map{"Service": ir.Sub{Text: "logs.${AWS::Region}.${AWS::URLSuffix}"}},
		actions:    []string{"kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"},
		resources:  ir.List{"*"},
		conditions: ir.Map{"ArnEquals": ir.Map{"kms:EncryptionContext:aws:logs:arn": group}},
	})
}

// retainOnceMade keeps what holds data when its stack is deleted, but leaves
// nothing behind when the stack could not be created.
const retainOnceMade = "RetainExceptOnCreate"

// addKey adds a KMS key, which users may use as the statements say, and its
// alias. In a key's own policy "*" is the key. The account's root stands for
// whom IAM policies allow to administer the key: without it nobody could.
func (c cluster) addKey(s *ir.Stack, id, origin, description string, key spec.Key, users ...statement) {
	administration := statement{
		sid:       "AdministrationByIAM",
		principal: ir.Map{"AWS": ir.Sub{Text: "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},
		actions:   []string{"kms:*"},
		resources: ir.List{"*"},
	}
	properties := ir.Map{
		"Description":         description,
		"EnableKeyRotation":   key.Rotation,
		"KeyPolicy":           policy(slices.Concat([]statement{administration}, users)...),
		"PendingWindowInDays": key.PendingWindowDays,
	}
	set(properties, "RotationPeriodInDays", key.RotationPeriodDays)
	setTags(properties, c.tags("", nil))
	add(s, origin, ir.Resource{
		ID: id, Type: "AWS::KMS::Key", Properties: properties,
		DeletionPolicy: retainOnceMade, UpdateReplacePolicy: "Retain",
	})
	add(s, origin, ir.Resource{ID: id + "Alias", Type: "AWS::KMS::Alias", Properties: ir.Map{
		"AliasName":   "alias/" + key.Alias,
		"TargetKeyId": ir.Ref(id),
	}})
}
