package lower

import "github.com/ekscc/ekscc/pkg/ir"

// addFlowLogs adds the flow logs of the VPC and, for CloudWatch Logs, the log
// group and the role that writes to it and nothing else.
func (c cluster) addFlowLogs(s *ir.Stack) {
	const origin = "cluster.network.flowLogs"
	f := c.Network.FlowLogs
	if f == nil {
		return
	}
	properties := ir.Map{
		"MaxAggregationInterval": f.AggregationInterval,
		"ResourceId":             c.localVPCID(),
		"ResourceType":           "VPC",
		"Tags":                   c.tags(c.Name, nil),
		"TrafficType":            f.TrafficType,
	}
	if f.Format != "" {
		properties["LogFormat"] = f.Format
	}
	if f.S3 != nil {
		properties["DestinationOptions"] = ir.Map{
			"FileFormat":               f.S3.FileFormat,
			"HiveCompatiblePartitions": f.S3.HiveCompatiblePartitions,
			"PerHourPartition":         f.S3.PerHourPartition,
		}
		properties["LogDestination"] = f.S3.BucketARN
		properties["LogDestinationType"] = "s3"
	} else {
		c.addFlowLogGroup(s)
		properties["DeliverLogsPermissionArn"] = ir.GetAtt{ID: "FlowLogRole", Attribute: "Arn"}
		properties["LogDestinationType"] = "cloud-watch-logs"
		properties["LogGroupName"] = ir.Ref("FlowLogGroup")
	}
	add(s, origin, ir.Resource{ID: "FlowLog", Type: "AWS::EC2::FlowLog", Properties: properties})
}

// addFlowLogGroup adds the log group, which has no name because nobody needs
// to know it, and the role of
// https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html,
// without the permissions for log groups that are yet to be made.
func (c cluster) addFlowLogGroup(s *ir.Stack) {
	const origin = "cluster.network.flowLogs.cloudWatchLogs"
	group := c.Network.FlowLogs.CloudWatchLogs
	properties := ir.Map{"RetentionInDays": group.RetentionDays}
	setTags(properties, c.tags("", nil))
	if group.KeyARN != "" {
		properties["KmsKeyId"] = group.KeyARN
	}
	add(s, origin, ir.Resource{
		ID: "FlowLogGroup", Type: "AWS::Logs::LogGroup", Properties: properties,
		DeletionPolicy: retainOnceMade, UpdateReplacePolicy: "Retain",
	})
	c.addRole(s, roleResource{
		id:     "FlowLogRole",
		origin: origin,
		trust: policy(statement{
			principal: servicePrincipal("vpc-flow-logs.amazonaws.com"),
			actions:   []string{"sts:AssumeRole"},
			conditions: ir.Map{
				"ArnLike":      ir.Map{"aws:SourceArn": ir.Sub{Text: "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-flow-log/*"}},
				"StringEquals": ir.Map{"aws:SourceAccount": ir.Ref("AWS::AccountId")},
			},
		}),
		policies: map[string][]statement{"WriteFlowLogs": {{
			actions:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			resources: ir.List{ir.GetAtt{ID: "FlowLogGroup", Attribute: "Arn"}},
		}}},
		tags: c.tags("", nil),
	})
}

// addDHCPOptions adds the DHCP options of a new VPC.
func (c cluster) addDHCPOptions(s *ir.Stack) {
	const origin = "cluster.network.dhcpOptions"
	o := c.Network.DHCPOptions
	if o == nil {
		return
	}
	properties := ir.Map{"DomainNameServers": strs(o.DomainNameServers), "Tags": c.tags(c.Name, nil)}
	if o.DomainName != "" {
		properties["DomainName"] = o.DomainName
	}
	if len(o.NTPServers) > 0 {
		properties["NtpServers"] = strs(o.NTPServers)
	}
	add(s, origin, ir.Resource{ID: "DHCPOptions", Type: "AWS::EC2::DHCPOptions", Properties: properties})
	add(s, origin, ir.Resource{ID: "DHCPOptionsAssociation", Type: "AWS::EC2::VPCDHCPOptionsAssociation", Properties: ir.Map{
		"DhcpOptionsId": ir.Ref("DHCPOptions"),
		"VpcId":         ir.Ref("VPC"),
	}})
}
