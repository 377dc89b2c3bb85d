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
var addons = [][]string{
	{"adot", ""},
	{"amazon-cloudwatch-observability", ""},
	{"amazon-sagemaker-hyperpod-observability", ""},
	{"amazon-sagemaker-hyperpod-taskgovernance", ""},
	{"amazon-sagemaker-hyperpod-training-operator", ""},
	{"amazon-sagemaker-spaces", ""},
	{"aws-ebs-csi-driver", ""},
	{"aws-efs-csi-driver", ""},
	{"aws-fsx-csi-driver", ""},
	{"aws-guardduty-agent", daemons},
	{"aws-mountpoint-s3-csi-driver", ""},
	{"aws-network-flow-monitoring-agent", daemons},
	{"aws-privateca-connector-for-kubernetes", ""},
	{"aws-secrets-store-csi-driver-provider", daemons},
	{"cert-manager", ""},
	{"coredns", ""},
	{"eks-node-monitoring-agent", daemons},
	{"eks-pod-identity-agent", before},
	{"external-dns", ""},
	{"fluent-bit", daemons},
	{"kube-proxy", before},
	{"kube-state-metrics", ""},
	{"metrics-server", ""},
	{"prometheus-node-exporter", daemons},
	{"snapshot-controller", ""},
	{"sriov-network-metrics-exporter", daemons},
	{"vpc-cni", before},
}

const (
	before  = "before-nodes"
	daemons = "daemonset"
)

func addonTable() (table, error) {
	return table{
		name:    "addons",
		columns: `name, "before-nodes" or "daemonset" if its pods are those of a DaemonSet only`,
		sources: []string{"Amazon EKS User Guide, AWS add-ons and community add-ons"},
		rows:    addons,
	}, nil
}
