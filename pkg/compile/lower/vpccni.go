package lower

import (
	"cmp"
	"encoding/json"
	"maps"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// vpcCNIAddon is the EKS name of the add-on of the VPC CNI plugin.
const vpcCNIAddon = "vpc-cni"

// cniSettings are the settings of the VPC CNI plugin, none of them set where
// the spec says nothing.
func (c cluster) cniSettings() spec.VPCCNI { return *cmp.Or(c.VPCCNI, &spec.VPCCNI{}) }

// addonConfiguration is the JSON of an add-on's configuration, or nil.
func (c cluster) addonConfiguration(name string, addon spec.Addon) ir.Value {
	configuration, vars := addon.Configuration, ir.Map{}
	if name == vpcCNIAddon {
		own := c.cniConfiguration()
		if c.customNetworking() {
			own["eniConfig"] = c.eniConfig(vars)
		}
		configuration = united(escapeSub(configuration, len(vars) > 0), own)
	}
	switch {
	case len(configuration) == 0:
		return nil
	case len(vars) > 0:
		return ir.Sub{Text: string(encoded(json.MarshalIndent(configuration, "", "  "))) + "\n", Vars: vars}
	}
	return string(encoded(json.Marshal(configuration)))
}

// encoded is the JSON of what was decoded from JSON, or can be.
func encoded(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

// cniConfiguration is the part of the add-on's configuration that the settings
// make. EKS takes environment variables, and most switches, as strings.
func (c cluster) cniConfiguration() map[string]any {
	configuration := map[string]any{}
	if env := c.CNIEnv(); len(env) > 0 {
		configuration["env"] = anyMap(env)
	}
	settings := c.cniSettings()
	if env := settings.InitEnv(); len(env) > 0 {
		configuration["init"] = map[string]any{"env": anyMap(env)}
	}
	if agent := nodeAgent(settings.NetworkPolicy); len(agent) > 0 {
		configuration["nodeAgent"] = agent
	}
	for _, s := range controllerSettings(settings) {
		configuration[s.key] = s.value
	}
	return configuration
}

// cniObjects are the objects of the plugin that EKS installed, with the fields
// that the settings own. With the vpc-cni add-on the settings are the add-on's
// configuration instead.
func (c cluster) cniObjects() []ir.Object {
	if _, isAddon := c.Addons[vpcCNIAddon]; isAddon {
		return nil
	}
	var objects []ir.Object
	if spec := c.cniPods(); len(spec) > 0 {
		// A typed DaemonSet would carry fields, such as an empty selector, that
		// this patch must not have.
		daemonSet := object(map[string]any{
			"apiVersion": "apps/v1",
			"kind":       "DaemonSet",
			"metadata":   map[string]any{"name": "aws-node", "namespace": "kube-system"},
			"spec":       map[string]any{"template": map[string]any{"spec": spec}},
		})
		daemonSet.File = "daemonset"
		objects = append(objects, daemonSet)
	}
	if data := controllerData(controllerSettings(c.cniSettings())); len(data) > 0 {
		configMap := object(corev1.ConfigMap{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
			ObjectMeta: metav1.ObjectMeta{Name: "amazon-vpc-cni", Namespace: "kube-system"},
			Data:       data,
		})
		configMap.File = "configmap"
		objects = append(objects, configMap)
	}
	return append(objects, c.eniConfigs()...)
}

// cniPods is the part of the specification of aws-node's pods that the
// settings own.
func (c cluster) cniPods() map[string]any {
	settings, pods := c.cniSettings(), map[string]any{}
	var containers []any
	if args := c.agentArgs(settings.NetworkPolicy); args != nil {
		containers = append(containers, map[string]any{"name": "aws-eks-nodeagent", "args": args})
	}
	if env := c.CNIEnv(); len(env) > 0 {
		containers = append(containers, map[string]any{"name": "aws-node", "env": envList(env)})
	}
	if containers != nil {
		pods["containers"] = containers
	}
	if env := settings.InitEnv(); len(env) > 0 {
		pods["initContainers"] = []any{map[string]any{"name": "aws-vpc-cni-init", "env": envList(env)}}
	}
	return pods
}

// envList is an environment as a container has it.
func envList(env map[string]string) []any {
	var list []any
	for _, variable := range sorted(env) {
		list = append(list, map[string]any{"name": variable.name, "value": variable.value})
	}
	return list
}

// anyMap is a map of texts as decoded JSON has it.
func anyMap(texts map[string]string) map[string]any {
	all := map[string]any{}
	for name, text := range texts {
		all[name] = text
	}
	return all
}

// united unites two trees of maps that do not contradict each other.
func united(a, b map[string]any) map[string]any {
	union := maps.Clone(a)
	if union == nil {
		union = map[string]any{}
	}
	for key, value := range b {
		present, ok1 := union[key].(map[string]any)
		more, ok2 := value.(map[string]any)
		if ok1 && ok2 {
			value = united(present, more)
		}
		union[key] = value
	}
	return union
}

// escapeSub is a configuration whose texts Fn::Sub leaves as they are, if it
// is to pass through there.
func escapeSub(configuration map[string]any, isSub bool) map[string]any {
	if !isSub {
		return configuration
	}
	escaped, _ := escaped(configuration).(map[string]any)
	return escaped
}

func escaped(value any) any {
	switch value := value.(type) {
	case string:
		return strings.ReplaceAll(value, "${", "${!")
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = escaped(item)
		}
		return list
	case map[string]any:
		all := map[string]any{}
		for key, item := range value {
			all[strings.ReplaceAll(key, "${", "${!")] = escaped(item)
		}
		return all
	}
	return value
}
