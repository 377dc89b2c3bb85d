// Package naming makes the names that ekscc gives to things from the names in
// a spec: stacks, exports and logical ids. A name depends on what it names and
// on nothing beside it, so that it stays when a neighbour comes or goes.
package naming

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
)

// Stack is the name of a cluster's CloudFormation stack whose template is
// file, such as "network". Stack names have letters, digits and hyphens, and
// begin with a letter; the names of clusters and node groups have underscores
// too, and may begin with a digit.
func Stack(cluster, file string) string { return stackName(cluster + "-" + file) }

// SingleStack is the name of the one stack that holds all of a cluster. It is
// none of those that Stack makes, so that nobody updates the stack of one
// layout with the template of the other.
func SingleStack(cluster string) string { return stackName(cluster) }

func stackName(name string) string {
	name = strings.ReplaceAll(name, "_", "-")
	if name[0] >= '0' && name[0] <= '9' {
		return "eks-" + name
	}
	return name
}

// Export is the name under which a stack exports an output to its region.
func Export(stack, output string) string { return stack + ":" + output }

// NodeGroupFile is the template of a node group, and the last part of its
// stack's name.
func NodeGroupFile(group string) string { return "nodegroup-" + group }

// FargateFile is the template of a Fargate profile, and the last part of its
// stack's name.
func FargateFile(profile string) string { return "fargate-" + profile }

// maxQueueName is how many characters SQS allows in the name of a queue; see
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html.
const maxQueueName = 80

// KarpenterQueue is the name of the queue that tells Karpenter of
// interruptions. One that is longer than SQS allows ends in a hash of the
// whole.
func KarpenterQueue(cluster string) string {
	name := cluster + "-karpenter"
	if len(name) <= maxQueueName {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	hash := hex.EncodeToString(sum[:])[:8]
	return name[:maxQueueName-len(hash)-1] + "-" + hash
}

// Rule is the logical id of a rule of a security group that is declared in the
// field at path, which begins with "cluster": cluster.securityGroup.ingress and
// "kubectl" become SecurityGroupIngressKubectl.
func Rule(path []string, rule string) string {
	return LogicalID(append(path[1:len(path):len(path)], rule)...)
}

// LogicalID joins words to a logical id, which CloudFormation allows letters
// and digits only: "PublicSubnet", "eu-west-1a" becomes PublicSubnetEuWest1a.
func LogicalID(words ...string) string {
	var id strings.Builder
	for _, word := range words {
		upper := true
		for _, r := range word {
			switch {
			case r >= unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r):
				upper = true
			case upper:
				id.WriteRune(unicode.ToUpper(r))
				upper = false
			default:
				id.WriteRune(r)
			}
		}
	}
	return id.String()
}
