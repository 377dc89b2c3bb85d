package random

// manifest makes a Kubernetes object. What it holds is not ekscc's business,
// so the schema says nothing about it.
func manifest(g *generator, _ []string) any {
	return pick(g, manifests)(g)
}

var manifests = []func(g *generator) map[string]any{
	func(g *generator) map[string]any {
		return g.kubernetes("v1", "ConfigMap", "default", map[string]any{"data": map[string]any{"level": g.anyText(), "file.txt": g.anyText()}})
	},
	func(g *generator) map[string]any {
		return g.kubernetes("v1", "ResourceQuota", "default", map[string]any{"spec": map[string]any{"hard": map[string]any{"pods": pick(g, []any{"10", 10})}}})
	},
	func(g *generator) map[string]any {
		return g.kubernetes("v1", "ServiceAccount", "kube-system", map[string]any{"automountServiceAccountToken": g.chance(0.5)})
	},
	func(g *generator) map[string]any {
		return g.kubernetes("batch/v1", "CronJob", "default", map[string]any{"spec": map[string]any{
			"schedule": "*/5 * * * *", "jobTemplate": map[string]any{"spec": map[string]any{"template": g.pod("Never")}},
		}})
	},
	func(g *generator) map[string]any {
		return g.kubernetes("apps/v1", "DaemonSet", "default", map[string]any{"spec": map[string]any{
			"selector": map[string]any{"matchLabels": map[string]any{"app": "x"}}, "template": g.pod("Always"),
		}})
	},
	func(g *generator) map[string]any {
		return g.kubernetes("rbac.authorization.k8s.io/v1", "ClusterRole", "", map[string]any{"rules": []any{
			map[string]any{"apiGroups": []any{""}, "resources": []any{"pods"}, "verbs": []any{pick(g, []string{"get", "list"}), "watch"}},
		}})
	},
	func(g *generator) map[string]any {
		return g.kubernetes("storage.k8s.io/v1", "StorageClass", "", map[string]any{"provisioner": "ebs.csi.aws.com", "parameters": map[string]any{"type": "gp3"}})
	},
	func(g *generator) map[string]any {
		return g.kubernetes("example.com/v1", "Widget", "default", map[string]any{"spec": map[string]any{
			"size": 1.5, "none": nil, "deep": []any{[]any{}, map[string]any{}, g.anyText()},
		}})
	},
}

// kubernetes makes an object, for some kinds without a namespace.
func (g *generator) kubernetes(apiVersion, kind, namespace string, fields map[string]any) map[string]any {
	metadata := map[string]any{"name": pick(g, words)}
	if namespace != "" {
		metadata["namespace"] = namespace
	}
	if g.chance(0.3) {
		metadata["labels"] = map[string]any{"tier": pick(g, words)}
	}
	if g.chance(0.3) {
		metadata["annotations"] = map[string]any{"example.com/note": g.anyText()}
	}
	object := map[string]any{"apiVersion": apiVersion, "kind": kind, "metadata": metadata}
	for name, value := range fields {
		object[name] = value
	}
	return object
}

func (g *generator) pod(restart string) map[string]any {
	return map[string]any{
		"metadata": map[string]any{"labels": map[string]any{"app": "x"}},
		"spec": map[string]any{"restartPolicy": restart, "containers": []any{
			map[string]any{"name": "main", "image": "busybox:1.37", "args": []any{"sleep", g.anyText()}, "env": []any{map[string]any{"name": "A", "value": g.anyText()}}},
		}},
	}
}

// anyText is a text where every text is allowed.
func (g *generator) anyText() string {
	if g.mood == odd && g.chance(0.3) {
		return pick(g, oddTexts)
	}
	return pick(g, words)
}

// configuration makes an add-on's, of which ekscc knows no shape either.
func configuration(g *generator) any {
	return pick(g, []any{
		map[string]any{},
		map[string]any{"replicaCount": 2},
		map[string]any{"env": map[string]any{"A": g.anyText()}, "list": []any{1, "two", true, 1.5}, "nested": map[string]any{"deep": g.anyText()}},
	})
}
