"""Makes what a spec says is there before its stacks.

A spec refers to VPCs, subnets, security groups, images, key pairs, KMS keys,
roles and users that somebody else made. They are read from the spec, not from
the templates: a template that names something else finds nothing.
"""

import ipaddress
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest import mock

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.elbv2.models import elbv2_backends
from moto.kms.models import kms_backends
from moto.ssm.models import Parameter, ssm_backends

from .api import Api
from .refusal import Refused, invalid
from .resources import modes

# Whoever made them saw to it that the right services may use them.
TRUST = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"*"},"Action":["sts:AssumeRole","sts:TagSession"]}]}'
ANYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
KEY_POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}]}'

# Public SSM parameters that hold an image, by what they are called in
# https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html, the pages
# for Bottlerocket and Windows, https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
# and https://docs.aws.amazon.com/linux/al2023/ug/ec2.html; the group names the architecture.
_V = r"1\.\d\d"
PUBLIC_IMAGES = [
    re.compile(rf"/aws/service/eks/optimized-ami/(?P<v>{_V})/amazon-linux-2023/(?P<arch>x86_64|arm64)/(?P<kind>standard|nvidia|neuron)/"
               r"(recommended|amazon-eks-node-al2023-(?P=arch)-(?P=kind)-(?P=v)-v\d{8})/image_id"),
    re.compile(rf"/aws/service/bottlerocket/aws-k8s-{_V}(-nvidia)?(-fips)?/(?P<arch>x86_64|arm64)/(latest|\d+\.\d+\.\d+(-[0-9a-f]{{8}})?)/image_id"),
    re.compile(r"/aws/service/ami-amazon-linux-latest/al2023-ami-(minimal-)?kernel-(default|\d\.\d+)-(?P<arch>x86_64|arm64)"),
    re.compile(rf"/aws/service/ami-windows-latest/Windows_Server-20(19|22|25)-English-(Core|Full)-EKS_Optimized-{_V}/image_id"),
    re.compile(rf"/aws/service/canonical/ubuntu/eks(-pro)?/2[24]\.04/{_V}/stable/(current|\d{{8}}(\.\d+)?)/(?P<arch>amd64|arm64)/hvm/ebs-gp[23]/ami-id"),
    re.compile(rf"/aws/service/eks/optimized-ami/(?P<v>{_V})/amazon-linux-2-?(?P<kind>|gpu|arm64)/(recommended|amazon-eks-?(?P=kind)-node-(?P=v)-v\d{{8}})/image_id"),
]


class Existing:
    """What exists in one account and region, and is made once."""

    def __init__(self, account: str, region: str):
        self.api = Api(account, region)
        self.vpc = ""  # that of the cluster at hand; without one, the default VPC
        self.done: set[str] = set()
        self.home: dict[str, str] = {}  # the VPC of each subnet and security group
        self.public: dict[str, str] = {}  # the public route table of each VPC
        self.free: dict[str, Iterator[str]] = {}  # what is left of the addresses of each VPC
        self.dual = False  # whether the cluster at hand has the IP family IPv6
        self.free6: dict[str, Iterator[ipaddress.IPv6Network]] = {}  # the same for IPv6, of VPCs that have it
        ec2_backends[account][region]  # makes its default VPC now, not while _id chooses ids

    def make(self, cluster: dict[str, Any]) -> None:
        """Makes what the cluster of a spec refers to."""
        network = cluster.get("network") or {}
        self.vpc = (network.get("vpc") or {}).get("id", "")
        self.dual = cluster.get("ipFamily") == "ipv6"
        self._network(network)
        if (cluster.get("autoMode") or {}).get("addedLater"):
            modes.ADDED_LATER.add((self.api.account, self.api.region, cluster.get("name", "")))
        for path, value in _strings(cluster):
            self._thing(path, value)
        for group in (cluster.get("nodeGroups") or {}).values():
            if template := group.get("launchTemplate"):
                name = template.get("id") or template["name"]
                self._once(f"_template {name}", partial(self._template, name, template))

    def parameters(self, template: str) -> None:
        """Makes the public image parameters that a template refers to, also as the default of a parameter."""
        for name in re.findall(r"(?:resolve:ssm:|Default: *[\"']?)(/aws/service/[^:}\"'\s]+)", template):
            match = next(filter(None, (pattern.fullmatch(name) for pattern in PUBLIC_IMAGES)), None)
            if match:
                architecture = "arm64" if "arm64" in match.groupdict().values() else "x86_64"
                self._once(f"_parameter {name}", partial(self._parameter, name, architecture))

    def _once(self, name: str, make: Callable[[], Any]) -> None:
        """Makes what has a name, unless that was done and went well."""
        if name not in self.done:
            make()
            self.done.add(name)

    def _network(self, network: dict[str, Any]) -> None:
        if not self.vpc:
            return
        tiers = network.get("subnets") or {}
        subnets = [(tier, s) for tier, named in tiers.items() for s in (named or {}).values() if s.get("id")]
        vpc = network.get("vpc") or {}
        more = list((vpc.get("secondaryCIDRs") or {}).values())
        self._once(self.vpc, partial(self._vpc, vpc.get("cidr"), more, [s["cidr"] for _, s in subnets if "cidr" in s]))
        for tier, subnet in subnets:
            self._in_vpc(subnet["id"], partial(self._subnet, tier, subnet))

    def _in_vpc(self, name: str, make: Callable[[], Any]) -> None:
        """Makes something in the VPC; what is in another cannot be."""
        if self.home.setdefault(name, self.vpc) != self.vpc:
            raise invalid(f"the spec has {name} in {self.home[name] or 'no VPC'} and in {self.vpc or 'no VPC'}")
        self._once(name, make)

    def _subnet(self, tier: str, subnet: dict[str, Any]) -> None:
        wish = {"VpcId": self.vpc, "CidrBlock": subnet.get("cidr") or next(self.free[self.vpc]), "AvailabilityZone": subnet["availabilityZone"]}
        if self.vpc in self.free6:
            wish["Ipv6CidrBlock"] = str(next(self.free6[self.vpc]))
        with _id("subnets.random_subnet_id", subnet["id"]):
            self.api.call("ec2", "create_subnet", wish)
        if tier == "public":
            self.api.call("ec2", "associate_route_table", {"RouteTableId": self.public[self.vpc], "SubnetId": subnet["id"]})

    def _vpc(self, cidr: str | None, more: list[str], subnets: list[str]) -> None:
        networks = [ipaddress.ip_network(block, strict=False) for block in subnets]
        around = sorted({str(network.supernet(new_prefix=16)) for network in networks if network.prefixlen > 16})
        blocks = [cidr, *more] if cidr else around or ["10.0.0.0/16"]
        with _id("vpcs.random_vpc_id", self.vpc):
            vpc = self.api.call("ec2", "create_vpc", {"CidrBlock": blocks[0], "AmazonProvidedIpv6CidrBlock": self.dual})["Vpc"]
        for association in vpc["Ipv6CidrBlockAssociationSet"]:
            self.free6[self.vpc] = ipaddress.ip_network(association["Ipv6CidrBlock"]).subnets(new_prefix=64)
        self.api.call("ec2", "modify_vpc_attribute", {"VpcId": self.vpc, "EnableDnsHostnames": {"Value": True}})  # as EKS wants it
        for block in blocks[1:]:
            self.api.call("ec2", "associate_vpc_cidr_block", {"VpcId": self.vpc, "CidrBlock": block})
        self.public[self.vpc] = self._public_routes()
        self.free[self.vpc] = _free_blocks(cidr, subnets)

    def _public_routes(self) -> str:
        gateway = self.api.call("ec2", "create_internet_gateway", {})["InternetGateway"]["InternetGatewayId"]
        self.api.call("ec2", "attach_internet_gateway", {"VpcId": self.vpc, "InternetGatewayId": gateway})
        table = self.api.call("ec2", "create_route_table", {"VpcId": self.vpc})["RouteTable"]["RouteTableId"]
        self.api.call("ec2", "create_route", {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway})
        return table

    def _thing(self, path: str, value: str) -> None:
        """Makes what a string of the spec refers to, if it does."""
        name = path.rpartition(".")[2]
        if re.fullmatch(r"sg-[0-9a-f]+", value):
            return self._in_vpc(value, partial(self._security_group, value))
        if kind := re.match(r"(tgw|vgw|rtb|pl)-[0-9a-f]+$", value):
            return self._in_vpc(value, partial(self._numbered, kind.group(1), value)) if kind.group(1) == "rtb" else self._once(
                value, partial(self._numbered, kind.group(1), value))
        if re.fullmatch(r"ami-[0-9a-f]+", value):
            make = partial(self._image, value, None)  # the spec does not say which
        elif re.fullmatch(r"snap-[0-9a-f]+", value):
            make = partial(self._snapshot, value)
        elif name == "keyPair":
            make = partial(ec2_backends[self.api.account][self.api.region].create_key_pair, value, "ed25519", {})
        elif match := re.fullmatch(r"arn:[a-z-]+:iam::(\d{12}):(role|user|policy)/(.+)", value):
            make = partial(self._iam, *match.groups())
        elif re.fullmatch(r"access\.[^.]+\.(role|user)|(karpenter|autoMode)\.nodeClasses\.[^.]+\.role", path):
            make = partial(self._iam, self.api.account, name, value)
        elif match := re.fullmatch(r"arn:[a-z-]+:kms:([a-z0-9-]+):(\d{12}):(key|alias)/(.+)", value):
            make = partial(self._key, *match.groups())
        elif match := re.fullmatch(r"arn:[a-z-]+:s3:::([^/]+)(/.*)?", value):
            return self._once(f"_bucket {match.group(1)}", partial(self._bucket, match.group(1)))
        elif match := re.fullmatch(r"arn:[a-z-]+:(sns|sqs):([a-z0-9-]+):(\d{12}):([\w-]+)", value):
            make = partial(self._told, *match.groups())
        elif match := re.fullmatch(r"arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup/([^/]+)/\w+", value):
            make = partial(self._target_group, value, match.group(1))
        elif value.startswith("/") and name.lower().endswith("parameter"):
            make = partial(self._parameter, value, "x86_64")
        else:
            return
        self._once(f"{make.func.__name__} {value}", make)

    def _snapshot(self, name: str) -> None:
        volume = self.api.call("ec2", "create_volume", {"AvailabilityZone": self.api.region + "a", "Size": 1})["VolumeId"]
        with _id("elastic_block_store.random_snapshot_id", name):
            self.api.call("ec2", "create_snapshot", {"VolumeId": volume})

    def _parameter(self, name: str, architecture: str) -> None:
        image = f"ami-{zlib.crc32(name.encode()):017x}"
        self._image(image, architecture)
        # PutParameter refuses names below /aws, which only AWS may write; moto
        # has some, and makes them as it is asked for one.
        parameters = ssm_backends[self.api.account][self.api.region]._parameters
        parameters._check_loading_status(name)
        parameters[name] = [
            Parameter(self.api.account, name, image, "String", None, None, None, utcnow(), 1, "aws:ec2:image")]

    def _security_group(self, group: str) -> None:
        where = {"VpcId": self.vpc} if self.vpc else {}
        with _id("security_groups.random_security_group_id", group):
            self.api.call("ec2", "create_security_group", {"GroupName": group, "Description": "made elsewhere"} | where)

    def _numbered(self, kind: str, name: str) -> None:
        generator, operation, request = {
            "tgw": ("transit_gateway.random_transit_gateway_id", "create_transit_gateway", {}),
            "vgw": ("vpn_gateway.random_vpn_gateway_id", "create_vpn_gateway", {"Type": "ipsec.1"}),
            "rtb": ("route_tables.random_route_table_id", "create_route_table", {"VpcId": self.vpc}),
            "pl": ("managed_prefixes.random_managed_prefix_list_id", "create_managed_prefix_list",
                   {"PrefixListName": name, "MaxEntries": 1, "AddressFamily": "IPv4"}),
        }[kind]
        with _id(generator, name):
            self.api.call("ec2", operation, request)

    def _template(self, name: str, template: dict[str, Any]) -> None:
        """Makes a launch template with as many versions as the spec needs."""
        data: dict[str, Any] = {"EbsOptimized": True}
        if template.get("withImage"):
            data["ImageId"] = f"ami-{zlib.crc32(name.encode()):017x}"
            self._image(data["ImageId"], None)
        with _id("launch_templates.random_launch_template_id", template.get("id") or f"lt-{zlib.crc32(name.encode()):017x}"):
            self.api.call("ec2", "create_launch_template", {"LaunchTemplateName": name, "LaunchTemplateData": data})
        for _ in range(1, template["version"]):
            self.api.call("ec2", "create_launch_template_version", {"LaunchTemplateName": name, "LaunchTemplateData": data})

    def _bucket(self, name: str) -> None:
        region = self.api.region
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        self.api.call("s3", "create_bucket", {"Bucket": name} | where)

    def _told(self, service: str, region: str, account: str, name: str) -> None:
        """Makes a topic or queue."""
        api = Api(account, region)
        if service == "sns":
            api.call("sns", "create_topic", {"Name": name})
        else:
            api.call("sqs", "create_queue", {"QueueName": name})

    def _target_group(self, arn: str, name: str) -> None:
        vpc = self.vpc or self.api.call("ec2", "describe_vpcs", {})["Vpcs"][0]["VpcId"]
        wish = {"Name": name, "Protocol": "TCP", "Port": 80, "VpcId": vpc}
        made = self.api.call("elbv2", "create_target_group", wish)["TargetGroups"][0]["TargetGroupArn"]
        groups = elbv2_backends[self.api.account][self.api.region].target_groups
        groups[arn] = groups.pop(made)
        groups[arn].arn = arn

    def _image(self, image: str, architecture: str | None) -> None:
        with _id("amis.random_ami_id", image):
            self.api.call("ec2", "register_image", {"Name": image, "RootDeviceName": "/dev/xvda"})
        # RegisterImage of moto drops it.
        ec2_backends[self.api.account][self.api.region].amis[image].architecture = architecture

    def _iam(self, account: str, kind: str, path_and_name: str) -> None:
        path, _, name = path_and_name.rpartition("/")
        path = f"/{path}/" if path else "/"
        api = Api(account, self.api.region)
        request: dict[str, Any] = {"Path": path, f"{kind.title()}Name": name}
        if kind == "role":
            request["AssumeRolePolicyDocument"] = TRUST
        if kind == "policy":
            request["PolicyDocument"] = ANYTHING
        try:
            api.call("iam", f"create_{kind}", request)
            if kind == "role":
                api.call("iam", "put_role_policy", {"RoleName": name, "PolicyName": "anything", "PolicyDocument": ANYTHING})
        except Refused as e:
            if e.code != "EntityAlreadyExists":  # another environment named it, too
                raise

    def _key(self, region: str, account: str, kind: str, key: str) -> None:
        api = Api(account, region)
        made = api.call("kms", "create_key", {"Policy": KEY_POLICY})["KeyMetadata"]["KeyId"]
        if kind == "alias":
            api.call("kms", "create_alias", {"AliasName": f"alias/{key}", "TargetKeyId": made})
            return
        keys = kms_backends[account][region].keys
        keys[key] = keys.pop(made)
        keys[key].arn = keys[key].arn.replace(made, key)
        keys[key].id = key


def _strings(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yields each string in a spec with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _strings(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value, path)
    elif isinstance(node, str):
        yield path, node


def _free_blocks(vpc: str | None, taken: list[str]) -> Iterator[str]:
    """Yields blocks for subnets of which the spec states none."""
    networks = [ipaddress.ip_network(cidr, strict=False) for cidr in taken]
    wide = [network.supernet(new_prefix=16) for network in networks if network.prefixlen > 16]
    start = ipaddress.ip_network(vpc) if vpc else wide[0] if wide else ipaddress.ip_network("10.0.0.0/16")
    for block in start.subnets(new_prefix=min(28, max(24, start.prefixlen + 4))):
        if not any(block.overlaps(network) for network in networks):
            yield str(block)


@contextmanager
def _id(generator: str, value: str) -> Iterator[None]:
    """Lets moto give the next resource of a kind a known id."""
    with mock.patch(f"moto.ec2.models.{generator}", return_value=value):
        yield
