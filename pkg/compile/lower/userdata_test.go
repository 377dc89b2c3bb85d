package lower_test

import (
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/compile/lower"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// TestUserData reads the user data of a self-managed node as cloud-init and
// nodeadm do.
func TestUserData(t *testing.T) {
	s := plain("dev")
	base := s.Cluster.NodeGroups["g"].NodeGroupBase
	base.Labels = map[string]string{"tier": "web", "a": ""}
	base.Taints = map[string]spec.Taint{"dedicated": {Value: "web", Effect: "NoSchedule"}}
	s.Cluster.NodeGroups = nil
	s.Cluster.ServiceCIDR = "172.20.0.0/16"
	s.Cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"g": {NodeGroupBase: base}}

	sub := userData(t, lower.Lower(s, []*spec.Spec{s}))
	text := strings.NewReplacer("${Endpoint}", "https://x.eks.amazonaws.com", "${CertificateAuthorityData}", "Q0E=").Replace(sub.Text)
	contentType, nodeConfig := onlyPart(t, text)
	if contentType != "application/node.eks.aws" {
		t.Errorf("the part is of type %q", contentType)
	}
	var got map[string]any
	if err := yaml.Unmarshal(nodeConfig, &got); err != nil {
		t.Fatalf("%v in %s", err, nodeConfig)
	}
	want := map[string]any{
		"apiVersion": "node.eks.aws/v1alpha1",
		"kind":       "NodeConfig",
		"spec": map[string]any{
			"cluster": map[string]any{"name": "c", "apiServerEndpoint": "https://x.eks.amazonaws.com", "certificateAuthority": "Q0E=", "cidr": "172.20.0.0/16"},
			"kubelet": map[string]any{"flags": []any{"--node-labels=a=,tier=web", "--register-with-taints=dedicated=web:NoSchedule"}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if sub.Vars["Endpoint"] != ir.ImportValue("c-cluster:Endpoint") || sub.Vars["CertificateAuthorityData"] != ir.ImportValue("c-cluster:CertificateAuthorityData") {
		t.Errorf("got variables %v", sub.Vars)
	}
}

// TestUserDataOfIPv6 holds that an IPv6 cluster's nodes learn the services'
// block from the cluster, because EKS chooses it.
func TestUserDataOfIPv6(t *testing.T) {
	s := plain("dev")
	s.Cluster.IPFamily = spec.IPv6
	s.Cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"g": {NodeGroupBase: s.Cluster.NodeGroups["g"].NodeGroupBase}}
	s.Cluster.NodeGroups = nil
	m := lower.Lower(s, []*spec.Spec{s})
	sub := userData(t, m)
	if !strings.Contains(sub.Text, "\n    cidr: ${ServiceIpv6Cidr}\n") || sub.Vars["ServiceIpv6Cidr"] != ir.ImportValue("c-cluster:ServiceIpv6Cidr") {
		t.Errorf("got user data %q with %v", sub.Text, sub.Vars)
	}
	cluster := stacksOf(s)[0]
	if last := cluster.Outputs[len(cluster.Outputs)-1]; last.Export != "c-cluster:ServiceIpv6Cidr" {
		t.Errorf("the last export is %q", last.Export)
	}
}

func userData(t *testing.T, m *ir.Model) ir.Sub {
	return launchTemplate(t, m)["UserData"].(ir.Base64).Value.(ir.Sub)
}

func launchTemplate(t *testing.T, m *ir.Model) ir.Map {
	for _, stack := range m.Environments[0].Stacks {
		for _, r := range stack.Resources {
			if r.Type == "AWS::EC2::LaunchTemplate" {
				return r.Properties["LaunchTemplateData"].(ir.Map)
			}
		}
	}
	t.Fatal("no launch template")
	return nil
}

func onlyPart(t *testing.T, text string) (contentType string, body []byte) {
	message, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	mediaType, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil || mediaType != "multipart/mixed" {
		t.Fatalf("got media type %q, error %v", mediaType, err)
	}
	reader := multipart.NewReader(message.Body, params["boundary"])
	part, err := reader.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	if body, err = io.ReadAll(part); err != nil {
		t.Fatal(err)
	}
	if _, err := reader.NextPart(); err != io.EOF {
		t.Fatalf("a second part, or error %v", err)
	}
	return part.Header.Get("Content-Type"), body
}

// TestManagedUserData holds that a managed group's node is told no more than
// what EKS does not tell it.
func TestManagedUserData(t *testing.T) {
	s, most := plain("dev"), 58
	group := s.Cluster.NodeGroups["g"]
	group.MaxPods = &most
	s.Cluster.NodeGroups["g"] = group
	text := launchTemplate(t, lower.Lower(s, []*spec.Spec{s}))["UserData"].(ir.Base64).Value.(string)
	contentType, nodeConfig := onlyPart(t, text)
	const want = "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    config:\n      maxPods: 58\n"
	if contentType != "application/node.eks.aws" || string(nodeConfig) != want {
		t.Errorf("got a part of type %q:\n%s", contentType, nodeConfig)
	}
}
