package spec

// SelfManagedNodeGroup is an Auto Scaling group with a launch template.
type SelfManagedNodeGroup struct {
	AutoScalingGroup
	NodeGroupBase
}
