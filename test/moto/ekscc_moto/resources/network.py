"""VPCs, their address blocks, subnets and DHCP options."""

import ipaddress
from typing import Any

from ..api import Api
from ..refusal import Refused
from .base import Resource, need, refuse_rest, tagged, take

# A VPC in one of these takes no further block from another one. 198.19.0.0/16
# is never taken. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
PRIVATE = [ipaddress.ip_network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
NEVER = ipaddress.ip_network("198.19.0.0/16")

# What the API calls the parts of PrivateDnsNameOptionsOnLaunch.
NAMES_AT_LAUNCH = {
    "HostnameType": "PrivateDnsHostnameTypeOnLaunch",
    "EnableResourceNameDnsARecord": "EnableResourceNameDnsARecordOnLaunch",
    "EnableResourceNameDnsAAAARecord": "EnableResourceNameDnsAAAARecordOnLaunch",
}


class VPC(Resource):
    aws_type = "AWS::EC2::VPC"
    attributes = ("VpcId", "CidrBlock", "CidrBlockAssociations", "DefaultSecurityGroup", "DefaultNetworkAcl", "Ipv6CidrBlocks")

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

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        if attribute_name == "Ipv6CidrBlocks":  # those that there are by now
            return [str(block) for block in blocks(self.api, self.id, 6)]
        if attribute_name == "CidrBlockAssociations":
            return [a["AssociationId"] for a in describe(self.api, self.id)["CidrBlockAssociationSet"]]
        return super().get_cfn_attribute(attribute_name)


class VPCCidrBlock(Resource):
    aws_type = "AWS::EC2::VPCCidrBlock"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        if "CidrBlock" in properties:
            _check_secondary(self.api, need(dict(properties), "VpcId"), properties["CidrBlock"])
        reply = self.call("ec2", "associate_vpc_cidr_block", properties)
        self.id = self.values["Id"] = (reply.get("CidrBlockAssociation") or reply["Ipv6CidrBlockAssociation"])["AssociationId"]


def _check_secondary(api: Api, vpc: str, cidr: str) -> None:
    try:
        block = ipaddress.ip_network(cidr)
    except ValueError as e:
        raise Refused("InvalidParameterValue", f"CidrBlock: {e}") from e
    present = blocks(api, vpc, 4)
    if not 16 <= block.prefixlen <= 28 or any(block.overlaps(other) for other in present):
        raise Refused("InvalidVpc.Range", f"{block} is not between /16 and /28, or overlaps with another block of {vpc}")
    home = [private for private in PRIVATE if present[0].subnet_of(private)]
    if block.subnet_of(NEVER) or any(block.subnet_of(private) for private in PRIVATE if private not in home):
        raise Refused("InvalidVpc.Range", f"The CIDR {block} is restricted: {vpc} is in {present[0]}")


class Subnet(Resource):
    aws_type = "AWS::EC2::Subnet"
    attributes = ("SubnetId", "AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "Ipv6CidrBlocks", "VpcId")

    def create(self, properties: dict[str, Any]) -> None:
        zone = properties.get("AvailabilityZone", self.api.region)
        if not zone.startswith(self.api.region):
            raise Refused("InvalidParameterValue", f"the zone {zone} is not in {self.api.region}")
        settings = take(properties, "MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation", "EnableDns64")
        names = take(properties, "PrivateDnsNameOptionsOnLaunch").get("PrivateDnsNameOptionsOnLaunch", {})
        if "Ipv6CidrBlock" in properties:
            _check_ipv6(self.api, need(dict(properties), "VpcId"), properties["Ipv6CidrBlock"])
        subnet = self.call("ec2", "create_subnet", tagged(properties, "subnet"))["Subnet"]
        self.id = subnet["SubnetId"]
        self.values = {name: subnet[name] for name in self.attributes if name in subnet}
        if settings.get("AssignIpv6AddressOnCreation") in (True, "true") and "Ipv6CidrBlock" not in properties:
            raise Refused("InvalidParameterValue", f"AssignIpv6AddressOnCreation is for a subnet with an IPv6 block, and {self.id} has none")
        for name, value in settings.items():
            self.call("ec2", "modify_subnet_attribute", {"SubnetId": self.id, name: {"Value": value}})
        for name, value in names.items():
            if name not in NAMES_AT_LAUNCH:
                raise Refused("UnknownProperty", f"PrivateDnsNameOptionsOnLaunch.{name} is no property")
            change = {NAMES_AT_LAUNCH[name]: value if name == "HostnameType" else {"Value": value}}
            self.call("ec2", "modify_subnet_attribute", {"SubnetId": self.id} | change)

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        if attribute_name == "Ipv6CidrBlocks":
            subnet = self.api.call("ec2", "describe_subnets", {"SubnetIds": [self.id]})["Subnets"][0]
            return [a["Ipv6CidrBlock"] for a in subnet["Ipv6CidrBlockAssociationSet"]]
        return super().get_cfn_attribute(attribute_name)


class SubnetCidrBlock(Resource):
    aws_type = "AWS::EC2::SubnetCidrBlock"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        subnet = self.api.call("ec2", "describe_subnets", {"SubnetIds": [need(dict(properties), "SubnetId")]})["Subnets"][0]
        _check_ipv6(self.api, subnet["VpcId"], need(dict(properties), "Ipv6CidrBlock"))
        reply = self.call("ec2", "associate_subnet_cidr_block", properties)
        self.id = self.values["Id"] = reply["Ipv6CidrBlockAssociation"]["AssociationId"]


def _check_ipv6(api: Api, vpc: str, cidr: str) -> None:
    """Refuses an IPv6 block that is no free /64 of a VPC; moto takes any."""
    try:
        block = ipaddress.ip_network(cidr)
    except ValueError as e:
        raise Refused("InvalidParameterValue", f"Ipv6CidrBlock: {e}") from e
    if block.prefixlen != 64 or not any(block.subnet_of(whole) for whole in blocks(api, vpc, 6)):
        raise Refused("InvalidSubnet.Range", f"The IPv6 CIDR {block} is no /64 of {vpc}")
    for subnet in api.call("ec2", "describe_subnets", {"Filters": [{"Name": "vpc-id", "Values": [vpc]}]})["Subnets"]:
        if str(block) in [a["Ipv6CidrBlock"] for a in subnet["Ipv6CidrBlockAssociationSet"]]:
            raise Refused("InvalidSubnet.Conflict", f"The IPv6 CIDR {block} conflicts with {subnet['SubnetId']}")


class DHCPOptions(Resource):
    aws_type = "AWS::EC2::DHCPOptions"
    attributes = ("DhcpOptionsId",)

    def create(self, properties: dict[str, Any]) -> None:
        tags = take(properties, "Tags")
        options = {"domain-name": take(properties, "DomainName").get("DomainName")}
        for name, key in (("DomainNameServers", "domain-name-servers"), ("NtpServers", "ntp-servers"), ("NetbiosNameServers", "netbios-name-servers")):
            options[key] = take(properties, name).get(name)
        options["netbios-node-type"] = take(properties, "NetbiosNodeType").get("NetbiosNodeType")
        refuse_rest(properties)
        wanted = [{"Key": key, "Values": value if isinstance(value, list) else [str(value)]} for key, value in options.items() if value is not None]
        if not wanted:
            raise Refused("MissingParameter", "there are no DHCP options")
        reply = self.call("ec2", "create_dhcp_options", tagged({"DhcpConfigurations": wanted} | tags, "dhcp-options"))
        self.id = self.values["DhcpOptionsId"] = reply["DhcpOptions"]["DhcpOptionsId"]


class VPCDHCPOptionsAssociation(Resource):
    aws_type = "AWS::EC2::VPCDHCPOptionsAssociation"

    def create(self, properties: dict[str, Any]) -> None:
        self.call("ec2", "associate_dhcp_options", properties)
        self.id = f"{properties['DhcpOptionsId']}|{properties['VpcId']}"


def describe(api: Api, vpc: str) -> dict[str, Any]:
    """Returns what EC2 says of a VPC, which must exist."""
    return api.call("ec2", "describe_vpcs", {"VpcIds": [vpc]})["Vpcs"][0]


def blocks(api: Api, vpc: str, version: int) -> list[Any]:
    """Returns the networks of IP's version 4 or 6 that a VPC consists of, the first one first."""
    set_name, name = ("CidrBlockAssociationSet", "CidrBlock") if version == 4 else ("Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock")
    return [ipaddress.ip_network(association[name]) for association in describe(api, vpc)[set_name]]


RESOURCES = (VPC, VPCCidrBlock, Subnet, SubnetCidrBlock, DHCPOptions, VPCDHCPOptionsAssociation)
