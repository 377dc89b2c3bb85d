"""Network ACLs."""

from typing import Any

from ..refusal import Refused
from .base import Resource, need, refuse_rest, tagged


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


RESOURCES = (NetworkAcl, NetworkAclEntry, SubnetNetworkAclAssociation)
