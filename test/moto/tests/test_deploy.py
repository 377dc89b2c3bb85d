import re
import unittest
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ekscc_moto import engine
from ekscc_moto.api import Api
from ekscc_moto.deploy import DEFAULT_ACCOUNT, Tree, line_of
from ekscc_moto.server import serving

HERE = Path(__file__).parent
RIGHT = HERE.parent / "testdata" / "right"
PRIVATE = HERE.parent / "testdata" / "private"
TYPES = HERE.parents[2] / "pkg" / "emit" / "cfn" / "types.go"

CLUSTER = {
    "account": "111122223333",
    "network": {"vpc": {"id": "vpc-0a", "cidr": "10.1.0.0/16"}, "subnets": {
        "public": {"a": {"id": "subnet-0a", "availabilityZone": "us-gov-west-1a", "cidr": "10.1.1.0/24"}},
        "private": {"b": {"id": "subnet-0b", "availabilityZone": "us-gov-west-1b"}},
    }},
    "role": {"arn": "arn:aws-us-gov:iam::111122223333:role/team/eks"},
    "securityGroup": {"id": "sg-0a"},
    "secretsEncryption": {"keyARN": "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/abc"},
    "selfManagedNodeGroups": {"own": {"keyPair": "key", "image": {"id": "ami-0a"}}},
    "access": {"admins": {"role": "team/admin"}, "ci": {"user": "ci"}},
}
EXISTING = """
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: !Sub arn:${AWS::Partition}:iam::111122223333:role/team/eks
      ResourcesVpcConfig: {SubnetIds: [subnet-0a, subnet-0b], SecurityGroupIds: [sg-0a]}
      AccessConfig: {AuthenticationMode: API}
      EncryptionConfig: [{Provider: {KeyArn: "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/abc"}, Resources: [secrets]}]
  Admins:
    Type: AWS::EKS::AccessEntry
    Properties: {ClusterName: !Ref Cluster, PrincipalArn: "arn:aws-us-gov:iam::111122223333:role/team/admin"}
  CI:
    Type: AWS::EKS::AccessEntry
    Properties: {ClusterName: !Ref Cluster, PrincipalArn: "arn:aws-us-gov:iam::111122223333:user/ci"}
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {KeyName: key, ImageId: ami-0a, InstanceType: m5.large}}
"""


class DeployTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.enterClassContext(serving())

    def test_the_right_tree_is_accepted(self) -> None:
        verdicts = list(Tree(str(RIGHT), {}).deploy())
        self.assertEqual([v for v in verdicts if "rule" in v], [])
        self.assertEqual(sum(v["resources"] for v in verdicts), 43)
        self.assert_values_arrive()

    def test_the_private_tree_is_accepted(self) -> None:
        verdicts = list(Tree(str(PRIVATE), {}).deploy())
        self.assertEqual([v for v in verdicts if "rule" in v], [])
        self.assertEqual(sum(v["resources"] for v in verdicts), 53)

    def assert_values_arrive(self) -> None:
        """What crosses stacks and functions is what the resources really have."""
        api = Api(DEFAULT_ACCOUNT, "eu-west-1")
        subnets = {s["CidrBlock"]: s for s in api.call("ec2", "describe_subnets", {})["Subnets"]}
        cluster = api.call("eks", "describe_cluster", {"name": "right"})["cluster"]
        self.assertEqual(cluster["resourcesVpcConfig"]["subnetIds"], [subnets[c]["SubnetId"] for c in ("10.0.16.0/20", "10.0.32.0/20")])
        self.assertTrue(subnets["10.0.0.0/24"]["MapPublicIpOnLaunch"])
        groups = api.call("autoscaling", "describe_auto_scaling_groups", {})["AutoScalingGroups"]
        group = next(group for group in groups if "LaunchTemplate" in group)
        request = {"LaunchTemplateId": group["LaunchTemplate"]["LaunchTemplateId"], "Versions": ["1"]}
        data = api.call("ec2", "describe_launch_template_versions", request)["LaunchTemplateVersions"][0]["LaunchTemplateData"]
        self.assertEqual(b64decode(data["UserData"]).decode(), f"endpoint: {cluster['endpoint']} in eu-west-1, price: $$5, $HOME\n")
        self.assertRegex(data["ImageId"], "^ami-[0-9a-f]{17}$")
        addresses = api.call("ec2", "describe_addresses", {})["Addresses"]
        self.assertIn({"Key": "Name", "Value": "right"}, addresses[0]["Tags"])

    def test_what_the_spec_names_exists(self) -> None:
        self.assertEqual(self.rules(CLUSTER), [])

    def test_what_the_spec_does_not_name_is_missing(self) -> None:
        for field, rule in [("role", "NoSuchEntity"), ("access", "NoSuchEntity"), ("securityGroup", "InvalidGroup.NotFound"), ("secretsEncryption", "NotFoundException"),
                            ("selfManagedNodeGroups", "InvalidAMIID.NotFound"), ("network", "InvalidSubnetID.NotFound")]:
            with self.subTest(field):
                self.assertEqual(self.rules({k: v for k, v in CLUSTER.items() if k != field}), [rule])

    def test_a_spec_that_contradicts_itself_is_not_judged(self) -> None:
        other = CLUSTER | {"network": CLUSTER["network"] | {"vpc": {"id": "vpc-0b"}}}
        only_cluster = EXISTING[:EXISTING.index("  Admins:")]
        self.assertEqual(self.rules(CLUSTER, other, template=only_cluster, stack="all-{}"), ["not judged"])

    def test_environments_of_one_cluster_come_one_after_the_other(self) -> None:
        self.assertEqual(self.rules(CLUSTER, CLUSTER), [])

    def test_environments_collide_in_an_account(self) -> None:
        role = 'Resources: {Role: {Type: "AWS::IAM::Role", Properties: {RoleName: nodes, AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: []}}}}'
        self.assertEqual(self.rules({}, {}, template=role, stack="network-{}"), ["EntityAlreadyExists"])

    def rules(self, *clusters: dict[str, Any], template: str = EXISTING, stack: str = "all") -> list[str]:
        """Deploys a template in an environment for each cluster, and returns what refused it."""
        with TemporaryDirectory() as directory:
            for number in range(len(clusters)):
                env = Path(directory, "cloudformation", f"env{number}")
                env.mkdir(parents=True)
                (env / "stacks.yaml").write_text(
                    f"stacks: [{{name: {stack.format(number)}, template: all.yaml, region: us-gov-west-1, capabilities: [CAPABILITY_NAMED_IAM], needs: []}}]")
                (env / "all.yaml").write_text(template)
            tree = Tree(directory, {f"env{number}": cluster for number, cluster in enumerate(clusters)})
            return [v["rule"] for v in tree.deploy() if "rule" in v]

    def test_roles_of_the_overlay_exist(self) -> None:
        cluster = {"account": DEFAULT_ACCOUNT, "access": {"admins": {"role": "team/admin"}}}
        role = f"arn:aws:iam::{DEFAULT_ACCOUNT}:role/"
        with TemporaryDirectory() as directory:
            Path(directory, "cloudformation").symlink_to(RIGHT / "cloudformation")
            for part, names in [("aws-auth", ["right-nodes", "admin", "team/admin"]), ("web", ["right-nodes", "left-nodes", "team/admin", "admin"])]:
                overlay = Path(directory, "kustomize", "overlays", "dev", part)
                overlay.mkdir(parents=True)
                (overlay / "patch.yaml").write_text("".join(f"- {role}{name}\n" for name in names))
            refused = [v for v in Tree(directory, {"dev": cluster}).deploy() if "rule" in v]
        self.assertEqual([(Path(v["path"]).parent.name, v["message"].partition(",")[0]) for v in refused], [
            ("aws-auth", f"there is no role {role}team/admin"), ("web", f"there is no role {role}admin"), ("web", f"there is no role {role}left-nodes")])

    def test_every_type_that_ekscc_emits_is_supported(self) -> None:
        emitted = set(re.findall(r'^\t"(AWS::[\w:]+)":', TYPES.read_text(), re.MULTILINE))
        self.assertGreater(len(emitted), 20)
        self.assertEqual({name for name in emitted if not engine.supported(name)}, set())

    def test_line_of(self) -> None:
        body = "Resources:\n  A:\n    Type: T\n  B:\n    Type: T\n"
        self.assertEqual([line_of(body, m) for m in ("B: T: wrong", "C: wrong", "a message")], [4, 0, 0])
