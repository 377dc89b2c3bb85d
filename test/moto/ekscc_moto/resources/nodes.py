"""EKS: managed node groups and Fargate profiles."""

from typing import Any

from ..api import Api
from ..refusal import Refused
from ..request import request
from .base import Resource
from .cluster import backing, check_subnets, cluster_arn, cluster_state
from .compute import architectures, template_data
from .identity import trusted_role

# How many minor versions a kubelet may be older than the API server.
MAX_SKEW = 3
# https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
FORBIDDEN_IN_TEMPLATE = ("IamInstanceProfile", "InstanceInitiatedShutdownBehavior", "HibernationOptions", "InstanceMarketOptions")


class Nodegroup(Resource):
    aws_type = "AWS::EKS::Nodegroup"
    name_property = "NodegroupName"
    attributes = ("Arn", "ClusterName", "Id", "NodegroupName")
    longest_name = 63

    def create(self, properties: dict[str, Any]) -> None:
        properties.pop("ForceUpdateEnabled", None)  # a parameter of updates
        wanted = request("eks", "create_nodegroup", {"NodegroupName": self.name} | properties)
        state, cluster = cluster_state(self.api, wanted["clusterName"]), backing(self.api, wanted["clusterName"])
        trusted_role(self.api, wanted["nodeRole"], "ec2.amazonaws.com")
        if check_subnets(self.api, wanted["subnets"]) != state.vpc:
            raise Refused("InvalidParameterException", f"the subnets are not in the cluster's VPC {state.vpc}")
        _check_sizes(wanted.get("scalingConfig") or {}, wanted.get("updateConfig") or {})
        data = template_data(self.api, _capitalized(wanted["launchTemplate"])) if "launchTemplate" in wanted else {}
        _check_launch_template(wanted, data)
        _check_version(wanted.get("version"), cluster.version)
        _check_architecture(self.api, wanted, data)
        made = self.api.call("eks", "create_nodegroup", wanted)["nodegroup"]
        if state.authentication_mode != "CONFIG_MAP":
            state.entries.setdefault(wanted["nodeRole"], True)
        self.id = f"{made['clusterName']}/{made['nodegroupName']}"
        self.values = {"Arn": made["nodegroupArn"], "ClusterName": made["clusterName"], "Id": self.id, "NodegroupName": made["nodegroupName"]}


def _check_sizes(scaling: dict[str, int], update: dict[str, int]) -> None:
    low, high = scaling.get("minSize", 1), scaling.get("maxSize", 2)
    desired = scaling.get("desiredSize", max(low, 1))
    if not 0 <= low <= desired <= high or high < 1:
        sizes = f"0 <= MinSize {low} <= DesiredSize {desired} <= MaxSize {high}"
        raise Refused("InvalidParameterException", f"the sizes must be {sizes}, and MaxSize at least 1")
    if "maxUnavailable" in update and "maxUnavailablePercentage" in update:
        raise Refused("InvalidParameterException", "UpdateConfig has both MaxUnavailable and MaxUnavailablePercentage")


def _check_launch_template(wanted: dict[str, Any], data: dict[str, Any]) -> None:
    block = wanted.get("capacityType") == "CAPACITY_BLOCK"
    if block != ((data.get("InstanceMarketOptions") or {}).get("MarketType") == "capacity-block"):
        raise Refused("InvalidParameterException", "the capacity type CAPACITY_BLOCK and the market type capacity-block go together")
    for name in FORBIDDEN_IN_TEMPLATE:
        if name in data and not (block and name == "InstanceMarketOptions"):
            raise Refused("InvalidParameterException", f"{name} in the launch template is not for managed node groups")
    if any("SubnetId" in interface for interface in data.get("NetworkInterfaces", [])):
        raise Refused("InvalidParameterException", "a network interface of the launch template has a SubnetId")
    if data.get("InstanceType") and wanted.get("instanceTypes"):
        raise Refused("InvalidParameterException", "both the launch template and the node group have instance types")
    if data.get("ImageId"):
        if wanted.get("amiType", "CUSTOM") != "CUSTOM" or "version" in wanted or "releaseVersion" in wanted:
            raise Refused("InvalidParameterException", "with an image in the launch template, a node group has no AmiType, Version or ReleaseVersion")
    elif wanted.get("amiType") == "CUSTOM":
        raise Refused("InvalidParameterException", "AmiType CUSTOM needs an image in the launch template")


def _check_version(nodes: str | None, cluster: str) -> None:
    if nodes is None:
        return
    behind = int(cluster.split(".")[1]) - int(nodes.split(".")[1])
    if not 0 <= behind <= MAX_SKEW:
        raise Refused("InvalidParameterException", f"nodes of version {nodes} do not fit a cluster of version {cluster}")


def _check_architecture(api: Api, wanted: dict[str, Any], data: dict[str, Any]) -> None:
    kind = wanted.get("amiType", "CUSTOM")
    types = wanted.get("instanceTypes") or [data[name] for name in ("InstanceType",) if data.get(name)]
    if kind == "CUSTOM" or not types:
        return
    needed = "arm64" if "ARM" in kind.upper() else "x86_64"
    for instance_type in types:
        if needed not in architectures(api, instance_type):
            raise Refused("InvalidParameterException", f"[{instance_type}] is not a valid instance type for requested amiType {kind}")


def _capitalized(reference: dict[str, str]) -> dict[str, str]:
    return {name.capitalize(): value for name, value in reference.items()}


class FargateProfile(Resource):
    aws_type = "AWS::EKS::FargateProfile"
    name_property = "FargateProfileName"
    attributes = ("Arn",)
    longest_name = 63

    def create(self, properties: dict[str, Any]) -> None:
        wanted = request("eks", "create_fargate_profile", {"FargateProfileName": self.name} | properties)
        state = cluster_state(self.api, wanted["clusterName"])
        if wanted["podExecutionRoleArn"].count("/") > 1:  # https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
            raise Refused("InvalidParameterException", f"the role {wanted['podExecutionRoleArn']} has a path")
        profile = cluster_arn(self.api, wanted["clusterName"]).replace(":cluster/", ":fargateprofile/") + f"/{wanted['fargateProfileName']}/0"
        trusted_role(self.api, wanted["podExecutionRoleArn"], "eks-fargate-pods.amazonaws.com", source=profile)
        subnets = wanted.get("subnets", [])
        if subnets and check_subnets(self.api, subnets) != state.vpc:
            raise Refused("InvalidParameterException", f"the subnets are not in the cluster's VPC {state.vpc}")
        for subnet in subnets:
            if _is_public(self.api, subnet):
                raise Refused("InvalidParameterException", f"Subnet {subnet} provided in Fargate Profile is not a private subnet")
        made = self.api.call("eks", "create_fargate_profile", wanted)["fargateProfile"]
        if state.authentication_mode != "CONFIG_MAP":
            state.entries.setdefault(wanted["podExecutionRoleArn"], True)
        self.id = f"{made['clusterName']}|{made['fargateProfileName']}"
        self.values["Arn"] = made["fargateProfileArn"]


def _is_public(api: Api, subnet: str) -> bool:
    tables = api.call("ec2", "describe_route_tables", {"Filters": [{"Name": "association.subnet-id", "Values": [subnet]}]})["RouteTables"]
    return any(route.get("GatewayId", "").startswith("igw-") for table in tables for route in table["Routes"])


RESOURCES = (Nodegroup, FargateProfile)
