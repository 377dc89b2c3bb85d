import unittest
from types import SimpleNamespace
from typing import Any

from ekscc_moto import template
from ekscc_moto.intrinsics import MAPPINGS, condition, evaluate
from ekscc_moto.refusal import Refused


class Resources(dict[str, Any]):
    """What a stack's names stand for, as moto's ResourceMap has it."""

    lazy_condition_map = {"Big": True, "Small": False}
    cross_stack_resources = {"e": SimpleNamespace(name="net:Id", value="vpc-1")}

    def __init__(self) -> None:
        vpc = SimpleNamespace(physical_resource_id="vpc-0", get_cfn_attribute=lambda name: {"Blocks": ["2600:1f18:1::/56"], "A.B": "c"}.get(name))
        super().__init__({"AWS::Region": "eu-west-1", "AWS::AccountId": "111122223333", "P": "value", "List": ["a", "b"], "Vpc": vpc, "Absent": None,
                          MAPPINGS: {"M": {"eu-west-1": {"zones": ["x"]}}}})
        self.imported: set[str] = set()


class IntrinsicsTest(unittest.TestCase):
    def test_values(self) -> None:
        for text, want in [
            ("!Ref P", "value"),
            ("!Ref Vpc", "vpc-0"),
            ("!GetAtt Vpc.A.B", "c"),
            ("Fn::GetAtt: Vpc.A.B", "c"),
            ("[a, !Ref AWS::NoValue]", ["a"]),
            ("{A: !Ref AWS::NoValue, B: !If [Small, 1, 2]}", {"B": 2}),
            ("!If [Big, !Ref P, !Ref Absent]", "value"),
            ("!FindInMap [M, !Ref AWS::Region, zones]", ["x"]),
            ("!Join ['-', [a, 1, true, !Ref P]]", "a-1-true-value"),
            ("!Join ['', !Ref List]", "ab"),
            ("!Select ['1', !Split ['/', a/b/c]]", "b"),
            ("!Select [0, !GetAZs '']", "eu-west-1a"),
            ("!Cidr [10.0.0.0/16, 2, 12]", ["10.0.0.0/20", "10.0.16.0/20"]),
            ("!Select [255, !Cidr [!Select [0, !GetAtt Vpc.Blocks], 256, 64]]", "2600:1f18:1:ff::/64"),
            ("!Sub '${P} ${Vpc} ${Vpc.A.B} ${!P} $P'", "value vpc-0 c ${P} $P"),
            ("!Sub ['${X}:${P}', {X: !Join [',', [1, 2]]}]", "1,2:value"),
            ("!Base64 {Fn::Sub: 'é${P}'}", "w6l2YWx1ZQ=="),
            ("!ImportValue {Fn::Sub: 'net:Id'}", "vpc-1"),
            ("{Version: 2012-10-17}", {"Version": "2012-10-17"}),
        ]:
            with self.subTest(text):
                self.assertEqual(evaluate(template.parse(text), Resources()), want)

    def test_imports_are_remembered(self) -> None:
        resources = Resources()
        evaluate(template.parse("!If [Small, !ImportValue none, !ImportValue 'net:Id']"), resources)
        self.assertEqual(resources.imported, {"net:Id"})

    def test_refusals(self) -> None:
        for text, message in [
            ("!Ref Absent", "Unresolved resource dependencies [Absent]"),
            ("!GetAtt Absent.Arn", "Unresolved resource dependencies [Absent]"),
            ("!GetAtt Vpc.Arn", "does not support attribute type Arn"),
            ("!If [Never, 1, 2]", "unresolved condition dependency Never"),
            ("!If [Big, 1]", "three elements"),
            ("!FindInMap [M, eu-west-2, zones]", "Unable to get mapping for M::eu-west-2::zones"),
            ("!Join ['', a]", "joins no list"),
            ("!Join ['', [[a]]]", "['a'] is no string"),
            ("!Split ['', a]", "requires a delimiter"),
            ("!Select [2, [a, b]]", "nonexistent value at index 2"),
            ("!Select [-1, [a, b]]", "nonexistent value at index -1"),
            ("!Cidr [10.0.0.0/24, 3, 7]", "has no 3 networks"),
            ("!Cidr ['2600:1f18:1::/56', 1]", "needs a number of bits"),
            ("!Cidr [10.0.0.0/16, 257, 4]", "has no 257 networks"),
            ("!GetAZs eu-west-9", "availability zones of eu-west-9"),
            ("!Sub '${List}'", "is no string"),
            ("!ImportValue net:Name", "No export named net:Name"),
            ("'{{resolve:secretsmanager:x}}'", "not judged"),
        ]:
            with self.subTest(text), self.assertRaises(Refused) as caught:
                evaluate(template.parse(text), Resources())
            self.assertIn(message, caught.exception.message)

    def test_conditions(self) -> None:
        known = {"Big": True, "Small": False}
        for text, want in [
            ("!Equals [!Ref P, value]", True),
            ("!Equals [1, '1']", True),
            ("!Equals [true, 'true']", True),
            ("!Equals [!Ref List, [a, c]]", False),
            ("!Not [!Equals [a, b]]", True),
            ("!And [!Condition Big, !Not [!Condition Small]]", True),
            ("!And [!Condition Big, Condition: Small]", False),
            ("!Or [!Condition Small, !Condition Small]", False),
            ("!Equals [!FindInMap [M, eu-west-1, zones], [x]]", True),
        ]:
            with self.subTest(text):
                self.assertEqual(condition(template.parse(text), Resources(), known), want)
        for text in ("!Equals [a]", "!Not [!Condition Big, !Condition Small]", "!And [!Condition Big]", "!Contains [a, b]", "!Condition Never", "yes"):
            with self.subTest(text), self.assertRaises(Refused):
                condition(template.parse(text), Resources(), known)

    def test_what_is_no_yaml(self) -> None:
        with self.assertRaises(Refused):
            template.parse("a: [")
