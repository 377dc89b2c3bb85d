package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// rightTree is a tree that deploys. Each planted fault is this tree with one
// text replaced.
const rightTree = "test/moto/testdata/right"

// stackFault is a fault in a file of rightTree, and which template must be
// refused for it, by which rule.
type stackFault struct {
	name, file, old, new string
	refused, rule        string
}

var stackFaults = []stackFault{
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
	{"access entries switched off", "cluster.yaml", "AuthenticationMode: API", "AuthenticationMode: CONFIG_MAP", "access.yaml", "InvalidRequestException"},
	{"unknown property", "nodes.yaml", "Taints:", "Taint:", "nodes.yaml", "UnknownProperty"},
	{"missing property", "nodes.yaml", "      NodeRole: !GetAtt Role.Arn\n", "", "nodes.yaml", "MissingProperty"},
	{"mistyped property", "nodes.yaml", "InstanceTypes: [m7g.large]", "InstanceTypes: m7g.large", "nodes.yaml", "MistypedProperty"},
	{"wrong enum", "nodes.yaml", "NO_SCHEDULE", "NoSchedule", "nodes.yaml", "InvalidEnum"},
	{"min above max", "nodes.yaml", "MinSize: 1,", "MinSize: 4,", "nodes.yaml", "InvalidParameterException"},
	{"wrong architecture", "nodes.yaml", "m7g.large", "m5.large", "nodes.yaml", "InvalidParameterException"},
	{"unknown parameter", "nodes.yaml", "x86_64/standard", "x86/standard", "nodes.yaml", "ParameterNotFound"},
	{"unsupported type", "nodes.yaml", "AWS::EKS::FargateProfile", "AWS::EKS::Fargate", "nodes.yaml", "UnsupportedResourceType"},
	{"missing capability", "stacks.yaml", "CAPABILITY_NAMED_IAM", "CAPABILITY_IAM", "nodes.yaml", "InsufficientCapabilitiesException"},
	{"missing parameter", "stacks.yaml", `Version: "1.35"`, "", "cluster.yaml", "ValidationError"},
	{"wrong order", "stacks.yaml", "needs: []", "needs: [right-cluster]", "network.yaml", "NotDeployed"},
	{"undeclared need", "stacks.yaml", "needs: [right-network]", "needs: []", "cluster.yaml", "UndeclaredNeed"},
}

// plant describes the tree that has the fault, below dir.
func (f stackFault) plant(dir string) plant {
	tree := filepath.Join(dir, strings.ReplaceAll(f.name, " ", "-"))
	path := filepath.Join(tree, "cloudformation", "dev", f.refused)
	return plant{input{name: f.name + " in " + f.file, path: path, tree: tree}, f.rule}
}

// write writes the tree that has the fault, below dir.
func (f stackFault) write(dir string) error {
	tree := f.plant(dir).tree
	if err := os.RemoveAll(tree); err != nil {
		return err
	}
	if err := os.CopyFS(tree, os.DirFS(rightTree)); err != nil {
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
	for _, f := range stackFaults {
		plants = append(plants, f.plant(dir))
	}
	return plants
}

// writeStackFaults writes the trees with faults.
func writeStackFaults(dir string) error {
	for _, f := range stackFaults {
		if err := f.write(dir); err != nil {
			return fmt.Errorf("failed to plant a fault: %w", err)
		}
	}
	return nil
}
