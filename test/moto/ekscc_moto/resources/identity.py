"""IAM: roles, policies, instance profiles and OIDC providers."""

import re
from typing import Any

from moto.utilities.utils import get_partition

from .. import policies
from ..api import Api
from ..partitions import ec2_principal
from ..refusal import Refused
from .base import Resource, document, need, refuse_rest, take

PRINCIPAL_ARN = re.compile(r"arn:[a-z-]+:iam::(\d{12}):(role|user)/(.*/)?([^/]+)")


class Role(Resource):
    aws_type = "AWS::IAM::Role"
    name_property = "RoleName"
    attributes = ("Arn", "RoleId")

    def create(self, properties: dict[str, Any]) -> None:
        attached = take(properties, "ManagedPolicyArns", "Policies")
        trust = properties["AssumeRolePolicyDocument"] = document(need(properties, "AssumeRolePolicyDocument"))
        check_principals(self.api, trust)
        if boundary := properties.get("PermissionsBoundary"):
            self.api.call("iam", "get_policy", {"PolicyArn": boundary})
        role = self.call("iam", "create_role", {"RoleName": self.name} | properties)["Role"]
        self.id = role["RoleName"]
        self.values = {"Arn": role["Arn"], "RoleId": role["RoleId"]}
        for arn in attached.get("ManagedPolicyArns", []):
            self.call("iam", "attach_role_policy", {"RoleName": self.id, "PolicyArn": arn})
        for policy in attached.get("Policies", []):
            policies.check_form(policy.get("PolicyDocument"), self.partition)
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
        policies.check_form(properties.get("PolicyDocument"), self.partition)
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


class RolePolicy(Resource):
    aws_type = "AWS::IAM::RolePolicy"

    def create(self, properties: dict[str, Any]) -> None:
        policies.check_form(properties.get("PolicyDocument"), self.partition)
        self.call("iam", "put_role_policy", properties | {"PolicyDocument": document(properties.get("PolicyDocument"))})
        self.id = f"{properties['PolicyName']}|{properties['RoleName']}"


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


def trusted_role(api: Api, arn: str, service: str, actions: tuple[str, ...] = ("sts:AssumeRole",), source: str = "") -> None:
    """Refuses a role that is missing, or that a service may not assume for the resource with the ARN source."""
    role = principal(api, arn)
    service = ec2_principal(api.region) if service == "ec2.amazonaws.com" else service
    context = {"aws:SourceAccount": api.account} | ({"aws:SourceArn": source} if source else {})
    if missing := sorted(set(actions) - policies.allowed(role.get("AssumeRolePolicyDocument"), actions, context, service=service)):
        raise Refused("InvalidParameterException", f"the trust policy of {arn} does not let {service} do {', '.join(missing)}")


def role_may(api: Api, arn: str, actions: tuple[str, ...], resource: str) -> None:
    """Refuses a role whose policies do not allow actions on a resource."""
    name = {"RoleName": arn.rpartition("/")[2]}
    documents = [api.call("iam", "get_role_policy", name | {"PolicyName": policy})["PolicyDocument"]
                 for policy in api.call("iam", "list_role_policies", name)["PolicyNames"]]
    for policy in api.call("iam", "list_attached_role_policies", name)["AttachedPolicies"]:
        found = {"PolicyArn": policy["PolicyArn"]}
        found["VersionId"] = api.call("iam", "get_policy", found)["Policy"]["DefaultVersionId"]
        documents.append(api.call("iam", "get_policy_version", found)["PolicyVersion"]["Document"])
    granted = set().union(*(policies.allowed(document, actions, {}, resource=resource) for document in documents))
    if missing := sorted(set(actions) - granted):
        raise Refused("AccessDenied", f"{arn} may not do {', '.join(missing)} on {resource}")


def check_principals(api: Api, document: Any) -> None:
    """Refuses a resource policy with principals that do not exist, as their services do."""
    policies.check_form(document, get_partition(api.region))
    for statement in policies.statements(document):
        for arn in policies.principals(statement, "AWS"):
            if arn != "*" and not re.fullmatch(r"\d{12}|arn:[a-z-]+:iam::\d{12}:root", arn):
                principal(api, arn)
        for provider in policies.principals(statement, "Federated"):
            if ":oidc-provider/" in provider:
                api.call("iam", "get_open_id_connect_provider", {"OpenIDConnectProviderArn": provider})
                _check_issuer(provider.partition(":oidc-provider/")[2], statement.get("Condition") or {})


def _check_issuer(issuer: str, conditions: dict[str, Any]) -> None:
    """Refuses conditions on the claims of another issuer than the provider's."""
    for keys in conditions.values():
        for key in keys:
            if key.rpartition(":")[0] not in (issuer, "aws", "sts"):
                raise Refused("MalformedPolicyDocument", f"the condition key {key} is not of the issuer {issuer}")


RESOURCES = (Role, InstanceProfile, ManagedPolicy, Policy, RolePolicy, OIDCProvider)
