package amend_test

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// faultless says something of everything that a spec can say of stacks.
const faultless = `{
	"network": {
		"parameters": {"Zone": {"type": "String", "default": "", "allowedPattern": "a*"}, "Stage": {"type": "String", "allowedValues": ["dev"], "value": "dev"}},
		"mappings": {"Retention": {"dev": {"days": 7}}},
		"conditions": {"Has": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Zone"}, ""]}]}},
		"resources": {
			"Log": {"type": "AWS::Logs::LogGroup", "condition": "Has", "dependsOn": ["VPC"], "deletionPolicy": "Delete", "properties": {
				"LogGroupName": {"Fn::Join": ["/", ["dns", {"Ref": "AWS::StackName"}]]},
				"RetentionInDays": {"Fn::FindInMap": ["Retention", {"Ref": "Stage"}, "days"]},
				"Tags": [{"Key": "p", "Value": "dns"}]}},
			"Own": {"type": "AWS::SQS::Queue"},
			"Topic": {"type": "AWS::SNS::Topic", "properties": {
				"TopicName": {"Fn::Sub": "${VPC}-${AWS::Region}"}, "KmsMasterKeyId": {"Fn::GetAtt": ["Log", "Arn"]}, "DisplayName": {"Fn::ImportValue": "x"}}}
		},
		"overrides": {"VPC": {"properties": {"EnableDnsSupport": {"Fn::If": ["Has", false, true]}}, "remove": ["Tags[0]"], "metadata": {"o": "n"}, "dependsOn": ["Own"]}},
		"outputs": {"Id": {"condition": "Has", "value": {"Ref": "Log"}, "export": "demo:Id"}},
		"policy": {"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": ["LogicalResourceId/VPC"]}]}
	},
	"own": {"description": "d", "needs": ["cluster"], "resources": {"Q": {"type": "AWS::SQS::Queue"}}}
}`

// odd are values that resolve refuses somewhere, and that amend sees all the
// same, because it runs to report all that is wrong with stacks at once.
var odd = []any{nil, "", "[", "Tags[9].x", 0, false, []any{}, []any{nil}, map[string]any{}, call("Ref", ""), call("Ref", nil),
	call("Fn::X", 1), call("Fn::GetAtt", []any{}), call("Fn::Sub", []any{"a"}), call("Fn::If", []any{}), call("Fn::FindInMap", nil)}

// TestFaultySpecs holds that amend takes any spec that can be decoded.
func TestFaultySpecs(t *testing.T) {
	var root any
	if err := json.Unmarshal([]byte(faultless), &root); err != nil {
		t.Fatal(err)
	}
	if _, diags := amended(stacksOf(t, root)); diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, value := range odd {
		replaceEach(root, nil, value, func(at []string) {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%v at %v: %v", value, at, p)
				}
			}()
			if said := stacksOf(nil, root); said != nil {
				amended(said)
			}
		})
	}
}

// stacksOf decodes what a spec says of its stacks. It returns nil for what
// validate would not let through.
func stacksOf(t *testing.T, root any) (said map[string]spec.Stack) {
	data, err := json.Marshal(root)
	if err == nil {
		err = json.Unmarshal(data, &said)
	}
	if err != nil {
		if t != nil {
			t.Fatal(err)
		}
		return nil
	}
	return said
}

// replaceEach puts value in the place of each value in v in turn.
func replaceEach(v any, at []string, value any, try func(at []string)) {
	each := func(key string, item any, set func(any)) {
		at := append(at[:len(at):len(at)], key)
		set(value)
		try(at)
		set(item)
		replaceEach(item, at, value, try)
	}
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			each(key, item, func(to any) { v[key] = to })
		}
	case []any:
		for i, item := range v {
			each(strconv.Itoa(i), item, func(to any) { v[i] = to })
		}
	}
}
