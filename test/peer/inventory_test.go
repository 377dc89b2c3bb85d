package peer

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/ir"
)

// What an inventory says of what is not counted.
const (
	present = "yes"
	none    = "none"
)

// inventory says what templates hold: a value by what it is of.
type inventory map[string]string

func (v inventory) get(key string) string {
	if value, ok := v[key]; ok {
		return value
	}
	return none
}

// count adds one to a number.
func (v inventory) count(key string) {
	n, _ := strconv.Atoi(v[key]) // the first one has no number yet
	v[key] = strconv.Itoa(n + 1)
}

// inventoryOf takes stock of resources. Of their settings it holds those whose
// keys are given.
func inventoryOf(resources []ir.Resource, settings []string) inventory {
	v := make(inventory)
	for _, r := range resources {
		v.count("resources " + r.Type)
		for _, policy := range items(r.Properties["ManagedPolicyArns"]) {
			v["policy "+lastPart(text(policy), "/")] = present
		}
		if service, ok := r.Properties["ServiceName"]; ok {
			_, name, _ := strings.Cut(text(service), "${AWS::Region}.")
			v["endpoint "+name] = present
		}
		for _, tag := range items(r.Properties["Tags"]) {
			if tag, ok := tag.(ir.Map); ok {
				v.count("tag " + text(tag["Key"]))
			}
		}
		for _, rule := range append(items(r.Properties["SecurityGroupIngress"]), r.Properties) {
			if rule, ok := rule.(ir.Map); ok {
				v.addIngress(rule)
			}
		}
		for _, key := range settings {
			if path, ok := strings.CutPrefix(key, "setting "+r.Type+"."); ok {
				v[key] = text(at(r.Properties, strings.Split(path, ".")))
			}
		}
	}
	return v
}

// addIngress adds a rule of a security group if it is about a CIDR.
func (v inventory) addIngress(rule ir.Map) {
	for _, kind := range []string{"CidrIp", "CidrIpv6"} {
		if cidr, ok := rule[kind].(string); ok && rule["IpProtocol"] != nil {
			v[fmt.Sprintf("ingress %s %s from %s", text(rule["IpProtocol"]), text(rule["FromPort"]), cidr)] = present
		}
	}
}

// at is the value at a path of properties; of a list it is in the first element.
func at(value ir.Value, path []string) ir.Value {
	if list := items(value); len(list) > 0 {
		value = list[0]
	}
	properties, ok := value.(ir.Map)
	if !ok || len(path) == 0 {
		return value
	}
	return at(properties[path[0]], path[1:])
}

func items(value ir.Value) []ir.Value {
	list, _ := value.(ir.List) // what is no list has no elements
	return slices.Clone(list)
}

// text is a value as the inventory has it: of a reference, what it refers to.
func text(value ir.Value) string {
	switch value := value.(type) {
	case nil:
		return none
	case ir.GetAtt:
		return value.Attribute
	case ir.Sub:
		return value.Text
	}
	return fmt.Sprint(value)
}

// lastPart is what follows the last separator in a name.
func lastPart(name, separator string) string {
	return name[strings.LastIndex(name, separator)+len(separator):]
}

// keys are those of both inventories, sorted.
func keys(a, b inventory) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}
