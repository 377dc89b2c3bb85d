package resolve

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// need is an AWS service that a cluster talks to from within its VPC.
type need struct {
	service string
	// breaks says what does not work without it.
	breaks string
	// essential says that what breaks is what the spec asks for; other services
	// are for what usually runs on a cluster.
	essential bool
}

// everyNodeNeeds is what every node uses; see
// https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html and
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html.
var everyNodeNeeds = []need{
	{"ec2", "nodes cannot find their names, and the VPC CNI plugin cannot attach network interfaces", true},
	{"ecr.api", "nodes cannot log in to ECR, and so pull no images", true},
	{"ecr.dkr", "nodes cannot pull images from ECR", true},
	{"eks", "what runs on the nodes cannot describe the cluster", false},
	{"s3", "nodes cannot fetch the layers of images, which ECR keeps in S3", true},
	{"sts", "pods cannot assume roles", false},
}

// addonNeeds is what add-ons use beyond that, by name.
var addonNeeds = map[string][]need{
	"amazon-cloudwatch-observability": {
		{"logs", "logs of containers do not reach CloudWatch Logs", true},
		{"monitoring", "metrics do not reach CloudWatch", true},
		{"xray", "traces of Application Signals do not reach X-Ray", false},
	},
	"aws-efs-csi-driver":                     {{"elasticfilesystem", "the EFS CSI driver cannot find file systems", true}},
	"aws-fsx-csi-driver":                     {{"fsx", "the FSx CSI driver cannot find file systems", true}},
	"aws-guardduty-agent":                    {{"guardduty-data", "the GuardDuty agent cannot report what it sees", true}},
	"aws-secrets-store-csi-driver-provider":  {{"secretsmanager", "secrets cannot be mounted", true}},
	"aws-privateca-connector-for-kubernetes": {{"acm-pca", "no certificates are issued", true}},
	"eks-pod-identity-agent":                 {{"eks-auth", "pods get no credentials from EKS Pod Identity", true}},
	"fluent-bit":                             {{"logs", "logs of containers do not reach CloudWatch Logs", true}},
}

// karpenterNeeds is what Karpenter's controller uses; see
// https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/#private-clusters.
var karpenterNeeds = []need{
	{"eks", "Karpenter cannot find out how nodes join the cluster", true},
	{"ssm", "Karpenter cannot find the images of nodes", true},
}

// sessionNeeds is what nodes use that Systems Manager manages; see
// https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html.
var sessionNeeds = []need{
	{"ec2messages", "older SSM agents get no commands", false},
	{"ssm", "Systems Manager does not see the nodes", true},
	{"ssmmessages", "Session Manager cannot reach the nodes", true},
}

// endpointNeeds returns the services that the nodes and add-ons of the spec
// use, sorted by name, each once.
func (r *resolver) endpointNeeds() []need {
	all := slices.Clone(everyNodeNeeds)
	if r.cluster.OnlyFargate() {
		all = slices.DeleteFunc(all, func(n need) bool { return n.service == "ec2" }) // its machines know their names
	}
	if r.cluster.FargateLogging != nil {
		all = append(all, need{"logs", "logs of pods on Fargate do not reach CloudWatch Logs", true})
	}
	for _, name := range sortedKeys(r.cluster.Addons) {
		all = append(all, addonNeeds[name]...)
	}
	if r.cluster.AutoModeEnabled() {
		all = append(all, addonNeeds[podIdentityAgent]...) // its nodes have the agent
	}
	all = append(all, r.autoscalerNeeds()...)
	if k := r.cluster.Karpenter; k != nil {
		all = append(all, karpenterNeeds...)
		if k.InterruptionQueue {
			all = append(all, need{"sqs", "Karpenter does not hear that instances will be taken back", true})
		}
	}
	if r.usesIRSA() {
		all = append(all, need{"sts", "pods get no credentials for their IAM roles", true})
	}
	if r.usesSessionManager() {
		all = append(all, sessionNeeds...)
	}
	unique := map[string]need{}
	for _, n := range all {
		if have, ok := unique[n.service]; !ok || n.essential && !have.essential {
			unique[n.service] = n
		}
	}
	needs := make([]need, 0, len(unique))
	for _, service := range sortedKeys(unique) {
		needs = append(needs, unique[service])
	}
	return needs
}

// usesIRSA reports whether pods ask STS for their IAM roles.
func (r *resolver) usesIRSA() bool {
	for _, a := range r.cluster.ServiceAccounts {
		if a.Method == spec.IRSA {
			return true
		}
	}
	return r.addonsUseIRSA() || r.autoscalerUsesIRSA() || r.karpenterUsesIRSA()
}

// usesSessionManager reports whether Systems Manager manages the bastion or
// nodes without a way to the internet: those have the policy for it.
func (r *resolver) usesSessionManager() bool {
	uses := r.cluster.Bastion != nil && r.cluster.Bastion.Subnets == "private"
	r.eachGroup(func(_ path, g spec.NodeGroupBase) {
		uses = uses || g.Subnets == "private" && slices.Contains(g.Role.ManagedPolicies, "AmazonSSMManagedInstanceCore")
	})
	return uses
}

func services(needs []need) []string {
	names := make([]string, len(needs))
	for i, n := range needs {
		names[i] = n.service
	}
	return names
}
