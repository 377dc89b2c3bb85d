"""EKS: what a cluster can be extended by."""

import hashlib
from typing import Any

from ..refusal import Refused
from ..request import request
from .base import Resource
from .cluster import cluster_arn, cluster_state
from .identity import trusted_role


class Capability(Resource):
    aws_type = "AWS::EKS::Capability"
    attributes = ("Arn", "Configuration.ArgoCd.ServerUrl", "Status", "Version")

    def create(self, properties: dict[str, Any]) -> None:
        wanted = request("eks", "create_capability", properties)
        state = cluster_state(self.api, wanted["clusterName"])
        trusted_role(self.api, wanted["roleArn"], "capabilities.eks.amazonaws.com", ("sts:AssumeRole", "sts:TagSession"))
        if any(kind == wanted["type"] or name == wanted["capabilityName"] for name, kind in state.capabilities.items()):
            raise Refused("ResourceInUseException", f"the cluster has a capability {wanted['type']} or of that name")
        if wanted["type"] == "ARGOCD" and "awsIdc" not in (wanted.get("configuration") or {}).get("argoCd", {}):
            raise Refused("InvalidParameterException", "the capability ARGOCD needs Configuration.ArgoCd.AwsIdc")
        state.capabilities[wanted["capabilityName"]] = wanted["type"]
        arn = cluster_arn(self.api, wanted["clusterName"]).replace(":cluster/", ":capability/")
        self.id = f"{arn}/{wanted['type'].lower()}/{wanted['capabilityName']}"
        self.values = {"Arn": self.id, "Status": "ACTIVE", "Version": "1"}
        if wanted["type"] == "ARGOCD":
            self.values["Configuration.ArgoCd.ServerUrl"] = f"https://{wanted['capabilityName']}.eks-capabilities.{self.api.region}.amazonaws.com"


class CertificateAuthority(Resource):
    aws_type = "AWS::EKS::CertificateAuthority"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        wanted = request("eks", "create_certificate_authority", properties)
        cluster_state(self.api, wanted["clusterName"])
        self.values["Id"] = hashlib.md5(self.name.encode()).hexdigest()
        self.id = f"{wanted['clusterName']}|{self.values['Id']}"


class IdentityProviderConfig(Resource):
    aws_type = "AWS::EKS::IdentityProviderConfig"
    attributes = ("IdentityProviderConfigArn",)

    def create(self, properties: dict[str, Any]) -> None:
        if properties.pop("Type", None) != "oidc":
            raise Refused("InvalidEnum", "Type must be oidc")
        name = properties.pop("IdentityProviderConfigName", self.name)
        properties["Oidc"] = {"IdentityProviderConfigName": name} | (properties.get("Oidc") or {})
        wanted = request("eks", "associate_identity_provider_config", properties)
        state = cluster_state(self.api, wanted["clusterName"])
        if not wanted["oidc"]["issuerUrl"].startswith("https://"):
            raise Refused("InvalidParameterException", "Oidc.IssuerUrl must start with https://")
        if state.identity_provider:
            raise Refused("ResourceInUseException", f"the cluster has the identity provider {state.identity_provider}")
        state.identity_provider = name
        self.id = f"{wanted['clusterName']}/oidc/{name}"
        arn = cluster_arn(self.api, wanted["clusterName"]).replace(":cluster/", ":identityproviderconfig/")
        self.values["IdentityProviderConfigArn"] = f"{arn}/oidc/{name}"


RESOURCES = (Capability, CertificateAuthority, IdentityProviderConfig)
