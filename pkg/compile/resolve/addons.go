package resolve

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/diag"
)

// addonVersion is the form of the versions of AWS's own add-ons.
var addonVersion = regexp.MustCompile(`^v(\d+\.\d+)\.\d+-eksbuild\.\d+$`)

func (r *resolver) checkAddons() {
	checkChosenNames(r, clusterPath.at("addons"), r.cluster.Addons)
	if len(r.cluster.Addons) > 0 {
		r.checkTagValues("EKS add-ons")
	}
	for _, name := range sortedKeys(r.cluster.Addons) {
		a, at := r.cluster.Addons[name], clusterPath.at("addons", name)
		if strings.Contains(name, "_") {
			// An add-on of the marketplace, seller_product, has a version of any form.
		} else if _, ok := catalog.LookupAddon(name); !ok {
			r.report(diag.UnknownAddon, at, didYouMean(name, catalog.Addons()), "the add-on %q was not known on %s", name, catalog.Date)
		} else {
			r.checkAddonVersion(at.at("version"), name, a.Version)
		}
		if name == cniAddon {
			r.checkCNIConfiguration(at, a.Configuration)
		}
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

// checkCNIConfiguration reports environment variables of the plugin that come
// from two places.
func (r *resolver) checkCNIConfiguration(at path, configuration map[string]any) {
	v := r.cluster.VPCCNI
	if v == nil || v.ExternalSNAT == nil && v.LogLevel == "" && v.PrefixDelegation == nil && len(v.Env) == 0 {
		return
	}
	if _, ok := configuration["env"]; ok {
		r.report(diag.AddonConfig, at.at("configuration", "env"), "move all of them into cluster.vpcCNI", "cluster.vpcCNI sets the plugin's environment already")
	}
}
