package bootstrap

import (
	"maps"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// nodeConfig is the NodeConfig that tells nodeadm what the spec says, empty
// where it says nothing; see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/.
// What EKS tells a node that it makes join is merged with it.
func (n Node) nodeConfig() string {
	var spec canon.Map
	if n.Joins {
		spec = append(spec, canon.Entry{Key: "cluster", Value: canon.Map{
			{Key: "name", Value: n.Cluster.Name},
			{Key: "apiServerEndpoint", Value: reference(Endpoint)},
			{Key: "certificateAuthority", Value: reference(CertificateAuthority)},
			{Key: "cidr", Value: n.serviceCIDR()},
		}})
	}
	spec = append(spec, n.nodeadmSettings()...)
	if kubelet := n.kubelet(); len(kubelet) > 0 {
		spec = append(spec, canon.Entry{Key: "kubelet", Value: kubelet})
	}
	if len(spec) == 0 {
		return ""
	}
	return toYAML(canon.Map{
		{Key: "apiVersion", Value: "node.eks.aws/v1alpha1"},
		{Key: "kind", Value: "NodeConfig"},
		{Key: "spec", Value: spec},
	})
}

// nodeadmSettings are the settings of nodeadm itself.
func (n Node) nodeadmSettings() canon.Map {
	c := n.Group.NodeConfig
	if c == nil {
		return nil
	}
	var settings canon.Map
	set := func(name string, value canon.Map) {
		if len(value) > 0 {
			settings = append(settings, canon.Entry{Key: name, Value: value})
		}
	}
	if c.Containerd != nil {
		set("containerd", containerd(*c.Containerd))
	}
	if c.Instance != nil && c.Instance.LocalStorage != nil {
		set("instance", canon.Map{{Key: "localStorage", Value: localStorage(*c.Instance.LocalStorage)}})
	}
	if c.FeatureGates != nil && c.FeatureGates.FastImagePull != nil {
		set("featureGates", canon.Map{{Key: "FastImagePull", Value: *c.FeatureGates.FastImagePull}})
	}
	return settings
}

func containerd(c spec.NodeContainerd) canon.Map {
	var options canon.Map
	if c.Config != "" {
		options = append(options, canon.Entry{Key: "config", Value: c.Config})
	}
	if len(c.BaseRuntimeSpec) > 0 {
		options = append(options, canon.Entry{Key: "baseRuntimeSpec", Value: ordered(c.BaseRuntimeSpec)})
	}
	return options
}

func localStorage(s spec.NodeLocalStorage) canon.Map {
	storage := canon.Map{{Key: "strategy", Value: s.Strategy}}
	if s.MountPath != "" {
		storage = append(storage, canon.Entry{Key: "mountPath", Value: s.MountPath})
	}
	if len(s.DisabledMounts) > 0 {
		storage = append(storage, canon.Entry{Key: "disabledMounts", Value: anys(slices.Sorted(slices.Values(s.DisabledMounts)))})
	}
	return storage
}

// kubelet is what a NodeConfig says about the kubelet.
func (n Node) kubelet() canon.Map {
	var kubelet canon.Map
	if config := n.kubeletConfig(); len(config) > 0 {
		kubelet = append(kubelet, canon.Entry{Key: "config", Value: ordered(config)})
	}
	if flags := n.flags(); len(flags) > 0 {
		kubelet = append(kubelet, canon.Entry{Key: "flags", Value: anys(flags)})
	}
	return kubelet
}

// kubeletConfig is a part of a KubeletConfiguration.
func (n Node) kubeletConfig() map[string]any {
	config := map[string]any{}
	if k := n.Group.Kubelet; k != nil {
		maps.Copy(config, k.Config)
		for _, s := range KubeletSettings(*k) {
			config[s.Name] = s.Value
		}
	}
	if n.Group.MaxPods != nil {
		config["maxPods"] = *n.Group.MaxPods
	}
	return config
}

func toYAML(document canon.Map) string {
	data, err := canon.Encode(document)
	if err != nil {
		panic(err) // a spec's values always encode
	}
	return strings.TrimPrefix(string(data), canon.Header)
}

// ordered is v with the entries of its objects in the order of their names.
func ordered(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := canon.Map{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			m = append(m, canon.Entry{Key: name, Value: ordered(v[name])})
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = ordered(item)
		}
		return list
	}
	return v
}

func anys(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}
