package golden_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/emit"
)

// TestPodsGetTheirRoles reads both halves of what a team would commit: the role
// that a ServiceAccount object names for IRSA is the very one, with its path,
// that a template of the environment creates for that service account.
func TestPodsGetTheirRoles(t *testing.T) {
	compared := 0
	for _, dir := range specs(t) {
		model, set := compiled(t, dir)
		for _, environment := range model.Environments {
			created := irsaRoles(t, set, environment.Name)
			for subject, arn := range annotated(t, set, environment.Name) {
				role, ok := created[subject]
				if !ok {
					continue // it exists already, and the spec has its ARN
				}
				compared++
				if !strings.HasSuffix(arn, ":role"+role) {
					t.Errorf("%s/%s: %s has the role %q, but a template creates %q for it", filepath.Base(dir), environment.Name, subject, arn, role)
				}
			}
		}
	}
	if compared == 0 {
		t.Error("no golden case has a role for IRSA")
	}
}

// annotated are the ARNs that ServiceAccount objects of an environment name, by
// the subject as which IAM knows the service account.
func annotated(t *testing.T, set emit.Set, environment string) map[string]string {
	arns := map[string]string{}
	for _, object := range built(t, set, environment) {
		metadata, _ := object["metadata"].(map[string]any)
		annotations, _ := metadata["annotations"].(map[string]any)
		if arn, ok := annotations["eks.amazonaws.com/role-arn"].(string); ok && object["kind"] == "ServiceAccount" {
			arns["system:serviceaccount:"+metadata["namespace"].(string)+":"+metadata["name"].(string)] = arn
		}
	}
	return arns
}

var trustedSubject = regexp.MustCompile(`system:serviceaccount:[a-z0-9.:-]+`)

// irsaRoles are the paths and names of the roles that trust a service account,
// by its subject.
func irsaRoles(t *testing.T, set emit.Set, environment string) map[string]string {
	roles := map[string]string{}
	for _, path := range set.Paths() {
		if !strings.HasPrefix(path, "cloudformation/"+environment+"/") || !isTemplate(path) {
			continue
		}
		for _, r := range template(t, set[path])["Resources"].(map[string]any) {
			r := r.(map[string]any)
			properties, _ := r["Properties"].(map[string]any)
			name, named := properties["RoleName"].(string)
			if r["Type"] != "AWS::IAM::Role" || !named {
				continue
			}
			text, err := yaml.Marshal(properties["AssumeRolePolicyDocument"])
			if err != nil {
				t.Fatal(err)
			}
			folder, _ := properties["Path"].(string)
			if subject := trustedSubject.FindString(string(text)); subject != "" {
				roles[subject] = "/" + strings.TrimPrefix(folder, "/") + name
			}
		}
	}
	return roles
}
