"""Route tables and routes."""

from typing import Any

from ..api import Api
from ..refusal import Refused
from .base import Resource, need, refuse_rest, tagged
from .gateways import attached_gateways, attached_transit_gateways, attached_vpn_gateways

DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
TARGETS = ("CarrierGatewayId", "CoreNetworkArn", "EgressOnlyInternetGatewayId", "GatewayId", "InstanceId", "LocalGatewayId", "NatGatewayId",
           "NetworkInterfaceId", "TransitGatewayId", "VpcEndpointId", "VpcPeeringConnectionId")


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
        destination, target = _only(properties, DESTINATIONS), _only(properties, TARGETS)
        _check_target(self.api, table, target, properties[target])
        if any(route.get(destination) == properties[destination] for route in table["Routes"]):
            raise Refused("RouteAlreadyExists", f"The route identified by {properties[destination]} already exists.")
        self.call("ec2", "create_route", properties)
        self.id = f"{properties['RouteTableId']}|{properties[destination]}"
        self.values["CidrBlock"] = properties[destination]


def _only(properties: dict[str, Any], names: tuple[str, ...]) -> str:
    present = [name for name in names if name in properties]
    if len(present) != 1:
        raise Refused("InvalidParameterCombination", f"a route has one of {', '.join(names)}, not {present or 'none'}")
    return present[0]


def _check_target(api: Api, table: dict[str, Any], kind: str, target: str) -> None:
    """Refuses a gateway that is missing, or that the route table's VPC does not have."""
    vpc = table["VpcId"]
    reachable = [target]
    if kind == "GatewayId" and target.startswith("igw-"):
        reachable = attached_gateways(api, vpc)
    elif kind == "GatewayId" and target.startswith("vgw-"):
        reachable = attached_vpn_gateways(api, vpc)
    elif kind == "TransitGatewayId":
        reachable = attached_transit_gateways(api, vpc)
    elif kind == "EgressOnlyInternetGatewayId":
        found = api.call("ec2", "describe_egress_only_internet_gateways", {})["EgressOnlyInternetGateways"]
        reachable = [g["EgressOnlyInternetGatewayId"] for g in found if any(a["VpcId"] == vpc for a in g["Attachments"])]
    elif kind == "NatGatewayId":
        api.call("ec2", "describe_nat_gateways", {"NatGatewayIds": [target]})
    if target not in reachable:
        raise Refused("InvalidParameterValue", f"route table {table['RouteTableId']} and network gateway {target} belong to different networks")


class SubnetRouteTableAssociation(Resource):
    aws_type = "AWS::EC2::SubnetRouteTableAssociation"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        self.id = self.values["Id"] = self.call("ec2", "associate_route_table", properties)["AssociationId"]


class VPNGatewayRoutePropagation(Resource):
    aws_type = "AWS::EC2::VPNGatewayRoutePropagation"

    def create(self, properties: dict[str, Any]) -> None:
        gateway, tables = need(properties, "VpnGatewayId"), need(properties, "RouteTableIds")
        refuse_rest(properties)
        for table in self.api.call("ec2", "describe_route_tables", {"RouteTableIds": tables})["RouteTables"]:
            if gateway not in attached_vpn_gateways(self.api, table["VpcId"]):
                raise Refused("Gateway.NotAttached", f"{gateway} is not attached to {table['VpcId']}")
        self.id = f"{gateway}|{'|'.join(tables)}"


RESOURCES = (RouteTable, Route, SubnetRouteTableAssociation, VPNGatewayRoutePropagation)
