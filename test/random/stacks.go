package random

// stacks are what a team adds to the cluster's stack, and in half of the specs
// a stack of its own. A third of them is whatever the schema allows.
func stacks(g *generator) any {
	if g.chance(0.35) {
		return nil
	}
	id := pick(g, []string{"Queue", "Events2", "deadLetters"})
	stacks := map[string]any{"cluster": map[string]any{
		"parameters": map[string]any{"Days": map[string]any{"type": "Number", "default": "4", "minValue": 1, "maxValue": 14}},
		"conditions": map[string]any{"Long": map[string]any{"Fn::Not": []any{map[string]any{"Fn::Equals": []any{ref("Days"), "4"}}}}},
		"resources": map[string]any{id: map[string]any{
			"type": "AWS::SQS::Queue",
			"properties": map[string]any{
				"DelaySeconds":           g.between(0, 900),
				"MessageRetentionPeriod": map[string]any{"Fn::If": []any{"Long", 1209600, 345600}},
				"SqsManagedSseEnabled":   true,
			},
		}},
		"overrides": map[string]any{"Cluster": map[string]any{"deletionPolicy": "Retain", "updateReplacePolicy": "Retain"}},
		"outputs":   map[string]any{id + "Arn": map[string]any{"value": map[string]any{"Fn::GetAtt": []any{id, "Arn"}}}},
	}}
	if g.chance(0.5) {
		stacks[pick(g, words)] = map[string]any{
			"description":           "Topic",
			"needs":                 []any{"cluster"},
			"terminationProtection": g.chance(0.5),
			"resources":             map[string]any{"Topic": map[string]any{"type": "AWS::SNS::Topic"}},
		}
	}
	return stacks
}

func ref(id string) map[string]any { return map[string]any{"Ref": id} }
