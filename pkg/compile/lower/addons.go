package lower

import (
	"encoding/json"
	"strconv"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const addonsFile = "addons"

// vpcCNIAddon is the EKS name of the add-on of the VPC CNI plugin.
const vpcCNIAddon = "vpc-cni"

// addonsStack is the add-ons that run on nodes, and so come after them.
func (c cluster) addonsStack() ir.Stack {
	s := c.stack(addonsFile, "Add-ons of the EKS cluster "+c.Name)
	c.addAddons(&s, false, c.clusterName())
	return s
}

func isBeforeNodes(addon string) bool {
	known, _ := catalog.LookupAddon(addon)
	return known.BeforeNodes
}

// addonConfiguration is the JSON of an add-on's configuration, or empty. EKS
// takes environment variables of the CNI plugin as strings.
func (c cluster) addonConfiguration(name string, addon spec.Addon) string {
	configuration := addon.Configuration
	if env := cniEnv(c.VPCCNI); name == vpcCNIAddon && len(env) > 0 {
		configuration = map[string]any{"env": env}
		for key, value := range addon.Configuration {
			configuration[key] = value
		}
	}
	if len(configuration) == 0 {
		return ""
	}
	data, err := json.Marshal(configuration)
	if err != nil {
		panic(err) // it was decoded from JSON
	}
	return string(data)
}

// cniEnv is the environment of the aws-node container that the settings ask
// for; see https://github.com/aws/amazon-vpc-cni-k8s#cni-configuration-variables.
func cniEnv(settings *spec.VPCCNI) map[string]string {
	if settings == nil {
		return nil
	}
	env := merged(settings.Env)
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
