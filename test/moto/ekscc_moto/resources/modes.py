"""EKS: what a cluster's ways of working ask of its other properties."""

import ipaddress
from typing import Any

from ..api import Api
from ..refusal import Refused
from .identity import trusted_role

# Blocks that networks of hybrid nodes may be in, and how many there may be.
# https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-networking.html
REMOTE = [ipaddress.ip_network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")]
MAX_REMOTE = 15
# Clusters, by account, region and name, that are older than their Auto Mode:
# their templates are of an update, and not for a new cluster.
ADDED_LATER: set[tuple[str, str, str]] = set()
BUILT_IN_POOLS = {"general-purpose", "system"}


def check_auto_mode(api: Api, wanted: dict[str, Any]) -> None:
    """Refuses an Auto Mode that is on in part. https://docs.aws.amazon.com/eks/latest/userguide/automode-get-started-cli.html"""
    compute = wanted.get("computeConfig") or {}
    balancing = ((wanted.get("kubernetesNetworkConfig") or {}).get("elasticLoadBalancing") or {}).get("enabled", False)
    storage = ((wanted.get("storageConfig") or {}).get("blockStorage") or {}).get("enabled", False)
    on = compute.get("enabled", False)
    if not on == balancing == storage:
        raise Refused("InvalidParameterException", "compute, block storage and load balancing of Auto Mode must all be on, or all off")
    if not on:
        if compute.get("nodePools") or compute.get("nodeRoleArn"):
            raise Refused("InvalidParameterException", "node pools and their role need Auto Mode")
        return
    trusted_role(api, wanted["roleArn"], "eks.amazonaws.com", ("sts:AssumeRole", "sts:TagSession"))
    if wanted.get("bootstrapSelfManagedAddons", True) and (api.account, api.region, wanted["name"]) not in ADDED_LATER:
        raise Refused("InvalidParameterException", "BootstrapSelfManagedAddons must be false with Auto Mode")
    if authentication_mode(wanted) == "CONFIG_MAP":
        raise Refused("InvalidParameterException", "Auto Mode needs access entries")
    if bool(compute.get("nodePools")) != bool(compute.get("nodeRoleArn")) or set(compute.get("nodePools", [])) - BUILT_IN_POOLS:
        raise Refused("InvalidParameterException", f"NodePools are some of {sorted(BUILT_IN_POOLS)}, and need a NodeRoleArn")
    if role := compute.get("nodeRoleArn"):
        trusted_role(api, role, "ec2.amazonaws.com")


def check_addresses(api: Api, wanted: dict[str, Any], vpc: str) -> None:
    """Refuses networks of services and remote nodes that do not fit the VPC."""
    config, subnets = wanted.get("kubernetesNetworkConfig") or {}, wanted["resourcesVpcConfig"].get("subnetIds", [])
    taken = {f"{association['CidrBlock']} of {vpc}": ipaddress.ip_network(association["CidrBlock"])
             for association in api.call("ec2", "describe_vpcs", {"VpcIds": [vpc]})["Vpcs"][0]["CidrBlockAssociationSet"]}
    if config.get("ipFamily") == "ipv6":
        for subnet in api.call("ec2", "describe_subnets", {"SubnetIds": subnets})["Subnets"]:
            if not subnet["Ipv6CidrBlockAssociationSet"]:
                raise Refused("InvalidParameterException", f"the subnet {subnet['SubnetId']} of a cluster with IPv6 has no IPv6 block")
    if "serviceIpv4Cidr" in config:
        services = _network("ServiceIpv4Cidr", config["serviceIpv4Cidr"])
        if config.get("ipFamily") == "ipv6" or not services.is_private or not 12 <= services.prefixlen <= 24:
            raise Refused("InvalidParameterException", f"ServiceIpv4Cidr {services} is no private block between /12 and /24 of a cluster with IPv4")
        _refuse_overlap("ServiceIpv4Cidr", services, taken)
        taken[f"ServiceIpv4Cidr {services}"] = services
    _check_remote(wanted, taken)


def _check_remote(wanted: dict[str, Any], taken: dict[str, Any]) -> None:
    remote = wanted.get("remoteNetworkConfig") or {}
    if remote and authentication_mode(wanted) == "CONFIG_MAP":
        raise Refused("InvalidParameterException", "remote networks need access entries")
    for name, networks in remote.items():
        cidrs = [cidr for network in networks for cidr in network.get("cidrs", [])]
        if len(cidrs) > MAX_REMOTE:
            raise Refused("InvalidParameterException", f"{name} has more than {MAX_REMOTE} blocks")
        for cidr in cidrs:
            block = _network(name, cidr)
            if block.version != 4 or not any(block.subnet_of(private) for private in REMOTE):
                raise Refused("InvalidParameterException", f"{block} of {name} is no private block")
            _refuse_overlap(name, block, taken)
            taken[f"{block} of {name}"] = block


def _network(name: str, cidr: str) -> Any:
    try:
        return ipaddress.ip_network(cidr)
    except ValueError as e:
        raise Refused("InvalidParameterException", f"{name}: {e}") from e


def _refuse_overlap(name: str, block: Any, taken: dict[str, Any]) -> None:
    for what, other in taken.items():
        if block.version == other.version and block.overlaps(other):
            raise Refused("InvalidParameterException", f"{block} of {name} overlaps with {what}")


def authentication_mode(wanted: dict[str, Any]) -> str:
    """Returns how a wanted cluster authenticates."""
    return (wanted.get("accessConfig") or {}).get("authenticationMode", "CONFIG_MAP")
