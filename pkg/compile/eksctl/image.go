package eksctl

import (
	"slices"
	"strings"
)

// families are the image families of eksctl that the spec calls otherwise.
var families = map[string]object{
	"AmazonLinux2023":  nil, // as when nothing is said
	"AmazonLinux2":     {{"family", "AL2"}},
	"BottlerocketFIPS": {{"family", "Bottlerocket"}, {"variant", "fips"}},
}

// sameFamilies are those that it calls the same.
var sameFamilies = []string{
	"Bottlerocket", "Ubuntu2204", "UbuntuPro2204", "Ubuntu2404", "UbuntuPro2404",
	"WindowsServer2019Core", "WindowsServer2019Full", "WindowsServer2022Core", "WindowsServer2022Full", "WindowsServer2025Core", "WindowsServer2025Full",
}

// image is what a group's nodes boot, empty where that is what they boot anyway.
func (i *importer) image(n node) object {
	var image object
	if family := n.field("amiFamily"); family.exists() {
		name := strings.TrimSuffix(family.text(), "Container")
		known, renamed := families[name]
		switch {
		case renamed:
			image = slices.Clone(known)
		case slices.Contains(sameFamilies, name):
			image.set("family", name)
		default:
			i.untold(family, "")
		}
	}
	// eksctl looks an image up where ami says how instead of which.
	if ami := n.field("ami").text(); ami != "" && !strings.HasPrefix(ami, "auto") {
		// What the image has besides, nobody but its maker decides.
		image = slices.DeleteFunc(image, func(f field) bool { return f.name == "variant" })
		image.set("id", ami)
	}
	image.setIf("release", n.field("releaseVersion").text())
	return image
}

// haveWindows reports whether nodes of one of the groups run Windows.
func haveWindows(groups object) bool {
	return slices.ContainsFunc(groups, func(group field) bool {
		return slices.ContainsFunc(group.value.(object), func(f field) bool {
			image, ok := f.value.(object)
			return ok && f.name == "image" && strings.HasPrefix(image.text("family"), "Windows")
		})
	})
}
