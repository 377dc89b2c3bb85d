"""VPC endpoints and flow logs."""

import re
from typing import Any

from ..api import Api
from ..refusal import Refused
from .base import Resource, document, need, tagged, take
from .firewall import group_exists
from .identity import check_principals, role_may, trusted_role

# Fields of a record. https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
FLOW_FIELDS = set("""version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status vpc-id
subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service
flow-direction traffic-path ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id
ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id reject-reason resource-id encryption-status""".split())


class VPCEndpoint(Resource):
    aws_type = "AWS::EC2::VPCEndpoint"
    attributes = ("CreationTimestamp", "DnsEntries", "Id", "NetworkInterfaceIds")

    def create(self, properties: dict[str, Any]) -> None:
        vpc, service = need(dict(properties), "VpcId"), need(dict(properties), "ServiceName")
        kind = properties.get("VpcEndpointType", "Gateway")
        # In China many services have another prefix; moto knows them without it.
        known = service.removeprefix("cn.") if self.partition == "aws-cn" else service
        offered = self.api.call("ec2", "describe_vpc_endpoint_services", {"ServiceNames": [known]})["ServiceDetails"]
        if kind not in {t["ServiceType"] for detail in offered for t in detail["ServiceType"]}:
            raise Refused("InvalidParameter", f"Endpoint type ({kind}) does not match available service types of {service}")
        (_check_gateway if kind == "Gateway" else _check_interface)(self.api, vpc, service, properties)
        if "PolicyDocument" in properties:
            check_principals(self.api, properties["PolicyDocument"])
            properties["PolicyDocument"] = document(properties["PolicyDocument"])
        made = self.call("ec2", "create_vpc_endpoint", tagged(properties, "vpc-endpoint"))["VpcEndpoint"]
        self.id = self.values["Id"] = made["VpcEndpointId"]
        self.values["NetworkInterfaceIds"] = made.get("NetworkInterfaceIds", [])
        self.values["DnsEntries"] = [f"{entry.get('HostedZoneId')}:{entry.get('DnsName')}" for entry in made.get("DnsEntries", [])]


def _check_gateway(api: Api, vpc: str, service: str, properties: dict[str, Any]) -> None:
    if wrong := {"SubnetIds", "SecurityGroupIds", "PrivateDnsEnabled"} & set(properties):
        raise Refused("InvalidParameter", f"a gateway endpoint has no {', '.join(sorted(wrong))}")
    tables = properties.get("RouteTableIds", [])
    if tables and any(t["VpcId"] != vpc for t in api.call("ec2", "describe_route_tables", {"RouteTableIds": tables})["RouteTables"]):
        raise Refused("InvalidParameter", f"a route table is not in {vpc}")
    for other in _of_service(api, vpc, service):
        if taken := sorted(set(other["RouteTableIds"]) & set(tables)):
            raise Refused("RouteAlreadyExists", f"route table {taken[0]} already has a route to {service}")


def _check_interface(api: Api, vpc: str, service: str, properties: dict[str, Any]) -> None:
    if "RouteTableIds" in properties:
        raise Refused("InvalidParameter", "an interface endpoint has no RouteTableIds")
    subnets = properties.get("SubnetIds", [])
    found = api.call("ec2", "describe_subnets", {"SubnetIds": subnets})["Subnets"] if subnets else []
    zones = [subnet["AvailabilityZone"] for subnet in found]
    if len(set(zones)) < len(zones):
        raise Refused("DuplicateSubnetsInSameZone", f"Found another VPC endpoint subnet in the availability zone of {subnets}")
    groups = [group_exists(api, group) for group in properties.get("SecurityGroupIds", [])]
    if any(part["VpcId"] != vpc for part in found + groups):
        raise Refused("InvalidParameter", f"a subnet or a security group is not in {vpc}")
    if properties.get("PrivateDnsEnabled") not in (True, "true"):
        return
    for attribute in ("enableDnsSupport", "enableDnsHostnames"):
        answer = api.call("ec2", "describe_vpc_attribute", {"VpcId": vpc, "Attribute": attribute})
        if not answer[attribute[0].upper() + attribute[1:]]["Value"]:
            raise Refused("InvalidParameter", f"Enabling private DNS requires {attribute} of {vpc}")
    if any(other.get("PrivateDnsEnabled") for other in _of_service(api, vpc, service)):
        raise Refused("InvalidParameter", f"private-dns-enabled cannot be set because there is already a conflicting DNS domain for {service} in {vpc}")


def _of_service(api: Api, vpc: str, service: str) -> list[dict[str, Any]]:
    found = api.call("ec2", "describe_vpc_endpoints", {})["VpcEndpoints"]
    return [endpoint for endpoint in found if endpoint["VpcId"] == vpc and endpoint["ServiceName"] == service]


class FlowLog(Resource):
    aws_type = "AWS::EC2::FlowLog"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        properties["ResourceIds"] = [need(properties, "ResourceId")]
        tags = take(properties, "Tags")
        for field in re.findall(r"\$\{([^}]*)\}", properties.get("LogFormat", "")):
            if field not in FLOW_FIELDS:
                raise Refused("InvalidParameter", f"Unknown fields provided: {field}")
        if "TrafficType" not in properties:
            raise Refused("MissingProperty", "TrafficType is required")
        if properties.get("LogDestinationType", "cloud-watch-logs") == "cloud-watch-logs":
            self._check_logs(properties)
        if properties.get("LogDestinationType") == "s3":  # moto knows no folder in the bucket
            properties["LogDestination"] = re.sub(r"(:::[^/]+)/.*", r"\1", properties.get("LogDestination", ""))
        # moto's parameters lack the tags.
        made = self.call("ec2", "create_flow_logs", properties)
        if made["Unsuccessful"]:
            raise Refused("InvalidParameter", made["Unsuccessful"][0]["Error"]["Message"])
        self.id = self.values["Id"] = made["FlowLogIds"][0]
        if tags:
            self.call("ec2", "create_tags", {"Resources": [self.id]} | tags)

    def _check_logs(self, properties: dict[str, Any]) -> None:
        destination = properties.get("LogDestination", "").removesuffix(":*")
        name = properties.get("LogGroupName") or destination.partition(":log-group:")[2]
        groups = self.api.call("logs", "describe_log_groups", {"logGroupNamePrefix": name} if name else {})["logGroups"]
        if not any(group["logGroupName"] == name for group in groups):
            raise Refused("ResourceNotFoundException", f"there is no log group {name!r}")
        prefix = f"arn:{self.partition}:ec2:{self.api.region}:{self.api.account}:vpc-flow-log/fl-0123456789abcdef0"
        role = need(dict(properties), "DeliverLogsPermissionArn")
        trusted_role(self.api, role, "vpc-flow-logs.amazonaws.com", source=prefix)
        stream = f"arn:{self.partition}:logs:{self.api.region}:{self.api.account}:log-group:{name}:log-stream:eni"
        role_may(self.api, role, ("logs:CreateLogStream", "logs:PutLogEvents"), stream)


RESOURCES = (VPCEndpoint, FlowLog)
