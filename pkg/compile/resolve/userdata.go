package resolve

import (
	"bytes"
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/compile/bootstrap"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkBootstrap checks what the nodes of a group are told when they start.
func (r *resolver) checkBootstrap(at path, g spec.NodeGroupBase, managed bool) {
	joins := !managed || g.Image.IsCustom()
	before := len(r.found)
	r.checkKubelet(at.at("kubelet"), g, joins)
	r.checkNodeConfig(at.at("nodeConfig"), g)
	r.checkBottlerocket(at, g, joins)
	r.checkUserData(at.at("userData"), g, joins)
	if len(r.found) > before {
		return
	}
	node := bootstrap.Node{Cluster: r.cluster, Group: g, Joins: joins}
	if size := node.Size(); size > bootstrap.MaxSize {
		r.report(diag.UserData, at.at("userData"), "fetch what is large when the node starts, or make it part of an image", "the user data has up to %d bytes; EC2 takes %d", size, bootstrap.MaxSize)
	}
}

func (r *resolver) checkUserData(at path, g spec.NodeGroupBase, joins bool) {
	u := g.UserData
	if u == nil {
		return
	}
	if g.Image.Family == spec.Bottlerocket {
		r.report(diag.UserData, at, "write bottlerocket.settings, such as bootstrap-containers", "Bottlerocket runs no scripts")
		return
	}
	for i, part := range u.Before {
		r.checkPart(at.at("before").index(i), g.Image.Family, part)
	}
	for i, part := range u.After {
		at := at.at("after").index(i)
		r.checkPart(at, g.Image.Family, part)
		r.checkAfter(at, g.Image.Family, part, joins)
	}
}

// checkAfter reports what would run before the node joins all the same: nodeadm
// starts the kubelet when cloud-init is through, and what EKS adds to the user
// data of managed nodes is behind ours.
func (r *resolver) checkAfter(at path, family spec.ImageFamily, part spec.UserDataPart, joins bool) {
	const hint = "write it in before"
	switch {
	case part.ContentType == spec.NodeConfigPart:
	case family == spec.AL2023:
		r.report(diag.UserData, at, hint, "nodes of AL2023 join when all scripts have run")
	case !joins:
		r.report(diag.UserData, at, hint, "EKS makes nodes of managed groups join after all that the spec has")
	}
}

func (r *resolver) checkPart(at path, family spec.ImageFamily, part spec.UserDataPart) {
	switch {
	case part.ContentType == spec.NodeConfigPart && family != spec.AL2023:
		r.report(diag.UserData, at.at("contentType"), "", "nodes with %s have no nodeadm", family)
	case part.ContentType != "" && family.IsWindows():
		r.report(diag.UserData, at.at("contentType"), "leave it out", "user data of Windows is PowerShell and has no types")
	case part.ContentType == spec.NodeConfigPart:
		r.checkNodeConfigPart(at.at("content"), part.Content)
	case !family.IsWindows() && (part.ContentType == "" || part.ContentType == spec.ShellScript) && !strings.HasPrefix(part.Content, "#!"):
		r.report(diag.UserData, at.at("content"), `begin it with "#!/bin/bash"`, "the script does not say what runs it")
	case family.IsWindows() && strings.Contains(strings.ToLower(part.Content), "<powershell>"):
		r.report(diag.UserData, at.at("content"), "write the commands alone", "the tag <powershell> is around all commands already")
	}
	if i := strings.IndexFunc(part.Content, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c == 0x7f }); i >= 0 {
		r.report(diag.UserData, at.at("content"), "end lines with a line feed alone", "the text has the character %s", strconv.QuoteRuneToASCII(rune(part.Content[i])))
	}
}

// checkNodeConfigPart checks that nodeadm will find its objects in a text.
func (r *resolver) checkNodeConfigPart(at path, text string) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for n := 0; ; n++ {
		var object struct {
			APIVersion string `yaml:"apiVersion"`
			Kind       string `yaml:"kind"`
		}
		err := decoder.Decode(&object)
		switch {
		case errors.Is(err, io.EOF) && n > 0:
			return
		case err != nil:
			r.report(diag.UserData, at, "", "the text is not a NodeConfig in YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
			return
		case object.Kind != "NodeConfig" || object.APIVersion != "node.eks.aws/v1alpha1":
			r.report(diag.UserData, at, "begin it with apiVersion: node.eks.aws/v1alpha1 and kind: NodeConfig", "the text is not a NodeConfig")
			return
		}
	}
}

func (r *resolver) checkNodeConfig(at path, g spec.NodeGroupBase) {
	c := g.NodeConfig
	if c == nil {
		return
	}
	if g.Image.Family != spec.AL2023 {
		r.report(diag.NodeSetting, at, "", "nodes with %s have no nodeadm", g.Image.Family)
		return
	}
	if c.Containerd != nil {
		var table map[string]any
		if err := toml.NewDecoder(bytes.NewReader([]byte(c.Containerd.Config))).Decode(&table); err != nil {
			r.report(diag.NodeSetting, at.at("containerd", "config"), "", "the text is not TOML: %s", strings.TrimPrefix(err.Error(), "toml: "))
		}
		r.checkFree(diag.NodeSetting, at.at("containerd", "baseRuntimeSpec"), c.Containerd.BaseRuntimeSpec)
	}
	if c.Instance == nil || c.Instance.LocalStorage == nil {
		return
	}
	s, at := c.Instance.LocalStorage, at.at("instance", "localStorage")
	if s.MountPath != "" && !strings.HasPrefix(s.MountPath, "/") {
		r.report(diag.NodeSetting, at.at("mountPath"), "", "%q is not an absolute path", s.MountPath)
	}
	for i, name := range s.DisabledMounts {
		if name != "Containerd" && name != "PodLogs" {
			r.report(diag.NodeSetting, at.at("disabledMounts").index(i), `write "Containerd" or "PodLogs"`, "nodeadm has no mount %q", name)
		}
	}
}

// checkFree reports what neither YAML nor TOML can hold, and whether there is
// nothing of it.
func (r *resolver) checkFree(code diag.Code, at path, v any) bool {
	before := len(r.found)
	switch v := v.(type) {
	case nil:
		r.report(code, at, "leave it out", "null says nothing")
	case *big.Int:
		r.report(code, at, "", "the number %v has more than 64 bits", v)
	case map[string]any:
		for _, name := range sortedKeys(v) {
			r.checkFree(code, at.at(name), v[name])
		}
	case []any:
		for i, item := range v {
			r.checkFree(code, at.index(i), item)
		}
	}
	return len(r.found) == before
}
