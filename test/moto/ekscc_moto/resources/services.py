"""Logs, keys, queues, events and buckets: what surrounds a cluster."""

import json
from typing import Any

from .. import policies
from ..api import Api
from ..partitions import dns_suffix
from ..refusal import Refused
from .base import Resource, document, need, refuse_rest, take
from .identity import check_principals, principal

# Days that CloudWatch Logs keeps what it gets.
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
# What CloudWatch Logs does with a key.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
KEY_USE = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:GenerateDataKey", "kms:DescribeKey")


class LogGroup(Resource):
    aws_type = "AWS::Logs::LogGroup"
    name_property = "LogGroupName"
    attributes = ("Arn",)
    longest_name = 512

    def create(self, properties: dict[str, Any]) -> None:
        days = take(properties, "RetentionInDays").get("RetentionInDays")
        wanted = {"LogGroupName": self.name} | properties
        arn = f"arn:{self.partition}:logs:{self.api.region}:{self.api.account}:log-group:{wanted['LogGroupName']}"
        if key := wanted.get("KmsKeyId"):
            _check_log_key(self.api, key, arn)
        if days is not None and int(days) not in RETENTION:
            raise Refused("InvalidParameterException", f"RetentionInDays {days} is none of {', '.join(map(str, RETENTION))}")
        self.call("logs", "create_log_group", wanted)
        self.id, self.values["Arn"] = wanted["LogGroupName"], f"{arn}:*"
        if days is not None:
            self.call("logs", "put_retention_policy", {"LogGroupName": self.id, "RetentionInDays": days})


def _check_log_key(api: Api, key: str, group: str) -> None:
    api.call("kms", "describe_key", {"KeyId": key})
    policy = api.call("kms", "get_key_policy", {"KeyId": key, "PolicyName": "default"})["Policy"]
    context = {"kms:EncryptionContext:aws:logs:arn": group, "aws:SourceAccount": api.account, "aws:SourceArn": group}
    service = f"logs.{api.region}.{dns_suffix(api.region)}"
    if missing := sorted(set(KEY_USE) - policies.allowed(policy, KEY_USE, context, service=service)):
        raise Refused("InvalidParameterException", f"The specified KMS key does not let CloudWatch Logs do {', '.join(missing)} for {group}")


class Key(Resource):
    aws_type = "AWS::KMS::Key"
    attributes = ("Arn", "KeyId")

    def create(self, properties: dict[str, Any]) -> None:
        rotation = take(properties, "EnableKeyRotation", "RotationPeriodInDays")
        take(properties, "PendingWindowInDays", "Enabled")
        policy, tags = need(properties, "KeyPolicy"), take(properties, "Tags").get("Tags", [])
        check_principals(self.api, policy)
        root = f"arn:{self.partition}:iam::{self.api.account}:root"
        mine = [s for s in policies.statements(policy) if {root, self.api.account, "*"} & set(policies.principals(s, "AWS"))]
        if not policies.allowed({"Statement": mine}, ("kms:PutKeyPolicy",), {}):
            raise Refused("MalformedPolicyDocumentException", "The new key policy will not allow you to update the key policy in the future.")
        wanted = properties | {"Policy": document(policy), "Tags": [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in tags]}
        made = self.call("kms", "create_key", wanted)["KeyMetadata"]
        self.id = self.values["KeyId"] = made["KeyId"]
        self.values["Arn"] = made["Arn"]
        if rotation.get("EnableKeyRotation") in (True, "true"):
            self.call("kms", "enable_key_rotation", {"KeyId": self.id} | take(rotation, "RotationPeriodInDays"))


class Alias(Resource):
    aws_type = "AWS::KMS::Alias"

    def create(self, properties: dict[str, Any]) -> None:
        self.call("kms", "create_alias", properties)
        self.id = properties["AliasName"]


class Queue(Resource):
    aws_type = "AWS::SQS::Queue"
    name_property = "QueueName"
    attributes = ("Arn", "QueueName", "QueueUrl")
    longest_name = 80

    def create(self, properties: dict[str, Any]) -> None:
        name, tags = take(properties, "QueueName").get("QueueName", self.name), take(properties, "Tags")
        attributes = {key: document(value) if isinstance(value, dict) else value for key, value in properties.items()}
        self.id = self.values["QueueUrl"] = self.call("sqs", "create_queue", {"QueueName": name, "Attributes": attributes} | tags)["QueueUrl"]
        self.values |= {"QueueName": name, "Arn": f"arn:{self.partition}:sqs:{self.api.region}:{self.api.account}:{name}"}


class QueuePolicy(Resource):
    aws_type = "AWS::SQS::QueuePolicy"
    attributes = ("Id",)

    def create(self, properties: dict[str, Any]) -> None:
        queues, policy = need(properties, "Queues"), need(properties, "PolicyDocument")
        refuse_rest(properties)
        check_principals(self.api, policy)
        for queue in queues:
            self.call("sqs", "set_queue_attributes", {"QueueUrl": queue, "Attributes": {"Policy": document(policy)}})
        self.id = self.values["Id"] = self.name


class EventRule(Resource):
    aws_type = "AWS::Events::Rule"
    name_property = "Name"
    attributes = ("Arn",)

    def create(self, properties: dict[str, Any]) -> None:
        targets = take(properties, "Targets").get("Targets", [])
        wanted = {"Name": self.name} | properties
        if not {"EventPattern", "ScheduleExpression"} & set(wanted):
            raise Refused("ValidationException", "a rule needs an EventPattern or a ScheduleExpression")
        if isinstance(wanted.get("EventPattern"), dict):
            wanted["EventPattern"] = json.dumps(wanted["EventPattern"])
        self.values["Arn"] = self.call("events", "put_rule", wanted)["RuleArn"]
        self.id = wanted["Name"]
        for target in targets:
            service, _, name = target.get("Arn", "").split(":", 2)[-1].partition(":")
            if service == "sqs":
                self.api.call("sqs", "get_queue_url", {"QueueName": name.rpartition(":")[2]})
            if "RoleArn" in target:
                principal(self.api, target["RoleArn"])
        if targets:
            self.call("events", "put_targets", {"Rule": self.id, "Targets": targets})


class BucketPolicy(Resource):
    aws_type = "AWS::S3::BucketPolicy"

    def create(self, properties: dict[str, Any]) -> None:
        bucket, policy = need(properties, "Bucket"), need(properties, "PolicyDocument")
        refuse_rest(properties)
        check_principals(self.api, policy)
        self.call("s3", "put_bucket_policy", {"Bucket": bucket, "Policy": document(policy)})
        self.id = bucket


class Bucket(Resource):
    aws_type = "AWS::S3::Bucket"
    name_property = "BucketName"
    attributes = ("Arn", "DomainName", "RegionalDomainName")
    longest_name = 63

    def create(self, properties: dict[str, Any]) -> None:
        self.id = take(properties, "BucketName").get("BucketName", self.name.lower())
        where = {} if self.api.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": self.api.region}}
        self.call("s3", "create_bucket", {"Bucket": self.id} | where)
        for name, (operation, parameter) in BUCKET_SETTINGS.items():
            if name in properties:
                self.call("s3", operation, {"Bucket": self.id, parameter: SETTINGS_OF_API.get(name, lambda value: value)(properties.pop(name))})
        if properties:
            raise Refused("UnsupportedProperty", f"the plug-in does not judge {', '.join(sorted(properties))} of a bucket")
        self.values["Arn"] = f"arn:{self.partition}:s3:::{self.id}"
        self.values["DomainName"] = f"{self.id}.s3.amazonaws.com"
        self.values["RegionalDomainName"] = f"{self.id}.s3.{self.api.region}.amazonaws.com"


# Each property of a bucket, and the call that sets it.
BUCKET_SETTINGS = {
    "BucketEncryption": ("put_bucket_encryption", "ServerSideEncryptionConfiguration"),
    "OwnershipControls": ("put_bucket_ownership_controls", "OwnershipControls"),
    "PublicAccessBlockConfiguration": ("put_public_access_block", "PublicAccessBlockConfiguration"),
    "Tags": ("put_bucket_tagging", "Tagging"),
    "VersioningConfiguration": ("put_bucket_versioning", "VersioningConfiguration"),
}
# How the API says what CloudFormation says differently.
SETTINGS_OF_API = {
    "BucketEncryption": lambda value: {"Rules": [
        {("ApplyServerSideEncryptionByDefault" if key == "ServerSideEncryptionByDefault" else key): setting for key, setting in rule.items()}
        for rule in value["ServerSideEncryptionConfiguration"]]},
    "Tags": lambda value: {"TagSet": value},
}

RESOURCES = (LogGroup, Key, Alias, Queue, QueuePolicy, EventRule, Bucket, BucketPolicy)
