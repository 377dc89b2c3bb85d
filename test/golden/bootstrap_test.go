package golden_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"sigs.k8s.io/yaml"

	"github.com/ekscc/ekscc/pkg/compile/bootstrap"
	"github.com/ekscc/ekscc/pkg/ir"
)

// What a deployed cluster says of itself.
const (
	endpoint   = "https://0123456789ABCDEF0123456789ABCDEF.gr7.ap-northeast-2.eks.amazonaws.com"
	ipv6Block  = "fd12:3456:789a::/108"
	ipv6DNS    = "fd12:3456:789a::a"
	authority  = "-----BEGIN CERTIFICATE-----\n0123456789\n-----END CERTIFICATE-----\n"
	fewestSeen = 20
)

// launched is the user data of a launch template as an instance would see it,
// and what its cluster says.
type launched struct {
	text    string
	cluster string // the cluster's name
	cidr    string // the block of the cluster's services
	// joins says that nothing but the user data makes the node join.
	joins bool
}

// TestBootstrap reads the user data of every launch template as nodes do: each
// is of a form that nodes read, holds nothing that they do not know, and makes
// just those nodes join that EKS does not.
func TestBootstrap(t *testing.T) {
	seen := 0
	for _, dir := range specs(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			model, _ := compiled(t, dir)
			for _, environment := range model.Environments {
				for _, l := range launches(t, environment.Stacks) {
					seen++
					l.check(t)
				}
			}
		})
	}
	if seen < fewestSeen {
		t.Errorf("only %d launch templates", seen)
	}
}

// launches are those of all node groups of an environment's stacks.
func launches(t *testing.T, stacks []ir.Stack) []launched {
	var all []launched
	var name, cidr string
	for _, stack := range stacks {
		published := map[ir.Value]bool{} // launch templates of groups with an AMI type
		for _, r := range stack.Resources {
			switch r.Type {
			case "AWS::EKS::Cluster":
				network := r.Properties["KubernetesNetworkConfig"].(ir.Map)
				name, cidr = r.Properties["Name"].(string), ipv6Block
				if block, ok := network["ServiceIpv4Cidr"].(string); ok {
					cidr = block
				}
			case "AWS::EKS::Nodegroup":
				if reference, ok := r.Properties["LaunchTemplate"].(ir.Map); ok && r.Properties["AmiType"] != nil {
					published[reference["Id"]] = true
				}
			}
		}
		for _, r := range stack.Resources {
			if r.Type != "AWS::EC2::LaunchTemplate" || strings.HasPrefix(r.ID, "Bastion") {
				continue
			}
			l := launched{cluster: name, cidr: cidr, joins: !published[ir.Ref(r.ID)]}
			if userData, ok := r.Properties["LaunchTemplateData"].(ir.Map)["UserData"].(ir.Base64); ok {
				l.text = deployed(t, userData.Value)
			}
			all = append(all, l)
		}
	}
	return all
}

// deployed is the text that CloudFormation makes of user data.
func deployed(t *testing.T, v ir.Value) string {
	sub, ok := v.(ir.Sub)
	if !ok {
		return v.(string)
	}
	known := map[string]string{
		bootstrap.Endpoint: endpoint, bootstrap.ServiceIPv6CIDR: ipv6Block, bootstrap.ClusterDNS: ipv6DNS,
		bootstrap.CertificateAuthority: base64.StdEncoding.EncodeToString([]byte(authority)),
	}
	return regexp.MustCompile(`\$\{[^}]*\}`).ReplaceAllStringFunc(sub.Text, func(reference string) string {
		name := strings.Trim(reference, "${}")
		if meant, ok := strings.CutPrefix(name, "!"); ok {
			return "${" + meant + "}"
		}
		if _, ok := sub.Vars[name]; !ok || known[name] == "" {
			t.Errorf("nobody knows %s", reference)
		}
		return known[name]
	})
}

func (l launched) check(t *testing.T) {
	if len(l.text) > bootstrap.MaxSize {
		t.Errorf("%d bytes of user data", len(l.text))
	}
	joined := false
	switch {
	case l.text == "":
	case strings.HasPrefix(l.text, "MIME-Version: 1.0\n"):
		joined = l.checkMessage(t)
	case strings.HasPrefix(l.text, "<powershell>\n"):
		joined = l.checkPowerShell(t)
	default:
		joined = l.checkTOML(t)
	}
	if joined != l.joins {
		t.Errorf("the user data makes the node join: %v, want %v, in %s", joined, l.joins, l.text)
	}
}

// checkMessage reads a MIME message as cloud-init does.
func (l launched) checkMessage(t *testing.T) (joined bool) {
	if strings.Contains(l.text, "\r") {
		t.Error("a carriage return")
	}
	message, err := mail.ReadMessage(strings.NewReader(l.text))
	if err != nil {
		t.Fatal(err)
	}
	mediaType, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil || mediaType != "multipart/mixed" {
		t.Fatalf("got media type %q, error %v", mediaType, err)
	}
	reader := multipart.NewReader(message.Body, params["boundary"])
	for {
		part, err := reader.NextRawPart()
		if err == io.EOF {
			return joined
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(part.Header) != 1 || len(part.Header["Content-Type"]) != 1 {
			t.Errorf("the part has the headers %v", part.Header)
		}
		body, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		joined = l.checkPart(t, part.Header.Get("Content-Type"), body) || joined
	}
}

var scriptJoins = regexp.MustCompile(`(?s)\n/etc/eks/bootstrap\.sh (\S+) .*--apiserver-endpoint '(.*?)'.*--b64-cluster-ca '(.*?)'.*(?:--dns-cluster-ip|--service-ipv6-cidr) '?([0-9a-f.:/]+)`)

func (l launched) checkPart(t *testing.T, contentType string, body []byte) (joined bool) {
	switch contentType {
	case "application/node.eks.aws":
		return l.checkNodeConfig(t, body)
	case `text/x-shellscript; charset="utf-8"`, `text/cloud-boothook; charset="utf-8"`:
		if !bytes.HasPrefix(body, []byte("#!/")) {
			t.Errorf("the script %s", body)
		}
		if m := scriptJoins.FindSubmatch(body); m != nil {
			want := l.dns()
			if l.cidr == ipv6Block {
				want = l.cidr
			}
			l.compare(t, string(m[1]), string(m[2]), string(m[3]), string(m[4]), want)
			return true
		}
	case `text/cloud-config; charset="utf-8"`:
		if err := yaml.Unmarshal(body, new(map[string]any)); err != nil {
			t.Error(err)
		}
	default:
		t.Errorf("a part of type %s", contentType)
	}
	return false
}

func (l launched) checkNodeConfig(t *testing.T, body []byte) (joined bool) {
	var config nodeConfig
	if err := yaml.UnmarshalStrict(body, &config); err != nil {
		t.Errorf("%v in %s", err, body)
	}
	if config.APIVersion != "node.eks.aws/v1alpha1" || config.Kind != "NodeConfig" {
		t.Errorf("a %s of %s", config.Kind, config.APIVersion)
	}
	c := config.Spec.Cluster
	if c == nil {
		return false
	}
	l.compare(t, c.Name, c.APIServerEndpoint, base64.StdEncoding.EncodeToString(c.CertificateAuthority), c.CIDR, l.cidr)
	return true
}

func (l launched) checkTOML(t *testing.T) (joined bool) {
	var config struct {
		Settings bottlerocketSettings `toml:"settings"`
	}
	if err := toml.NewDecoder(strings.NewReader(l.text)).DisallowUnknownFields().Decode(&config); err != nil {
		t.Errorf("%v in %s", err, l.text)
	}
	k := config.Settings.Kubernetes
	if k.ClusterName == "" {
		return false
	}
	l.compare(t, k.ClusterName, k.APIServer, k.ClusterCertificate, "", "")
	if dns, ok := k.ClusterDNSIP.(string); ok && dns != l.dns() {
		t.Errorf("cluster-dns-ip is %s, want %s", dns, l.dns())
	}
	return true
}

var powerShellJoins = regexp.MustCompile("^& \\$EKSBootstrapScriptFile -EKSClusterName '(.*)' `\n  -APIServerEndpoint '(.*)' `\n  -Base64ClusterCA '(.*)' `\n  -ServiceCIDR '(.*)' `\n  -DNSClusterIP '(.*)'")

func (l launched) checkPowerShell(t *testing.T) (joined bool) {
	body, ok := strings.CutSuffix(l.text, "\n</powershell>\n")
	if !ok || strings.Count(l.text, "powershell>") != 2 {
		t.Errorf("the tags of %s", l.text)
	}
	i := strings.Index(body, "& $EKSBootstrapScriptFile")
	if i < 0 {
		return false
	}
	m := powerShellJoins.FindStringSubmatch(body[i:])
	if m == nil {
		t.Fatalf("the arguments of %s", body[i:])
	}
	l.compare(t, m[1], m[2], m[3], m[4], l.cidr)
	if m[5] != l.dns() {
		t.Errorf("DNSClusterIP is %s, want %s", m[5], l.dns())
	}
	return true
}

// dns is the address of the cluster's DNS service.
func (l launched) dns() string {
	if l.cidr == ipv6Block {
		return ipv6DNS
	}
	block, _, _ := strings.Cut(l.cidr, "/")
	return strings.TrimSuffix(block, "0") + "10"
}

// compare compares what a node is told of its cluster with what that is.
func (l launched) compare(t *testing.T, name, server, certificate, cidr, wantCIDR string) {
	t.Helper()
	decoded, err := base64.StdEncoding.DecodeString(certificate)
	if name != l.cluster || server != endpoint || err != nil || string(decoded) != authority || cidr != wantCIDR {
		t.Errorf("the node joins %q at %s with the services %s and a certificate of %d bytes, error %v; want %q and %s", name, server, cidr, len(decoded), err, l.cluster, wantCIDR)
	}
}
