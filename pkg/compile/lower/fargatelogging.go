package lower

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/ir"
)

// observability is the namespace, and the key of its label, by which EKS finds
// the configuration of Fargate's log router; see
// https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html.
const observability = "aws-observability"

// fargateLogGroup is the log group of pods on Fargate. It has a name because
// the log router knows it by that.
func (c cluster) fargateLogGroup() string { return "/aws/eks/" + c.Name + "/fargate" }

// addFargateLogGroup adds the log group to the cluster's stack, so that it is
// there before the first profile. Logs outlive the stack.
func (c cluster) addFargateLogGroup(s *ir.Stack) {
	if c.FargateLogging == nil {
		return
	}
	properties := ir.Map{"LogGroupName": c.fargateLogGroup(), "RetentionInDays": c.FargateLogging.RetentionDays}
	setTags(properties, c.tags("", nil))
	if c.FargateLogging.KeyARN != "" {
		properties["KmsKeyId"] = c.FargateLogging.KeyARN
	}
	add(s, "cluster.fargateLogging", ir.Resource{
		ID: "FargateLogGroup", Type: "AWS::Logs::LogGroup", Properties: properties,
		DeletionPolicy: retainOnceMade, UpdateReplacePolicy: "Retain",
	})
}

// fargateLogPolicies let the log router write to the log group, which exists.
func (c cluster) fargateLogPolicies() map[string][]statement {
	if c.FargateLogging == nil {
		return nil
	}
	group := ir.Sub{Text: "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:" + c.fargateLogGroup() + ":*"}
	return map[string][]statement{"WriteLogs": {{
		actions:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		resources: ir.List{group},
	}}}
}

// fargateLogging is the namespace and the ConfigMap that the log router reads.
// Fargate runs the router; what it takes is a part of Fluent Bit's own
// configuration.
func (c cluster) fargateLogging() []ir.Object {
	if c.FargateLogging == nil {
		return nil
	}
	namespace := object(corev1.Namespace{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: metav1.ObjectMeta{Name: observability, Labels: map[string]string{observability: "enabled"}},
	})
	namespace.File = "namespace"
	dropEmpty(namespace.Body, "spec")
	configMap := corev1.ConfigMap{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: metav1.ObjectMeta{Name: "aws-logging", Namespace: observability},
	}
	if c.knowsARNs() {
		configMap.Data = c.fluentBit()
	}
	config := object(configMap)
	config.File = "configmap"
	return []ir.Object{namespace, config}
}

// fluentBit is the configuration by the key of each part. The parser takes
// apart what containerd writes around a line.
func (c cluster) fluentBit() map[string]string {
	filters := [][]string{{"Name parser", "Match *", "Key_Name log", "Parser cri"}}
	if c.FargateLogging.KubernetesMetadata {
		filters = append(filters, []string{"Name kubernetes", "Match kube.*", "Merge_Log On", "Keep_Log Off", "Buffer_Size 0", "Kube_Meta_Cache_TTL 300s"})
	}
	return map[string]string{
		"filters.conf": sections("FILTER", filters...),
		"flb_log_cw":   "false",
		"output.conf": sections("OUTPUT", []string{
			"Name cloudwatch_logs", "Match kube.*", "region " + c.Region, "log_group_name " + c.fargateLogGroup(),
			"log_stream_prefix fargate-", "auto_create_group false",
		}),
		"parsers.conf": sections("PARSER", []string{
			"Name cri", "Format regex", `Regex ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>P|F) (?<log>.*)$`,
			"Time_Key time", "Time_Format %Y-%m-%dT%H:%M:%S.%L%z",
		}),
	}
}

// sections writes sections of one kind in Fluent Bit's classic form.
func sections(kind string, all ...[]string) string {
	var text strings.Builder
	for _, lines := range all {
		text.WriteString("[" + kind + "]\n    " + strings.Join(lines, "\n    ") + "\n")
	}
	return text.String()
}
