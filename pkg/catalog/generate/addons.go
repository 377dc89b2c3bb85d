package main

// addons are the add-ons that EKS manages and AWS or the community publishes,
// from the pages "AWS add-ons" and "Community add-ons" of the Amazon EKS User
// Guide. No package lists them. Those of AWS Marketplace are left out: their
// sellers name them.
//
// An add-on becomes active once its pods run, so what it consists of decides
// when a template may create it:
//   - before: pods of a DaemonSet, which nodes or the first workloads
//     need. Created before nodes, it is active at once.
//   - daemons: pods of a DaemonSet only; active with or without nodes.
//   - "": has a Deployment, which stays pending until there are nodes.
//
// The namespace is the add-on's own. The service account is the one by which
// the add-on calls AWS, and the policies are those that AWS recommends for it
// in that guide, in the guides of CloudWatch and AWS Private CA, and in answer
// to "aws eks describe-addon-configuration". Three recommendations are left out
// because they allow everything in a service: AmazonFSxFullAccess,
// AmazonRoute53FullAccess and AmazonS3FullAccess.
var addons = [][]string{
	// name, placement, namespace, service account, policies, needed add-ons
	{"adot", "", "opentelemetry-operator-system", "", "", "cert-manager"},
	{"amazon-cloudwatch-observability", "", "amazon-cloudwatch", "cloudwatch-agent", "AWSXrayWriteOnlyAccess,CloudWatchAgentServerPolicy", ""},
	{"amazon-sagemaker-hyperpod-observability", "", "", "", "", ""},
	{"amazon-sagemaker-hyperpod-taskgovernance", "", "", "", "", ""},
	{"amazon-sagemaker-hyperpod-training-operator", "", "", "", "", ""},
	{"amazon-sagemaker-spaces", "", "", "", "", ""},
	{"aws-ebs-csi-driver", "", "kube-system", "ebs-csi-controller-sa", "AmazonEBSCSIDriverPolicyV2", ""},
	{"aws-efs-csi-driver", "", "kube-system", "efs-csi-controller-sa", "AmazonEFSCSIDriverPolicy", ""},
	{"aws-fsx-csi-driver", "", "kube-system", "fsx-csi-controller-sa", "", ""},
	{"aws-guardduty-agent", daemons, "amazon-guardduty", "", "", ""},
	{"aws-mountpoint-s3-csi-driver", "", "kube-system", "s3-csi-driver-sa", "", ""},
	{"aws-network-flow-monitoring-agent", daemons, "amazon-network-flow-monitor", "aws-network-flow-monitor-agent-service-account", "CloudWatchNetworkFlowMonitorAgentPublishPolicy", ""},
	{"aws-privateca-connector-for-kubernetes", "", "aws-privateca-issuer", "aws-privateca-issuer", "AWSPrivateCAConnectorForKubernetesPolicy", "cert-manager"},
	{"aws-secrets-store-csi-driver-provider", daemons, "aws-secrets-manager", "", "", ""},
	{"cert-manager", "", "cert-manager", "", "", ""},
	{"coredns", "", "kube-system", "", "", ""},
	{"eks-node-monitoring-agent", daemons, "kube-system", "", "", ""},
	{"eks-pod-identity-agent", before, "kube-system", "", "", ""},
	{"external-dns", "", "external-dns", "external-dns", "", ""},
	{"fluent-bit", daemons, "fluent-bit", "", "", ""},
	{"kube-proxy", before, "kube-system", "", "", ""},
	{"kube-state-metrics", "", "kube-state-metrics", "", "", ""},
	{"metrics-server", "", "kube-system", "", "", ""},
	{"prometheus-node-exporter", daemons, "prometheus-node-exporter", "", "", ""},
	{"snapshot-controller", "", "kube-system", "", "", ""},
	{"sriov-network-metrics-exporter", daemons, "", "", "", ""},
	{"vpc-cni", before, "kube-system", "aws-node", "AmazonEKS_CNI_Policy", ""},
}

const (
	before  = "before-nodes"
	daemons = "daemonset"
)

func addonTable() (table, error) {
	return table{
		name: "addons",
		columns: `name, "before-nodes" or "daemonset" if its pods are those of a DaemonSet only, namespace, ` +
			`service account that calls AWS, managed policies for it, add-ons that it needs`,
		sources: []string{"Amazon EKS User Guide, AWS add-ons, community add-ons and IAM roles for Amazon EKS add-ons"},
		rows:    addons,
	}, nil
}
