package lower

import (
	"cmp"
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// cniPatch is the part of the aws-node DaemonSet that the settings of the CNI
// plugin own, to be applied onto the one that EKS made. With the vpc-cni
// add-on the settings are the add-on's configuration instead.
func (c cluster) cniPatch() []ir.Object {
	if _, isAddon := c.Addons[vpcCNIAddon]; isAddon {
		return nil
	}
	var env []any
	for _, variable := range sorted(c.cniEnv()) {
		env = append(env, map[string]any{"name": variable.name, "value": variable.value})
	}
	if env == nil {
		return nil
	}
	// A typed DaemonSet would carry fields, such as an empty selector, that
	// this patch must not have.
	object := object(map[string]any{
		"apiVersion": "apps/v1",
		"kind":       "DaemonSet",
		"metadata":   map[string]any{"name": "aws-node", "namespace": "kube-system"},
		"spec": map[string]any{"template": map[string]any{"spec": map[string]any{
			"containers": []any{map[string]any{"name": "aws-node", "env": env}},
		}}},
	})
	object.File = "daemonset"
	return []ir.Object{object}
}

// cniEnv is the environment of the aws-node container that the settings ask
// for; see https://github.com/aws/amazon-vpc-cni-k8s#cni-configuration-variables.
func (c cluster) cniEnv() map[string]string {
	settings := cmp.Or(c.VPCCNI, &spec.VPCCNI{})
	env := merged(settings.Env)
	if len(c.PodSecurityGroups) > 0 {
		env["ENABLE_POD_ENI"] = "true"
	}
	if settings.PodSecurityGroupEnforcingMode != "" {
		env["POD_SECURITY_GROUP_ENFORCING_MODE"] = settings.PodSecurityGroupEnforcingMode
	}
	if settings.ExternalSNAT != nil {
		env["AWS_VPC_K8S_CNI_EXTERNALSNAT"] = strconv.FormatBool(*settings.ExternalSNAT)
	}
	if settings.LogLevel != "" {
		env["AWS_VPC_K8S_CNI_LOGLEVEL"] = settings.LogLevel
	}
	if settings.PrefixDelegation != nil {
		env["ENABLE_PREFIX_DELEGATION"] = strconv.FormatBool(*settings.PrefixDelegation)
	}
	return env
}
