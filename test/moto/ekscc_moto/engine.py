"""Makes moto's CloudFormation as strict as AWS's, and lets it know our resources."""

from collections.abc import Callable
from typing import Any

import boto3
from moto.cloudformation import parsing
from moto.cloudformation.models import CloudFormationBackend, Stack
from moto.cloudformation.parsing import Export, OutputMap, ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.exceptions import ServiceException
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend, Zone
from moto.utilities.utils import get_partition

from . import intrinsics, parameters, template
from .partitions import dns_suffix
from .refusal import Refused, invalid
from .resources import RESOURCES

# Zones that moto does not create subnets in. Which letters an account sees
# differs, so this is no list of all. Sources: cfn-lint 1.51.0, helpers.py; for
# eu-west-2d, moto's ec2/resources/instance_type_offerings; for cn-north-1d,
# pkg/catalog/generate/regions.go, which makes it no check of ekscc's own list.
MORE_ZONES = {"ap-northeast-1": "b", "ca-central-1": "c", "cn-north-1": "cd", "eu-west-2": "d", "us-west-1": "c"}


def install() -> None:
    """Patches moto, once in a process."""
    parsing.clean_json = intrinsics.evaluate
    parsing.parse_condition = intrinsics.condition
    parsing.resource_class_from_type = _resource_class(parsing.resource_class_from_type)
    parsing.resource_name_property_from_type = _name_property(parsing.resource_name_property_from_type)
    parsing.parse_and_create_resource = _create_resource(parsing.parse_and_create_resource)
    ResourceMap.__init__ = _with_partition(ResourceMap.__init__)
    ResourceMap.load_mapping = _load_mapping
    ResourceMap.validate_outputs = lambda self: None  # intrinsics does
    ResourceMap.load_parameters = parameters.strict(ResourceMap.load_parameters)
    ResourceMap._ResourceMap__get_resources_in_dependency_order = lambda self: template.order(self._resource_json_map)
    Stack.parse_template = staticmethod(template.parse)
    OutputMap.exports = property(_exports)
    CloudFormationBackend._validate_export_uniqueness = _resources_before_exports(CloudFormationBackend._validate_export_uniqueness)
    CloudFormationResponse.create_stack = _checked(CloudFormationResponse.create_stack)
    _add_zones()


def _add_zones() -> None:
    """Gives zones to regions of which moto knows none, such as isolated ones, or too few."""
    session, zones = boto3.Session(), RegionsAndZonesBackend.zones
    for partition in session.get_available_partitions():
        for region in session.get_available_regions("ec2", partition):
            known = zones.setdefault(region, [])
            for letter in MORE_ZONES.get(region, "" if known else "abc"):
                known.append(Zone(f"{region}{letter}", region, f"{region}-az-{letter}"))


def supported(resource_type: str) -> bool:
    """Whether a stack with such a resource can be judged."""
    return resource_type in RESOURCES or resource_type in parsing.get_model_map()


def _resource_class(original: Callable) -> Callable:
    def resource_class_from_type(resource_type: str) -> Any:
        if not supported(resource_type):
            raise Refused("UnsupportedResourceType", f"{resource_type} is supported neither by moto nor by the plug-in")
        return RESOURCES.get(resource_type) or original(resource_type)

    return resource_class_from_type


def _name_property(original: Callable) -> Callable:
    def resource_name_property_from_type(resource_type: str) -> Any:
        ours = RESOURCES.get(resource_type)
        return ours.name_property if ours else original(resource_type)

    return resource_name_property_from_type


def _create_resource(original: Callable) -> Callable:
    def parse_and_create_resource(logical_id: str, resource_json: Any, resources_map: Any, **where: str) -> Any:
        try:
            return original(logical_id, resource_json, resources_map, **where)
        except Exception as e:
            known = isinstance(e, ServiceException)
            code, message = (e.code, e.message) if known else ("InternalFailure", f"{type(e).__name__}: {e}")
            raise Refused(code, f"{logical_id}: {resource_json['Type']}: {message}") from e

    return parse_and_create_resource


def _with_partition(original: Callable) -> Callable:
    def init(self: ResourceMap, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self._parsed_resources["AWS::Partition"] = get_partition(self._region_name)
        self._parsed_resources["AWS::URLSuffix"] = dns_suffix(self._region_name)
        self.imported: set[str] = set()  # the names of the exports that the stack uses

    return init


def _load_mapping(self: ResourceMap) -> None:
    self._parsed_resources[intrinsics.MAPPINGS] = self._template.get("Mappings") or {}


def _exports(self: OutputMap) -> list[Export]:
    """moto exports what a condition keeps out, too."""
    exports = []
    for key, output in (self._output_json_map or {}).items():
        held = intrinsics.holds(output, self._resource_map)
        if held and not isinstance(value := intrinsics.evaluate(output.get("Value"), self._resource_map), (str, int, float)):
            raise invalid(f"Template format error: The Value field of the output {key} must evaluate to a String")
        if held and "Export" in output:
            exports.append(Export(self._stack_id, intrinsics.evaluate(output["Export"].get("Name"), self._resource_map), value))
    return exports


def _resources_before_exports(original: Callable) -> Callable:
    """moto reads the exports first, which makes resources in the order of the outputs."""

    def validate_export_uniqueness(self: CloudFormationBackend, stack: Stack) -> None:
        for logical_id in template.order(stack.template_dict["Resources"]):
            stack.resource_map[logical_id]
        original(self, stack)

    return validate_export_uniqueness


def _checked(original: Callable) -> Callable:
    def create_stack(self: CloudFormationResponse) -> Any:
        body = self._get_param("TemplateBody")
        if len(body.encode()) > template.MAX_BODY:
            raise invalid(f"the template has {len(body.encode())} bytes; more than {template.MAX_BODY} must come from S3")
        template.check(Stack.parse_template(body), self._get_param("Capabilities", []))
        return original(self)

    return create_stack
