"""IAM: roles, policies, instance profiles and OIDC providers."""

import json
import re
from typing import Any

from ..api import Api
from ..refusal import Refused
from .base import Resource, document, need, refuse_rest, take

PRINCIPAL_ARN = re.compile(r"arn:[a-z-]+:iam::(\d{12}):(role|user)/(.*/)?([^/]+)")


class Role(Resource):
    aws_type = "AWS::IAM::Role"
    name_property = "RoleName"
    attributes = ("Arn", "RoleId")

    def create(self, properties: dict[str, Any]) -> None:
        policies = take(properties, "ManagedPolicyArns", "Policies")
        properties["AssumeRolePolicyDocument"] = document(need(properties, "AssumeRolePolicyDocument"))
        if boundary := properties.get("PermissionsBoundary"):
            self.api.call("iam", "get_policy", {"PolicyArn": boundary})
        role = self.call("iam", "create_role", {"RoleName": self.name} | properties)["Role"]
        self.id = role["RoleName"]
        self.values = {"Arn": role["Arn"], "RoleId": role["RoleId"]}
        for arn in policies.get("ManagedPolicyArns", []):
            self.call("iam", "attach_role_policy", {"RoleName": self.id, "PolicyArn": arn})
        for policy in policies.get("Policies", []):
            self.call("iam", "put_role_policy", {"RoleName": self.id} | policy | {"PolicyDocument": document(policy.get("PolicyDocument"))})


class InstanceProfile(Resource):
    aws_type = "AWS::IAM::InstanceProfile"
    name_property = "InstanceProfileName"
    attributes = ("Arn",)
    longest_name = 128

    def create(self, properties: dict[str, Any]) -> None:
        roles = need(properties, "Roles")
        profile = self.call("iam", "create_instance_profile", {"InstanceProfileName": self.name} | properties)["InstanceProfile"]
        self.id, self.values["Arn"] = profile["InstanceProfileName"], profile["Arn"]
        for role in roles:
            self.call("iam", "add_role_to_instance_profile", {"InstanceProfileName": self.id, "RoleName": role})


class ManagedPolicy(Resource):
    aws_type = "AWS::IAM::ManagedPolicy"
    name_property = "ManagedPolicyName"
    attributes = ("PolicyArn", "PolicyId")
    longest_name = 128

    def create(self, properties: dict[str, Any]) -> None:
        roles = take(properties, "Roles").get("Roles", [])
        properties.pop("ManagedPolicyName", None)
        properties["PolicyDocument"] = document(need(properties, "PolicyDocument"))
        policy = self.call("iam", "create_policy", {"PolicyName": self.name} | properties)["Policy"]
        self.id, self.values = policy["Arn"], {"PolicyArn": policy["Arn"], "PolicyId": policy["PolicyId"]}
        for role in roles:
            self.call("iam", "attach_role_policy", {"RoleName": role, "PolicyArn": self.id})


class Policy(Resource):
    aws_type = "AWS::IAM::Policy"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        name, text, roles = need(properties, "PolicyName"), document(need(properties, "PolicyDocument")), need(properties, "Roles")
        refuse_rest(properties)
        for role in roles:
            self.call("iam", "put_role_policy", {"RoleName": role, "PolicyName": name, "PolicyDocument": text})
        self.id = self.values["Id"] = name


class OIDCProvider(Resource):
    aws_type = "AWS::IAM::OIDCProvider"
    attributes = ("Arn",)

    def create(self, properties: dict[str, Any]) -> None:
        properties = {"ThumbprintList": []} | properties
        reply = self.call("iam", "create_open_id_connect_provider", properties, {"ClientIdList": "ClientIDList"})
        self.id = self.values["Arn"] = reply["OpenIDConnectProviderArn"]


def principal(api: Api, arn: str, without_path: bool = False) -> dict[str, Any]:
    """Returns the role or user of an ARN, and refuses if there is none.

    aws-auth knows a role by its ARN without the path.
    """
    match = PRINCIPAL_ARN.fullmatch(arn)
    if not match:
        raise Refused("InvalidParameterException", f"{arn} is no ARN of a role or a user")
    account, kind, _, name = match.groups()
    try:
        found = Api(account, api.region).call("iam", f"get_{kind}", {f"{kind.title()}Name": name})[kind.title()]
    except Refused as e:
        raise Refused("NoSuchEntity", f"there is no {kind} {arn}") from e
    known = found["Arn"].replace(found["Path"], "/", 1) if without_path and kind == "role" else found["Arn"]
    if known != arn:
        raise Refused("NoSuchEntity", f"there is no {kind} {arn}, but {known}")
    return found


def trusted_role(api: Api, arn: str, service: str, actions: tuple[str, ...] = ("sts:AssumeRole",)) -> None:
    """Refuses a role that is missing, or that a service may not assume."""
    role = principal(api, arn)
    trust = role.get("AssumeRolePolicyDocument") or {}
    trust = json.loads(trust) if isinstance(trust, str) else trust
    allowed: set[str] = set()
    for statement in trust.get("Statement", []):
        services = _listed((statement.get("Principal") or {}).get("Service")) if isinstance(statement.get("Principal"), dict) else []
        if statement.get("Effect") == "Allow" and service in services:
            allowed.update(_listed(statement.get("Action")))
    if missing := sorted(set(actions) - allowed):
        raise Refused("InvalidParameterException", f"the trust policy of {arn} does not let {service} do {', '.join(missing)}")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


RESOURCES = (Role, InstanceProfile, ManagedPolicy, Policy, OIDCProvider)
