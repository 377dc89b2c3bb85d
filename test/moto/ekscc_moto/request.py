"""Turns the properties of a resource into an API request.

CloudFormation's names of properties are those of the API with a capital first
letter, and its resource handlers pass them on. So botocore's service model
tells what a property may be: known or not, required, its type, its enum, its
pattern and its length.
"""

import json
import re
from functools import lru_cache
from typing import Any

from botocore import xform_name
from botocore.model import OperationModel, Shape
from botocore.session import get_session

from .refusal import Refused

_session = get_session()

# Values that CloudFormation's schemas have, and the pinned botocore has not yet.
NEWER = {"tier-ultra"}


def request(service: str, operation: str, properties: dict[str, Any], rename: dict[str, str] | None = None) -> dict[str, Any]:
    """Returns the request of an operation, such as create_subnet, for properties.

    rename maps the names of properties to those of the API's parameters, where
    they differ by more than the first letter. A refusal names every fault.
    """
    translation = _Translation()
    shape = operation_model(service, operation).input_shape
    renamed = {(rename or {}).get(name, name): value for name, value in properties.items()}
    names = {new: old for old, new in (rename or {}).items()}
    result = translation.structure(renamed, shape, "", names)
    if translation.faults:
        raise Refused(translation.faults[0][0], "; ".join(message for _, message in translation.faults))
    return result


@lru_cache(maxsize=None)
def operation_model(service: str, operation: str) -> OperationModel:
    """Returns botocore's model of an operation."""
    model = _service_model(service)
    for name in model.operation_names:
        if xform_name(name) == operation:
            return model.operation_model(name)
    raise LookupError(f"{service} has no operation {operation}")


@lru_cache(maxsize=None)
def _service_model(service: str) -> Any:
    return _session.get_service_model(service)


class _Translation:
    """One pass over a tree of properties; it collects the faults."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str]] = []

    def fault(self, code: str, message: str) -> None:
        self.faults.append((code, message))

    def value(self, value: Any, shape: Shape, path: str) -> Any:
        match shape.type_name:
            case "structure":
                return self.structure(value, shape, path)
            case "list":
                return self.list(value, shape, path)
            case "map":
                return self.map(value, shape, path)
            case "string":
                return self.string(value, shape, path)
            case "integer" | "long":
                return self.number(value, shape, path, int)
            case "float" | "double":
                return self.number(value, shape, path, float)
            case "boolean":
                return self.boolean(value, path)
        return value

    def structure(self, value: Any, shape: Shape, path: str, names: dict[str, str] | None = None) -> Any:
        if not isinstance(value, dict):
            return self.mistyped(value, "an object", path)
        members = {name[0].upper() + name[1:]: name for name in shape.members}
        result = {}
        for key, nested in value.items():
            here = join(path, (names or {}).get(key, key))
            member = members.get(key) or (key if names and key in names and key in shape.members else None)
            if member is None:
                self.fault("UnknownProperty", f"{here} is no property")
            else:
                result[member] = self.value(nested, shape.members[member], here)
        for member in shape.required_members:
            if member not in result and not shape.members[member].metadata.get("idempotencyToken"):
                self.fault("MissingProperty", f"{join(path, (names or {}).get(member, member[0].upper() + member[1:]))} is required")
        return result

    def list(self, value: Any, shape: Shape, path: str) -> Any:
        if not isinstance(value, list):
            return self.mistyped(value, "a list", path)
        self.measure(len(value), shape, path, "elements")
        return [self.value(element, shape.member, f"{path}[{i}]") for i, element in enumerate(value)]

    def map(self, value: Any, shape: Shape, path: str) -> Any:
        if isinstance(value, list) and all(isinstance(e, dict) and set(e) == {"Key", "Value"} for e in value):
            keys = [e["Key"] for e in value]
            if len(set(keys)) < len(keys):
                self.fault("InvalidProperty", f"{path} has a key twice")
            value = {e["Key"]: e["Value"] for e in value}
        if not isinstance(value, dict):
            return self.mistyped(value, "a map", path)
        if value:  # the service leaves out an empty map
            self.measure(len(value), shape, path, "entries")
        return {self.value(k, shape.key, join(path, k)): self.value(v, shape.value, join(path, k)) for k, v in value.items()}

    def string(self, value: Any, shape: Shape, path: str) -> Any:
        if isinstance(value, bool):
            value = str(value).lower()
        if isinstance(value, (int, float)):
            value = str(value)
        if not isinstance(value, str):
            return self.mistyped(value, "a string", path)
        if shape.enum and value not in shape.enum and value not in NEWER:
            self.fault("InvalidEnum", f"{path} {value!r} is none of {', '.join(shape.enum[:12])}{', ...' if len(shape.enum) > 12 else ''}")
        self.measure(len(value), shape, path, "characters")
        pattern = shape.metadata.get("pattern")
        if pattern and not _matches(pattern, value):
            self.fault("InvalidProperty", f"{path} {value!r} does not match {pattern}")
        return value

    def number(self, value: Any, shape: Shape, path: str, kind: type) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return self.mistyped(value, "a number", path)
        try:
            value = kind(value)
        except ValueError:
            return self.mistyped(value, "a number", path)
        self.measure(value, shape, path, "")
        return value

    def boolean(self, value: Any, path: str) -> Any:
        if value in ("true", "false"):
            return value == "true"
        if not isinstance(value, bool):
            return self.mistyped(value, "true or false", path)
        return value

    def measure(self, size: float, shape: Shape, path: str, unit: str) -> None:
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if low is not None and size < low or high is not None and size > high:
            self.fault("InvalidProperty", f"{path} is {size} {unit}".rstrip() + f", not between {low} and {high}")

    def mistyped(self, value: Any, want: str, path: str) -> Any:
        self.fault("MistypedProperty", f"{path} must be {want}, not {json.dumps(value, default=str)[:80]}")
        return value


def _matches(pattern: str, value: str) -> bool:
    """Whether all of value matches; the models write patterns as Java does."""
    for java, python in (("\\p{L}", "\\w"), ("\\p{N}", "\\d"), ("\\p{Z}", "\\s"), ("\\p{S}", ""), ("\\p{P}", "")):
        pattern = pattern.replace(java, python)
    try:
        return re.fullmatch(pattern, value, re.DOTALL) is not None
    except re.error:
        return True  # one that Python cannot express judges nothing


def join(path: str, name: str) -> str:
    """Returns the path of a property within path."""
    return f"{path}.{name}" if path else name
