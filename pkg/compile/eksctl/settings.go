package eksctl

// settings adds what the file says of the control plane itself. eksctl always
// leaves the add-ons to EKS.
func (i *importer) settings(cluster *object, root node) {
	metadata := root.field("metadata")
	cluster.setIf("supportType", root.at("upgradePolicy", "supportType").text())
	setFlag(cluster, "forceUpdate", metadata.field("forceUpdateVersion"))
	if minutes := metadata.at("rollbackConfig", "timeoutMinutes"); minutes.exists() {
		cluster.set("rollback", object{{"timeoutMinutes", minutes.number(0)}})
	}
	setFlag(cluster, "zonalShift", root.at("zonalShiftConfig", "enabled"))
	cluster.setIf("scalingTier", root.at("controlPlaneScalingConfig", "tier").text())
	cluster.setIf("controlPlaneEgressMode", root.at("vpc", "controlPlaneEgressMode").text())
	cluster.setIf("apiServer", apiServer(root.field("kubeAPIServerConfig")))
	cluster.setIf("scheduler", scheduler(root.at("kubeSchedulerConfig", "nodeResourcesFit", "scoringStrategy")))
	var manager object
	manager.setIf("horizontalPodAutoscalerSyncPeriod", root.at("kubeControllerManagerConfig", "horizontalPodAutoscalerSyncPeriod").text())
	cluster.setIf("controllerManager", manager)
	cluster.set("bootstrapSelfManagedAddons", false)
	cluster.setIf("autoMode", autoMode(root.field("autoModeConfig")))
	cluster.setIf("karpenter", karpenter(root.field("karpenter")))
	cluster.setIf("remoteNetworks", remoteNetworks(root.field("remoteNetworkConfig")))
	cluster.setIf("hybridNodes", hybridNodes(root.at("remoteNetworkConfig", "iam")))
	cluster.setIf("identityProviders", i.identityProviders(root.field("identityProviders")))
}

func setFlag(o *object, name string, n node) {
	if n.exists() {
		o.set(name, n.flag(false))
	}
}

func apiServer(n node) object {
	var settings object
	settings.setIf("eventTTL", n.field("eventTTL").text())
	if ports := n.field("serviceNodePortRange"); ports.exists() {
		settings.set("serviceNodePortRange", object{
			{"min", ports.field("minPort").number(0)},
			{"max", ports.field("maxPort").number(0)},
		})
	}
	return settings
}

func scheduler(strategy node) object {
	var settings, weights object
	settings.setIf("scoringStrategy", strategy.field("type").text())
	for _, resource := range strategy.field("resources").items() {
		weights.set(resource.field("name").required(), resource.field("weight").number(1))
	}
	settings.setIf("resources", weights)
	return settings
}
