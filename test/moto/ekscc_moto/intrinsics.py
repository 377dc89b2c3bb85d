"""CloudFormation's functions, where moto's own are more lenient than AWS."""

import re
from collections.abc import Callable
from typing import Any

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException

from .api import Api
from .refusal import Refused, invalid

DYNAMIC = re.compile(r"\{\{resolve:([^:}]+):([^}]+)\}\}")


def strict(original: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Returns moto's evaluation of a tree with strict functions in it."""

    def evaluate(node: Any, resources: Any) -> Any:
        if isinstance(node, str):
            return _dynamic(node, resources)
        if isinstance(node, dict) and "Fn::GetAtt" in node:
            return _attribute(node["Fn::GetAtt"], resources)
        if isinstance(node, dict) and "Fn::Sub" in node:
            return _dynamic(_substitute(node["Fn::Sub"], resources, evaluate), resources)
        return original(node, resources)

    return evaluate


def _attribute(argument: Any, resources: Any) -> Any:
    parts = argument.split(".") if isinstance(argument, str) else argument
    target, name = parts[0], ".".join(parts[1:])
    try:
        value = resources[target].get_cfn_attribute(name)
    except (NotImplementedError, UnformattedGetAttTemplateException, AttributeError):
        value = None
    if value is None or value == "":
        raise invalid(f"Template error: resource {target} does not support attribute type {name} in Fn::GetAtt")
    return value


def _substitute(argument: Any, resources: Any, evaluate: Callable[[Any, Any], Any]) -> str:
    text, mapping = argument if isinstance(argument, list) else (argument, {})

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("!"):
            return "${" + name[1:] + "}"
        if name in mapping:
            found = evaluate(mapping[name], resources)
        elif "." in name:
            found = _attribute(name, resources)
        else:
            found = evaluate({"Ref": name}, resources)
        if not isinstance(found, (str, int, float)):
            raise invalid(f"Template error: ${{{name}}} in Fn::Sub is no string")
        return str(found)

    return re.sub(r"\$\{([^}]+)\}", value, text)


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
