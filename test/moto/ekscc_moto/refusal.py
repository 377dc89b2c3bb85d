"""The error by which a template, a stack or a resource is refused."""

from moto.core.exceptions import ServiceException


class Refused(ServiceException):
    """A refusal: AWS's error code, and what is wrong.

    A message about one resource starts with its logical id.
    """

    def __init__(self, code: str, message: str):
        super().__init__(code, message)


def invalid(message: str) -> Refused:
    """A template that CloudFormation does not take."""
    return Refused("ValidationError", message)
