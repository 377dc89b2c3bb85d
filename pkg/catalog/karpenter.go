package catalog

import (
	"strconv"
	"strings"
)

// karpenterSupport says up to which minor version of Kubernetes Karpenter runs,
// from which of its versions 1.x.y on; see
// https://karpenter.sh/docs/upgrading/compatibility/.
var karpenterSupport = []struct{ minor, patch, newest int }{
	{0, 0, 30}, {0, 5, 31}, {2, 0, 32}, {5, 0, 33}, {6, 0, 34}, {9, 0, 35}, {13, 0, 36},
}

// newestKarpenter is the newest minor version 1.x that karpenterSupport knows.
const newestKarpenter = 14

// KarpenterMinor returns the x of a version 1.x.y of Karpenter, and false for
// any other.
func KarpenterMinor(version string) (int, bool) {
	minor, _, ok := karpenterNumbers(version)
	return minor, ok
}

// NewestForKarpenter returns the newest version of Kubernetes that a version of
// Karpenter runs on, such as "1.35". It is false for a version that the sources
// do not know.
func NewestForKarpenter(version string) (string, bool) {
	minor, patch, ok := karpenterNumbers(version)
	if !ok || minor > newestKarpenter {
		return "", false
	}
	newest := 0
	for _, s := range karpenterSupport {
		if s.minor < minor || s.minor == minor && s.patch <= patch {
			newest = s.newest
		}
	}
	return "1." + strconv.Itoa(newest), true
}

// OldestKarpenter returns the first version of Karpenter that runs on a version
// of Kubernetes, such as "1.9.0", and whether the sources know it.
func OldestKarpenter(kubernetes string) (string, bool) {
	wanted, ok := MinorOf(kubernetes)
	for _, s := range karpenterSupport {
		if ok && s.newest >= wanted {
			return "1." + strconv.Itoa(s.minor) + "." + strconv.Itoa(s.patch), true
		}
	}
	return "", false
}

func karpenterNumbers(version string) (minor, patch int, ok bool) {
	first, last, found := strings.Cut(version, ".")
	name, digits, alsoFound := strings.Cut(last, ".")
	if first != "1" || !found || !alsoFound {
		return 0, 0, false
	}
	minor, ok = MinorOf("1." + name)
	patch, alsoOK := MinorOf("1." + digits)
	return minor, patch, ok && alsoOK
}
