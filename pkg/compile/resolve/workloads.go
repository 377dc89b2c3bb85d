package resolve

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// imagePattern is the grammar of image references, as the container runtimes
// read them (github.com/distribution/reference): an optional registry, a path
// in lower case, and an optional tag and digest.
var imagePattern = lazyregexp.New(`^([a-zA-Z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*` +
	`(:\w[\w.-]*)?(@[a-z0-9+._-]+:[0-9a-fA-F]+)?$`)

func (r *resolver) checkWorkloads() {
	for _, name := range sortedKeys(r.spec.Workloads) {
		r.checkWorkload(path{"workloads", name}, name, r.spec.Workloads[name])
	}
}

func (r *resolver) checkWorkload(at path, name string, w spec.Workload) {
	r.checkDNSLabel(at, "workload", name)
	r.checkNamespace(at.at("namespace"), w.Namespace)
	r.checkPodServiceAccount(at.at("serviceAccount"), w.Namespace, w.ServiceAccount)
	r.checkImageReference(at.at("image"), w.Image)
	if w.Replicas < 0 {
		r.report(diag.InvalidReplicas, at.at("replicas"), "", "there cannot be %d replicas", w.Replicas)
	}
	r.checkLabels(at.at("labels"), w.Labels)
	if value, ok := w.Labels[nameLabel]; ok && value != name {
		r.report(diag.InvalidLabel, at.at("labels", nameLabel), "leave it out", "ekscc sets this label to the workload's name")
	}
	for _, env := range sortedKeys(w.Env) {
		r.checkEnvName(at.at("env", env), env)
		r.checkText(at.at("env", env), w.Env[env])
	}
	for i, text := range w.Command {
		r.checkText(at.at("command").index(i), text)
	}
	for i, text := range w.Args {
		r.checkText(at.at("args").index(i), text)
	}
	r.checkContainerPorts(at.at("ports"), w.Ports)
	r.checkResources(at.at("resources"), w.Resources)
	if w.Service != nil {
		r.checkService(at.at("service"), name, w)
	}
}

// checkDNSLabel checks a name that has to be an RFC 1123 label.
func (r *resolver) checkDNSLabel(at path, what, name string) bool {
	if len(validation.IsDNS1123Label(name)) == 0 {
		return true
	}
	r.report(diag.KubernetesName, at, "use 1 to 63 lower-case letters, digits and hyphens, the first and last no hyphen", "Kubernetes does not allow the %s name %q", what, name)
	return false
}

// checkImageReference checks the form of an image, and that it stays the same
// image. Without tag and digest it is the one that is tagged latest.
func (r *resolver) checkImageReference(at path, image string) {
	if !imagePattern.MatchString(image) {
		r.report(diag.InvalidImage, at, `such as "nginx:1.29" or "registry.example.com/team/app:2.1"`, "%q is not the name of an image", image)
		return
	}
	name := image[strings.LastIndex(image, "/")+1:]
	_, tag, tagged := strings.Cut(name, ":")
	switch {
	case strings.Contains(name, "@"):
	case !tagged:
		r.report(diag.UnpinnedImage, at, "add the tag of a version, or a digest", "the image %q has no tag, so it changes under you", image)
	case tag == "latest":
		r.report(diag.UnpinnedImage, at, "take the tag of a version, or a digest", "the tag latest changes under you")
	}
}

func (r *resolver) checkContainerPorts(at path, ports map[string]int) {
	taken := map[int]string{}
	for _, name := range sortedKeys(ports) {
		at, port := at.at(name), ports[name]
		if len(validation.IsValidPortName(name)) > 0 {
			r.report(diag.KubernetesName, at, "use 1 to 15 lower-case letters, digits and single hyphens, with a letter among them", "Kubernetes does not allow the port name %q", name)
		}
		if !r.checkPort(at, port, 1) {
			continue
		}
		if other, ok := taken[port]; ok {
			r.report(diag.DuplicatePort, at, "", "the port %q is %d already", other, port)
			continue
		}
		taken[port] = name
	}
}

func (r *resolver) checkResources(at path, res spec.Resources) {
	r.checkQuantities(at, "cpu", res.Requests.CPU, res.Limits.CPU)
	r.checkQuantities(at, "memory", res.Requests.Memory, res.Limits.Memory)
}

// checkQuantities checks a request against its limit.
func (r *resolver) checkQuantities(at path, field, request, limit string) {
	req, ok1 := r.checkQuantity(at.at("requests", field), field, request)
	lim, ok2 := r.checkQuantity(at.at("limits", field), field, limit)
	if ok1 && ok2 && req.Cmp(lim) > 0 {
		r.report(diag.InvalidQuantity, at.at("requests", field), "", "the request %s is more than the limit %s", request, limit)
	}
}

// checkQuantity returns a quantity that is given and well formed. Bytes do not
// come in fractions: "512m" of memory is half a byte, and was meant as "512Mi".
func (r *resolver) checkQuantity(at path, field, text string) (resource.Quantity, bool) {
	if text == "" {
		return resource.Quantity{}, false
	}
	q, err := resource.ParseQuantity(text)
	switch {
	case err != nil:
		r.report(diag.InvalidQuantity, at, quantityHints[field], "%q is not a Kubernetes quantity", text)
	case q.Sign() < 0:
		r.report(diag.InvalidQuantity, at, "", "%q is negative", text)
	case field == "memory" && strings.HasSuffix(text, "m"):
		r.report(diag.InvalidQuantity, at, quantityHints[field], "%q of memory is a thousandth part of a byte count", text)
	default:
		return q, true
	}
	return resource.Quantity{}, false
}

var quantityHints = map[string]string{
	"cpu":    `write cores, such as "250m" or "2"`,
	"memory": `write bytes, such as "512Mi" or "2Gi"`,
}
