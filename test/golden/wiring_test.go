package golden_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/emit"
	"github.com/ekscc/ekscc/pkg/emit/kustomize"
)

// TestNobodyPastesAnARN reads what a team would commit: in each environment,
// the role ARNs of aws-auth that belong to nodes are the roles that this
// environment's templates create, in the account that the environment names.
func TestNobodyPastesAnARN(t *testing.T) {
	for _, dir := range specs(t) {
		model, set := compiled(t, dir)
		for _, environment := range model.Environments {
			t.Run(filepath.Base(dir)+"/"+environment.Name, func(t *testing.T) {
				arns, isMapped := nodeARNs(t, set, environment.Name)
				if !isMapped {
					t.Skip("the cluster reads access entries alone")
				}
				names := createdNodeRoles(t, set, environment.Name)
				var mapped []string
				for _, arn := range arns {
					_, name, ok := strings.Cut(arn, ":role/")
					if !ok || !strings.HasPrefix(arn, "arn:aws") || len(strings.Split(arn, ":")[4]) != 12 {
						t.Errorf("%q is no ARN of a role", arn)
					}
					mapped = append(mapped, name)
				}
				slices.Sort(mapped)
				if !slices.Equal(mapped, names) {
					t.Errorf("aws-auth maps the node roles %q, the templates create %q", mapped, names)
				}
			})
		}
	}
}

// nodeARNs are the ARNs that aws-auth of an environment maps to nodes, if there
// is an aws-auth.
func nodeARNs(t *testing.T, set emit.Set, environment string) (arns []string, isMapped bool) {
	for _, object := range built(t, set, environment) {
		if object["kind"] != "ConfigMap" || object["metadata"].(map[string]any)["name"] != "aws-auth" {
			continue
		}
		isMapped = true
		var roles []struct {
			ARN      string   `yaml:"rolearn"`
			Username string   `yaml:"username"`
			Groups   []string `yaml:"groups"`
		}
		if err := yaml.Unmarshal([]byte(object["data"].(map[string]any)["mapRoles"].(string)), &roles); err != nil {
			t.Fatal(err)
		}
		for _, role := range roles {
			if slices.Contains(role.Groups, "system:nodes") {
				arns = append(arns, role.ARN)
			}
		}
	}
	return arns, isMapped
}

// createdNodeRoles are the names of the roles that an environment's templates
// create for nodes and Fargate, and of existing ones that node groups and Fargate profiles have.
func createdNodeRoles(t *testing.T, set emit.Set, environment string) []string {
	var names []string
	for _, path := range set.Paths() {
		if !strings.HasPrefix(path, "cloudformation/"+environment+"/") || !isTemplate(path) {
			continue
		}
		var template struct {
			Resources map[string]struct {
				Type       string               `yaml:"Type"`
				Properties map[string]yaml.Node `yaml:"Properties"`
			} `yaml:"Resources"`
		}
		if err := yaml.Unmarshal(set[path], &template); err != nil {
			t.Fatal(err)
		}
		for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
			r := template.Resources[id]
			name, given := r.Properties["RoleName"], givenRole(id, r.Properties)
			if r.Type == "AWS::IAM::Role" && (strings.HasPrefix(id, "NodeRole") || strings.HasPrefix(id, "FargateRole") || id == "KarpenterNodeRole") {
				names = append(names, name.Value)
			} else if given != "" && !slices.Contains(names, given) {
				names = append(names, given)
			}
		}
	}
	slices.Sort(names)
	return names
}

// givenRole is the name of an existing role that a resource gives to nodes or to
// a Fargate profile, or empty.
func givenRole(id string, properties map[string]yaml.Node) string {
	arn := properties["PodExecutionRoleArn"].Value + properties["NodeRole"].Value
	if strings.HasPrefix(id, "NodeAccessEntry") {
		arn = properties["PrincipalArn"].Value
	}
	if !strings.HasPrefix(arn, "arn:") {
		return ""
	}
	return arn[strings.LastIndex(arn, "/")+1:]
}

// built is the objects of an environment's overlay.
func built(t *testing.T, set emit.Set, environment string) []map[string]any {
	t.Helper()
	if !hasOverlay(set, environment) {
		return nil
	}
	data, err := kustomize.Build(set, environment)
	if err != nil {
		t.Fatal(err)
	}
	var objects []map[string]any
	for decoder := yaml.NewDecoder(strings.NewReader(string(data))); ; {
		var object map[string]any
		if decoder.Decode(&object) != nil {
			return objects
		}
		objects = append(objects, object)
	}
}

// hasOverlay reports whether an environment has Kubernetes objects.
func hasOverlay(set emit.Set, environment string) bool {
	return set["kustomize/overlays/"+environment+"/kustomization.yaml"] != nil
}
