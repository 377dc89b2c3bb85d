"""What CloudFormation refuses before it makes the first resource."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from .refusal import Refused, invalid

# Limits of CloudFormation, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
MAX_BODY, MAX_RESOURCES, MAX_OUTPUTS, MAX_LOGICAL_ID = 51_200, 500, 200, 255

SECTIONS = {"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform",
            "Resources", "Outputs"}
ATTRIBUTES = {"Type", "Properties", "DependsOn", "Condition", "CreationPolicy", "UpdatePolicy", "DeletionPolicy",
              "UpdateReplacePolicy", "Metadata"}
PSEUDO = {"AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId",
          "AWS::StackName", "AWS::URLSuffix"}
FUNCTIONS = {"Fn::And", "Fn::Base64", "Fn::Cidr", "Fn::Equals", "Fn::FindInMap", "Fn::GetAZs", "Fn::GetAtt", "Fn::If", "Fn::ImportValue",
             "Fn::Join", "Fn::Not", "Fn::Or", "Fn::Select", "Fn::Split", "Fn::Sub"}

# Resource types that need a capability, with the property that names them.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
IAM_NAMES = {
    "AWS::IAM::AccessKey": "", "AWS::IAM::Group": "GroupName", "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName", "AWS::IAM::Policy": "", "AWS::IAM::Role": "RoleName", "AWS::IAM::User": "UserName",
    "AWS::IAM::UserToGroupAddition": "",
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads YAML as CloudFormation does: with short functions, and dates are strings."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _function(loader: _Loader, name: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


_Loader.add_multi_constructor("!", _function)


def parse(body: str) -> Any:
    """Returns a template with the long forms of its functions."""
    try:
        return yaml.load(body, Loader=_Loader)
    except yaml.YAMLError as e:
        raise invalid(f"Template format error: YAML not well-formed. {' '.join(str(e).split())}") from e


def check(template: Any, capabilities: list[str]) -> None:
    """Refuses a parsed template that CloudFormation would not start with."""
    if not isinstance(template, dict):
        raise invalid("Template format error: it is no mapping")
    if unknown := sorted(set(template) - SECTIONS):
        raise invalid(f"Invalid template property or properties {unknown}")
    resources = template.get("Resources")
    if not isinstance(resources, dict) or not resources:
        raise invalid("Template format error: At least one Resources member must be defined.")
    if len(resources) > MAX_RESOURCES or len(template.get("Outputs") or {}) > MAX_OUTPUTS:
        raise invalid(f"Template format error: more than {MAX_RESOURCES} resources or {MAX_OUTPUTS} outputs")
    for logical_id, resource in resources.items():
        _check_resource(logical_id, resource)
    _check_conditions(template)
    _check_references(template)
    order(resources)
    _check_capabilities(resources, capabilities)


def _check_resource(logical_id: str, resource: Any) -> None:
    if not re.fullmatch(f"[A-Za-z0-9]{{1,{MAX_LOGICAL_ID}}}", str(logical_id)):
        raise invalid(f"{logical_id}: Template format error: a resource name is alphanumeric and has at most {MAX_LOGICAL_ID} characters")
    if not isinstance(resource, dict) or not isinstance(resource.get("Type"), str):
        raise invalid(f"{logical_id}: Template format error: a resource has no Type")
    if unknown := sorted(set(resource) - ATTRIBUTES):
        raise invalid(f"{logical_id}: Invalid template resource property {unknown}")


def _check_conditions(template: dict[str, Any]) -> None:
    """Conditions are decided before any resource, and so know parameters only."""
    parameters, conditions = template.get("Parameters") or {}, template.get("Conditions") or {}
    if twice := sorted(set(parameters) & set(template["Resources"])):
        raise invalid(f"Template format error: {twice} name both a parameter and a resource")
    needs: dict[str, set[str]] = {}
    for name, condition in conditions.items():
        needs[name] = set()
        for kind, target in references(condition):
            if target not in (conditions if kind == "Condition" else parameters | dict.fromkeys(PSEUDO)):
                raise invalid(f"Template format error: unresolved {kind} {target} in condition {name}")
            if kind == "Condition":
                needs[name].add(target)
    _sorted(needs, "conditions")


def _check_references(template: dict[str, Any]) -> None:
    resources, parameters, conditions = template["Resources"], template.get("Parameters") or {}, template.get("Conditions") or {}
    for logical_id, resource in resources.items():
        for kind, name in references(resource):
            known = resources if kind == "GetAtt" else conditions if kind == "Condition" else resources | parameters | dict.fromkeys(PSEUDO)
            if name not in known:
                raise invalid(f"{logical_id}: Template format error: unresolved {kind} {name}")
        for name in _listed(resource.get("DependsOn")):
            if name not in resources:
                raise invalid(f"{logical_id}: Template format error: unresolved DependsOn {name}")
    for name, output in (template.get("Outputs") or {}).items():
        for kind, target in references(output):
            known = conditions if kind == "Condition" else resources | parameters | dict.fromkeys(PSEUDO)
            if target not in known:
                raise invalid(f"Template format error: unresolved {kind} {target} in output {name}")


def _check_capabilities(resources: dict[str, Any], capabilities: list[str]) -> None:
    for logical_id, resource in resources.items():
        name = IAM_NAMES.get(resource["Type"])
        if name is None:
            continue
        needed = "CAPABILITY_NAMED_IAM" if name and name in (resource.get("Properties") or {}) else "CAPABILITY_IAM"
        if not {needed, "CAPABILITY_NAMED_IAM"} & set(capabilities):
            raise Refused("InsufficientCapabilitiesException", f"{logical_id}: Requires capabilities : [{needed}]")


def references(node: Any) -> Iterator[tuple[str, str]]:
    """Yields what a tree refers to: a Ref's or a GetAtt's target, or a condition."""
    if isinstance(node, list):
        for element in node:
            yield from references(element)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key == "Ref":
            yield "Ref", value
        elif key == "Fn::GetAtt":
            yield "GetAtt", value.split(".")[0] if isinstance(value, str) else value[0]
        elif key == "Fn::Sub":
            yield from _sub_references(value)
        elif key == "Fn::If":
            yield "Condition", value[0]
            yield from references(value[1:])
        elif key == "Condition" and isinstance(value, str):
            yield "Condition", value
        elif key.startswith("Fn::") and key not in FUNCTIONS:
            raise invalid(f"Template format error: unknown function {key}")
        else:
            yield from references(value)


def _sub_references(value: Any) -> Iterator[tuple[str, str]]:
    text, mapping = value if isinstance(value, list) else (value, {})
    yield from references(list(mapping.values()))
    for name in re.findall(r"\$\{([^!}][^}]*)\}", text):
        if name not in mapping:
            target, dot, _ = name.partition(".")
            yield ("GetAtt" if dot else "Ref"), target


def order(resources: dict[str, Any]) -> list[str]:
    """Returns the logical ids in an order that their dependencies allow.

    CloudFormation makes what is ready at the same time, so any such order can
    happen. This one takes the last of the template first: what works only by
    the order of the template, for want of a DependsOn, fails here.
    """
    return _sorted({logical_id: _needs(resource) & set(resources) for logical_id, resource in resources.items()}, "resources")


def _sorted(needs: dict[str, set[str]], what: str) -> list[str]:
    ordered: list[str] = []
    while needs:
        ready = [name for name, missing in needs.items() if missing <= set(ordered)]
        if not ready:
            raise invalid(f"Circular dependency between {what}: [{', '.join(needs)}]")
        ordered.append(ready[-1])
        del needs[ready[-1]]
    return ordered


def _needs(resource: dict[str, Any]) -> set[str]:
    return {name for kind, name in references(resource) if kind != "Condition"} | set(_listed(resource.get("DependsOn")))


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
