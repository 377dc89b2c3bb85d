"""The configuration of the add-on vpc-cni."""

from typing import Any

from ..api import Api
from ..refusal import Refused
from .firewall import group_exists


def check_cni(api: Api, vpc: str, configuration: dict[str, Any]) -> None:
    """Refuses a configuration that EKS refuses, or with which pods get no address."""
    for name, value in {**configuration.get("env", {}), **configuration.get("init", {}).get("env", {})}.items():
        if not isinstance(value, str):
            raise Refused("InvalidParameterException", f"$.env.{name}: {value!r} is no string")
    for zone, config in configuration.get("eniConfig", {}).get("subnets", {}).items():
        subnet = api.call("ec2", "describe_subnets", {"SubnetIds": [config["id"]]})["Subnets"][0]
        if (subnet["AvailabilityZone"], subnet["VpcId"]) != (zone, vpc):
            raise Refused("InvalidParameterException", f"{config['id']} is in {subnet['AvailabilityZone']} of {subnet['VpcId']}, not in {zone} of {vpc}")
        for group in config.get("securityGroups", []):
            if group_exists(api, group)["VpcId"] != vpc:
                raise Refused("InvalidParameterException", f"{group} is not in {vpc}")
