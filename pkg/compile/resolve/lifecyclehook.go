package resolve

import (
	"unicode/utf8"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of lifecycle hooks; see
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHookSpecification.html.
const (
	minHeartbeat, maxHeartbeat = 30, 7200 // seconds
	maxHookMetadata            = 1023     // characters
)

func (r *resolver) checkLifecycleHooks(at path, hooks map[string]spec.LifecycleHook) {
	for _, name := range sortedKeys(hooks) {
		h, at := hooks[name], at.at(name)
		r.checkName(at, lifecycleHookRule, name)
		if n := h.HeartbeatTimeout; n < minHeartbeat || n > maxHeartbeat {
			r.report(diag.LifecycleHook, at.at("heartbeatTimeout"), "", "%d seconds; EC2 Auto Scaling waits %d to %d for an answer", n, minHeartbeat, maxHeartbeat)
		}
		if utf8.RuneCountInString(h.NotificationMetadata) > maxHookMetadata {
			r.report(diag.LifecycleHook, at.at("notificationMetadata"), "", "the text has %d characters; EC2 Auto Scaling sends %d", utf8.RuneCountInString(h.NotificationMetadata), maxHookMetadata)
		}
		r.checkHookTarget(at, h)
	}
}

// checkHookTarget checks who is told of a waiting node. EC2 Auto Scaling needs
// a role to write there, and no role otherwise.
func (r *resolver) checkHookTarget(at path, h spec.LifecycleHook) {
	if h.NotificationTarget != "" {
		service := "sns"
		if a, ok := parseARN(h.NotificationTarget); ok && a.service == "sqs" {
			service = "sqs"
		}
		r.checkRegionalARN(at.at("notificationTarget"), h.NotificationTarget, service, "")
	}
	if h.NotificationRole != "" {
		r.checkIAM(at.at("notificationRole"), h.NotificationRole, "role/")
	}
	switch {
	case h.NotificationTarget != "" && h.NotificationRole == "":
		r.report(diag.LifecycleHook, at.at("notificationTarget"), "add notificationRole", "there is no role by which the group may write to %q", h.NotificationTarget)
	case h.NotificationTarget == "" && h.NotificationRole != "":
		r.report(diag.LifecycleHook, at.at("notificationRole"), "add notificationTarget, or leave it out", "there is no target that the role is for")
	}
}

func (r *resolver) checkNotifications(at path, notifications map[string]spec.AutoScalingNotification) {
	taken := map[string]string{}
	for _, name := range sortedKeys(notifications) {
		n, at := notifications[name], at.at(name)
		r.checkRegionalARN(at.at("topic"), n.Topic, "sns", "")
		checkOnce(r, diag.LifecycleHook, at.at("types"), n.Types)
		if other, ok := taken[n.Topic]; ok {
			r.report(diag.LifecycleHook, at.at("topic"), "put the types into one of them", "the topic is that of %q already", other)
		}
		taken[n.Topic] = name
	}
}
