package resolve

import (
	"math"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Ports of the agent that enforces network policies.
const (
	agentMetricsPort = 8162
	agentHealthPort  = 8163
)

// checkNetworkPolicy checks the agent that enforces network policies; see
// https://github.com/aws/aws-network-policy-agent.
func (r *resolver) checkNetworkPolicy(p *spec.CNINetworkPolicy) {
	if p == nil {
		return
	}
	at := cniPath.at("networkPolicy")
	if isTrue(r.cluster.VPCCNI.BandwidthPlugin) {
		r.report(diag.CNISetting, cniPath.at("bandwidthPlugin"), "leave out either of them", "the bandwidth plugin keeps networkPolicy from being enforced")
	}
	r.checkCNINumber(at.at("conntrackCacheCleanupPeriod"), p.ConntrackCacheCleanupPeriod, 1, math.MaxInt32)
	r.checkCNINumber(at.at("conntrackCacheTableSize"), p.ConntrackCacheTableSize, 32768, 1048576)
	r.checkCNINumber(at.at("metricsPort"), p.MetricsPort, 1, 65535)
	r.checkCNINumber(at.at("healthProbePort"), p.HealthProbePort, 1, 65535)
	if metrics, health := orElse(p.MetricsPort, agentMetricsPort), orElse(p.HealthProbePort, agentHealthPort); metrics == health {
		r.report(diag.CNISetting, at, "", "metrics and the health probe of the agent share the port %d", metrics)
	}
	r.checkLogFile(at.at("logFile"), p.LogFile)
}

func orElse(n *int, other int) int {
	if n == nil {
		return other
	}
	return *n
}
