package lower

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// notificationTypes are what a topic is told of where the spec does not say.
var notificationTypes = []string{"EC2_INSTANCE_LAUNCH", "EC2_INSTANCE_LAUNCH_ERROR", "EC2_INSTANCE_TERMINATE", "EC2_INSTANCE_TERMINATE_ERROR"}

// setHooks sets what waits for nodes, and who is told of them. Hooks are
// properties of the group, and not resources beside it, so that they are there
// before its first node.
func (g autoScalingGroup) setHooks(properties ir.Map) {
	var hooks, topics ir.List
	for _, hook := range sorted(g.LifecycleHooks) {
		hooks = append(hooks, lifecycleHook(hook.name, hook.value))
	}
	for _, notification := range sorted(g.Notifications) {
		types := notification.value.Types
		if len(types) == 0 {
			types = notificationTypes
		}
		topics = append(topics, ir.Map{
			"NotificationTypes": ofAutoScaling(types),
			"TopicARN":          notification.value.Topic,
		})
	}
	if hooks != nil {
		properties["LifecycleHookSpecificationList"] = hooks
	}
	if topics != nil {
		properties["NotificationConfigurations"] = topics
	}
}

func lifecycleHook(name string, h spec.LifecycleHook) ir.Map {
	hook := ir.Map{
		"DefaultResult":       h.DefaultResult,
		"HeartbeatTimeout":    h.HeartbeatTimeout,
		"LifecycleHookName":   name,
		"LifecycleTransition": "autoscaling:" + h.Transition,
	}
	for property, value := range map[string]string{
		"NotificationMetadata":  h.NotificationMetadata,
		"NotificationTargetARN": h.NotificationTarget,
		"RoleARN":               h.NotificationRole,
	} {
		if value != "" {
			hook[property] = value
		}
	}
	return hook
}

// ofAutoScaling are names of EC2 Auto Scaling as its API has them.
func ofAutoScaling(names []string) ir.List {
	var list ir.List
	for _, name := range slices.Sorted(slices.Values(names)) {
		list = append(list, "autoscaling:"+name)
	}
	return list
}

// addScheduledActions adds the changes of size at certain times.
func (g autoScalingGroup) addScheduledActions(s *ir.Stack) {
	for _, action := range sorted(g.ScheduledActions) {
		properties := ir.Map{"AutoScalingGroupName": ir.Ref(autoScalingGroupID)}
		for property, text := range map[string]string{
			"EndTime":    action.value.EndTime,
			"Recurrence": action.value.Recurrence,
			"StartTime":  action.value.StartTime,
			"TimeZone":   action.value.TimeZone,
		} {
			if text != "" {
				properties[property] = text
			}
		}
		setInt(properties, "MinSize", action.value.Min)
		setInt(properties, "MaxSize", action.value.Max)
		setInt(properties, "DesiredCapacity", action.value.Desired)
		add(s, g.origin+".scheduledActions."+action.name, ir.Resource{
			ID: naming.LogicalID("ScheduledAction", action.name), Type: "AWS::AutoScaling::ScheduledAction", Properties: properties})
	}
}
