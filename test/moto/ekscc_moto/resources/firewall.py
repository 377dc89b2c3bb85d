"""Security groups and their rules."""

from typing import Any

from ..api import Api
from ..refusal import Refused
from .base import Resource, take

# What a rule is about, besides its ports: exactly one of them.
INGRESS_PEERS = ("CidrIp", "CidrIpv6", "SourcePrefixListId", "SourceSecurityGroupId")
EGRESS_PEERS = ("CidrIp", "CidrIpv6", "DestinationPrefixListId", "DestinationSecurityGroupId")
# Where the API has each of them: in a list of objects with one name.
API_PEERS = {
    "CidrIp": ("IpRanges", "CidrIp"),
    "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
    "SourcePrefixListId": ("PrefixListIds", "PrefixListId"),
    "DestinationPrefixListId": ("PrefixListIds", "PrefixListId"),
    "SourceSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    "DestinationSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
}


class SecurityGroup(Resource):
    aws_type = "AWS::EC2::SecurityGroup"
    name_property = "GroupName"
    attributes = ("GroupId", "Id", "VpcId")
    longest_name = 255

    def create(self, properties: dict[str, Any]) -> None:
        rules = take(properties, "SecurityGroupIngress", "SecurityGroupEgress")
        tags = take(properties, "Tags").get("Tags")
        if "VpcId" in properties:
            self.api.call("ec2", "describe_vpcs", {"VpcIds": [properties["VpcId"]]})
        request = {"GroupName": self.name} | properties
        if tags:
            request["TagSpecifications"] = [{"ResourceType": "security-group", "Tags": tags}]
        self.id = self.call("ec2", "create_security_group", request, {"GroupDescription": "Description"})["GroupId"]
        self.values = {"GroupId": self.id, "Id": self.id, "VpcId": properties.get("VpcId")}
        if "SecurityGroupEgress" in rules:  # declared rules stand in for the one that allows all
            everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
            self.api.call("ec2", "revoke_security_group_egress", {"GroupId": self.id, "IpPermissions": everything})
        for rule in rules.get("SecurityGroupIngress", []):
            authorize(self, "ingress", self.id, dict(rule))
        for rule in rules.get("SecurityGroupEgress", []):
            authorize(self, "egress", self.id, dict(rule))


class SecurityGroupIngress(Resource):
    aws_type = "AWS::EC2::SecurityGroupIngress"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        self.id = self.values["Id"] = authorize(self, "ingress", properties.pop("GroupId", None), properties)


class SecurityGroupEgress(Resource):
    aws_type = "AWS::EC2::SecurityGroupEgress"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        self.id = self.values["Id"] = authorize(self, "egress", properties.pop("GroupId", None), properties)


def authorize(resource: Resource, direction: str, group: str | None, rule: dict[str, Any]) -> str:
    """Adds a rule to a group, and returns the rule's id."""
    if not group:
        raise Refused("MissingProperty", "GroupId is required")
    peers = take(rule, *(INGRESS_PEERS if direction == "ingress" else EGRESS_PEERS))
    if len(peers) != 1:
        raise Refused("InvalidParameterCombination", f"a rule of {group} has {sorted(peers)}, and needs exactly one peer")
    (kind, peer), = peers.items()
    description = take(rule, "Description")
    ranges, name = API_PEERS[kind]
    permission = rule | {ranges: [{name: peer} | description]}
    _check_ports(permission)
    if "SecurityGroupId" in kind:
        group_exists(resource.api, peer)
    answer = resource.call("ec2", f"authorize_security_group_{direction}", {"GroupId": group, "IpPermissions": [permission]})
    return answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]


def _check_ports(permission: dict[str, Any]) -> None:
    protocol, low, high = str(permission.get("IpProtocol", "")), permission.get("FromPort"), permission.get("ToPort")
    if not protocol:
        raise Refused("MissingProperty", "IpProtocol is required")
    if protocol in ("tcp", "udp", "6", "17") and not (low is not None and high is not None and 0 <= int(low) <= int(high) <= 65535):
        raise Refused("InvalidParameterValue", f"the ports {low} to {high} are no range of {protocol}")


def group_exists(api: Api, group: str) -> dict[str, Any]:
    """Returns a security group, and refuses if there is none."""
    return api.call("ec2", "describe_security_groups", {"GroupIds": [group]})["SecurityGroups"][0]


RESOURCES = (SecurityGroup, SecurityGroupIngress, SecurityGroupEgress)
