package lower

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// agentSetting is one setting of the agent that enforces network policies.
type agentSetting struct {
	flag  string // of the agent
	key   string // of nodeAgent in the add-on's configuration
	value any    // what the add-on takes there; nil where the spec says nothing
}

// agentSettings are what the spec says of the agent.
func agentSettings(p spec.CNINetworkPolicy) []agentSetting {
	return []agentSetting{
		{"conntrack-cache-cleanup-period", "conntrackCacheCleanupPeriod", pointed(p.ConntrackCacheCleanupPeriod)},
		{"conntrack-cache-table-size", "conntrackCacheTableSize", pointed(p.ConntrackCacheTableSize)},
		{"enable-cloudwatch-logs", "enableCloudWatchLogs", truth(p.CloudWatchLogs)},
		{"enable-policy-event-logs", "enablePolicyEventLogs", truth(p.PolicyEventLogs)},
		{"health-probe-bind-addr", "healthProbeBindAddr", port(p.HealthProbePort)},
		{"log-file", "networkPolicyAgentLogFileLocation", nonEmpty(p.LogFile)},
		{"log-level", "logLevel", nonEmpty(p.LogLevel)},
		{"metrics-bind-addr", "metricsBindAddr", port(p.MetricsPort)},
	}
}

// agentDefaults are the arguments of the agent in the plugin's own manifest.
// They are a list, which is replaced whole, and some of them differ from what
// the agent does without them; see
// https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.2/config/master/aws-k8s-cni.yaml.
var agentDefaults = map[string]string{
	"conntrack-cache-cleanup-period": "300",
	"conntrack-cache-table-size":     "524288",
	"enable-cloudwatch-logs":         "false",
	"enable-policy-event-logs":       "false",
	"health-probe-bind-addr":         ":8163",
	"log-file":                       "/var/log/aws-routed-eni/network-policy-agent.log",
	"log-level":                      "debug",
	"metrics-bind-addr":              ":8162",
}

// nodeAgent is what the add-on's configuration says of the agent.
func nodeAgent(p *spec.CNINetworkPolicy) map[string]any {
	keys := map[string]any{}
	for _, s := range agentSettings(*cmp.Or(p, &spec.CNINetworkPolicy{})) {
		if s.value != nil {
			keys[s.key] = s.value
		}
	}
	return keys
}

// agentArgs are the arguments of the agent, or nil where it enforces nothing.
func (c cluster) agentArgs(p *spec.CNINetworkPolicy) []any {
	if p == nil {
		return nil
	}
	flags := merged(agentDefaults, map[string]string{
		"enable-ipv6":           strconv.FormatBool(c.IPFamily == spec.IPv6),
		"enable-network-policy": "true",
	})
	for _, s := range agentSettings(*p) {
		if s.value != nil {
			flags[s.flag] = fmt.Sprint(s.value)
		}
	}
	for _, flag := range []string{"health-probe-bind-addr", "metrics-bind-addr"} {
		if port := flags[flag]; port[0] != ':' {
			flags[flag] = ":" + port
		}
	}
	var args []any
	for _, flag := range sorted(flags) {
		args = append(args, "--"+flag.name+"="+flag.value)
	}
	return args
}

func pointed(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

// truth is a switch the way the add-on takes it.
func truth(b *bool) any {
	if b == nil {
		return nil
	}
	return strconv.FormatBool(*b)
}

// port is a port the way the add-on takes it.
func port(n *int) any {
	if n == nil {
		return nil
	}
	return strconv.Itoa(*n)
}

// policyLogs lets the agent write the connections that it allows and denies to
// the cluster's log group. It looks for the group among all that there are; see
// https://github.com/aws/aws-network-policy-agent#enable-cloudwatch-logs.
func (c cluster) policyLogs() map[string][]statement {
	p := c.cniSettings().NetworkPolicy
	if p == nil || p.CloudWatchLogs == nil || !*p.CloudWatchLogs {
		return nil
	}
	const groups = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
	group := groups + c.logGroup()
	return map[string][]statement{"NetworkPolicyLogs": {
		{actions: []string{"logs:DescribeLogGroups"}, resources: ir.List{ir.Sub{Text: groups + "*"}}},
		{actions: []string{"logs:CreateLogGroup", "logs:CreateLogStream"}, resources: ir.List{ir.Sub{Text: group + ":*"}}},
		{actions: []string{"logs:PutLogEvents"}, resources: ir.List{ir.Sub{Text: group + ":log-stream:aws-network-policy-agent-audit-*"}}},
	}}
}
