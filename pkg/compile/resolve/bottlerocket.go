package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/bootstrap"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func (r *resolver) checkBottlerocket(at path, g spec.NodeGroupBase, joins bool) {
	if g.Image.Family != spec.Bottlerocket {
		if g.Bottlerocket != nil {
			r.report(diag.NodeSetting, at.at("bottlerocket"), "", "nodes with %s do not run Bottlerocket", g.Image.Family)
		}
		return
	}
	own := bootstrap.Node{Cluster: r.cluster, Group: g, Joins: joins}.OwnSettings()
	if g.Bottlerocket != nil && len(g.Bottlerocket.Settings) > 0 {
		r.checkBottlerocketSettings(at.at("bottlerocket", "settings"), own, g.Bottlerocket.Settings, joins)
	}
	if g.KeyPair != "" && !adminContainer(g.Bottlerocket) {
		r.report(diag.NodeSetting, at.at("keyPair"), "write bottlerocket: adminContainer: true", "Bottlerocket takes SSH in its admin container alone, which does not run")
	}
}

// adminContainer reports whether the admin container runs.
func adminContainer(b *spec.BottlerocketNode) bool {
	if b == nil {
		return false
	}
	containers, _ := b.Settings["host-containers"].(map[string]any)
	admin, _ := containers["admin"].(map[string]any)
	return valueOr(b.AdminContainer, false) || admin["enabled"] == true
}

// bottlerocketFields are the fields for what is below settings.kubernetes, and
// "" for what the cluster decides.
var bottlerocketFields = map[string]string{
	"api-server": "", "cluster-certificate": "", "cluster-name": "",
	"node-labels": "labels", "node-taints": "taints", "max-pods": "maxPods",
}

func (r *resolver) checkBottlerocketSettings(at path, own, settings map[string]any, joins bool) {
	if !r.checkFree(diag.NodeSetting, at, settings) {
		return
	}
	if err := bootstrap.Encodes(settings); err != nil {
		r.report(diag.NodeSetting, at, "", "the settings cannot be written as TOML: %v", err)
		return
	}
	kubernetes, _ := settings["kubernetes"].(map[string]any)
	reserved := false
	for _, name := range sortedKeys(kubernetes) {
		field, ok := bottlerocketFields[name]
		switch at := at.at("kubernetes", name); {
		case !ok:
			continue
		case field == "":
			r.report(diag.NodeSetting, at, "leave it out", "the cluster decides it")
		default:
			r.report(diag.NodeSetting, at, fmt.Sprintf("write %s of the group", field), "the group has a field for it")
		}
		reserved = true
	}
	if path := bootstrap.Contradiction(own, settings); path != nil && !reserved {
		r.report(diag.NodeSetting, at.at(path...), "say it once", "another field of the group sets it already")
	}
	if !joins {
		r.checkMergeable(at, settings)
	}
}

// bareKey is a key of TOML without quotes.
var bareKey = lazyregexp.New(`^[A-Za-z0-9_-]+$`)

// checkMergeable reports TOML that EKS does not read when it merges its own
// settings with those of a managed group; see
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data.
func (r *resolver) checkMergeable(at path, v any) {
	const hint = "name an image of yours by id, or make the group self-managed"
	switch v := v.(type) {
	case string:
		if strings.ContainsAny(v, "'\n") && strings.ContainsAny(v, "\"\\\n") {
			r.report(diag.NodeSetting, at, hint, "EKS does not read a text with escaped characters in settings of managed nodes")
		}
	case map[string]any:
		for _, name := range sortedKeys(v) {
			at := at.at(name)
			_, table := v[name].(map[string]any)
			if strings.ContainsAny(name, `"'`) || table && !bareKey.MatchString(name) {
				r.report(diag.NodeSetting, at, hint, "EKS does not read the name %q in settings of managed nodes", name)
			}
			r.checkMergeable(at, v[name])
		}
	case []any:
		if kinds := kindsOf(v); len(kinds) > 1 {
			r.report(diag.NodeSetting, at, hint, "EKS does not read a list of %s in settings of managed nodes", strings.Join(kinds, " and "))
		}
		for i, item := range v {
			r.checkMergeable(at.index(i), item)
		}
	}
}

// kindsOf are the types of what is in a list, sorted.
func kindsOf(list []any) []string {
	var kinds []string
	for _, item := range list {
		kind := "numbers"
		switch item.(type) {
		case string:
			kind = "texts"
		case bool:
			kind = "truth values"
		case map[string]any:
			kind = "tables"
		case []any:
			kind = "lists"
		case float64:
			kind = "fractions"
		}
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}
