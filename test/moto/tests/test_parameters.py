"""Parameters and conditions, from stacks.yaml to the resources."""

import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from ekscc_moto.api import Api
from ekscc_moto.deploy import DEFAULT_ACCOUNT, Tree
from ekscc_moto.server import serving

TEMPLATE = """
Parameters:
  Size: {Type: Number, Default: 16, MinValue: 16, MaxValue: 28}
  Zones: {Type: CommaDelimitedList, Default: "eu-west-1a, eu-west-1b"}
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Name: {Type: String, Default: "", AllowedPattern: "[a-z]*", MaxLength: 5}
  Vpc: {Type: "List<AWS::EC2::VPC::Id>", Default: vpc-0a}
Mappings:
  Blocks: {dev: {second: 10.1.0.0/24}, prod: {second: 10.2.0.0/24}}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Named: !And [!Condition Prod, !Not [!Equals [!Ref Name, ""]]]
Resources:
  VPC:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: !Sub "10.0.0.0/${Size}", Tags: [{Key: vpc, Value: !Join ["", !Ref Vpc]}]}
  Block:
    Type: AWS::EC2::VPCCidrBlock
    Condition: Prod
    Properties: {VpcId: !Ref VPC, CidrBlock: !FindInMap [Blocks, !Ref Stage, second]}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref VPC, CidrBlock: !Select [1, !Cidr [!GetAtt VPC.CidrBlock, 2, 8]], AvailabilityZone: !Select [1, !Ref Zones]}
  Address:
    Type: AWS::EC2::EIP
    Condition: Named
    DependsOn: Block
    Properties: {Tags: [{Key: Name, Value: !If [Named, !Ref Name, !Ref AWS::NoValue]}]}
Outputs:
  Vpc: {Value: !Ref VPC, Export: {Name: !Sub "${AWS::StackName}:Vpc"}}
  Address: {Condition: Named, Value: !Ref Address, Export: {Name: address}}
"""
CLUSTER = {"network": {"vpc": {"id": "vpc-0a", "cidr": "10.9.0.0/16"}}}


class ParametersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.enterClassContext(serving())

    def test_defaults(self) -> None:
        self.assertEqual(self.deployed({}), {"resources": 2})
        subnet = self.subnets()[0]
        self.assertEqual((subnet["CidrBlock"], subnet["AvailabilityZone"]), ("10.0.1.0/24", "eu-west-1b"))

    def test_values(self) -> None:
        got = self.deployed({"Stage": "prod", "Name": "web", "Size": "20", "Zones": "eu-west-1c,eu-west-1a"})
        self.assertEqual(got, {"resources": 4})
        self.assertEqual(self.subnets()[0]["AvailabilityZone"], "eu-west-1a")
        vpc = Api(DEFAULT_ACCOUNT, "eu-west-1").call("ec2", "describe_vpcs", {"VpcIds": [self.subnets()[0]["VpcId"]]})["Vpcs"][0]
        self.assertEqual([a["CidrBlock"] for a in vpc["CidrBlockAssociationSet"]], ["10.0.0.0/20", "10.2.0.0/24"])

    def test_refusals(self) -> None:
        for parameters, message in [
            ({"Stages": "prod"}, "[Stages] do not exist in the template"),
            ({"Stage": "test"}, "must be one of ['dev', 'prod']"),
            ({"Name": "Web"}, "must match [a-z]*"),
            ({"Name": "website"}, "has 7 characters"),
            ({"Size": "wide"}, "must be a number"),
            ({"Size": "29"}, "not between"),
            ({"Vpc": "vpc-0b"}, "Parameter validation failed: Vpc"),
        ]:
            with self.subTest(message):
                got = self.deployed(parameters)
                self.assertIn(message, got.get("message", "it was accepted"))

    def test_declarations(self) -> None:
        for old, new, message in [
            (", Default: 16", "", "[Size] must have values"),
            ("Type: Number", "Type: Integer", "Unrecognized parameter type: Integer"),
            ("MinValue", "Minimum", "['Minimum']"),
            ("Condition: Named, ", "", "Unresolved resource dependencies [Address]"),
            ("Value: !Ref VPC", "Value: !Ref Zones", "must evaluate to a String"),
        ]:
            with self.subTest(message):
                got = self.deployed({}, TEMPLATE.replace(old, new))
                self.assertIn(message, got.get("message", "it was accepted"))

    def deployed(self, parameters: dict[str, str], body: str = TEMPLATE) -> dict[str, Any]:
        """Deploys a template, and returns the verdict without its path."""
        with TemporaryDirectory() as directory:
            env = Path(directory, "cloudformation", "dev")
            env.mkdir(parents=True)
            stack = {"name": "all", "template": "all.yaml", "region": "eu-west-1", "parameters": parameters}
            (env / "stacks.yaml").write_text(yaml.safe_dump({"stacks": [stack]}))
            (env / "all.yaml").write_text(body)
            verdict, = Tree(directory, {"dev": CLUSTER}).deploy()
            del verdict["path"]
            return verdict

    def subnets(self) -> list[dict[str, Any]]:
        found = Api(DEFAULT_ACCOUNT, "eu-west-1").call("ec2", "describe_subnets", {})["Subnets"]
        return [subnet for subnet in found if subnet["CidrBlock"].startswith("10.0.")]
