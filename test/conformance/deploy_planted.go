package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// rightTrees holds trees that deploy. Each planted fault is one of them with
// one text replaced.
const rightTrees = "test/moto/testdata"

// stackFault is a fault in a file of a right tree, and which template must be
// refused for it, by which rule.
type stackFault struct {
	name, file, old, new string
	refused, rule        string
}

// stackFaults are the faults by the right tree that they are planted in.
var stackFaults = map[string][]stackFault{"right": rightFaults, "private": privateFaults}

var rightFaults = []stackFault{
	{"circular dependency", "network.yaml", "DependsOn: [PublicRoute]", "DependsOn: [PrivateRoute]", "network.yaml", "ValidationError"},
	{"missing DependsOn", "network.yaml", "    DependsOn: Attachment\n", "", "network.yaml", "InvalidParameterValue"},
	{"overlapping subnets", "network.yaml", "10.0.32.0/20", "10.0.16.0/20", "network.yaml", "InvalidSubnet.Conflict"},
	{"subnet outside the VPC", "network.yaml", "10.0.32.0/20", "10.1.32.0/20", "network.yaml", "InvalidSubnet.Range"},
	{"zone of another region", "network.yaml", "eu-west-1b", "eu-central-1b", "network.yaml", "InvalidParameterValue"},
	{"one zone", "network.yaml", "eu-west-1b", "eu-west-1a", "cluster.yaml", "UnsupportedAvailabilityZone"},
	{"unknown attribute", "cluster.yaml", "!GetAtt Cluster.Endpoint", "!GetAtt Cluster.URL", "cluster.yaml", "ValidationError"},
	{"missing import", "cluster.yaml", "right-network:SubnetB", "right-network:SubnetC", "cluster.yaml", "ValidationError"},
	{"ghost role", "cluster.yaml", "RoleArn: !GetAtt Role.Arn", "RoleArn: arn:aws:iam::123456789012:role/ghost", "cluster.yaml", "NoSuchEntity"},
	{"ghost policy", "cluster.yaml", "AmazonEKSClusterPolicy", "AmazonEKSClustersPolicy", "cluster.yaml", "NoSuchEntity"},
	{"wrong trust", "cluster.yaml", "Service: eks.amazonaws.com", "Service: ec2.amazonaws.com", "cluster.yaml", "InvalidParameterException"},
	{"ghost security group", "cluster.yaml", "SecurityGroupIds: [!GetAtt SecurityGroup.GroupId]", "SecurityGroupIds: [sg-0a1b2c3d4e5f60001]", "cluster.yaml", "InvalidGroup.NotFound"},
	{"pods in another zone", "cluster.yaml", `"eu-west-1a":{"id"`, `"eu-west-1b":{"id"`, "cluster.yaml", "InvalidParameterException"},
	{"number in an environment", "cluster.yaml", `"WARM_IP_TARGET":"2"`, `"WARM_IP_TARGET":2`, "cluster.yaml", "InvalidParameterException"},
	{"ghost security group of pods", "cluster.yaml", `"${Group}"`, `"sg-0a1b2c3d4e5f60001"`, "cluster.yaml", "InvalidGroup.NotFound"},
	{"access entries switched off", "cluster.yaml", "AuthenticationMode: API", "AuthenticationMode: CONFIG_MAP", "access.yaml", "InvalidRequestException"},
	{"unknown property", "nodes.yaml", "Taints:", "Taint:", "nodes.yaml", "UnknownProperty"},
	{"missing property", "nodes.yaml", "      NodeRole: !GetAtt Role.Arn\n", "", "nodes.yaml", "MissingProperty"},
	{"mistyped property", "nodes.yaml", "InstanceTypes: [m7g.large]", "InstanceTypes: m7g.large", "nodes.yaml", "MistypedProperty"},
	{"wrong enum", "nodes.yaml", "NO_SCHEDULE", "NoSchedule", "nodes.yaml", "InvalidEnum"},
	{"min above max", "nodes.yaml", "MinSize: 1,", "MinSize: 4,", "nodes.yaml", "InvalidParameterException"},
	{"wrong architecture", "nodes.yaml", "m7g.large", "m5.large", "nodes.yaml", "InvalidParameterException"},
	{"unknown parameter", "nodes.yaml", "x86_64/standard", "x86/standard", "nodes.yaml", "ParameterNotFound"},
	{"lifetime of an hour", "nodes.yaml", "MaxInstanceLifetime: 86400", "MaxInstanceLifetime: 3600", "nodes.yaml", "ValidationError"},
	{"hook that hardly waits", "nodes.yaml", "HeartbeatTimeout: 30", "HeartbeatTimeout: 29", "nodes.yaml", "ValidationError"},
	{"metrics of another rhythm", "nodes.yaml", "Granularity: 1Minute", "Granulation: 1Minute", "nodes.yaml", "UnknownProperty"},
	{"warm pool of Spot", "nodes.yaml", "AutoScalingGroupName: !Ref Own, MinSize", "AutoScalingGroupName: !Ref Mixed, MinSize", "nodes.yaml", "ValidationError"},
	{"schedule with seconds", "nodes.yaml", "0 7 * * MON-FRI", "0 0 7 * * MON-FRI", "nodes.yaml", "ValidationError"},
	{"pools of another strategy", "nodes.yaml", "SpotAllocationStrategy: lowest-price", "SpotAllocationStrategy: capacity-optimized", "nodes.yaml", "ValidationError"},
	{"weights in part", "nodes.yaml", `m5a.large, WeightedCapacity: "1"`, "m5a.large", "nodes.yaml", "ValidationError"},
	{"unsupported type", "nodes.yaml", "AWS::EKS::FargateProfile", "AWS::EKS::Fargate", "nodes.yaml", "UnsupportedResourceType"},
	{"Fargate role with a path", "nodes.yaml", "PodExecutionRoleArn: !GetAtt Role.Arn", "PodExecutionRoleArn: arn:aws:iam::123456789012:role/team/pods", "nodes.yaml", "InvalidParameterException"},
	{"trust anchor without a certificate", "hybrid.yaml", "-----BEGIN CERTIFICATE-----", "-----BEGIN NOTHING-----", "hybrid.yaml", "ValidationException"},
	{"trust anchor of another kind", "hybrid.yaml", "CERTIFICATE_BUNDLE", "AWS_ACM_PCA", "hybrid.yaml", "ValidationException"},
	{"role that machines may not have", "hybrid.yaml", `"sts:TagSession"`, `"sts:TagSessions"`, "hybrid.yaml", "InvalidParameterException"},
	{"credentials for a minute", "hybrid.yaml", "DurationSeconds: 3600", "DurationSeconds: 60", "hybrid.yaml", "InvalidProperty"},
	{"missing capability", "stacks.yaml", "CAPABILITY_NAMED_IAM", "CAPABILITY_IAM", "nodes.yaml", "InsufficientCapabilitiesException"},
	{"missing parameter", "stacks.yaml", `Version: "1.35"`, "", "cluster.yaml", "ValidationError"},
	{"wrong order", "stacks.yaml", "needs: []", "needs: [right-cluster]", "network.yaml", "NotDeployed"},
	{"undeclared need", "stacks.yaml", "needs: [right-network]", "needs: []", "cluster.yaml", "UndeclaredNeed"},
}

var privateFaults = []stackFault{
	{"unknown passed parameter", "stacks.yaml", "Retention:", "Retentions:", "network.yaml", "ValidationError"},
	{"parameter that is not allowed", "stacks.yaml", `Retention: "30"`, `Retention: "31"`, "network.yaml", "ValidationError"},
	{"ghost condition", "network.yaml", "Condition: Connected", "Condition: Connect", "network.yaml", "ValidationError"},
	{"no such network", "network.yaml", "!Select [1, !Cidr", "!Select [4, !Cidr", "network.yaml", "ValidationError"},
	{"IPv6 block too late", "network.yaml", "DependsOn: IPv6Block", "DependsOn: VPC", "network.yaml", "ValidationError"},
	{"the same IPv6 block", "network.yaml", "!Select [1, !Cidr", "!Select [0, !Cidr", "network.yaml", "InvalidSubnet.Conflict"},
	{"IPv6 block of another size", "network.yaml", "4, 64]]", "4, 62]]", "network.yaml", "InvalidSubnet.Range"},
	{"restricted second block", "network.yaml", "CidrBlock: 100.64.0.0/16", "CidrBlock: 172.20.0.0/16", "network.yaml", "InvalidVpc.Range"},
	{"second block too late", "network.yaml", "    DependsOn: SecondBlock\n", "", "network.yaml", "InvalidSubnet.Range"},
	{"ghost DNS option", "network.yaml", "DomainName:", "Domain:", "network.yaml", "UnknownProperty"},
	{"transit route too early", "network.yaml", "    DependsOn: TransitAttachment\n", "", "network.yaml", "InvalidParameterValue"},
	{"VPN route too early", "network.yaml", "    DependsOn: VPNAttachment\n", "", "network.yaml", "InvalidParameterValue"},
	{"two destinations", "network.yaml", "DestinationCidrBlock: 172.16.0.0/12,", `DestinationCidrBlock: 172.16.0.0/12, DestinationIpv6CidrBlock: "::/1",`, "network.yaml", "InvalidParameterCombination"},
	{"ghost endpoint service", "network.yaml", ".sts\n", ".st\n", "network.yaml", "InvalidServiceName"},
	{"interface without its type", "network.yaml", "      VpcEndpointType: Interface\n", "", "network.yaml", "InvalidParameter"},
	{"two subnets of one zone", "network.yaml", "SubnetIds: [!Ref SubnetA, !Ref SubnetB]\n      Tags", "SubnetIds: [!Ref SubnetA, !Ref PodSubnet]\n      Tags", "network.yaml", "DuplicateSubnetsInSameZone"},
	{"private names without names", "network.yaml", "EnableDnsHostnames: true", "EnableDnsHostnames: false", "network.yaml", "InvalidParameter"},
	{"flow logs of another source", "network.yaml", ":vpc-flow-log/*", ":vpc-flow-logs/*", "network.yaml", "InvalidParameterException"},
	{"flow logs that may not be written", "network.yaml", `"logs:PutLogEvents"`, `"logs:PutLogEvent"`, "network.yaml", "AccessDenied"},
	{"ghost flow log field", "network.yaml", "${vpc-id}", "${vpc}", "network.yaml", "InvalidParameter"},
	{"key that locks out", "cluster.yaml", "${AWS::AccountId}:root", "${AWS::AccountId}:user/nobody", "cluster.yaml", "NoSuchEntity"},
	{"key policy without an administrator", "cluster.yaml", `Action: "kms:*"`, `Action: "kms:Get*"`, "cluster.yaml", "MalformedPolicyDocumentException"},
	{"key that logs may not use", "cluster.yaml", "log-group:/aws/eks/private/cluster", "log-group:/aws/eks/public/cluster", "cluster.yaml", "InvalidParameterException"},
	{"retention that is none", "cluster.yaml", "RetentionInDays: 90", "RetentionInDays: 91", "cluster.yaml", "InvalidParameterException"},
	{"log group too late", "cluster.yaml", "    DependsOn: Logs\n", "", "cluster.yaml", "ResourceAlreadyExistsException"},
	{"Auto Mode in part", "cluster.yaml", "      StorageConfig: {BlockStorage: {Enabled: true}}\n", "", "cluster.yaml", "InvalidParameterException"},
	{"Auto Mode with self-managed add-ons", "cluster.yaml", "      BootstrapSelfManagedAddons: false\n", "", "cluster.yaml", "InvalidParameterException"},
	{"Auto Mode without session tags", "cluster.yaml", `Service: eks.amazonaws.com}, Action: ["sts:AssumeRole", "sts:TagSession"]`, `Service: eks.amazonaws.com}, Action: ["sts:AssumeRole"]`, "cluster.yaml", "InvalidParameterException"},
	{"IPv4 services with IPv6", "cluster.yaml", "IpFamily: ipv6,", "IpFamily: ipv6, ServiceIpv4Cidr: 172.20.0.0/16,", "cluster.yaml", "InvalidParameterException"},
	{"remote nodes in the VPC", "cluster.yaml", "Cidrs: [192.168.0.0/16]", "Cidrs: [10.0.128.0/17]", "cluster.yaml", "InvalidParameterException"},
	{"ghost tier", "cluster.yaml", "tier-xl", "tier-xxl", "cluster.yaml", "InvalidEnum"},
	{"ghost egress mode", "cluster.yaml", "CUSTOMER_ROUTED", "ROUTED", "cluster.yaml", "InvalidEnum"},
	{"insecure issuer", "cluster.yaml", "https://login.example.com", "http://login.example.com", "cluster.yaml", "InvalidParameterException"},
	{"untrusting capability role", "cluster.yaml", "Service: capabilities.eks.amazonaws.com", "Service: capability.eks.amazonaws.com", "cluster.yaml", "InvalidParameterException"},
	{"claims of another issuer", "cluster.yaml", `!Split ["https://", !GetAtt`, `!Split ["//oidc.", !GetAtt`, "cluster.yaml", "MalformedPolicyDocument"},
	{"role of another cluster", "cluster.yaml", `"aws:SourceArn": !GetAtt Cluster.Arn`, `"aws:SourceArn": !Sub "${Cluster.Arn}s"`, "cluster.yaml", "InvalidParameterException"},
	{"two roles for a service account", "cluster.yaml", "Namespace: default, ServiceAccount: reader", "Namespace: kube-system, ServiceAccount: efs-csi-controller-sa", "cluster.yaml", "ResourceInUseException"},
	{"entry that EKS made", "cluster.yaml", "PrincipalArn: !GetAtt OwnNodeRole.Arn", "PrincipalArn: !GetAtt NodeRole.Arn", "cluster.yaml", "ResourceInUseException"},
	{"policies for nodes", "cluster.yaml", "Type: EC2\n", "Type: EC2_LINUX\n", "cluster.yaml", "InvalidParameterException"},
	{"ARN of another partition", "cluster.yaml", `Action: "s3:GetObject", Resource: "*"`, `Action: "s3:GetObject", Resource: "arn:aws-cn:s3:::b/*"`, "cluster.yaml", "MalformedPolicyDocument"},
	{"ghost queue attribute", "around.yaml", "SqsManagedSseEnabled", "SseEnabled", "around.yaml", "InvalidEnum"},
	{"ghost target", "around.yaml", "Arn: !GetAtt Interruptions.Arn}]", `Arn: !Sub "${Interruptions.Arn}2"}]`, "around.yaml", "AWS.SimpleQueueService.NonExistentQueue"},
	{"profile by its ARN", "around.yaml", "IamInstanceProfile: !Ref BastionProfile", "IamInstanceProfile: !GetAtt BastionProfile.Arn", "around.yaml", "NoSuchEntity"},
	{"image of another architecture", "around.yaml", "InstanceType: t4g.nano", "InstanceType: t3.nano", "around.yaml", "InvalidParameterValue"},
	{"group that is no setting", "around.yaml", "RestrictPublicBuckets", "RestrictBuckets", "around.yaml", "UnknownProperty"},
}

// plant describes the tree that has the fault, below dir.
func (f stackFault) plant(dir string) plant {
	tree := filepath.Join(dir, strings.ReplaceAll(f.name, " ", "-"))
	path := filepath.Join(tree, "cloudformation", "dev", f.refused)
	return plant{input{name: f.name + " in " + f.file, path: path, tree: tree}, f.rule}
}

// write writes the tree that has the fault, below dir: a right one, but for it.
func (f stackFault) write(dir, right string) error {
	tree := f.plant(dir).tree
	if err := os.RemoveAll(tree); err != nil {
		return err
	}
	if err := os.CopyFS(tree, os.DirFS(filepath.Join(rightTrees, right))); err != nil {
		return err
	}
	file := filepath.Join(tree, "cloudformation", "dev", f.file)
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !strings.Contains(string(data), f.old) {
		return fmt.Errorf("%s of the fault %q lacks %q", f.file, f.name, f.old)
	}
	return os.WriteFile(file, []byte(strings.Replace(string(data), f.old, f.new, 1)), 0o644)
}

// plantStackFaults lists the trees with faults.
func plantStackFaults(dir string) []plant {
	var plants []plant
	for _, right := range slices.Sorted(maps.Keys(stackFaults)) {
		for _, f := range stackFaults[right] {
			plants = append(plants, f.plant(dir))
		}
	}
	return plants
}

// writeStackFaults writes the trees with faults.
func writeStackFaults(dir string) error {
	for right, faults := range stackFaults {
		for _, f := range faults {
			if err := f.write(dir, right); err != nil {
				return fmt.Errorf("failed to plant a fault: %w", err)
			}
		}
	}
	return nil
}
