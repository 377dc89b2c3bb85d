package bootstrap_test

import (
	"io"
	"mime/multipart"
	"reflect"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"github.com/ekscc/ekscc/pkg/compile/bootstrap"
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// node is one that joins a cluster.
func node(family spec.ImageFamily) bootstrap.Node {
	return bootstrap.Node{
		Cluster: &spec.Cluster{Name: "c", ServiceCIDR: "10.100.0.0/16"},
		Group:   spec.NodeGroupBase{Image: spec.Image{Family: family}, InstanceTypes: []string{"m7g.large"}},
		Joins:   true,
	}
}

// TestNothingToSay holds that nodes which EKS makes join are told nothing
// unless the spec says something.
func TestNothingToSay(t *testing.T) {
	for _, family := range []spec.ImageFamily{spec.AL2023, spec.AL2, spec.Bottlerocket, "WindowsServer2022Core"} {
		n := node(family)
		n.Joins = false
		n.Group.Labels = map[string]string{"a": "b"}
		if text := n.UserData(); text != "" || n.Size() != 0 {
			t.Errorf("%s: %q", family, text)
		}
	}
}

// TestLiteral holds that what Fn::Sub would replace in texts of the spec comes
// out as it went in, and that a text without Fn::Sub is not changed.
func TestLiteral(t *testing.T) {
	const script = "#!/bin/bash\necho ${Endpoint} ${!x} $y\n"
	for _, joins := range []bool{true, false} {
		n := node(spec.AL2023)
		n.Joins = joins
		n.Group.UserData = &spec.UserData{Before: []spec.UserDataPart{{Content: script}}}
		n.Group.Kubelet = &spec.Kubelet{
			Config: map[string]any{"a${b}": []any{"${c}", map[string]any{"d": "${e}"}}},
			Flags:  []string{"--f=${g}"}, AllowedUnsafeSysctls: []string{"${h}"},
		}
		n.Group.NodeConfig = &spec.NodeConfig{
			Containerd: &spec.NodeContainerd{Config: "i = '${j}'", BaseRuntimeSpec: map[string]any{"k": "${l}"}},
			Instance:   &spec.NodeInstance{LocalStorage: &spec.NodeLocalStorage{Strategy: "Mount", MountPath: "/${m}"}},
		}
		text := n.UserData()
		wants := []string{script, "a${b}", "${c}", "${e}", "--f=${g}", "${h}", "i = '${j}'", "${l}", "/${m}"}
		for _, want := range wants {
			if joins {
				want = strings.ReplaceAll(want, "${", "${!")
			}
			if !strings.Contains(text, want) {
				t.Errorf("joins %v: no %q in %s", joins, want, text)
			}
		}
		if n.Group.UserData.Before[0].Content != script || n.Group.Kubelet.Flags[0] != "--f=${g}" || n.Group.Kubelet.Config["a${b}"] == nil {
			t.Error("the spec has changed")
		}
	}
}

// TestLiteralSettings is TestLiteral for Bottlerocket.
func TestLiteralSettings(t *testing.T) {
	n := node(spec.Bottlerocket)
	settings := map[string]any{"motd": "${Endpoint}"}
	n.Group.Bottlerocket = &spec.BottlerocketNode{Settings: settings}
	if text := n.UserData(); !strings.Contains(text, "motd = '${!Endpoint}'") || !strings.Contains(text, "api-server = '${Endpoint}'") || settings["motd"] != "${Endpoint}" {
		t.Error(text)
	}
}

// TestBoundary holds that parts come out whole, whatever they hold.
func TestBoundary(t *testing.T) {
	contents := []string{"#!/bin/sh\n--NODECONFIG\n", "#!/bin/sh\n--NODECONFIG-1--", "#!/bin/sh"}
	n := node(spec.AL2023)
	n.Group.UserData = &spec.UserData{}
	for _, content := range contents {
		n.Group.UserData.Before = append(n.Group.UserData.Before, spec.UserDataPart{Content: content})
	}
	text := n.UserData()
	_, rest, _ := strings.Cut(text, `boundary="`)
	mark, body, _ := strings.Cut(rest, "\"\n")
	reader := multipart.NewReader(strings.NewReader(body), mark)
	for _, want := range contents {
		part, err := reader.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(part)
		if err != nil || string(got) != strings.TrimSuffix(want, "\n")+"\n" {
			t.Errorf("got %q, want %q, error %v", got, want, err)
		}
	}
}

// TestSize holds that a text which grows to 16 KB is counted whole.
func TestSize(t *testing.T) {
	n := node(spec.AL2023)
	empty := n.Size()
	if empty < 1700 || empty > 2500 {
		t.Errorf("%d bytes without anything", empty)
	}
	n.Group.UserData = &spec.UserData{Before: []spec.UserDataPart{{Content: "#!" + strings.Repeat("x", 1000)}}}
	if grown := n.Size() - empty; grown < 1002 || grown > 1100 {
		t.Errorf("%d bytes more", grown)
	}
	n.Joins = false
	if size := n.Size(); size < 1002+2500 {
		t.Errorf("%d bytes with what EKS adds", size)
	}
}

// TestIPv6 holds what nodes of an IPv6 cluster name of the deployed one.
func TestIPv6(t *testing.T) {
	for family, want := range map[spec.ImageFamily]string{
		spec.AL2023:       "cidr: ${ServiceIpv6Cidr}",
		spec.Bottlerocket: "cluster-dns-ip = '${ClusterDns}'",
		"Ubuntu2404":      "--ip-family ipv6 \\\n  --service-ipv6-cidr '${ServiceIpv6Cidr}'",
	} {
		n := node(family)
		n.Cluster.IPFamily = spec.IPv6
		if text := n.UserData(); !strings.Contains(text, want) {
			t.Errorf("%s: no %q in %s", family, want, text)
		}
	}
}

// TestQuotes holds that no text ends a string of a script.
func TestQuotes(t *testing.T) {
	for family, want := range map[spec.ImageFamily]string{
		"Ubuntu2404":            `--kubelet-extra-args '--a='\''b'\'''`,
		"WindowsServer2022Core": `-KubeletExtraArgs '--a=''b'''`,
	} {
		n := node(family)
		n.Group.Kubelet = &spec.Kubelet{Flags: []string{"--a='b'"}}
		if text := n.UserData(); !strings.Contains(text, want) {
			t.Errorf("%s: no %s in %s", family, want, text)
		}
	}
}

// TestSettings holds that settings of Bottlerocket come out of TOML as they
// went in, and that what the spec says of Neuron devices wins.
func TestSettings(t *testing.T) {
	n := node(spec.Bottlerocket)
	n.Joins, n.Group.InstanceTypes = false, []string{"inf2.xlarge"}
	want := map[string]any{
		"motd":       "it's\n\"quoted\" \\",
		"kubernetes": map[string]any{"device-ownership-from-security-context": false},
		"a":          map[string]any{"b.c": map[string]any{"d": []any{int64(1), 2.5, true}}, "e": []any{map[string]any{"f": "g"}}},
	}
	n.Group.Bottlerocket = &spec.BottlerocketNode{Settings: want}
	var got map[string]any
	if err := toml.Unmarshal([]byte(n.UserData()), &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got["settings"], want) {
		t.Errorf("got  %v\nwant %v", got["settings"], want)
	}
}

func TestContradiction(t *testing.T) {
	own := map[string]any{"kubernetes": map[string]any{"max-pods": 1, "node-labels": map[string]any{"a": "b"}}}
	for _, tt := range []struct {
		settings map[string]any
		want     []string
	}{
		{map[string]any{"motd": "x", "kubernetes": map[string]any{"node-labels": map[string]any{"c": "d"}}}, nil},
		{map[string]any{"kubernetes": map[string]any{"max-pods": 1}}, []string{"kubernetes", "max-pods"}},
		{map[string]any{"kubernetes": map[string]any{"node-labels": map[string]any{"a": "c"}}}, []string{"kubernetes", "node-labels", "a"}},
		{map[string]any{"kubernetes": "x"}, []string{"kubernetes"}},
	} {
		if got := bootstrap.Contradiction(own, tt.settings); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%v: %v", tt.settings, got)
		}
	}
}
