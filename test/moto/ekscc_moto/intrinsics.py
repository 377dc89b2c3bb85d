"""CloudFormation's functions. moto's own are more lenient than AWS, and lack some.

A tree is evaluated with what its names stand for: moto's ResourceMap, or, for
the conditions, the part of it that is known before any resource.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

import base64
import ipaddress
import re
from itertools import islice
from typing import Any

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

from .api import Api
from .refusal import Refused, invalid

DYNAMIC = re.compile(r"\{\{resolve:([^:}]+):([^}]+)\}\}")
# Under which name the template's mappings are among the resources; a resource
# or a parameter may have the name of a mapping.
MAPPINGS = "AWS::Mappings"
# How many networks Fn::Cidr returns at most.
MAX_CIDRS = 256


def evaluate(node: Any, resources: Any) -> Any:
    """Returns a tree with the values of its functions; None stands for AWS::NoValue."""
    if isinstance(node, str):
        return _dynamic(node, resources)
    if isinstance(node, list):
        return [value for element in node if (value := evaluate(element, resources)) is not None]
    if not isinstance(node, dict):
        return node
    if len(node) == 1:
        (name, argument), = node.items()
        if name in FUNCTIONS:
            return FUNCTIONS[name](argument, resources)
    return {key: value for key, element in node.items() if (value := evaluate(element, resources)) is not None}


def condition(node: Any, resources: Any, conditions: Any) -> bool:
    """Returns whether a condition of the template holds."""
    if not isinstance(node, dict) or len(node) != 1:
        raise invalid(f"Template format error: {node!r} is no condition")
    (name, argument), = node.items()
    if name == "Condition":
        return _known(argument, conditions)
    fewest, most = {"Fn::Equals": (2, 2), "Fn::Not": (1, 1), "Fn::And": (2, 10), "Fn::Or": (2, 10)}.get(name, (1, 0))
    if not isinstance(argument, list) or not fewest <= len(argument) <= most:
        raise invalid(f"Template validation error: {name} in a condition has {argument!r}")
    if name == "Fn::Equals":
        left, right = (evaluate(value, resources) for value in argument)
        return left == right if isinstance(left, list) else _text(left) == _text(right)
    held = [condition(nested, resources, conditions) for nested in argument]
    return not held[0] if name == "Fn::Not" else all(held) if name == "Fn::And" else any(held)


def holds(part: dict[str, Any], resources: Any) -> bool:
    """Returns whether a resource or an output is there: without a condition it is."""
    return "Condition" not in part or _known(part["Condition"], resources.lazy_condition_map)


def _known(name: str, conditions: Any) -> bool:
    if name not in conditions:
        raise invalid(f"Template format error: unresolved condition dependency {name}")
    return conditions[name]


def _ref(name: str, resources: Any) -> Any:
    if name == "AWS::NoValue":
        return None
    found = resources[name]
    if found is None:
        raise invalid(f"Template format error: Unresolved resource dependencies [{name}]: its condition does not hold")
    return getattr(found, "physical_resource_id", found)


def _get_att(argument: Any, resources: Any) -> Any:
    parts = argument.split(".") if isinstance(argument, str) else argument
    target, name = parts[0], ".".join(parts[1:])
    resource = resources[target]
    if resource is None:
        raise invalid(f"Template format error: Unresolved resource dependencies [{target}]: its condition does not hold")
    try:
        value = resource.get_cfn_attribute(name)
    except (NotImplementedError, UnformattedGetAttTemplateException, AttributeError):
        value = None
    if value is None or value == "":
        raise invalid(f"Template error: resource {target} does not support attribute type {name} in Fn::GetAtt")
    return value


def _if(argument: Any, resources: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 3:
        raise invalid("Template error: Fn::If requires a list argument with three elements")
    return evaluate(argument[1 if _known(argument[0], resources.lazy_condition_map) else 2], resources)


def _find_in_map(argument: Any, resources: Any) -> Any:
    keys = evaluate(argument, resources)
    if not isinstance(keys, list) or len(keys) != 3:
        raise invalid("Template error: Fn::FindInMap requires a list argument with three elements")
    found: Any = resources[MAPPINGS]
    for key in keys:
        if not isinstance(found, dict) or _text(key) not in found:
            raise invalid(f"Template error: Unable to get mapping for {'::'.join(map(_text, keys))}")
        found = found[_text(key)]
    return found


def _join(argument: Any, resources: Any) -> str:
    delimiter, parts = argument
    parts = evaluate(parts, resources)
    if not isinstance(parts, list):
        raise invalid("Template error: Fn::Join joins no list")
    return delimiter.join(_text(part) for part in parts)


def _split(argument: Any, resources: Any) -> list[str]:
    delimiter, text = argument[0], evaluate(argument[1], resources)
    if not isinstance(delimiter, str) or not delimiter or not isinstance(text, str):
        raise invalid("Template error: Fn::Split requires a delimiter and a string")
    return text.split(delimiter)


def _select(argument: Any, resources: Any) -> Any:
    index, values = evaluate(argument, resources)
    if not isinstance(values, list) or not str(index).isdecimal() or int(index) >= len(values):
        raise invalid(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
    return values[int(index)]


def _cidr(argument: Any, resources: Any) -> list[str]:
    block, count, *bits = evaluate(argument, resources)
    try:
        network = ipaddress.ip_network(block)
        if network.version == 6 and not bits:
            raise ValueError("an IPv6 block needs a number of bits")
        prefix = network.max_prefixlen - int(bits[0] if bits else 8)
        networks = [str(n) for n in islice(network.subnets(new_prefix=prefix), int(count))]
    except ValueError as e:
        raise invalid(f"Template error: Fn::Cidr of {block}: {e}") from e
    if not 1 <= int(count) <= MAX_CIDRS or len(networks) < int(count):
        raise invalid(f"Template error: Fn::Cidr of {block} has no {count} networks of /{prefix}")
    return networks


def _zones(argument: Any, resources: Any) -> list[str]:
    region = evaluate(argument, resources) or resources["AWS::Region"]
    zones = sorted(zone.name for zone in RegionsAndZonesBackend.zones.get(region, []))
    if not zones:
        raise invalid(f"Template error: Fn::GetAZs cannot get availability zones of {region}")
    return zones


def _base64(argument: Any, resources: Any) -> str:
    return base64.b64encode(_text(evaluate(argument, resources)).encode()).decode()


def _import_value(argument: Any, resources: Any) -> str:
    name = _text(evaluate(argument, resources))
    export = next((e for e in (resources.cross_stack_resources or {}).values() if e.name == name), None)
    if export is None:
        raise invalid(f"No export named {name} found")
    resources.imported.add(name)
    return export.value


def _sub(argument: Any, resources: Any) -> str:
    text, mapping = argument if isinstance(argument, list) else (argument, {})

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("!"):
            return "${" + name[1:] + "}"
        if name in mapping:
            return _text(evaluate(mapping[name], resources))
        return _text((_get_att if "." in name else _ref)(name, resources))

    return _dynamic(re.sub(r"\$\{([^}]+)\}", value, text), resources)


def _text(value: Any) -> str:
    """Returns a value as CloudFormation writes it within a string."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, (str, int, float)):
        raise invalid(f"Template error: {value!r} is no string")
    return str(value)


def _dynamic(text: str, resources: Any) -> str:
    def value(match: re.Match[str]) -> str:
        service, name = match.groups()
        if service != "ssm":
            raise invalid(f"dynamic references to {service} are not judged: {match.group(0)}")
        api = Api(resources["AWS::AccountId"], resources["AWS::Region"])
        try:
            return api.call("ssm", "get_parameter", {"Name": name})["Parameter"]["Value"]
        except Refused as e:
            raise Refused(e.code, f"{match.group(0)}: {e.message}") from e

    return DYNAMIC.sub(value, text)


FUNCTIONS = {
    "Ref": _ref, "Fn::GetAtt": _get_att, "Fn::If": _if, "Fn::FindInMap": _find_in_map, "Fn::Join": _join, "Fn::Split": _split,
    "Fn::Select": _select, "Fn::Cidr": _cidr, "Fn::GetAZs": _zones, "Fn::Base64": _base64, "Fn::ImportValue": _import_value, "Fn::Sub": _sub,
}
