package resolve

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/diag"
)

// cniAddon is the EKS add-on of the Amazon VPC CNI plugin.
const cniAddon = "vpc-cni"

// cniFields are the environment variables of the aws-node container that have
// a field of their own.
var cniFields = map[string]string{
	"AWS_VPC_K8S_CNI_EXTERNALSNAT": "externalSNAT",
	"AWS_VPC_K8S_CNI_LOGLEVEL":     "logLevel",
	"ENABLE_PREFIX_DELEGATION":     "prefixDelegation",

	"ENABLE_POD_ENI":                    "cluster.podSecurityGroups",
	"POD_SECURITY_GROUP_ENFORCING_MODE": "podSecurityGroupEnforcingMode",
}

func (r *resolver) checkVPCCNI() {
	v := r.cluster.VPCCNI
	if v == nil {
		return
	}
	at := clusterPath.at("vpcCNI")
	if v.ExternalSNAT != nil && *v.ExternalSNAT {
		r.checkExternalSNAT(at.at("externalSNAT"))
	}
	for _, name := range sortedKeys(v.Env) {
		if field, ok := cniFields[name]; ok {
			r.report(diag.CNIEnv, at.at("env", name), "use "+field, "%s has a field of its own", name)
		}
		r.checkEnvName(at.at("env", name), name)
	}
}

// checkExternalSNAT checks that something else translates the addresses of
// pods: a pod on a node in a public subnet has no public address of its own.
func (r *resolver) checkExternalSNAT(at path) {
	if groups := r.groupsIn("public"); len(groups) > 0 {
		r.report(diag.SNATSubnets, at, "put the nodes into private subnets, or turn externalSNAT off",
			"with externalSNAT pods on nodes in public subnets cannot reach the internet: %s", strings.Join(groups, ", "))
	}
}

// checkEnvName checks the name of an environment variable of a container.
func (r *resolver) checkEnvName(at path, name string) {
	if len(validation.IsEnvVarName(name)) > 0 {
		r.report(diag.KubernetesName, at, `use letters, digits and "_-.", the first no digit`, "%q is not the name of an environment variable", name)
	}
}
