"""EKS: who may use a cluster, its add-ons, and the roles of its pods."""

import hashlib
import json
import re
from typing import Any

from ..api import Api
from ..refusal import Refused
from ..request import request
from .base import Resource, document, take
from .cluster import cluster_arn, cluster_state
from .cni import check_cni
from .identity import principal, trusted_role

# https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
ACCESS_POLICIES = {
    "AIDevOpsAgentAccessPolicy", "AWSBackupFullAccessPolicyForBackup", "AWSBackupFullAccessPolicyForRestore",
    "AmazonAIOpsAssistantPolicy", "AmazonARCRegionSwitchScalingPolicy", "AmazonEKSACKPolicy", "AmazonEKSAdminPolicy",
    "AmazonEKSAdminViewPolicy", "AmazonEKSArgoCDClusterPolicy", "AmazonEKSArgoCDPolicy", "AmazonEKSAutoNodePolicy",
    "AmazonEKSBlockStorageClusterPolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSClusterAdminPolicy",
    "AmazonEKSClusterInsightsPolicy", "AmazonEKSComputeClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSEditPolicy",
    "AmazonEKSEventPolicy", "AmazonEKSHybridPolicy", "AmazonEKSKROPolicy", "AmazonEKSLoadBalancingClusterPolicy",
    "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingClusterPolicy", "AmazonEKSNetworkingPolicy", "AmazonEKSPodIdentityPolicy",
    "AmazonEKSSecretAdminPolicy", "AmazonEKSSecretReaderPolicy", "AmazonEKSViewPolicy", "AmazonEMRJobPolicy",
    "AmazonSagemakerHyperpodClusterPolicy", "AmazonSagemakerHyperpodControllerPolicy", "AmazonSagemakerHyperpodSpacePolicy",
    "AmazonSagemakerHyperpodSpaceTemplatePolicy", "AmazonSagemakerHyperpodSystemNamespacePolicy",
    "AmazonSagemakerHyperpodUserClusterPolicy",
}
# Add-ons whose namespace is not kube-system.
NAMESPACES = {
    "adot": "opentelemetry-operator-system", "amazon-cloudwatch-observability": "amazon-cloudwatch", "aws-guardduty-agent": "amazon-guardduty",
    "aws-privateca-connector-for-kubernetes": "aws-privateca-issuer", "cert-manager": "cert-manager", "external-dns": "external-dns",
}
# Names that Kubernetes and AWS keep for themselves.
RESERVED = ("system:", "eks:", "aws:", "amazon:", "iam:")


class AccessEntry(Resource):
    aws_type = "AWS::EKS::AccessEntry"
    attributes = ("AccessEntryArn",)

    def create(self, properties: dict[str, Any]) -> None:
        policies = take(properties, "AccessPolicies").get("AccessPolicies", [])
        wanted = request("eks", "create_access_entry", properties)
        state, arn, kind = cluster_state(self.api, wanted["clusterName"]), wanted["principalArn"], wanted.get("type", "STANDARD")
        if state.authentication_mode == "CONFIG_MAP":
            raise Refused("InvalidRequestException", "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP]")
        found = principal(self.api, arn)
        if arn in state.entries:
            raise Refused("ResourceInUseException", f"The specified access entry resource is already in use on this cluster: {arn}")
        _check_entry(wanted, kind, policies, "RoleId" in found)
        for policy in policies:
            _check_policy(wanted, policy)
        state.entries[arn] = False
        self.id = f"{arn}|{wanted['clusterName']}"
        entry = cluster_arn(self.api, wanted["clusterName"]).replace(":cluster/", ":access-entry/")
        self.values["AccessEntryArn"] = f"{entry}/{arn.split(':')[-1]}"


def _check_entry(wanted: dict[str, Any], kind: str, policies: list[Any], is_role: bool) -> None:
    if kind not in ("STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"):
        raise Refused("InvalidEnum", f"Type {kind} is no type of access entry")
    if kind not in ("STANDARD", "EC2") and (policies or wanted.get("kubernetesGroups")):
        raise Refused("InvalidParameterException", f"an access entry of type {kind} has neither policies nor groups")
    if kind != "STANDARD" and not is_role:
        raise Refused("InvalidParameterException", f"an access entry of type {kind} must be for a role")
    for name in wanted.get("kubernetesGroups", []):
        if name.startswith("system:"):
            raise Refused("InvalidParameterException", f"the Kubernetes group {name} cannot start with system:")
    if wanted.get("username", "").startswith(RESERVED):
        raise Refused("InvalidParameterException", f"the username {wanted['username']} is reserved")


def _check_policy(entry: dict[str, Any], policy: Any) -> None:
    whose = {"ClusterName": entry["clusterName"], "PrincipalArn": entry["principalArn"]}
    association = request("eks", "associate_access_policy", whose | policy)
    partition = entry["principalArn"].split(":")[1]
    match = re.fullmatch(r"arn:([a-z-]+):eks::aws:cluster-access-policy/(\w+)", association["policyArn"])
    if not match or match.group(1) != partition or match.group(2) not in ACCESS_POLICIES:
        raise Refused("InvalidParameterException", f"there is no access policy {association['policyArn']}")
    scope = association["accessScope"]
    if (scope.get("type") == "namespace") != bool(scope.get("namespaces")):
        raise Refused("InvalidParameterException", "an access scope has namespaces if, and only if, its type is namespace")


class Addon(Resource):
    aws_type = "AWS::EKS::Addon"
    attributes = ("Arn",)

    def create(self, properties: dict[str, Any]) -> None:
        properties.pop("PreserveOnDelete", None)  # a parameter of the deletion
        wanted = request("eks", "create_addon", properties)
        state, name = cluster_state(self.api, wanted["clusterName"]), wanted["addonName"]
        if name in state.addons:
            raise Refused("ResourceInUseException", f"Addon already exists: {name}")
        if not re.fullmatch(r"v\d+\.\d+\.\d+-eksbuild\.\d+", wanted.get("addonVersion", "v1.0.0-eksbuild.1")):
            raise Refused("InvalidParameterException", f"Addon version {wanted['addonVersion']} is no version")
        try:
            configuration = json.loads(wanted.get("configurationValues", "{}"))
        except ValueError as e:
            raise Refused("InvalidParameterException", f"ConfigurationValues is no JSON: {e}") from e
        if name == "vpc-cni":
            check_cni(self.api, state.vpc, configuration)
        if arn := wanted.get("serviceAccountRoleArn"):
            principal(self.api, arn)
        namespace = (wanted.get("namespaceConfig") or {}).get("namespace") or NAMESPACES.get(name, "kube-system")
        for association in wanted.get("podIdentityAssociations", []):
            _associate(self.api, wanted["clusterName"], namespace, association)
        state.addons.add(name)
        self.id = f"{wanted['clusterName']}|{name}"
        self.values["Arn"] = cluster_arn(self.api, wanted["clusterName"]).replace(":cluster/", ":addon/") + f"/{name}"


class PodIdentityAssociation(Resource):
    aws_type = "AWS::EKS::PodIdentityAssociation"
    attributes = ("AssociationArn", "AssociationId", "ExternalId")

    def create(self, properties: dict[str, Any]) -> None:
        wanted = request("eks", "create_pod_identity_association", properties)
        if target := wanted.get("targetRoleArn"):
            principal(self.api, target)
        if "policy" in wanted:
            document(wanted["policy"])
        account = _associate(self.api, wanted["clusterName"], wanted["namespace"], wanted)
        number = f"a-{hashlib.md5('/'.join(account).encode()).hexdigest()[:17]}"
        arn = cluster_arn(self.api, wanted["clusterName"]).replace(":cluster/", ":podidentityassociation/") + f"/{number}"
        self.id, self.values = arn, {"AssociationArn": arn, "AssociationId": number}


def _associate(api: Api, cluster: str, namespace: str, association: dict[str, Any]) -> tuple[str, str]:
    """Gives a service account a role; it can have one."""
    state, account = cluster_state(api, cluster), (namespace, association["serviceAccount"])
    trusted_role(api, association["roleArn"], "pods.eks.amazonaws.com", ("sts:AssumeRole", "sts:TagSession"), cluster_arn(api, cluster))
    if account in state.associations:
        raise Refused("ResourceInUseException", f"Association already exists: {account[1]} in {account[0]}")
    state.associations.add(account)
    return account


RESOURCES = (AccessEntry, Addon, PodIdentityAssociation)
