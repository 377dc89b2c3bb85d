"""EKS: the cluster."""

import hashlib
import ipaddress
from dataclasses import dataclass, field
from typing import Any

from moto.eks.models import Cluster as MotoCluster
from moto.eks.models import eks_backends

from ..api import Api
from ..refusal import Refused
from ..request import request
from .base import Resource, take
from .firewall import group_exists
from .identity import trusted_role
from .modes import authentication_mode, check_addresses, check_auto_mode

# Properties that are parameters of updates, not of CreateCluster.
OF_UPDATES = ("ActiveCertificateAuthorityId", "Force", "RollbackConfig")
# Minutes of RollbackConfig.
SHORTEST_ROLLBACK, LONGEST_ROLLBACK = 120, 10080


@dataclass
class State:
    """What moto's cluster does not keep."""

    vpc: str
    security_group: str
    authentication_mode: str
    addons: set[str] = field(default_factory=set)
    # Principals with an entry; true for those that EKS made itself.
    entries: dict[str, bool] = field(default_factory=dict)
    associations: set[tuple[str, str]] = field(default_factory=set)
    # Capabilities by name: what they are.
    capabilities: dict[str, str] = field(default_factory=dict)
    identity_provider: str = ""


class Cluster(Resource):
    aws_type = "AWS::EKS::Cluster"
    name_property = "Name"
    attributes = ("Arn", "CertificateAuthorityData", "ClusterSecurityGroupId", "EncryptionConfigKeyArn", "Endpoint", "Id",
                  "KubernetesNetworkConfig.ServiceIpv6Cidr", "OpenIdConnectIssuerUrl")
    longest_name = 100

    def create(self, properties: dict[str, Any]) -> None:
        _check_rollback(take(properties, *OF_UPDATES))
        properties = {"Name": self.name} | _with_log_types(properties)
        wanted = request("eks", "create_cluster", properties)
        arn = f"arn:{self.partition}:eks:{self.api.region}:{self.api.account}:cluster/{wanted['name']}"
        trusted_role(self.api, wanted["roleArn"], "eks.amazonaws.com", source=arn)
        vpc = check_subnets(self.api, wanted["resourcesVpcConfig"].get("subnetIds", []), zones=2)
        for group in wanted["resourcesVpcConfig"].get("securityGroupIds", []):
            if group_exists(self.api, group)["VpcId"] != vpc:
                raise Refused("InvalidParameterException", f"the security group {group} is not in {vpc}")
        _check_endpoint(wanted["resourcesVpcConfig"])
        check_auto_mode(self.api, wanted)
        check_addresses(self.api, wanted, vpc)
        _check_encryption(self.api, wanted.get("encryptionConfig") or [])
        made = self.api.call("eks", "create_cluster", wanted)["cluster"]
        self.id = made["name"]
        self._remember(made, wanted, vpc)
        if (role := (wanted.get("computeConfig") or {}).get("nodeRoleArn")):
            cluster_state(self.api, self.id).entries[role] = True
        if wanted.get("logging"):
            _make_log_group(self.api, f"/aws/eks/{self.id}/cluster")

    def _remember(self, made: dict[str, Any], wanted: dict[str, Any], vpc: str) -> None:
        digest = hashlib.md5(made["arn"].encode()).hexdigest().upper()
        name = f"eks-cluster-sg-{self.id}-{int(digest[:8], 16)}"
        wish = {"GroupName": name, "Description": "EKS created security group", "VpcId": vpc}
        group = self.api.call("ec2", "create_security_group", wish)["GroupId"]
        backing = eks_backends[self.api.account][self.api.region].clusters[self.id]
        backing.state = State(vpc, group, authentication_mode(wanted))
        backing.identity = {"oidc": {"issuer": f"https://oidc.eks.{self.api.region}.amazonaws.com/id/{digest}"}}
        key = ((wanted.get("encryptionConfig") or [{}])[0].get("provider") or {}).get("keyArn")
        self.values = {
            "Arn": made["arn"], "CertificateAuthorityData": made["certificateAuthority"]["data"], "ClusterSecurityGroupId": group,
            "EncryptionConfigKeyArn": key, "Endpoint": made["endpoint"], "Id": self.id, "OpenIdConnectIssuerUrl": backing.identity["oidc"]["issuer"],
        }
        if (wanted.get("kubernetesNetworkConfig") or {}).get("ipFamily") == "ipv6":
            self.values["KubernetesNetworkConfig.ServiceIpv6Cidr"] = f"fd{digest[:2].lower()}:{digest[2:6].lower()}:{digest[6:10].lower()}::/108"


def _make_log_group(api: Api, name: str) -> None:
    """EKS makes the log group of the control plane, unless it is there."""
    try:
        api.call("logs", "create_log_group", {"logGroupName": name})
    except Refused as e:
        if e.code != "ResourceAlreadyExistsException":
            raise


def _check_rollback(properties: dict[str, Any]) -> None:
    minutes = (properties.get("RollbackConfig") or {}).get("TimeoutMinutes", SHORTEST_ROLLBACK)
    if not SHORTEST_ROLLBACK <= int(minutes) <= LONGEST_ROLLBACK:
        raise Refused("InvalidParameterException", f"TimeoutMinutes {minutes} is not between {SHORTEST_ROLLBACK} and {LONGEST_ROLLBACK}")


def _with_log_types(properties: dict[str, Any]) -> dict[str, Any]:
    """Says Logging as the API does: CloudFormation wraps each log type in an object."""
    if "Logging" not in properties:
        return properties
    try:
        types = [entry["Type"] for entry in properties["Logging"]["ClusterLogging"]["EnabledTypes"]]
    except (KeyError, TypeError) as e:
        raise Refused("MistypedProperty", "Logging must be ClusterLogging with EnabledTypes, a list of objects with a Type") from e
    return properties | {"Logging": {"ClusterLogging": [{"Types": types, "Enabled": True}]}}


def _check_endpoint(config: dict[str, Any]) -> None:
    if not config.get("endpointPublicAccess", True) and not config.get("endpointPrivateAccess", False):
        raise Refused("InvalidParameterException", "private and public endpoint access cannot both be off")
    for cidr in config.get("publicAccessCidrs", []):
        try:
            ipaddress.ip_network(cidr)
        except ValueError as e:
            raise Refused("InvalidParameterException", f"PublicAccessCidrs: {e}") from e


def _check_encryption(api: Api, config: list[dict[str, Any]]) -> None:
    for entry in config:
        if entry.get("resources", ["secrets"]) != ["secrets"]:
            raise Refused("InvalidParameterException", f"EncryptionConfig.Resources must be secrets, not {entry['resources']}")
        api.call("kms", "describe_key", {"KeyId": (entry.get("provider") or {}).get("keyArn", "")})


def check_subnets(api: Api, subnets: list[str], zones: int = 1) -> str:
    """Returns the VPC of subnets, which must exist in so many zones."""
    if not subnets:
        raise Refused("InvalidParameterException", "there are no subnets")
    found = api.call("ec2", "describe_subnets", {"SubnetIds": subnets})["Subnets"]
    if len({subnet["AvailabilityZone"] for subnet in found}) < zones:
        raise Refused("UnsupportedAvailabilityZone", f"Subnets specified must be in at least {zones} different AZs")
    vpcs = {subnet["VpcId"] for subnet in found}
    if len(vpcs) > 1:
        raise Refused("InvalidParameterException", f"the subnets are in several VPCs: {', '.join(sorted(vpcs))}")
    return vpcs.pop()


def cluster_state(api: Api, name: str) -> State:
    """Returns what the plug-in knows of a cluster, which must exist."""
    return backing(api, name).state


def backing(api: Api, name: str) -> MotoCluster:
    """Returns moto's object of a cluster, which must exist."""
    return eks_backends[api.account][api.region].describe_cluster(name)


def cluster_arn(api: Api, name: str) -> str:
    return backing(api, name).arn


RESOURCES = (Cluster,)
