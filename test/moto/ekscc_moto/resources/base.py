"""What the resources of the plug-in have in common."""

import json
from typing import Any

from moto.core.common_models import CloudFormationModel
from moto.utilities.utils import get_partition

from ..api import Api
from ..refusal import Refused
from ..request import request


class Resource(CloudFormationModel):
    """A resource that calls the API of its service, as CloudFormation's handlers do.

    A subclass names its type and the attributes that Fn::GetAtt may ask for. Its
    create method uses up the properties, and sets id, which Ref returns, and
    values, which Fn::GetAtt returns.
    """

    aws_type = ""
    name_property = ""
    attributes: tuple[str, ...] = ()
    # The longest name that CloudFormation may generate.
    longest_name = 64

    def __init__(self, account: str, region: str, name: str):
        self.api = Api(account, region)
        self.partition = get_partition(region)
        self.name = name
        self.id = ""
        self.values: dict[str, Any] = {}

    def create(self, properties: dict[str, Any]) -> None:
        raise NotImplementedError(self.aws_type)

    def call(self, service: str, operation: str, properties: dict[str, Any], rename: dict[str, str] | None = None) -> dict[str, Any]:
        """Calls an operation with properties, once botocore's model accepts them."""
        return self.api.call(service, operation, request(service, operation, properties, rename))

    # What moto's CloudFormation asks of a resource:

    @classmethod
    def create_from_cloudformation_json(cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str, **_: Any) -> "Resource":
        properties = dict(cloudformation_json.get("Properties") or {})
        resource = cls(account_id, region_name, _fit(resource_name, cls.longest_name))
        resource.create(properties)
        if not resource.id:
            raise Refused("InternalFailure", "it has no physical id")
        return resource

    @classmethod
    def cloudformation_type(cls) -> str:
        return cls.aws_type

    @classmethod
    def cloudformation_name_type(cls) -> str:
        return cls.name_property

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr in cls.attributes

    @property
    def physical_resource_id(self) -> str:
        return self.id

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        return self.values.get(attribute_name) if attribute_name in self.attributes else None

    def is_created(self) -> bool:
        return bool(self.id)


def _fit(name: str, longest: int) -> str:
    """Shortens a generated name in its middle, as CloudFormation does."""
    head, _, suffix = name.rpartition("-")
    return name if len(name) <= longest else f"{head[: longest - len(suffix) - 1]}-{suffix}"


def take(properties: dict[str, Any], *names: str) -> dict[str, Any]:
    """Removes the named properties, and returns those that were there."""
    return {name: properties.pop(name) for name in names if name in properties}


def need(properties: dict[str, Any], name: str) -> Any:
    """Removes a property that has to be there, and returns it."""
    if name not in properties:
        raise Refused("MissingProperty", f"{name} is required")
    return properties.pop(name)


def refuse_rest(properties: dict[str, Any]) -> None:
    """Refuses properties that are left."""
    if properties:
        raise Refused("UnknownProperty", f"{', '.join(sorted(properties))} is no property")


def tagged(properties: dict[str, Any], kind: str) -> dict[str, Any]:
    """Says Tags as EC2's API wants them for a new resource of a kind."""
    tags = properties.pop("Tags", None)
    return properties | ({"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if tags else {})


def document(value: Any) -> Any:
    """Returns a policy document as the JSON text that an API takes."""
    if not isinstance(value, str):
        return json.dumps(value)
    try:
        json.loads(value)
    except ValueError as e:
        raise Refused("MalformedPolicyDocument", f"a policy document is no JSON: {e}") from e
    return value
