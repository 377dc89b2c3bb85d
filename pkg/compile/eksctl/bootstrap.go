package eksctl

import "strings"

// bootstrap adds what the nodes of a group are told when they start. image is
// what they boot.
func (i *importer) bootstrap(group *object, n node, image object, managed bool) {
	family := image.text("family")
	if pods := n.field("maxPodsPerNode"); pods.exists() {
		if managed && image.text("id") == "" && !strings.HasPrefix(family, "Ubuntu") {
			i.untold(pods, "EKS tells the nodes of managed groups how many pods they take")
		} else {
			group.set("maxPods", pods.number(0))
		}
	}
	var userData object
	userData.setIf("before", i.scripts(n.field("preBootstrapCommands"), family))
	if override := n.field("overrideBootstrapCommand"); override.exists() {
		if family == "" {
			userData.set("after", []any{part(override.text(), "application/node.eks.aws")})
		} else {
			i.untold(override, "ekscc writes what makes nodes join; put the rest into userData")
		}
	}
	group.setIf("userData", userData)
	if family == "Bottlerocket" {
		group.setIf("bottlerocket", bottlerocket(n))
	}
}

// scripts are commands before the node joins, each a script of its own.
func (i *importer) scripts(commands node, family string) []any {
	if family == "Bottlerocket" && commands.exists() {
		i.untold(commands, "Bottlerocket runs no scripts; see bootstrap-containers in its settings")
		return nil
	}
	var parts []any
	for _, command := range commands.texts() {
		if !strings.HasPrefix(family, "Windows") && !strings.HasPrefix(command, "#!") {
			command = "#!/bin/bash\n" + command
		}
		parts = append(parts, part(command, ""))
	}
	return parts
}

// part is a part of user data. Of a shell script, the type goes without saying.
func part(content, contentType string) object {
	var p object
	p.setIf("contentType", contentType)
	p.set("content", content)
	return p
}

// bottlerocket is what the file says of the operating system. With SSH, eksctl
// runs the admin container, which alone takes it.
func bottlerocket(n node) object {
	var settings object
	admin, ssh := n.at("bottlerocket", "enableAdminContainer"), n.at("ssh", "allow")
	if admin.exists() || ssh.flag(false) {
		settings.set("adminContainer", admin.flag(true))
	}
	if free := n.at("bottlerocket", "settings"); free.exists() {
		free.use()
		settings.set("settings", free.value)
	}
	return settings
}
