package spec

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Environment variables of the VPC CNI plugin that others ask for.
const (
	cniPrefixDelegation = "ENABLE_PREFIX_DELEGATION"
	cniCustomNetworking = "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"
	cniENIConfigLabel   = "ENI_CONFIG_LABEL_DEF"
	cniPodENI           = "ENABLE_POD_ENI"
)

// zoneLabel is the label of a node that holds its Availability Zone.
const zoneLabel = "topology.kubernetes.io/zone"

// CNIEnv returns the environment of the aws-node container that the spec asks
// for by cluster.vpcCNI and by what sets the plugin up for something else.
func (c Cluster) CNIEnv() map[string]string {
	env := map[string]string{}
	if v := c.VPCCNI; v != nil {
		maps.Copy(env, v.Env)
		maps.Copy(env, taggedValues(*v, "env"))
		if v.NetworkPolicy != nil {
			maps.Copy(env, taggedValues(*v.NetworkPolicy, "env"))
		}
		if v.CustomNetworking != nil {
			env[cniCustomNetworking], env[cniENIConfigLabel] = "true", zoneLabel
		}
	}
	if len(c.PodSecurityGroups) > 0 {
		env[cniPodENI] = "true"
	}
	return env
}

// InitEnv returns the environment of the plugin's init container that the
// settings ask for.
func (v VPCCNI) InitEnv() map[string]string { return taggedValues(v, "init") }

// CNIFields returns the environment variables of the aws-node container that
// fields of the spec make, each with the path of its field. Custom networking
// by variables alone is for who brings ENIConfig objects.
func (c Cluster) CNIFields() map[string]string {
	const at = "cluster.vpcCNI."
	fields := map[string]string{
		cniPodENI: "cluster.podSecurityGroups",
	}
	if c.VPCCNI != nil && c.VPCCNI.CustomNetworking != nil {
		fields[cniCustomNetworking], fields[cniENIConfigLabel] = at+"customNetworking", at+"customNetworking"
	}
	for _, tag := range []string{"env", "init"} {
		addTagged(fields, reflect.TypeFor[VPCCNI](), tag, at)
	}
	addTagged(fields, reflect.TypeFor[CNINetworkPolicy](), "env", at+"networkPolicy.")
	return fields
}

// CNIVariables are environment variables of the aws-node container by name. For
// one that is not among them the plugin's default holds.
type CNIVariables map[string]string

// CNIVariables returns all that the spec says, whichever field does.
func (c Cluster) CNIVariables() CNIVariables {
	variables := CNIVariables{}
	configuration := c.Addons["vpc-cni"].Configuration
	extra, _ := configuration["extraEnv"].([]any)
	for _, item := range slices.Backward(extra) { // the first of a name counts
		variable, _ := item.(map[string]any)
		name, named := variable["name"].(string)
		if value, ok := variable["value"].(string); ok && named {
			variables[name] = value
		}
	}
	env, _ := configuration["env"].(map[string]any)
	for name, value := range env {
		if value != nil {
			variables[name] = fmt.Sprint(value)
		}
	}
	maps.Copy(variables, c.CNIEnv())
	return variables
}

// Number returns the number that a variable is, and false where it is none.
func (v CNIVariables) Number(name string) (int, bool) {
	n, err := strconv.Atoi(v[name])
	return n, err == nil
}

// is reports whether a variable says true, as the plugin reads it.
func (v CNIVariables) is(name string) bool {
	is, err := strconv.ParseBool(v[name])
	return err == nil && is
}

// PrefixDelegation reports whether nodes with the VPC CNI plugin hold /28
// prefixes instead of addresses. In an IPv6 cluster they hold /80 prefixes,
// which EKS sets up.
func (c Cluster) PrefixDelegation() bool {
	return c.IPFamily == IPv6 || c.CNIVariables().is(cniPrefixDelegation)
}

// CustomNetworking reports whether pods on nodes with the VPC CNI plugin get
// addresses from subnets of their own, and none on a node's first network
// interface.
func (c Cluster) CustomNetworking() bool { return c.CNIVariables().is(cniCustomNetworking) }

// taggedValues returns the values of the fields that are set and have the tag,
// by what the tag says.
func taggedValues(settings any, tag string) map[string]string {
	values := map[string]string{}
	v := reflect.ValueOf(settings)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get(tag); name != "" && !v.Field(i).IsZero() {
			values[name] = variableText(reflect.Indirect(v.Field(i)).Interface())
		}
	}
	return values
}

// variableText writes a value the way the plugin reads it. The order of a list
// of blocks means nothing to it.
func variableText(value any) string {
	switch value := value.(type) {
	case []string:
		return strings.Join(slices.Compact(slices.Sorted(slices.Values(value))), ",")
	case map[string]string:
		data, err := json.Marshal(value)
		if err != nil {
			panic(err) // strings always encode
		}
		return string(data)
	}
	return fmt.Sprint(value)
}

// addTagged adds the names of the fields of a struct by what their tag says.
func addTagged(fields map[string]string, t reflect.Type, tag, prefix string) {
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get(tag); name != "" {
			field, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			fields[name] = prefix + field
		}
	}
}
