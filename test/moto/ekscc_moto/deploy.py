"""Deploys trees of ekscc, and says what became of each stack."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from moto.cloudformation.models import Stack, cloudformation_backends
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data

from .api import Api
from .existing import Existing
from .intrinsics import holds
from .refusal import Refused, invalid
from .resources.identity import principal
from .resources.modes import ADDED_LATER

DEFAULT_ACCOUNT = "123456789012"
# The rule of a verdict that holds nothing against a stack.
NOT_JUDGED = "not judged"
# Some messages of moto list all that would be right.
MAX_MESSAGE = 300


class Tree:
    """An output directory, its environments, and the specs of their clusters.

    The environments of a tree are deployed beside each other, so that names
    that they share in an account collide. Environments that are one and the
    same cluster, about which ekscc warns if they differ, come one after the
    other instead.
    """

    def __init__(self, directory: str, clusters: dict[str, dict[str, Any]]):
        self.directory = Path(directory)
        self.clusters = clusters
        self.existing: dict[tuple[str, str], Existing] = {}
        self.stacks: set[tuple[str, str, str]] = set()

    def deploy(self) -> Iterator[dict[str, Any]]:
        """Yields a verdict for each stack, and for each role that is missing."""
        self._start_anew()
        for index in sorted(self.directory.glob("cloudformation/*/stacks.yaml")):
            environment = Environment(self, index.parent, self.clusters.get(index.parent.name) or {})
            stacks = yaml.safe_load(index.read_text())["stacks"]
            names = {(environment.account, stack["region"], stack["name"]) for stack in stacks}
            if names & self.stacks:
                self._start_anew()
            self.stacks |= names
            yield from environment.deploy(stacks)

    def _start_anew(self) -> None:
        empty_aws()
        self.existing.clear()
        ADDED_LATER.clear()
        self.stacks.clear()

    def prepare(self, account: str, region: str) -> Existing:
        """Returns what exists in an account and region."""
        return self.existing.setdefault((account, region), Existing(account, region))


class Environment:
    """The stacks of one environment."""

    def __init__(self, tree: Tree, directory: Path, cluster: dict[str, Any]):
        self.tree, self.directory, self.cluster = tree, directory, cluster
        self.account = cluster.get("account") or DEFAULT_ACCOUNT
        self.deployed: dict[str, dict[str, Any]] = {}

    def deploy(self, stacks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for stack in stacks:
            path = self.directory / stack["template"]
            body = path.read_text()
            yield {"path": str(path)} | (self._impossible(stack, body) or self._verdict(stack, body))
        if len(self.deployed) == len(stacks):
            yield from self._roles(stacks)

    def _impossible(self, stack: dict[str, Any], body: str) -> dict[str, Any]:
        """Makes what exists beforehand. Where a spec contradicts itself, nothing can be judged."""
        existing = self.tree.prepare(self.account, stack["region"])
        try:
            existing.make(self.cluster)
            existing.parameters(body)
        except (Refused, StopIteration, ValueError) as e:
            return {"rule": NOT_JUDGED, "message": f"what the spec says exists cannot be made: {getattr(e, 'message', e)}"[:MAX_MESSAGE]}
        return {}

    def _verdict(self, stack: dict[str, Any], body: str) -> dict[str, Any]:
        try:
            resources = self._stack(stack, body)
        except Refused as e:
            return {"rule": e.code, "message": e.message[:MAX_MESSAGE], "line": line_of(body, e.message)}
        self.deployed[stack["name"]] = stack
        return {"resources": resources}

    def _stack(self, stack: dict[str, Any], body: str) -> int:
        """Deploys a stack, and returns how many resources it has."""
        for need in stack.get("needs") or []:
            if need not in self.deployed:
                raise Refused("NotDeployed", f"it needs the stack {need}, which is not deployed")
        api = Api(self.account, stack["region"])
        exports = {e["Name"]: e for e in _pages(api, "list_exports", "Exports")}
        api.call("cloudformation", "create_stack", _request(stack, body))
        made = cloudformation_backends[api.account][api.region].get_stack(stack["name"])
        self._check_imports(stack, made.resource_map.imported, exports)
        return _check_stack(api, made)

    def _check_imports(self, stack: dict[str, Any], imported: set[str], exports: dict[str, Any]) -> None:
        """An import must come from a stack that stacks.yaml says is needed."""
        needed = self._needed(stack)
        for name in sorted(imported):
            exporter = exports[name]["ExportingStackId"].split("/")[1]
            if exporter not in needed:
                raise Refused("UndeclaredNeed", f"it imports {name} of the stack {exporter}, which its needs do not name")

    def _needed(self, stack: dict[str, Any]) -> set[str]:
        needed: set[str] = set()
        for name in stack.get("needs") or []:
            needed |= {name} | self._needed(self.deployed[name])
        return needed

    def _roles(self, stacks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Roles that the Kubernetes half names must exist once all is deployed."""
        overlay = self.tree.directory / "kustomize" / "overlays" / self.directory.name
        for path in sorted(overlay.rglob("*.yaml")):
            for arn in sorted(set(re.findall(r"arn:[a-z-]+:iam::\d{12}:(?:role|user)/[\w+=,.@/-]+", path.read_text()))):
                try:
                    principal(Api(self.account, stacks[0]["region"]), arn, without_path=path.parent.name == "aws-auth")
                except Refused as e:
                    yield {"path": str(path), "rule": e.code, "message": e.message, "line": 0}


def empty_aws() -> None:
    """Forgets all accounts. moto's own reset would first make each service anew."""
    for backends in list(BackendDict._instances):
        backends.clear()
    BackendDict._instances.clear()
    reset_model_data()


def _request(stack: dict[str, Any], body: str) -> dict[str, Any]:
    request: dict[str, Any] = {
        "StackName": stack["name"],
        "TemplateBody": body,
        "Capabilities": stack.get("capabilities") or [],
        "Parameters": [{"ParameterKey": k, "ParameterValue": str(v)} for k, v in (stack.get("parameters") or {}).items()],
        "Tags": [{"Key": k, "Value": str(v)} for k, v in (stack.get("tags") or {}).items()],
    }
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,127}", stack["name"]):
        raise invalid(f"{stack['name']!r} is no name of a stack")
    return request


def _check_stack(api: Api, made: Stack) -> int:
    """Compares what CloudFormation says of a stack with its template."""
    stack = api.call("cloudformation", "describe_stacks", {"StackName": made.name})["Stacks"][0]
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise Refused("StackStatus", f"the stack is {stack['StackStatus']}")
    listed = _pages(api, "list_stack_resources", "StackResourceSummaries", StackName=made.name)
    there = {r["LogicalResourceId"] for r in listed if r.get("PhysicalResourceId")}
    for logical_id, resource in made.template_dict["Resources"].items():
        if logical_id not in there and holds(resource, made.resource_map):
            raise Refused("NotCreated", f"{logical_id}: {resource['Type']} was not created")
    values = {output["OutputKey"]: output.get("OutputValue") for output in stack.get("Outputs") or []}
    exported = {e["Name"]: e["Value"] for e in _pages(api, "list_exports", "Exports")}
    for key, output in (made.template_dict.get("Outputs") or {}).items():
        if not holds(output, made.resource_map):
            continue
        if not values.get(key):
            raise Refused("NoValue", f"the output {key} has no value")
        export = (output.get("Export") or {}).get("Name")
        if isinstance(export, str) and exported.get(export) != values[key]:
            raise Refused("ExportDiffers", f"the export {export} is {exported.get(export)}, and the output {key} is {values[key]}")
    return len(there)


def _pages(api: Api, operation: str, key: str, **request: Any) -> Iterator[dict[str, Any]]:
    for page in api.client("cloudformation").get_paginator(operation).paginate(**request):
        yield from page[key]


def line_of(body: str, message: str) -> int:
    """Returns the line that declares the resource with which a message starts, or 0."""
    declaration = re.compile(r" +" + re.escape(message.partition(":")[0]) + r":\s*")
    return next((n for n, line in enumerate(body.splitlines(), 1) if declaration.fullmatch(line)), 0)
