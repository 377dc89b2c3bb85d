package lower

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/ir"
)

const endpointsOrigin = "cluster.network.vpcEndpoints"

// addVPCEndpoints adds the VPC endpoints, which resolve has completed.
func (c cluster) addVPCEndpoints(s *ir.Stack) {
	e := c.Network.VPCEndpoints
	if e == nil {
		return
	}
	for _, gateway := range sorted(e.Gateway) {
		properties := c.endpointProperties("Gateway", gateway.name, gateway.value.Policy)
		properties["RouteTableIds"] = c.routedTables()
		add(s, endpointsOrigin+".gateway."+gateway.name, ir.Resource{ID: naming.LogicalID("GatewayEndpoint", gateway.name), Type: "AWS::EC2::VPCEndpoint", Properties: properties})
	}
	if len(e.Interface) > 0 && e.SecurityGroup == "" {
		c.addEndpointSecurityGroup(s)
	}
	group := cmp.Or[ir.Value](nonEmpty(e.SecurityGroup), ir.GetAtt{ID: "EndpointSecurityGroup", Attribute: "GroupId"})
	for _, endpoint := range sorted(e.Interface) {
		properties := c.endpointProperties("Interface", endpoint.name, endpoint.value.Policy)
		properties["PrivateDnsEnabled"] = endpoint.value.PrivateDNS
		properties["SecurityGroupIds"] = ir.List{group}
		properties["SubnetIds"] = c.oneSubnetPerZone(e.Subnets)
		add(s, endpointsOrigin+".interface."+endpoint.name, ir.Resource{ID: naming.LogicalID("InterfaceEndpoint", endpoint.name), Type: "AWS::EC2::VPCEndpoint", Properties: properties})
	}
}

func (c cluster) endpointProperties(kind, service string, policy map[string]any) ir.Map {
	properties := ir.Map{
		"ServiceName":     c.endpointService(kind, service),
		"Tags":            c.tags(c.Name+"-"+service, nil),
		"VpcEndpointType": kind,
		"VpcId":           c.localVPCID(),
	}
	if policy != nil {
		properties["PolicyDocument"] = document(policy)
	}
	return properties
}

// chinaServices are the services whose interface endpoints have a name of
// their own in the regions of China; see
// https://docs.amazonaws.cn/en_us/vpc/latest/privatelink/aws-services-cn-privatelink-support.html.
var chinaServices = []string{
	"application-autoscaling", "athena", "autoscaling", "backup", "batch", "cloudformation", "ebs", "ec2", "ecr.api", "ecr.dkr", "eks",
	"elasticache", "elasticfilesystem", "emr-containers", "execute-api", "fsx", "kinesis-streams", "lambda", "monitoring", "rds", "redshift",
	"sagemaker.api", "sagemaker.runtime", "securityhub", "sqs", "states", "sts", "synthetics", "xray",
}

// endpointService is the name of a service as endpoints know it.
func (c cluster) endpointService(kind, service string) ir.Value {
	prefix := "com.amazonaws."
	if c.partition == "aws-cn" && kind == "Interface" && slices.Contains(chinaServices, service) {
		prefix = "cn.com.amazonaws."
	}
	return ir.Sub{Text: prefix + "${AWS::Region}." + service}
}

// addEndpointSecurityGroup lets in HTTPS from the VPC, and so from nodes, pods
// and whatever else is in it.
func (c cluster) addEndpointSecurityGroup(s *ir.Stack) {
	ingress := ir.List{httpsFrom(c.Network.VPC.CIDR, "HTTPS from the VPC")}
	for _, secondary := range sorted(c.Network.VPC.SecondaryCIDRs) {
		ingress = append(ingress, httpsFrom(secondary.value, "HTTPS from the VPC's block "+secondary.name))
	}
	add(s, endpointsOrigin, ir.Resource{ID: "EndpointSecurityGroup", Type: "AWS::EC2::SecurityGroup", Properties: ir.Map{
		"GroupDescription":     "VPC endpoints of the EKS cluster " + c.Name,
		"SecurityGroupIngress": ingress,
		"Tags":                 c.tags(c.Name+"-endpoints", nil),
		"VpcId":                c.localVPCID(),
	}})
}

func httpsFrom(cidr, description string) ir.Map {
	return ir.Map{"CidrIp": cidr, "Description": description, "FromPort": 443, "IpProtocol": "tcp", "ToPort": 443}
}

// oneSubnetPerZone are the first subnets by name of a tier in each zone: an
// interface endpoint has one network interface in a zone.
func (c cluster) oneSubnetPerZone(tier string) ir.List {
	var ids ir.List
	seen := map[string]bool{}
	for _, subnet := range sorted(c.Network.Subnets.Tier(tier)) {
		if zone := subnet.value.AvailabilityZone; !seen[zone] {
			seen[zone] = true
			ids = append(ids, c.localSubnetID(tier, subnet.name, subnet.value))
		}
	}
	return ids
}

// routedTables are the route tables of private and pod subnets, each once.
func (c cluster) routedTables() ir.List {
	var tables ir.List
	for _, tier := range []string{"private", "pod"} {
		for _, subnet := range sorted(c.Network.Subnets.Tier(tier)) {
			table := ir.Value(ir.Ref(routeTableID(tier, subnet.name)))
			if c.Network.Exists() {
				table = subnet.value.RouteTable
			}
			if !slices.Contains(tables, table) {
				tables = append(tables, table)
			}
		}
	}
	return tables
}

// document is a document of the spec as a value of a template.
func document(written map[string]any) ir.Value {
	data, err := json.Marshal(written)
	if err != nil {
		panic(err) // it was decoded from JSON
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		panic(err)
	}
	return value
}
