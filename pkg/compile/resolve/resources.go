package resolve

import (
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func (r *resolver) checkResources(at path, res spec.Resources) {
	r.checkQuantities(at, "cpu", res.Requests.CPU, res.Limits.CPU)
	r.checkQuantities(at, "memory", res.Requests.Memory, res.Limits.Memory)
	r.checkQuantities(at, "ephemeralStorage", res.Requests.EphemeralStorage, res.Limits.EphemeralStorage)
	for _, name := range sortedKeys(res.Extended) {
		r.checkExtended(at.at("extended", name), name, res.Extended[name])
	}
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
		r.report(diag.InvalidQuantity, at, quantityHint(field), "%q is not a Kubernetes quantity", text)
	case q.Sign() < 0:
		r.report(diag.InvalidQuantity, at, "", "%q is negative", text)
	case field != "cpu" && field != "metric" && strings.HasSuffix(text, "m"):
		r.report(diag.InvalidQuantity, at, quantityHint(field), "%q is so many thousandths of a byte", text)
	default:
		return q, true
	}
	return resource.Quantity{}, false
}

func quantityHint(field string) string {
	switch field {
	case "cpu":
		return `write cores, such as "250m" or "2"`
	case "metric":
		return `write a number, such as "100" or "1500m"`
	}
	return `write bytes, such as "512Mi" or "2Gi"`
}

// checkExtended checks a resource of a device, of which a container gets whole
// ones, https://kubernetes.io/docs/tasks/configure-pod-container/extended-resource/.
func (r *resolver) checkExtended(at path, name, amount string) {
	domain, _, found := strings.Cut(name, "/")
	if !found || inDomain(domain, "kubernetes.io") || len(validation.IsQualifiedName(name)) > 0 {
		r.report(diag.KubernetesName, at, `such as "nvidia.com/gpu"`, "%q is not the name of a device's resource", name)
	}
	if _, err := strconv.ParseUint(amount, 10, 31); err != nil {
		r.report(diag.InvalidQuantity, at, "write a whole number", "there cannot be %q of a device", amount)
	}
}
