import unittest
from typing import Any

from ekscc_moto import template
from ekscc_moto.refusal import Refused

ROLE = {"Type": "AWS::IAM::Role", "Properties": {}}


class TemplateTest(unittest.TestCase):
    def test_accepts(self) -> None:
        template.check({
            "Parameters": {"P": {"Type": "String"}},
            "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "x"]}},
            "Resources": {
                "A": {"Type": "T", "DependsOn": "B", "Condition": "C", "Properties": {"X": {"Fn::If": ["C", {"Ref": "P"}, {"Ref": "AWS::NoValue"}]}}},
                "B": {"Type": "T", "Properties": {"Y": {"Fn::Sub": ["${L} ${P} ${AWS::Region} ${!Kept}", {"L": {"Ref": "P"}}]}}},
            },
            "Outputs": {"O": {"Value": {"Fn::GetAtt": ["A", "Arn"]}}},
        }, [])

    def test_refuses(self) -> None:
        for message, resources in [
            ("unresolved Ref X", {"A": {"Type": "T", "Properties": {"P": [{"Ref": "X"}]}}}),
            ("unresolved GetAtt X", {"A": {"Type": "T", "Properties": {"P": {"Fn::GetAtt": ["X", "Arn"]}}}}),
            ("unresolved GetAtt X", {"A": {"Type": "T", "Properties": {"P": {"Fn::Sub": "${X.Arn}"}}}}),
            ("unresolved Ref X", {"A": {"Type": "T", "Properties": {"P": {"Fn::Sub": ["${X}", {"Y": "1"}]}}}}),
            ("unresolved Condition C", {"A": {"Type": "T", "Condition": "C"}}),
            ("unresolved DependsOn X", {"A": {"Type": "T", "DependsOn": ["X"]}}),
            ("unknown function Fn::Foo", {"A": {"Type": "T", "Properties": {"P": {"Fn::Foo": 1}}}}),
            ("Circular dependency", {"A": {"Type": "T", "DependsOn": "B"}, "B": {"Type": "T", "Properties": {"P": {"Ref": "A"}}}}),
            ("Circular dependency", {"A": {"Type": "T", "Properties": {"P": {"Ref": "A"}}}}),
            ("alphanumeric", {"A-B": {"Type": "T"}}),
            ("has no Type", {"A": {"Properties": {}}}),
            ("['Property']", {"A": {"Type": "T", "Property": {}}}),
            ("At least one", {}),
        ]:
            with self.subTest(message, resources=resources):
                self.refused("ValidationError", message, {"Resources": resources})

    def test_refuses_sections_and_outputs(self) -> None:
        self.refused("ValidationError", "['Resource']", {"Resource": {}, "Resources": {"A": ROLE}})
        self.refused("ValidationError", "output O", {"Resources": {"A": {"Type": "T"}}, "Outputs": {"O": {"Value": {"Ref": "B"}}}})
        self.refused("ValidationError", "name both", {"Parameters": {"A": {"Type": "String"}}, "Resources": {"A": ROLE}})
        self.refused("ValidationError", "more than", {"Resources": {f"R{i}": {"Type": "T"} for i in range(501)}})

    def test_refuses_conditions(self) -> None:
        for message, conditions in [
            ("unresolved Ref A in condition C", {"C": {"Fn::Equals": [{"Ref": "A"}, ""]}}),
            ("unresolved GetAtt A in condition C", {"C": {"Fn::Equals": [{"Fn::GetAtt": ["A", "Arn"]}, ""]}}),
            ("unresolved Condition D in condition C", {"C": {"Fn::Not": [{"Condition": "D"}]}}),
            ("Circular dependency between conditions", {"C": {"Fn::Not": [{"Condition": "D"}]}, "D": {"Fn::Not": [{"Condition": "C"}]}}),
        ]:
            with self.subTest(message):
                self.refused("ValidationError", message, {"Resources": {"A": ROLE}, "Conditions": conditions})

    def test_capabilities(self) -> None:
        named = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "r"}}
        template.check({"Resources": {"R": ROLE}}, ["CAPABILITY_IAM"])
        template.check({"Resources": {"R": named}}, ["CAPABILITY_NAMED_IAM"])
        self.refused("InsufficientCapabilitiesException", "[CAPABILITY_IAM]", {"Resources": {"R": ROLE}}, [])
        self.refused("InsufficientCapabilitiesException", "[CAPABILITY_NAMED_IAM]", {"Resources": {"R": named}}, ["CAPABILITY_IAM"])

    def test_order_is_the_least_favourable(self) -> None:
        resources = {"A": {}, "B": {"DependsOn": "A"}, "C": {}, "D": {"Properties": {"P": {"Ref": "B"}}}}
        self.assertEqual(template.order(resources), ["C", "A", "B", "D"])

    def refused(self, code: str, message: str, parsed: Any, capabilities: list[str] | None = None) -> None:
        with self.assertRaises(Refused) as caught:
            template.check(parsed, capabilities or [])
        self.assertEqual(caught.exception.code, code)
        self.assertIn(message, caught.exception.message)
