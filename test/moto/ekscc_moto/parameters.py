"""The parameters of a template: what they are declared as, and what is passed.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

import re
from collections.abc import Callable
from typing import Any

from moto.cloudformation.parsing import ResourceMap

from .api import Api
from .refusal import Refused, invalid

KEYS = {"AllowedPattern", "AllowedValues", "ConstraintDescription", "Default", "Description", "MaxLength", "MaxValue", "MinLength",
        "MinValue", "NoEcho", "Type"}
PLAIN = {"String", "Number", "List<Number>", "CommaDelimitedList"}
SSM = re.compile(r"AWS::SSM::Parameter::(Name|Value<.+>)")
# Types whose values CloudFormation looks up, and how.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
LOOKED_UP = {
    "AWS::EC2::AvailabilityZone::Name": ("describe_availability_zones", "ZoneNames"),
    "AWS::EC2::Image::Id": ("describe_images", "ImageIds"),
    "AWS::EC2::Instance::Id": ("describe_instances", "InstanceIds"),
    "AWS::EC2::KeyPair::KeyName": ("describe_key_pairs", "KeyNames"),
    "AWS::EC2::SecurityGroup::GroupName": ("describe_security_groups", "GroupNames"),
    "AWS::EC2::SecurityGroup::Id": ("describe_security_groups", "GroupIds"),
    "AWS::EC2::Subnet::Id": ("describe_subnets", "SubnetIds"),
    "AWS::EC2::Volume::Id": ("describe_volumes", "VolumeIds"),
    "AWS::EC2::VPC::Id": ("describe_vpcs", "VpcIds"),
}


def strict(original: Callable[[ResourceMap], None]) -> Callable[[ResourceMap], None]:
    """Returns moto's reading of parameters, once they are what they must be."""

    def load_parameters(self: ResourceMap) -> None:
        declared = self._template.get("Parameters") or {}
        if unknown := sorted(set(self.input_parameters) - set(declared)):
            raise invalid(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
        for name, declaration in declared.items():
            if "Default" in declaration:  # moto splits only a list that was passed
                self.input_parameters.setdefault(name, _written(declaration["Default"]))
            if name not in self.input_parameters:
                raise invalid(f"Parameters: [{name}] must have values")
            if declaration.get("Type") == "CommaDelimitedList":
                self.input_parameters[name] = ",".join(value.strip() for value in self.input_parameters[name].split(","))
            _check(Api(self._account_id, self._region_name), name, declaration, self.input_parameters[name])
        original(self)

    return load_parameters


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check(api: Api, name: str, declaration: dict[str, Any], value: str) -> None:
    if unknown := sorted(set(declaration) - KEYS):
        raise invalid(f"Invalid template parameter property {unknown} of {name}")
    kind = declaration.get("Type", "")
    single = re.sub(r"^List<(.+)>$", r"\1", kind)
    if kind not in PLAIN and not SSM.fullmatch(kind) and single not in LOOKED_UP:
        raise invalid(f"Template format error: Unrecognized parameter type: {kind} of {name}")
    values = value.split(",") if kind == "CommaDelimitedList" or kind != single else [value]
    for element in values:
        if reason := _unlike(declaration, single, element):
            raise invalid(f"Parameter '{name}' is {element!r}, {reason}")
    if single in LOOKED_UP:
        _look_up(api, name, single, values)


def _unlike(declaration: dict[str, Any], kind: str, value: str) -> str:
    """Returns why a value is not what a parameter may be, or nothing."""
    allowed = declaration.get("AllowedValues")
    if allowed is not None and value not in [_written(a) for a in allowed]:
        return f"and must be one of {allowed}"
    if "AllowedPattern" in declaration and not re.fullmatch(declaration["AllowedPattern"], value):
        return f"and must match {declaration['AllowedPattern']}"
    if not int(declaration.get("MinLength", 0)) <= len(value) <= int(declaration.get("MaxLength", len(value))):
        return f"and has {len(value)} characters"
    if kind != "Number":
        return ""
    try:
        number = float(value)
    except ValueError:
        return "and must be a number"
    if not float(declaration.get("MinValue", number)) <= number <= float(declaration.get("MaxValue", number)):
        return "and is not between MinValue and MaxValue"
    return ""


def _look_up(api: Api, name: str, kind: str, values: list[str]) -> None:
    operation, parameter = LOOKED_UP[kind]
    try:
        api.call("ec2", operation, {parameter: values})
    except Refused as e:
        raise invalid(f"Parameter validation failed: {name}: {e.message}") from e
