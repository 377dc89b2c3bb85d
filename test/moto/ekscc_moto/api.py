"""Clients of the services that run on the loopback address."""

from functools import lru_cache
from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

from .refusal import Refused

_endpoint = ""
_session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test")


def connect(endpoint: str) -> None:
    """Lets all clients made from now on talk to the given URL."""
    global _endpoint
    _endpoint = endpoint
    _client.cache_clear()


class Api:
    """The services of one region, as one account calls them."""

    def __init__(self, account: str, region: str):
        self.account, self.region = account, region

    def client(self, service: str) -> BaseClient:
        return _client(service, self.account, self.region)

    def call(self, service: str, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Calls an operation; an answer that is an error becomes a refusal."""
        try:
            return getattr(self.client(service), operation)(**request)
        except ClientError as e:
            raise Refused(e.response["Error"]["Code"], e.response["Error"]["Message"]) from e
        except ParamValidationError as e:
            raise Refused("InvalidParameter", str(e).replace("\n", " ")) from e


@lru_cache(maxsize=None)
def _client(service: str, account: str, region: str) -> BaseClient:
    config = Config(retries={"total_max_attempts": 1}, read_timeout=60)
    client = _session.client(service, region_name=region, endpoint_url=_endpoint, config=config)

    def say_account(request: Any, **_: Any) -> None:
        request.headers["x-moto-account-id"] = account

    client.meta.events.register("before-sign", say_account)
    return client
