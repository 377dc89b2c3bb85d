package bootstrap

import (
	"maps"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// literal returns the group with its free texts written so that Fn::Sub leaves
// them as they are; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html.
// Labels and taints cannot hold what it would replace.
func literal(g spec.NodeGroupBase) spec.NodeGroupBase {
	if g.Kubelet != nil {
		k := literalKubelet(*g.Kubelet)
		g.Kubelet = &k
	}
	if u := g.UserData; u != nil {
		g.UserData = &spec.UserData{Before: literalParts(u.Before), After: literalParts(u.After)}
	}
	if c := g.NodeConfig; c != nil {
		config := *c
		if config.Containerd != nil {
			config.Containerd = &spec.NodeContainerd{Config: literalText(c.Containerd.Config), BaseRuntimeSpec: literalObject(c.Containerd.BaseRuntimeSpec)}
		}
		if config.Instance != nil && config.Instance.LocalStorage != nil {
			storage := *c.Instance.LocalStorage
			storage.MountPath = literalText(storage.MountPath)
			config.Instance = &spec.NodeInstance{LocalStorage: &storage}
		}
		g.NodeConfig = &config
	}
	if b := g.Bottlerocket; b != nil {
		bottlerocket := *b
		bottlerocket.Settings = literalObject(b.Settings)
		g.Bottlerocket = &bottlerocket
	}
	return g
}

// literalKubelet leaves the fields whose form excludes a reference.
func literalKubelet(k spec.Kubelet) spec.Kubelet {
	k.Config = literalObject(k.Config)
	k.Flags = slices.Clone(k.Flags)
	for i, flag := range k.Flags {
		k.Flags[i] = literalText(flag)
	}
	k.AllowedUnsafeSysctls = slices.Clone(k.AllowedUnsafeSysctls)
	for i, name := range k.AllowedUnsafeSysctls {
		k.AllowedUnsafeSysctls[i] = literalText(name)
	}
	return k
}

func literalParts(parts []spec.UserDataPart) []spec.UserDataPart {
	parts = slices.Clone(parts)
	for i, part := range parts {
		parts[i].Content = literalText(part.Content)
	}
	return parts
}

func literalText(s string) string { return strings.ReplaceAll(s, "${", "${!") }

func literalObject(object map[string]any) map[string]any {
	object = maps.Clone(object)
	for name, value := range object {
		delete(object, name)
		object[literalText(name)] = literalValue(value)
	}
	return object
}

func literalValue(v any) any {
	switch v := v.(type) {
	case string:
		return literalText(v)
	case map[string]any:
		return literalObject(v)
	case []any:
		list := slices.Clone(v)
		for i, item := range list {
			list[i] = literalValue(item)
		}
		return list
	}
	return v
}
