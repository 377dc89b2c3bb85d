package lower

import (
	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

func workloadObjects(name string, w spec.Workload) []ir.Object {
	objects := []ir.Object{podObject("deployment", deployment(name, w))}
	if w.Service != nil {
		service := object(service(name, w))
		service.File = "service"
		objects = append(objects, service)
	}
	return objects
}

func deployment(name string, w spec.Workload) appsv1.Deployment {
	return appsv1.Deployment{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
		ObjectMeta: objectMeta(name, w.Pod),
		Spec: appsv1.DeploymentSpec{
			Replicas: int32s(w.Replicas),
			Selector: selector(name),
			Template: podTemplate(name, w.Pod),
		},
	}
}

// podObject is an object that holds a pod template, in a file of that name.
func podObject(file string, typed any) ir.Object {
	o := object(typed)
	o.File = file
	dropEmpty(o.Body, "metadata", "resources", "securityContext", "spec", "strategy", "updateStrategy")
	return o
}
