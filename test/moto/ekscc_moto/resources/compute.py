"""Launch templates, and what they launch."""

import base64
import binascii
import re
from typing import Any

from ..api import Api
from ..refusal import Refused
from ..request import request
from .base import Resource, tagged
from .firewall import group_exists


IMAGE_SIZE = 8  # GiB, of volumes that have the size of the image

# A variable of a template, which has the name of a resource or a pseudo
# parameter. Scripts have others, in capitals or small letters.
VARIABLE = re.compile(rb"\$\{(AWS::\w+|[A-Z]\w*[a-z]\w*(\.\w+)?)\}")


class LaunchTemplate(Resource):
    aws_type = "AWS::EC2::LaunchTemplate"
    name_property = "LaunchTemplateName"
    attributes = ("LaunchTemplateId", "DefaultVersionNumber", "LatestVersionNumber")
    longest_name = 128

    def create(self, properties: dict[str, Any]) -> None:
        data = properties.get("LaunchTemplateData") or {}
        check_data(self.api, data)
        if mappings := data.get("BlockDeviceMappings"):
            properties = properties | {"LaunchTemplateData": data | {"BlockDeviceMappings": sized(mappings)}}
        reply = self.call("ec2", "create_launch_template", {"LaunchTemplateName": self.name} | properties)["LaunchTemplate"]
        self.id = reply["LaunchTemplateId"]
        self.values = {"LaunchTemplateId": self.id}
        for name in ("DefaultVersionNumber", "LatestVersionNumber"):
            self.values[name] = str(reply[name])


def sized(mappings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Says how large volumes are that have the size of the image's; moto's images have none."""
    mappings = [dict(m) for m in mappings]
    for mapping in mappings:
        if "Ebs" in mapping and "SnapshotId" not in mapping["Ebs"]:
            mapping["Ebs"] = {"VolumeSize": IMAGE_SIZE} | mapping["Ebs"]
    return mappings


def check_data(api: Api, data: dict[str, Any]) -> None:
    """Looks up what a launch template names; EC2 itself would at the first launch."""
    for group in data.get("SecurityGroupIds", []):
        group_exists(api, group)
    if image := data.get("ImageId"):
        api.call("ec2", "describe_images", {"ImageIds": [image]})
    if key := data.get("KeyName"):
        api.call("ec2", "describe_key_pairs", {"KeyNames": [key]})
    if arn := (data.get("IamInstanceProfile") or {}).get("Arn"):
        found = api.call("iam", "get_instance_profile", {"InstanceProfileName": arn.rpartition("/")[2]})["InstanceProfile"]
        if found["Arn"] != arn:
            raise Refused("NoSuchEntity", f"there is no instance profile {arn}")
    if text := data.get("UserData"):
        try:
            if VARIABLE.search(base64.b64decode(text, validate=True)):
                raise Refused("InvalidUserData", "UserData has a variable that nothing replaced")
        except binascii.Error as e:
            raise Refused("InvalidUserData.Malformed", "UserData is no base64") from e


class PlacementGroup(Resource):
    """moto has none, so it is no more than its request and its name."""

    aws_type = "AWS::EC2::PlacementGroup"
    attributes = ("GroupName", "GroupId")
    longest_name = 255

    def create(self, properties: dict[str, Any]) -> None:
        wanted = request("ec2", "create_placement_group", {"GroupName": self.name} | tagged(properties, "placement-group"))
        if "PartitionCount" in wanted and wanted.get("Strategy") != "partition":
            raise Refused("InvalidParameterCombination", "PartitionCount is for the strategy partition")
        self.id = self.values["GroupName"] = wanted["GroupName"]


def check_image(api: Api, data: dict[str, Any]) -> None:
    """Refuses an image that the instance type of the same launch cannot boot."""
    if not data.get("ImageId") or not data.get("InstanceType"):
        return
    image = api.call("ec2", "describe_images", {"ImageIds": [data["ImageId"]]})["Images"][0]
    if "Architecture" in image and image["Architecture"] not in architectures(api, data["InstanceType"]):
        raise Refused("InvalidParameterValue", f"the image {data['ImageId']} is for {image['Architecture']}, and {data['InstanceType']} is not")


def template_data(api: Api, reference: dict[str, Any]) -> dict[str, Any]:
    """Returns the data of the launch template's version that a reference names."""
    by = {f"LaunchTemplate{key}": reference.get(f"LaunchTemplate{key}", reference.get(key)) for key in ("Id", "Name")}
    request = {name: value for name, value in by.items() if value}
    if not request:
        return {}
    request["Versions"] = [str(reference.get("Version", "$Default"))]
    versions = api.call("ec2", "describe_launch_template_versions", request)["LaunchTemplateVersions"]
    if not versions:
        raise Refused("InvalidLaunchTemplateId.VersionNotFound", f"there is no version {request['Versions'][0]} of the launch template {by}")
    return versions[0]["LaunchTemplateData"]


def architectures(api: Api, instance_type: str) -> list[str]:
    """Returns the architectures of an instance type; AWS offers it somewhere."""
    found = api.call("ec2", "describe_instance_types", {"InstanceTypes": [instance_type]})["InstanceTypes"]
    return found[0]["ProcessorInfo"]["SupportedArchitectures"]


RESOURCES = (LaunchTemplate, PlacementGroup)
