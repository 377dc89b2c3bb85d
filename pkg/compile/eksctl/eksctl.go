// Package eksctl turns the ClusterConfig file of eksctl into a spec.
//
// The spec says everything that eksctl would do without being told, because
// the defaults of the two differ. A field of the file that has no counterpart
// is reported, and never dropped in silence. See https://eksctl.io for the
// file's own documentation.
package eksctl

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Import returns the CUE text of a spec that says what the ClusterConfig file
// at path says, for a cluster in the AWS account with that id, which the file
// does not name. The diagnostics hold a warning for each field that the spec
// does not say, and for each choice that was made for the user; there is no
// spec with an error among them. The error says that there is nothing to read
// at path.
func Import(path, account string) ([]byte, diag.List, error) {
	if strings.EqualFold(filepath.Ext(path), ".cue") {
		return nil, nil, fmt.Errorf("failed to read %s: eksctl reads YAML and JSON", path)
	}
	source, diags, err := load.Load(path, nil)
	if err != nil || diags.HasErrors() {
		return nil, diags, err
	}
	i := &importer{source: source, used: map[string]bool{}}
	root := i.root()
	if i.checkKind(root); i.found.HasErrors() {
		return nil, i.found, nil
	}
	cluster := i.cluster(root, account)
	i.reportUnused(root)
	i.found.Sort()
	if i.found.HasErrors() {
		return nil, i.found, nil
	}
	text, err := file(packageName(cluster.text("name")), cluster, i.namespaces)
	return text, i.found, err
}

// checkKind reports a file of another kind.
func (i *importer) checkKind(root node) {
	version, kind := root.field("apiVersion"), root.field("kind")
	if !strings.HasPrefix(version.text(), "eksctl.io/") || kind.text() != "ClusterConfig" {
		i.report(diag.NotClusterConfig, root, `take a file with apiVersion: "eksctl.io/v1alpha5" and kind: "ClusterConfig"`, "the file is no ClusterConfig of eksctl")
	}
}

// cluster is what the spec's cluster becomes.
func (i *importer) cluster(root node, account string) object {
	var cluster object
	metadata := root.field("metadata")
	cluster.set("name", metadata.field("name").required())
	cluster.set("region", metadata.field("region").required())
	cluster.set("account", account)
	cluster.set("version", i.version(metadata.field("version")))
	cluster.setIf("tags", stringMap(metadata.field("tags")))
	if oidc := root.at("iam", "withOIDC"); oidc.flag(false) {
		cluster.set("iam", object{{"oidcProvider", true}})
	}
	cluster.set("network", i.network(root))
	i.controlPlane(&cluster, root)
	i.access(&cluster, root)
	cluster.setIf("clusterAutoscaler", i.clusterAutoscaler(root))
	cluster.setIf("serviceAccounts", i.serviceAccounts(root.field("iam")))
	i.nodeGroups(&cluster, root)
	cluster.setIf("addons", i.addons(root))
	return cluster
}

// defaultVersion is the Kubernetes version that eksctl takes where the file
// names none, as of its commit of 2026-08-21.
const defaultVersion = "1.34"

func (i *importer) version(version node) string {
	if !version.exists() {
		i.chosen(version, "the file leaves the version to eksctl; %q is written", defaultVersion)
		return defaultVersion
	}
	return version.text()
}

var notInPackageName = lazyregexp.New(`[^a-z0-9]+`)

// packageName makes the name of a CUE package from that of a cluster.
func packageName(cluster string) string {
	name := notInPackageName.ReplaceAllString(strings.ToLower(cluster), "")
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		return "cluster" + name
	}
	return name
}

// importer is one run over one file.
type importer struct {
	source *load.Source
	// used holds the paths that the spec says.
	used map[string]bool
	// namespaces are those that the spec has to declare.
	namespaces object
	found      diag.List
}

// report notes a problem of the field at n, at the nearest place that the file
// writes down.
func (i *importer) report(code diag.Code, n node, hint, format string, args ...any) {
	at := i.source.Start()
	for length := len(n.path); length > 0; length-- {
		if pos := i.source.Declared(n.path[:length]); pos.IsValid() {
			at = pos
			break
		}
	}
	i.found = append(i.found, diag.Diagnostic{
		Pos: at, Path: n.path, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// chosen reports what the file leaves open and the spec has to say.
func (i *importer) chosen(n node, format string, args ...any) {
	i.report(diag.ChosenForYou, n, "check that it is what you want", format, args...)
}

// untold reports a field that the spec cannot say.
func (i *importer) untold(n node, hint string) {
	n.use()
	i.report(diag.NotImported, n, hint, "the spec does not say this")
}
