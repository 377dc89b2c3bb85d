"""What leads out of a VPC: internet, NAT, VPN and transit gateways."""

from typing import Any

from ..api import Api
from ..refusal import Refused
from .base import Resource, need, tagged


class InternetGateway(Resource):
    aws_type = "AWS::EC2::InternetGateway"
    attributes = ("InternetGatewayId",)

    def create(self, properties: dict[str, Any]) -> None:
        reply = self.call("ec2", "create_internet_gateway", tagged(properties, "internet-gateway"))
        self.id = self.values["InternetGatewayId"] = reply["InternetGateway"]["InternetGatewayId"]


class VPNGateway(Resource):
    aws_type = "AWS::EC2::VPNGateway"
    attributes = ("VPNGatewayId",)

    def create(self, properties: dict[str, Any]) -> None:
        reply = self.call("ec2", "create_vpn_gateway", tagged(properties, "vpn-gateway"))
        self.id = self.values["VPNGatewayId"] = reply["VpnGateway"]["VpnGatewayId"]


class VPCGatewayAttachment(Resource):
    aws_type = "AWS::EC2::VPCGatewayAttachment"
    attributes = ("AttachmentType",)

    def create(self, properties: dict[str, Any]) -> None:
        kinds = {"InternetGatewayId", "VpnGatewayId"} & set(properties)
        if len(kinds) != 1:
            raise Refused("InvalidParameterCombination", "an attachment has either an InternetGatewayId or a VpnGatewayId")
        kind = self.values["AttachmentType"] = "IGW" if "InternetGatewayId" in kinds else "VGW"
        if kind == "VGW" and (other := attached_vpn_gateways(self.api, need(dict(properties), "VpcId"))):
            raise Refused("VpcLimitExceeded", f"{properties['VpcId']} has the VPN gateway {other[0]}")
        self.call("ec2", "attach_internet_gateway" if kind == "IGW" else "attach_vpn_gateway", properties)
        self.id = f"{kind}|{properties['VpcId']}"


class EgressOnlyInternetGateway(Resource):
    aws_type = "AWS::EC2::EgressOnlyInternetGateway"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        reply = self.call("ec2", "create_egress_only_internet_gateway", tagged(properties, "egress-only-internet-gateway"))
        self.id = self.values["Id"] = reply["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]


class TransitGatewayAttachment(Resource):
    aws_type = "AWS::EC2::TransitGatewayAttachment"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        subnets = self.api.call("ec2", "describe_subnets", {"SubnetIds": need(dict(properties), "SubnetIds")})["Subnets"]
        zones = [subnet["AvailabilityZone"] for subnet in subnets]
        if len(set(zones)) < len(zones):
            raise Refused("DuplicateSubnetsInSameZone", "a transit gateway attachment takes one subnet of each zone")
        if any(subnet["VpcId"] != properties.get("VpcId") for subnet in subnets):
            raise Refused("InvalidParameterValue", f"the subnets are not in {properties.get('VpcId')}")
        reply = self.call("ec2", "create_transit_gateway_vpc_attachment", tagged(properties, "transit-gateway-attachment"))
        self.id = self.values["Id"] = reply["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]


class TransitGatewayVpcAttachment(TransitGatewayAttachment):
    aws_type = "AWS::EC2::TransitGatewayVpcAttachment"


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


def attached_gateways(api: Api, vpc: str) -> list[str]:
    """Returns the internet gateways that are attached to a VPC."""
    found = api.call("ec2", "describe_internet_gateways", {"Filters": [{"Name": "attachment.vpc-id", "Values": [vpc]}]})
    return [gateway["InternetGatewayId"] for gateway in found["InternetGateways"]]


def attached_vpn_gateways(api: Api, vpc: str) -> list[str]:
    """Returns the VPN gateways that are attached to a VPC; it can have one."""
    found = api.call("ec2", "describe_vpn_gateways", {})["VpnGateways"]
    return [g["VpnGatewayId"] for g in found if any(a["VpcId"] == vpc and a["State"] == "attached" for a in g.get("VpcAttachments", []))]


def attached_transit_gateways(api: Api, vpc: str) -> list[str]:
    """Returns the transit gateways that are attached to a VPC."""
    found = api.call("ec2", "describe_transit_gateway_vpc_attachments", {"Filters": [{"Name": "vpc-id", "Values": [vpc]}]})
    return [attachment["TransitGatewayId"] for attachment in found["TransitGatewayVpcAttachments"]]


RESOURCES = (InternetGateway, VPNGateway, VPCGatewayAttachment, EgressOnlyInternetGateway, TransitGatewayAttachment, TransitGatewayVpcAttachment,
             EIP, NatGateway)
