"""Networks: VPCs, subnets, routes, gateways and network ACLs."""

from typing import Any

from ..refusal import Refused
from .base import Resource, need, refuse_rest, tagged, take


class VPC(Resource):
    aws_type = "AWS::EC2::VPC"
    attributes = ("VpcId", "CidrBlock", "DefaultSecurityGroup", "DefaultNetworkAcl")

    def create(self, properties: dict[str, Any]) -> None:
        settings = take(properties, "EnableDnsSupport", "EnableDnsHostnames")
        vpc = self.call("ec2", "create_vpc", tagged(properties, "vpc"))["Vpc"]
        self.id = vpc["VpcId"]
        for name, value in settings.items():
            self.call("ec2", "modify_vpc_attribute", {"VpcId": self.id, name: {"Value": value}})
        of_vpc = {"Filters": [{"Name": "vpc-id", "Values": [self.id]}]}
        group = self.api.call("ec2", "describe_security_groups", of_vpc)["SecurityGroups"][0]
        acl = self.api.call("ec2", "describe_network_acls", of_vpc)["NetworkAcls"][0]
        self.values = {"VpcId": self.id, "CidrBlock": vpc["CidrBlock"]}
        self.values |= {"DefaultSecurityGroup": group["GroupId"], "DefaultNetworkAcl": acl["NetworkAclId"]}


class VPCCidrBlock(Resource):
    aws_type = "AWS::EC2::VPCCidrBlock"

    def create(self, properties: dict[str, Any]) -> None:
        reply = self.call("ec2", "associate_vpc_cidr_block", properties)
        self.id = (reply.get("CidrBlockAssociation") or reply["Ipv6CidrBlockAssociation"])["AssociationId"]


class InternetGateway(Resource):
    aws_type = "AWS::EC2::InternetGateway"
    attributes = ("InternetGatewayId",)

    def create(self, properties: dict[str, Any]) -> None:
        reply = self.call("ec2", "create_internet_gateway", tagged(properties, "internet-gateway"))
        self.id = self.values["InternetGatewayId"] = reply["InternetGateway"]["InternetGatewayId"]


class VPCGatewayAttachment(Resource):
    aws_type = "AWS::EC2::VPCGatewayAttachment"

    def create(self, properties: dict[str, Any]) -> None:
        self.call("ec2", "attach_internet_gateway", properties)
        self.id = f"IGW|{properties['VpcId']}"


class Subnet(Resource):
    aws_type = "AWS::EC2::Subnet"
    attributes = ("SubnetId", "AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "VpcId")

    def create(self, properties: dict[str, Any]) -> None:
        zone = properties.get("AvailabilityZone", self.api.region)
        if not zone.startswith(self.api.region):
            raise Refused("InvalidParameterValue", f"the zone {zone} is not in {self.api.region}")
        settings = take(properties, "MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation", "EnableDns64", "PrivateDnsNameOptionsOnLaunch")
        subnet = self.call("ec2", "create_subnet", tagged(properties, "subnet"))["Subnet"]
        self.id = subnet["SubnetId"]
        self.values = {name: subnet[name] for name in self.attributes if name in subnet}
        for name in ("MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation"):
            if name in settings:
                self.call("ec2", "modify_subnet_attribute", {"SubnetId": self.id, name: {"Value": settings[name]}})


class RouteTable(Resource):
    aws_type = "AWS::EC2::RouteTable"
    attributes = ("RouteTableId",)

    def create(self, properties: dict[str, Any]) -> None:
        reply = self.call("ec2", "create_route_table", tagged(properties, "route-table"))
        self.id = self.values["RouteTableId"] = reply["RouteTable"]["RouteTableId"]


class Route(Resource):
    aws_type = "AWS::EC2::Route"
    attributes = ("CidrBlock",)

    def create(self, properties: dict[str, Any]) -> None:
        table = self.api.call("ec2", "describe_route_tables", {"RouteTableIds": [need(dict(properties), "RouteTableId")]})["RouteTables"][0]
        gateway = properties.get("GatewayId", "")
        if gateway.startswith("igw-") and gateway not in attached_gateways(self.api, table["VpcId"]):
            raise Refused("InvalidParameterValue", f"route table {table['RouteTableId']} and network gateway {gateway} belong to different networks")
        if "NatGatewayId" in properties:
            self.api.call("ec2", "describe_nat_gateways", {"NatGatewayIds": [properties["NatGatewayId"]]})
        self.call("ec2", "create_route", properties)
        destination = properties.get("DestinationCidrBlock") or properties.get("DestinationIpv6CidrBlock") or properties.get("DestinationPrefixListId")
        self.id = f"{properties['RouteTableId']}|{destination}"
        self.values["CidrBlock"] = destination


class SubnetRouteTableAssociation(Resource):
    aws_type = "AWS::EC2::SubnetRouteTableAssociation"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        self.id = self.values["Id"] = self.call("ec2", "associate_route_table", properties)["AssociationId"]


class EIP(Resource):
    aws_type = "AWS::EC2::EIP"
    attributes = ("AllocationId", "PublicIp")

    def create(self, properties: dict[str, Any]) -> None:
        address = self.call("ec2", "allocate_address", tagged(properties, "elastic-ip"))
        self.id = self.values["PublicIp"] = address["PublicIp"]
        self.values["AllocationId"] = address["AllocationId"]


class NatGateway(Resource):
    aws_type = "AWS::EC2::NatGateway"
    attributes = ("NatGatewayId",)

    def create(self, properties: dict[str, Any]) -> None:
        subnet = self.api.call("ec2", "describe_subnets", {"SubnetIds": [need(dict(properties), "SubnetId")]})["Subnets"][0]
        if properties.get("ConnectivityType", "public") == "public":
            if not attached_gateways(self.api, subnet["VpcId"]):
                raise Refused("Gateway.NotAttached", f"Network {subnet['VpcId']} has no Internet gateway attached")
            allocation = need(dict(properties), "AllocationId")
            address = self.api.call("ec2", "describe_addresses", {"AllocationIds": [allocation]})["Addresses"][0]
            if address.get("AssociationId"):
                raise Refused("Resource.AlreadyAssociated", f"{properties['AllocationId']} is in use")
        reply = self.call("ec2", "create_nat_gateway", tagged(properties, "natgateway"))
        self.id = self.values["NatGatewayId"] = reply["NatGateway"]["NatGatewayId"]


class NetworkAcl(Resource):
    aws_type = "AWS::EC2::NetworkAcl"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        reply = self.call("ec2", "create_network_acl", tagged(properties, "network-acl"))
        self.id = self.values["Id"] = reply["NetworkAcl"]["NetworkAclId"]


class NetworkAclEntry(Resource):
    aws_type = "AWS::EC2::NetworkAclEntry"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        properties = {"Egress": False} | properties
        if str(properties.get("Protocol")) in ("6", "17") and "PortRange" not in properties:
            raise Refused("MissingProperty", "PortRange is required with protocol 6 and 17")
        self.call("ec2", "create_network_acl_entry", properties, {"Icmp": "IcmpTypeCode"})
        direction = "egress" if properties["Egress"] in (True, "true") else "ingress"
        self.id = self.values["Id"] = f"{properties['NetworkAclId']}|{direction}|{properties['RuleNumber']}"


class SubnetNetworkAclAssociation(Resource):
    aws_type = "AWS::EC2::SubnetNetworkAclAssociation"
    attributes = ("AssociationId",)

    def create(self, properties: dict[str, Any]) -> None:
        subnet, acl = need(properties, "SubnetId"), need(properties, "NetworkAclId")
        refuse_rest(properties)
        self.api.call("ec2", "describe_subnets", {"SubnetIds": [subnet]})
        acls = self.api.call("ec2", "describe_network_acls", {"Filters": [{"Name": "association.subnet-id", "Values": [subnet]}]})["NetworkAcls"]
        current = next(a["NetworkAclAssociationId"] for a in acls[0]["Associations"] if a["SubnetId"] == subnet)
        reply = self.call("ec2", "replace_network_acl_association", {"AssociationId": current, "NetworkAclId": acl})
        self.id = self.values["AssociationId"] = reply["NewAssociationId"]


def attached_gateways(api: Any, vpc: str) -> list[str]:
    """Returns the internet gateways that are attached to a VPC."""
    found = api.call("ec2", "describe_internet_gateways", {"Filters": [{"Name": "attachment.vpc-id", "Values": [vpc]}]})
    return [gateway["InternetGatewayId"] for gateway in found["InternetGateways"]]


RESOURCES = (VPC, VPCCidrBlock, InternetGateway, VPCGatewayAttachment, Subnet, RouteTable, Route, SubnetRouteTableAssociation, EIP, NatGateway,
             NetworkAcl, NetworkAclEntry, SubnetNetworkAclAssociation)
