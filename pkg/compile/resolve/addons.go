package resolve

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// addonVersion is the form of the versions of AWS's own add-ons.
var addonVersion = lazyregexp.New(`^v(\d+\.\d+)\.\d+-eksbuild\.\d+$`)

func (r *resolver) checkAddons() {
	checkChosenNames(r, clusterPath.at("addons"), r.cluster.Addons)
	if len(r.cluster.Addons) > 0 {
		r.checkTagValues("EKS add-ons")
	}
	for _, name := range sortedKeys(r.cluster.Addons) {
		a, at := r.cluster.Addons[name], clusterPath.at("addons", name)
		if strings.Contains(name, "_") {
			// An add-on of the marketplace, seller_product, has a version of any form.
		} else if known, ok := catalog.LookupAddon(name); !ok {
			r.report(diag.UnknownAddon, at, catalog.DidYouMean(name, catalog.Addons()), "the add-on %q was not known on %s", name, catalog.Date)
		} else {
			r.checkAddonVersion(at.at("version"), name, a.Version)
			r.checkNeeds(at, known)
		}
		r.checkAddon(at, name, a)
	}
}

// checkAddon checks what add-ons of any name have.
func (r *resolver) checkAddon(at path, name string, a spec.Addon) {
	r.checkAddonConfiguration(at.at("configuration"), name, a.Configuration)
	r.checkAddonRole(at, name, a)
	r.checkConflicts(at.at("resolveConflicts"), name, a.ResolveConflicts)
	r.checkTags(at.at("tags"), a.Tags, r.cluster.Tags)
	for _, key := range sortedKeys(a.Tags) {
		if a.Tags[key] == "" {
			r.report(diag.InvalidTag, at.at("tags", key), "give it a value", "the tag %q has no value, which EKS add-ons do not allow", key)
		}
	}
	if a.Namespace != "" {
		r.checkDNSLabel(at.at("namespace"), "namespace", a.Namespace)
	}
	if a.ServiceAccount != "" && len(validation.IsDNS1123Subdomain(a.ServiceAccount)) > 0 {
		r.report(diag.KubernetesName, at.at("serviceAccount"), "use small letters, digits, hyphens and dots", "%q cannot name a service account", a.ServiceAccount)
	}
}

// checkNeeds warns of an add-on without another one that it needs. Somebody
// may bring that one in another way.
func (r *resolver) checkNeeds(at path, known catalog.Addon) {
	for _, other := range known.Needs {
		if _, ok := r.cluster.Addons[other]; !ok {
			r.report(diag.AddonNeeds, at, fmt.Sprintf("add %q to addons", other), "the add-on %q needs %q in the cluster before it", known.Name, other)
		}
	}
}

// checkConflicts warns of add-ons that do not take over what EKS installed
// into the new cluster, so that creating them may fail; see
// https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html.
func (r *resolver) checkConflicts(at path, name, resolve string) {
	bootstrap := r.cluster.BootstrapSelfManagedAddons
	if bootstrap != nil && !*bootstrap || !slices.Contains(networkAddons, name) {
		return
	}
	if resolve == "NONE" || resolve == "PRESERVE" {
		r.report(diag.AddonConflict, at, `take "OVERWRITE", or set cluster.bootstrapSelfManagedAddons to false`,
			"EKS installs %s into a new cluster, and with %q the add-on may fail to replace it", name, resolve)
	}
}

func (r *resolver) checkAddonVersion(at path, name, version string) {
	if version == "" {
		return
	}
	m := addonVersion.FindStringSubmatch(version)
	if m == nil {
		r.report(diag.AddonVersion, at, `such as "v1.20.4-eksbuild.1"`, "%q is not the version of an add-on", version)
		return
	}
	if name == "kube-proxy" {
		r.checkKubeProxy(at, version, m[1])
	}
}

// checkKubeProxy checks the one add-on that has the version of Kubernetes; it
// may be no newer than the API server, and as old as a kubelet may be.
func (r *resolver) checkKubeProxy(at path, version, minor string) {
	proxy, ok1 := catalog.MinorOf(minor)
	control, ok2 := catalog.MinorOf(r.cluster.Version)
	if !ok1 || !ok2 || proxy <= control && control-proxy <= maxSkew {
		return
	}
	r.report(diag.AddonVersion, at, fmt.Sprintf("take a version of 1.%d to 1.%d", control-maxSkew, control),
		"kube-proxy %s does not go with a control plane of Kubernetes %s", version, r.cluster.Version)
}
