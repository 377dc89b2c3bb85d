"""IAM Roles Anywhere, of which moto knows nothing: what hybrid nodes get credentials by."""

import hashlib
from typing import Any

from cryptography.x509 import BasicConstraints, ExtensionNotFound, load_pem_x509_certificates

from ..refusal import Refused
from ..request import request
from .base import Resource
from .identity import trusted_role

# https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
ACTIONS = ("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession")


class TrustAnchor(Resource):
    aws_type = "AWS::RolesAnywhere::TrustAnchor"
    attributes = ("TrustAnchorArn", "TrustAnchorId")

    def create(self, properties: dict[str, Any]) -> None:
        wanted = request("rolesanywhere", "create_trust_anchor", properties)
        kind, data = wanted["source"].get("sourceType"), wanted["source"].get("sourceData") or {}
        needed = {"CERTIFICATE_BUNDLE": "x509CertificateData", "AWS_ACM_PCA": "acmPcaArn"}.get(kind, "")
        if set(data) != {needed}:
            raise Refused("ValidationException", f"a source of the type {kind} has {needed} and nothing else")
        if kind == "CERTIFICATE_BUNDLE":
            _check_authorities(data["x509CertificateData"])
        self.id = _identifier(self.name)
        arn = f"arn:{self.partition}:rolesanywhere:{self.api.region}:{self.api.account}:trust-anchor/{self.id}"
        self.values = {"TrustAnchorArn": arn, "TrustAnchorId": self.id}


def _check_authorities(bundle: str) -> None:
    try:
        certificates = load_pem_x509_certificates(bundle.encode())
    except ValueError as e:
        raise Refused("ValidationException", f"Incorrect basic constraints for CA certificate: {e}") from e
    for certificate in certificates:
        try:
            is_authority = certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
        except ExtensionNotFound:
            is_authority = False
        if not is_authority:
            raise Refused("ValidationException", f"Incorrect basic constraints for CA certificate: {certificate.subject.rfc4514_string()}")


class Profile(Resource):
    aws_type = "AWS::RolesAnywhere::Profile"
    attributes = ("ProfileArn", "ProfileId")

    def create(self, properties: dict[str, Any]) -> None:
        wanted = request("rolesanywhere", "create_profile", properties)
        for role in wanted["roleArns"]:
            trusted_role(self.api, role, "rolesanywhere.amazonaws.com", ACTIONS)
        self.id = _identifier(self.name)
        arn = f"arn:{self.partition}:rolesanywhere:{self.api.region}:{self.api.account}:profile/{self.id}"
        self.values = {"ProfileArn": arn, "ProfileId": self.id}


def _identifier(name: str) -> str:
    digits = hashlib.md5(name.encode()).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


RESOURCES = (TrustAnchor, Profile)
