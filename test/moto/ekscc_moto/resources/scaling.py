"""Auto Scaling groups, and what belongs to them."""

import re
from typing import Any

from ..api import Api
from ..refusal import Refused
from ..request import request
from .base import Resource, need, take
from .compute import check_image, template_data
from .identity import trusted_role

# https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
MIN_LIFETIME = 24 * 60 * 60
HEARTBEAT = range(30, 7201)
MAX_OVERRIDES, MAX_TAGS = 40, 50
CRON = re.compile(r"[\d*/,-]+ [\d*/,-]+ [\d*/,-]+ [\dA-Za-z*/,-]+ [\dA-Za-z*/,-]+")


class AutoScalingGroup(Resource):
    aws_type = "AWS::AutoScaling::AutoScalingGroup"
    name_property = "AutoScalingGroupName"
    attributes = ("AutoScalingGroupARN",)
    longest_name = 255

    def create(self, properties: dict[str, Any]) -> None:
        subnets = take(properties, "VPCZoneIdentifier").get("VPCZoneIdentifier", [])
        if subnets:
            self.api.call("ec2", "describe_subnets", {"SubnetIds": subnets})
        low, high = int(properties.get("MinSize", -1)), int(properties.get("MaxSize", -1))
        desired = int(properties.get("DesiredCapacity", low))
        if not 0 <= low <= desired <= high:
            raise Refused("ValidationError", f"the sizes must be 0 <= MinSize {low} <= DesiredCapacity {desired} <= MaxSize {high}")
        beside = take(properties, "MetricsCollection", "NotificationConfigurations")
        wanted = {"AutoScalingGroupName": self.name} | properties | {"VPCZoneIdentifier": ",".join(subnets)}
        wanted = request("autoscaling", "create_auto_scaling_group", wanted, {"Cooldown": "DefaultCooldown"})
        _check_launches(self.api, wanted)
        _check_group(self.api, wanted)
        self.api.call("autoscaling", "create_auto_scaling_group", wanted)
        self.id = self.name
        found = self.api.call("autoscaling", "describe_auto_scaling_groups", {"AutoScalingGroupNames": [self.name]})["AutoScalingGroups"]
        self.values["AutoScalingGroupARN"] = found[0]["AutoScalingGroupARN"]
        self._watch(beside)

    def _watch(self, beside: dict[str, Any]) -> None:
        """Does what CloudFormation asks for in requests of their own."""
        for metrics in beside.get("MetricsCollection", []):
            self.call("autoscaling", "enable_metrics_collection", {"AutoScalingGroupName": self.name} | metrics)
        for topic in beside.get("NotificationConfigurations", []):
            # moto has no notifications.
            request("autoscaling", "put_notification_configuration", {"AutoScalingGroupName": self.name} | topic)
            _target(self.api, topic["TopicARN"])


def _check_launches(api: Api, wanted: dict[str, Any]) -> None:
    """Refuses what the group could not launch."""
    policy = wanted.get("MixedInstancesPolicy")
    if bool(policy) == bool(wanted.get("LaunchTemplate")):
        raise Refused("ValidationError", "a group has either LaunchTemplate or MixedInstancesPolicy")
    if not policy:
        check_image(api, template_data(api, wanted["LaunchTemplate"]))
        return
    template, overrides = policy["LaunchTemplate"], policy["LaunchTemplate"].get("Overrides", [])
    data = template_data(api, template["LaunchTemplateSpecification"])
    if len(overrides) > MAX_OVERRIDES:
        raise Refused("ValidationError", f"{len(overrides)} overrides are more than {MAX_OVERRIDES}")
    if len({"WeightedCapacity" in override for override in overrides}) > 1:
        raise Refused("ValidationError", "either all overrides have a WeightedCapacity, or none")
    for override in overrides:
        check_image(api, data | take(dict(override), "InstanceType"))
    spread = policy.get("InstancesDistribution", {})
    if not 0 <= spread.get("OnDemandPercentageAboveBaseCapacity", 100) <= 100:
        raise Refused("ValidationError", "OnDemandPercentageAboveBaseCapacity is no percentage")
    if "SpotInstancePools" in spread and spread.get("SpotAllocationStrategy") != "lowest-price":
        raise Refused("ValidationError", "SpotInstancePools is only for the strategy lowest-price")


def _check_group(api: Api, wanted: dict[str, Any]) -> None:
    lifetime = wanted.get("MaxInstanceLifetime", 0)
    if lifetime and lifetime < MIN_LIFETIME:
        raise Refused("ValidationError", f"MaxInstanceLifetime {lifetime} is less than {MIN_LIFETIME}")
    if len(wanted.get("Tags", [])) > MAX_TAGS:
        raise Refused("ValidationError", f"a group has at most {MAX_TAGS} tags")
    healthy = wanted.get("InstanceMaintenancePolicy", {})
    if healthy and healthy["MaxHealthyPercentage"] - healthy["MinHealthyPercentage"] > 100:
        raise Refused("ValidationError", "the healthy percentages differ by more than 100")
    for arn in wanted.get("TargetGroupARNs", []):
        api.call("elbv2", "describe_target_groups", {"TargetGroupArns": [arn]})
    for hook in wanted.get("LifecycleHookSpecificationList", []):
        if hook.get("HeartbeatTimeout", 3600) not in HEARTBEAT:
            raise Refused("ValidationError", f"HeartbeatTimeout {hook['HeartbeatTimeout']} is not between {HEARTBEAT[0]} and {HEARTBEAT[-1]}")
        if ("NotificationTargetARN" in hook) != ("RoleARN" in hook):
            raise Refused("ValidationError", "a hook has both NotificationTargetARN and RoleARN, or neither")
        if "RoleARN" in hook:
            trusted_role(api, hook["RoleARN"], "autoscaling.amazonaws.com")
            _target(api, hook["NotificationTargetARN"])


def _target(api: Api, arn: str) -> None:
    """Refuses a topic or queue that does not exist."""
    _, _, service, region, account, name = arn.split(":", 5)
    there = Api(account, region)
    if service == "sns":
        there.call("sns", "get_topic_attributes", {"TopicArn": arn})
    else:
        there.call("sqs", "get_queue_url", {"QueueName": name})


class ScheduledAction(Resource):
    aws_type = "AWS::AutoScaling::ScheduledAction"
    attributes = ("ScheduledActionName",)
    longest_name = 255

    def create(self, properties: dict[str, Any]) -> None:
        _group(self.api, properties.get("AutoScalingGroupName", ""))
        if not {"MinSize", "MaxSize", "DesiredCapacity"} & set(properties):
            raise Refused("ValidationError", "an action changes at least one size")
        if not CRON.fullmatch(properties.get("Recurrence", "* * * * *")):
            raise Refused("ValidationError", f"{properties['Recurrence']} is no cron expression of five fields")
        self.call("autoscaling", "put_scheduled_update_group_action", {"ScheduledActionName": self.name} | properties)
        self.id = self.values["ScheduledActionName"] = self.name


class WarmPool(Resource):
    aws_type = "AWS::AutoScaling::WarmPool"

    def create(self, properties: dict[str, Any]) -> None:
        group = _group(self.api, properties.get("AutoScalingGroupName", ""))
        spread = group.get("MixedInstancesPolicy", {}).get("InstancesDistribution", {})
        if spread.get("OnDemandPercentageAboveBaseCapacity", 100) < 100:
            raise Refused("ValidationError", "a group with Spot instances has no warm pool")
        self.call("autoscaling", "put_warm_pool", properties)
        self.id = need(properties, "AutoScalingGroupName")


def _group(api: Api, name: str) -> dict[str, Any]:
    found = api.call("autoscaling", "describe_auto_scaling_groups", {"AutoScalingGroupNames": [name]})["AutoScalingGroups"]
    if not found:
        raise Refused("ValidationError", f"there is no Auto Scaling group {name}")
    return found[0]


RESOURCES = (AutoScalingGroup, ScheduledAction, WarmPool)
