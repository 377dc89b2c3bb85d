"""What a policy document lets whom do, as far as templates of ekscc ask."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from .refusal import Refused

# Condition operators that compare an ARN or a string with patterns.
PATTERNS = ("ArnEquals", "ArnLike", "StringEquals", "StringLike")


def statements(document: Any) -> Iterator[dict[str, Any]]:
    """Yields the statements of a document, which may be JSON text."""
    document = json.loads(document) if isinstance(document, str) else document or {}
    yield from listed(document.get("Statement"))


def principals(statement: dict[str, Any], kind: str) -> list[str]:
    """Returns the principals of a kind, such as Service, that a statement names."""
    named = statement.get("Principal")
    return listed(named.get(kind)) if isinstance(named, dict) else [named] if named else []


def allowed(document: Any, actions: tuple[str, ...], context: dict[str, str], service: str = "", resource: str = "") -> set[str]:
    """Returns which of some actions a document allows.

    A resource policy names the service; a policy of a role names resources.
    context holds what the service says of its call; conditions on other keys
    are taken to hold.
    """
    result: set[str] = set()
    for statement in statements(document):
        if statement.get("Effect") != "Allow" or not _fits(statement.get("Condition") or {}, context):
            continue
        if service and not {service, "*"} & set(principals(statement, "Service")):
            continue
        if resource and not any(_like(resource, pattern) for pattern in listed(statement.get("Resource"))):
            continue
        patterns = [pattern.lower() for pattern in listed(statement.get("Action"))]
        result |= {action for action in actions if any(_like(action.lower(), pattern) for pattern in patterns)}
    return result


def _fits(conditions: dict[str, Any], context: dict[str, str]) -> bool:
    for operator, keys in conditions.items():
        for key, patterns in keys.items():
            value = context.get(key)
            if value is not None and operator in PATTERNS and not any(_like(value, str(pattern)) for pattern in listed(patterns)):
                return False
    return True


def _like(value: str, pattern: str) -> bool:
    return fnmatchcase(value, pattern.replace("[", "[[]"))


def check_form(document: Any, partition: str) -> None:
    """Refuses a document with parts that IAM does not know, or ARNs of another partition."""
    for statement in statements(document):
        for service in principals(statement, "Service"):
            if service != "*" and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|c2s\.ic\.gov|sc2s\.sgov\.gov)", service):
                raise Refused("MalformedPolicyDocument", f"Invalid principal in policy: \"SERVICE\":\"{service}\"")
        for arn in listed(statement.get("Resource")) + principals(statement, "AWS") + principals(statement, "Federated"):
            match = re.match(r"arn:([^:]*):", str(arn))
            if match and match.group(1) not in (partition, "*"):
                raise Refused("MalformedPolicyDocument", f"Partition \"{match.group(1)}\" is not valid for resource \"{arn}\".")


def listed(value: Any) -> list[Any]:
    """Returns a list, of which JSON policies write one element without brackets."""
    return value if isinstance(value, list) else [value] if value else []
