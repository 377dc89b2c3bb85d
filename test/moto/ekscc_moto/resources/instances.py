"""EC2 instances."""

from typing import Any

from ..refusal import Refused
from .base import Resource, tagged, take
from .compute import check_data, check_image, sized, template_data
from .firewall import group_exists

# Properties of which the API has a structure, or which it calls otherwise.
TO_API = {
    "IamInstanceProfile": lambda name: ("IamInstanceProfile", {"Name": name}),
    "Monitoring": lambda enabled: ("Monitoring", {"Enabled": enabled}),
    "CreditSpecification": lambda value: ("CreditSpecification", {"CpuCredits": value.get("CPUCredits")}),
}


class Instance(Resource):
    aws_type = "AWS::EC2::Instance"
    attributes = ("AvailabilityZone", "InstanceId", "PrivateDnsName", "PrivateIp", "PublicDnsName", "PublicIp", "VpcId")

    def create(self, properties: dict[str, Any]) -> None:
        take(properties, "PropagateTagsToVolumeOnCreation")
        place = {name: value for name, value in take(properties, "AvailabilityZone", "Tenancy").items()}
        wanted: dict[str, Any] = {"MinCount": 1, "MaxCount": 1} | ({"Placement": place} if place else {})
        for name, value in tagged(properties, "instance").items():
            key, changed = TO_API.get(name, lambda same, name=name: (name, same))(value)
            wanted[key] = changed
        self._check_place(wanted)
        check_data(self.api, {key: value for key, value in wanted.items() if key != "IamInstanceProfile"})
        check_image(self.api, wanted)
        _add_sizes(wanted, template_data(self.api, wanted.get("LaunchTemplate") or {}))
        made = self.call("ec2", "run_instances", wanted)["Instances"][0]
        self.id = self.values["InstanceId"] = made["InstanceId"]
        self.values |= {name: made[f"{name}Address" if name.endswith("Ip") else name] for name in ("PrivateIp", "PrivateDnsName", "VpcId")}
        self.values["AvailabilityZone"] = made["Placement"]["AvailabilityZone"]

    def _check_place(self, wanted: dict[str, Any]) -> None:
        interfaces = wanted.get("NetworkInterfaces", [])
        if interfaces and {"SubnetId", "SecurityGroupIds"} & set(wanted):
            raise Refused("InvalidParameterCombination", "Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request")
        for where, groups in [(wanted.get("SubnetId"), wanted.get("SecurityGroupIds", [])), *((i.get("SubnetId"), i.get("GroupSet", [])) for i in interfaces)]:
            if not where:
                continue
            vpc = self.api.call("ec2", "describe_subnets", {"SubnetIds": [where]})["Subnets"][0]["VpcId"]
            if any(group_exists(self.api, group)["VpcId"] != vpc for group in groups):
                raise Refused("InvalidParameter", f"a security group and the subnet {where} belong to different networks.")
        for interface in interfaces:
            interface |= {"Groups": interface.pop("GroupSet")} if "GroupSet" in interface else {}


def _add_sizes(wanted: dict[str, Any], template: dict[str, Any]) -> None:
    mappings = wanted.get("BlockDeviceMappings") or template.get("BlockDeviceMappings")
    if mappings:
        wanted["BlockDeviceMappings"] = sized(mappings)


RESOURCES = (Instance,)
