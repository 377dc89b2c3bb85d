package resolve

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestLifecycleHooks(t *testing.T) {
	hook := func(name string, f func(*spec.LifecycleHook)) func(*spec.Spec) {
		h := spec.LifecycleHook{Transition: "EC2_INSTANCE_LAUNCHING", HeartbeatTimeout: 30}
		f(&h)
		return workers(func(g *spec.SelfManagedNodeGroup) { g.LifecycleHooks = map[string]spec.LifecycleHook{name: h} })
	}
	target := func(target, role string) func(*spec.Spec) {
		return hook("ready", func(h *spec.LifecycleHook) { h.NotificationTarget, h.NotificationRole = target, role })
	}
	const (
		at    = workersAt + " lifecycleHooks ready"
		queue = "arn:aws:sqs:ap-northeast-2:999999999999:nodes"
		role  = "arn:aws:iam::111122223333:role/nodes"
	)
	runRules(t, oldVPC, []ruleTest{
		{"hook", hook("team/ready_1", func(*spec.LifecycleHook) {}), nil},
		{"name", hook("a b", func(*spec.LifecycleHook) {}), []want{{diag.InvalidName, workersAt + " lifecycleHooks a b", "lifecycle hook"}}},
		{"too short", hook("ready", func(h *spec.LifecycleHook) { h.HeartbeatTimeout = 29 }), []want{{diag.LifecycleHook, at + " heartbeatTimeout", "30 to 7200"}}},
		{"too long", hook("ready", func(h *spec.LifecycleHook) { h.HeartbeatTimeout = 7201 }), []want{{diag.LifecycleHook, at + " heartbeatTimeout", "7201 seconds"}}},
		{"long text", hook("ready", func(h *spec.LifecycleHook) { h.NotificationMetadata = strings.Repeat("é", 1024) }), []want{{diag.LifecycleHook, at + " notificationMetadata", "1024 characters"}}},
		{"queue", target(queue, role), nil},
		{"topic", target("arn:aws:sns:ap-northeast-2:111122223333:nodes", role), nil},
		{"target without a role", target(queue, ""), []want{{diag.LifecycleHook, at + " notificationTarget", "no role"}}},
		{"role without a target", target("", role), []want{{diag.LifecycleHook, at + " notificationRole", "no target"}}},
		{"function", target("arn:aws:lambda:ap-northeast-2:111122223333:function:nodes", role), []want{{diag.InvalidARN, at + " notificationTarget", "an SNS topic"}}},
		{"queue elsewhere", target("arn:aws:sqs:eu-west-1:111122223333:nodes", role), []want{{diag.InvalidARN, at + " notificationTarget", `in "eu-west-1"`}}},
		{"no role", target(queue, "nodes"), []want{{diag.InvalidARN, at + " notificationRole", "not an ARN"}}},
	})
}

func TestNotifications(t *testing.T) {
	const topic = "arn:aws:sns:ap-northeast-2:111122223333:nodes"
	notify := func(all map[string]spec.AutoScalingNotification) func(*spec.Spec) {
		return workers(func(g *spec.SelfManagedNodeGroup) { g.Notifications = all })
	}
	const at = workersAt + " notifications"
	runRules(t, oldVPC, []ruleTest{
		{"topic", notify(map[string]spec.AutoScalingNotification{"a": {Topic: topic}}), nil},
		{"queue", notify(map[string]spec.AutoScalingNotification{"a": {Topic: "arn:aws:sqs:ap-northeast-2:111122223333:nodes"}}), []want{{diag.InvalidARN, at + " a topic", "an SNS topic"}}},
		{"topic twice", notify(map[string]spec.AutoScalingNotification{"a": {Topic: topic}, "b": {Topic: topic}}), []want{{diag.LifecycleHook, at + " b topic", `"a" already`}}},
		{"type twice", notify(map[string]spec.AutoScalingNotification{"a": {Topic: topic, Types: []string{"EC2_INSTANCE_LAUNCH", "EC2_INSTANCE_LAUNCH"}}}), []want{
			{diag.LifecycleHook, at + " a types 1", "twice"}}},
	})
}
