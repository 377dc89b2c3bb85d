package bootstrap

import (
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/ekscc/ekscc/pkg/compile/images"
)

// Settings are what the TOML of a Bottlerocket node says below settings: what
// ekscc makes of the spec, and what the spec says in Bottlerocket's words.
func (n Node) Settings() map[string]any {
	settings := n.OwnSettings()
	if b := n.Group.Bottlerocket; b != nil {
		merge(settings, b.Settings)
	}
	return settings
}

// OwnSettings are the settings that fields of the spec make; see
// https://bottlerocket.dev/en/os/latest/api/settings/.
func (n Node) OwnSettings() map[string]any {
	kubernetes := map[string]any{}
	if n.Joins {
		kubernetes = n.joinSettings()
	}
	if k := n.Group.Kubelet; k != nil {
		for _, s := range KubeletSettings(*k) {
			if s.Bottlerocket != "" {
				kubernetes[s.Bottlerocket] = s.Value
			}
		}
	}
	if n.Group.MaxPods != nil {
		kubernetes["max-pods"] = *n.Group.MaxPods
	}
	settings := map[string]any{}
	if len(kubernetes) > 0 {
		settings["kubernetes"] = kubernetes
	}
	if b := n.Group.Bottlerocket; b != nil {
		setContainer(settings, "admin", b.AdminContainer)
		setContainer(settings, "control", b.ControlContainer)
	}
	n.setDeviceOwnership(settings)
	return settings
}

// joinSettings make a node join; its labels and taints come with it.
func (n Node) joinSettings() map[string]any {
	settings := map[string]any{
		"api-server":          reference(Endpoint),
		"cluster-certificate": reference(CertificateAuthority),
		"cluster-dns-ip":      n.clusterDNS(),
		"cluster-name":        n.Cluster.Name,
	}
	if len(n.Group.Labels) > 0 {
		settings["node-labels"] = object(n.Group.Labels)
	}
	taints := map[string]any{}
	for key, taint := range n.Group.Taints {
		taints[key] = []any{taint.Value + ":" + taint.Effect}
	}
	if len(taints) > 0 {
		settings["node-taints"] = taints
	}
	return settings
}

func setContainer(settings map[string]any, name string, enabled *bool) {
	if enabled != nil {
		merge(settings, map[string]any{"host-containers": map[string]any{name: map[string]any{"enabled": *enabled}}})
	}
}

// setDeviceOwnership lets containers own Neuron devices, which they need to use
// them, unless the spec says otherwise; see
// https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html#eks-amis-neuron-bottlerocket.
func (n Node) setDeviceOwnership(settings map[string]any) {
	const name = "device-ownership-from-security-context"
	if len(n.Group.InstanceTypes) == 0 || images.Accelerator(n.Group.InstanceTypes[0]) != images.Neuron {
		return
	}
	if b := n.Group.Bottlerocket; b != nil {
		if kubernetes, ok := b.Settings["kubernetes"].(map[string]any); ok && kubernetes[name] != nil {
			return
		}
	}
	merge(settings, map[string]any{"kubernetes": map[string]any{name: true}})
}

// merge copies what is in from into to. Tables are merged, and nothing is
// shared.
func merge(to, from map[string]any) {
	for name, value := range from {
		table, ok := value.(map[string]any)
		if !ok {
			to[name] = value
			continue
		}
		below, ok := to[name].(map[string]any)
		if !ok {
			below = map[string]any{}
			to[name] = below
		}
		merge(below, table)
	}
}

// Contradiction returns the path of what settings say of a setting that own has
// already, or nil.
func Contradiction(own, settings map[string]any) []string {
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		mine, there := own[name]
		if !there {
			continue
		}
		a, ok1 := mine.(map[string]any)
		b, ok2 := settings[name].(map[string]any)
		if !ok1 || !ok2 {
			return []string{name}
		}
		if path := Contradiction(a, b); path != nil {
			return append([]string{name}, path...)
		}
	}
	return nil
}

// toTOML writes settings as Bottlerocket takes them.
func toTOML(settings map[string]any) string {
	if len(settings) == 0 {
		return ""
	}
	text, err := toml.Marshal(map[string]any{"settings": settings})
	if err != nil {
		panic(err) // resolve has tried it
	}
	return withoutEmptyTables(string(text))
}

// withoutEmptyTables drops the headers of tables that hold tables alone. A line
// that begins with a bracket is a header: the library writes lists and texts on
// one line.
func withoutEmptyTables(text string) string {
	var kept strings.Builder
	for rest := text; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		if !strings.HasPrefix(line, "[") || !strings.HasPrefix(after, "[") || strings.HasPrefix(line, "[[") {
			kept.WriteString(line + "\n")
		}
		rest = after
	}
	return kept.String()
}

// Encodes reports why settings cannot be written as TOML, or nil.
func Encodes(settings map[string]any) error {
	_, err := toml.Marshal(settings)
	return err
}
