package ir

import "fmt"

// Plain turns a value into maps, lists, strings, numbers and bools, with
// intrinsic functions in their long form, such as {"Ref": "VPC"}. It is an
// error if there is something else in it.
func Plain(v Value) (any, error) {
	switch v := v.(type) {
	case string, int, float64, bool:
		return v, nil
	case Ref:
		return call("Ref", string(v)), nil
	case GetAtt:
		return call("Fn::GetAtt", []any{v.ID, v.Attribute}), nil
	case ImportValue:
		return call("Fn::ImportValue", string(v)), nil
	case Base64:
		return plainCall("Fn::Base64", v.Value)
	case Sub:
		if v.Vars == nil {
			return call("Fn::Sub", v.Text), nil
		}
		return plainCall("Fn::Sub", List{v.Text, v.Vars})
	case Function:
		return plainCall(v.Name, v.Argument)
	case List:
		return plainList(v)
	case Map:
		return PlainMap(v)
	}
	return nil, fmt.Errorf("a %T is no value of the model", v)
}

func call(function string, argument any) map[string]any { return map[string]any{function: argument} }

func plainCall(function string, argument Value) (any, error) {
	plain, err := Plain(argument)
	return call(function, plain), err
}

func plainList(list List) ([]any, error) {
	plain := make([]any, len(list))
	for i, item := range list {
		value, err := Plain(item)
		if err != nil {
			return nil, err
		}
		plain[i] = value
	}
	return plain, nil
}

// PlainMap is [Plain] for what is known to be a map.
func PlainMap(m Map) (map[string]any, error) {
	plain := make(map[string]any, len(m))
	for key, item := range m {
		value, err := Plain(item)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		plain[key] = value
	}
	return plain, nil
}

// Plain is the resource as it stands in a template, in plain values.
func (r Resource) Plain() (map[string]any, error) {
	plain := map[string]any{"Type": r.Type}
	for name, text := range map[string]string{
		"Condition": r.Condition, "DeletionPolicy": r.DeletionPolicy, "UpdateReplacePolicy": r.UpdateReplacePolicy,
	} {
		if text != "" {
			plain[name] = text
		}
	}
	if len(r.DependsOn) > 0 {
		ids := make([]any, len(r.DependsOn))
		for i, id := range r.DependsOn {
			ids[i] = id
		}
		plain["DependsOn"] = ids
	}
	for name, members := range map[string]Map{
		"CreationPolicy": r.CreationPolicy, "UpdatePolicy": r.UpdatePolicy, "Metadata": r.Metadata, "Properties": r.Properties,
	} {
		if members == nil {
			continue
		}
		value, err := PlainMap(members)
		if err != nil {
			return nil, err
		}
		plain[name] = value
	}
	return plain, nil
}

// Plain is the output as it stands in a template, in plain values.
func (o Output) Plain() (map[string]any, error) {
	value, err := Plain(o.Value)
	if err != nil {
		return nil, err
	}
	plain := map[string]any{"Value": value}
	if o.Condition != "" {
		plain["Condition"] = o.Condition
	}
	if o.Description != "" {
		plain["Description"] = o.Description
	}
	if o.Export != "" {
		plain["Export"] = map[string]any{"Name": o.Export}
	}
	return plain, nil
}
