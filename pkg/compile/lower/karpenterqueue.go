package lower

import (
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/ir"
)

// interruptionRetention is how many seconds the queue keeps a message: what it
// tells of has happened by then.
const interruptionRetention = 300

// interruptionEvents are the events that Karpenter acts on, by what the rule
// that forwards them is called; see
// https://karpenter.sh/docs/concepts/disruption/#interruption.
var interruptionEvents = []struct{ name, source, detailType string }{
	{"CapacityReservationInterruption", "aws.ec2", "EC2 Capacity Reservation Instance Interruption Warning"},
	{"InstanceStateChange", "aws.ec2", "EC2 Instance State-change Notification"},
	{"Rebalance", "aws.ec2", "EC2 Instance Rebalance Recommendation"},
	{"ScheduledChange", "aws.health", "AWS Health Event"},
	{"SpotInterruption", "aws.ec2", "EC2 Spot Instance Interruption Warning"},
}

func (k karpenter) queueName() string { return naming.KarpenterQueue(k.Cluster.Name) }

// addInterruptionQueue adds the queue, the rules that fill it, and the policy
// that lets these rules do so and nobody else; see
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html.
// The queue has a name because Karpenter's settings have it.
func (k karpenter) addInterruptionQueue(s *ir.Stack) {
	const origin = "cluster.karpenter.interruptionQueue"
	queue := ir.GetAtt{ID: karpenterQueueID, Attribute: "Arn"}
	properties := ir.Map{"MessageRetentionPeriod": interruptionRetention, "QueueName": k.queueName(), "SqsManagedSseEnabled": true}
	setTags(properties, k.tags("", nil))
	add(s, origin, ir.Resource{ID: karpenterQueueID, Type: "AWS::SQS::Queue", Properties: properties})
	var rules ir.List
	for _, event := range interruptionEvents {
		id := naming.LogicalID("Karpenter", event.name, "Rule")
		rules = append(rules, ir.GetAtt{ID: id, Attribute: "Arn"})
		properties := ir.Map{
			"Description":  "Tells Karpenter of the cluster " + k.Cluster.Name + ": " + event.detailType,
			"EventPattern": ir.Map{"detail-type": ir.List{event.detailType}, "source": ir.List{event.source}},
			"Targets":      ir.List{ir.Map{"Arn": queue, "Id": "KarpenterInterruptionQueue"}},
		}
		setTags(properties, k.tags("", nil))
		add(s, origin, ir.Resource{ID: id, Type: "AWS::Events::Rule", Properties: properties})
	}
	add(s, origin, ir.Resource{ID: karpenterQueueID + "Policy", Type: "AWS::SQS::QueuePolicy", Properties: ir.Map{
		"PolicyDocument": policy(
			statement{
				sid: "SendInterruptions", principal: servicePrincipal("events.amazonaws.com"), actions: []string{"sqs:SendMessage"},
				resources: ir.List{queue}, conditions: ir.Map{"ArnEquals": ir.Map{"aws:SourceArn": rules}},
			},
			statement{
				sid: "DenyWithoutTLS", effect: "Deny", principal: "*", actions: []string{"sqs:*"},
				resources: ir.List{queue}, conditions: ir.Map{"Bool": ir.Map{"aws:SecureTransport": "false"}},
			},
		),
		"Queues": ir.List{ir.Ref(karpenterQueueID)},
	}})
}
