package catalog

import "testing"

func TestKarpenter(t *testing.T) {
	for version, want := range map[string]string{
		"1.0.0": "1.30", "1.0.4": "1.30", "1.0.5": "1.31", "1.1.0": "1.31", "1.8.9": "1.34", "1.9.0": "1.35", "1.14.1": "1.36",
		"1.15.0": "", "0.37.0": "", "2.0.0": "", "1.9": "", "1.x.0": "", "v1.9.0": "", "1.9.00": "", "1.9.0.1": "",
	} {
		if got, known := NewestForKarpenter(version); got != want || known != (want != "") {
			t.Errorf("Karpenter %s: got %q, %v, want %q", version, got, known, want)
		}
	}
	for kubernetes, want := range map[string]string{"1.29": "1.0.0", "1.31": "1.0.5", "1.35": "1.9.0", "1.36": "1.13.0", "1.37": "", "x": ""} {
		if got, known := OldestKarpenter(kubernetes); got != want || known != (want != "") {
			t.Errorf("Kubernetes %s: got %q, %v, want %q", kubernetes, got, known, want)
		}
	}
}
