package lower

import (
	"cmp"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// addControlPlane adds to the cluster's properties those that the spec sets;
// what it leaves out is for EKS to choose.
func (c cluster) addControlPlane(properties ir.Map) {
	set(properties, "BootstrapSelfManagedAddons", c.BootstrapSelfManagedAddons)
	set(properties, "DeletionProtection", c.DeletionProtection)
	set(properties, "Force", c.ForceUpdate)
	if c.SupportType != "" {
		properties["UpgradePolicy"] = ir.Map{"SupportType": c.SupportType}
	}
	if c.Rollback != nil {
		properties["RollbackConfig"] = ir.Map{"TimeoutMinutes": c.Rollback.TimeoutMinutes}
	}
	if c.ZonalShift != nil {
		properties["ZonalShiftConfig"] = ir.Map{"Enabled": *c.ZonalShift}
	}
	if c.ScalingTier != "" {
		properties["ControlPlaneScalingConfig"] = ir.Map{"Tier": c.ScalingTier}
	}
	if ca := c.CertificateAuthority; ca != nil && ca.ActiveID != "" {
		properties["ActiveCertificateAuthorityId"] = ca.ActiveID
	}
	setMap(properties, "KubeApiServerConfig", apiServer(c.APIServer))
	setMap(properties, "KubeControllerManagerConfig", controllerManager(c.ControllerManager))
	setMap(properties, "KubeSchedulerConfig", scheduler(c.Scheduler))
}

func apiServer(settings *spec.APIServer) ir.Map {
	config := ir.Map{}
	if settings == nil {
		return config
	}
	if settings.EventTTL != "" {
		config["EventTtl"] = settings.EventTTL
	}
	if ports := settings.ServiceNodePortRange; ports != nil {
		config["ServiceNodePortRange"] = ir.Map{"MaxPort": ports.Max, "MinPort": ports.Min}
	}
	return config
}

func controllerManager(settings *spec.ControllerManager) ir.Map {
	config := ir.Map{}
	if settings == nil {
		return config
	}
	if period := settings.HorizontalPodAutoscalerSyncPeriod; period != "" {
		config["HorizontalPodAutoscalerControllerConfig"] = ir.Map{"HorizontalPodAutoscalerSyncPeriod": period}
	}
	if threshold := settings.TerminatedPodGCThreshold; threshold != nil {
		config["PodGcControllerConfig"] = ir.Map{"TerminatedPodGcThreshold": *threshold}
	}
	return config
}

func scheduler(settings *spec.Scheduler) ir.Map {
	if settings == nil {
		return nil
	}
	strategy := ir.Map{"Type": settings.ScoringStrategy}
	var resources ir.List
	for _, weight := range sorted(settings.Resources) {
		resources = append(resources, ir.Map{"Name": weight.name, "Weight": weight.value})
	}
	if resources != nil {
		strategy["Resources"] = resources
	}
	return ir.Map{"NodeResourcesFit": ir.Map{"ScoringStrategy": strategy}}
}

// addCertificateAuthorities adds the authorities that the spec appends. Their
// ids are outputs, because the spec names the active one by its id: the
// cluster cannot refer to a resource that refers to it.
func (c cluster) addCertificateAuthorities(s *ir.Stack) {
	for _, name := range cmp.Or(c.CertificateAuthority, &spec.CertificateAuthority{}).Appended {
		id := naming.LogicalID("CertificateAuthority", name)
		add(s, "cluster.certificateAuthority", ir.Resource{ID: id, Type: "AWS::EKS::CertificateAuthority", Properties: ir.Map{"ClusterName": ir.Ref("Cluster")}})
		export(s, id+"Id", "Id of the certificate authority "+name, ir.GetAtt{ID: id, Attribute: "Id"})
	}
}

// set sets a property to what the spec says, if it says anything.
func set[T any](properties ir.Map, name string, value *T) {
	if value != nil {
		properties[name] = *value
	}
}

// setMap sets a property to an object, unless that is empty.
func setMap(properties ir.Map, name string, value ir.Map) {
	if len(value) > 0 {
		properties[name] = value
	}
}
