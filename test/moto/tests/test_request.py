import unittest

from ekscc_moto.refusal import Refused
from ekscc_moto.request import request

NODEGROUP = {"ClusterName": "c", "NodegroupName": "n", "Subnets": ["subnet-1"], "NodeRole": "arn:aws:iam::123456789012:role/r"}


class RequestTest(unittest.TestCase):
    def test_properties_become_parameters(self) -> None:
        got = request("eks", "create_nodegroup", NODEGROUP | {
            "ScalingConfig": {"MinSize": "1", "MaxSize": 3},
            "Tags": [{"Key": "team", "Value": "core"}],
            "Labels": {"tier": "web"},
            "Taints": [{"Key": "k", "Effect": "NO_EXECUTE"}],
        })
        self.assertEqual(got, {
            "clusterName": "c", "nodegroupName": "n", "subnets": ["subnet-1"], "nodeRole": "arn:aws:iam::123456789012:role/r",
            "scalingConfig": {"minSize": 1, "maxSize": 3}, "tags": {"team": "core"}, "labels": {"tier": "web"},
            "taints": [{"key": "k", "effect": "NO_EXECUTE"}],
        })

    def test_values_are_converted_as_cloudformation_does(self) -> None:
        got = request("ec2", "create_network_acl_entry", {
            "NetworkAclId": "acl-1", "Protocol": -1, "RuleNumber": "100", "Egress": "true", "RuleAction": "allow"})
        self.assertEqual((got["Protocol"], got["RuleNumber"], got["Egress"]), ("-1", 100, True))

    def test_renamed_properties_keep_their_name_in_messages(self) -> None:
        rename = {"ClientIdList": "ClientIDList"}
        self.assertEqual(request("iam", "create_open_id_connect_provider", {"Url": "https://x", "ClientIdList": ["a"]}, rename)["ClientIDList"], ["a"])
        self.refused("MistypedProperty", "ClientIdList must be a list", "iam", "create_open_id_connect_provider", {"Url": "https://x", "ClientIdList": "a"}, rename)

    def test_faults(self) -> None:
        for code, message, change in [
            ("UnknownProperty", "Taint is no property", {"Taint": []}),
            ("UnknownProperty", "clusterName is no property", {"clusterName": "c"}),
            ("UnknownProperty", "ScalingConfig.Min is no property", {"ScalingConfig": {"Min": 1}}),
            ("MistypedProperty", "Subnets must be a list", {"Subnets": "subnet-1"}),
            ("MistypedProperty", "ScalingConfig.MinSize must be a number", {"ScalingConfig": {"MinSize": "one"}}),
            ("MistypedProperty", "ScalingConfig.MinSize must be a number", {"ScalingConfig": {"MinSize": True}}),
            ("MistypedProperty", "Version must be a string", {"Version": ["1.35"]}),
            ("InvalidEnum", "CapacityType 'SPOTTY' is none of ON_DEMAND", {"CapacityType": "SPOTTY"}),
            ("InvalidProperty", "Taints[0].Key is 64 characters", {"Taints": [{"Key": "k" * 64}]}),
            ("InvalidProperty", "Tags has a key twice", {"Tags": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}),
        ]:
            with self.subTest(message):
                self.refused(code, message, "eks", "create_nodegroup", NODEGROUP | change)

    def test_required_properties(self) -> None:
        self.refused("MissingProperty", "NodeRole is required", "eks", "create_nodegroup", {k: v for k, v in NODEGROUP.items() if k != "NodeRole"})

    def test_patterns(self) -> None:
        cluster = {"RoleArn": "arn", "ResourcesVpcConfig": {}}
        self.assertEqual(request("eks", "create_cluster", cluster | {"Name": "my-cluster_1"})["name"], "my-cluster_1")
        self.refused("InvalidProperty", "Name 'my.cluster' does not match", "eks", "create_cluster", cluster | {"Name": "my.cluster"})

    def test_every_fault_is_named(self) -> None:
        with self.assertRaises(Refused) as caught:
            request("eks", "create_nodegroup", NODEGROUP | {"Taint": [], "Subnets": "s"})
        self.assertIn("Taint is no property", caught.exception.message)
        self.assertIn("Subnets must be a list", caught.exception.message)

    def refused(self, code: str, message: str, *args: object) -> None:
        with self.assertRaises(Refused) as caught:
            request(*args)
        self.assertEqual(caught.exception.code, code)
        self.assertIn(message, caught.exception.message)
