package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestFlowLogs(t *testing.T) {
	logs := func(f spec.FlowLogs) func(*spec.Spec) {
		return func(s *spec.Spec) {
			if f.AggregationInterval == 0 {
				f.AggregationInterval = 600
			}
			s.Cluster.Network.FlowLogs = &f
		}
	}
	group := &spec.FlowLogGroup{RetentionDays: 90}
	bucket := func(arn string) spec.FlowLogs { return spec.FlowLogs{S3: &spec.FlowLogBucket{BucketARN: arn}} }
	const at = "cluster network flowLogs"
	for name, base := range map[string]func() *spec.Spec{"new": newVPC, "existing": oldVPC} {
		t.Run(name, func(t *testing.T) {
			runRules(t, base, []ruleTest{
				{"a log group", logs(spec.FlowLogs{CloudWatchLogs: group, Format: "${version} ${pkt-srcaddr}"}), nil},
				{"a bucket", logs(bucket("arn:aws:s3:::logs")), nil},
				{"a folder", logs(bucket("arn:aws:s3:::logs/a/b/")), nil},
				{"nowhere", logs(spec.FlowLogs{}), []want{{diag.FlowLogs, at, "exactly one"}}},
				{"both", logs(spec.FlowLogs{CloudWatchLogs: group, S3: &spec.FlowLogBucket{BucketARN: "arn:aws:s3:::logs"}}), []want{{diag.FlowLogs, at, "exactly one"}}},
				{"interval", logs(spec.FlowLogs{CloudWatchLogs: group, AggregationInterval: 61}), []want{{diag.FlowLogs, at + " aggregationInterval", "60 or 600"}}},
				{"format", logs(spec.FlowLogs{CloudWatchLogs: group, Format: "version"}), []want{{diag.FlowLogs, at + " format", "${version}"}}},
				{"retention", logs(spec.FlowLogs{CloudWatchLogs: &spec.FlowLogGroup{RetentionDays: 2}}), []want{{diag.LogGroup, at + " cloudWatchLogs retentionDays", "2 days"}}},
				{"key of another region", logs(spec.FlowLogs{CloudWatchLogs: &spec.FlowLogGroup{RetentionDays: 1, KeyARN: "arn:aws:kms:eu-west-1:111122223333:key/1"}}), []want{
					{diag.InvalidARN, at + " cloudWatchLogs keyARN", "eu-west-1"}}},
				{"no bucket", logs(bucket("logs")), []want{{diag.InvalidARN, at + " s3 bucketARN", "not the ARN of a bucket"}}},
				{"a bucket of another partition", logs(bucket("arn:aws-cn:s3:::logs")), []want{{diag.InvalidARN, at + " s3 bucketARN", "aws-cn"}}},
				{"AWS's own folder", logs(bucket("arn:aws:s3:::logs/AWSLogs/")), []want{{diag.FlowLogs, at + " s3 bucketARN", "AWSLogs"}}},
			})
		})
	}
}

func TestDHCPOptions(t *testing.T) {
	options := func(o spec.DHCPOptions) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Network.DHCPOptions = &o }
	}
	servers := func(list ...string) spec.DHCPOptions { return spec.DHCPOptions{DomainNameServers: list} }
	const at = "cluster network dhcpOptions"
	runRules(t, newVPC, []ruleTest{
		{"a domain", options(spec.DHCPOptions{DomainName: "corp.example.com"}), nil},
		{"AWS's name servers", options(servers("AmazonProvidedDNS")), nil},
		{"time servers", options(spec.DHCPOptions{NTPServers: []string{"10.0.0.1", "10.0.0.2"}}), nil},
		{"nothing", options(spec.DHCPOptions{}), []want{{diag.DHCPOptions, at, "say nothing"}}},
		{"no domain", options(spec.DHCPOptions{DomainName: "a b"}), []want{{diag.DHCPOptions, at + " domainName", "a b"}}},
		{"own name servers", options(servers("10.0.0.53")), []want{{diag.NameServers, at + " domainNameServers", "private endpoint"}}},
		{"own name servers, public endpoint", func(s *spec.Spec) {
			options(servers("10.0.0.53"))(s)
			s.Cluster.Endpoint.Private = false
		}, nil},
		{"both name servers", options(servers("AmazonProvidedDNS", "10.0.0.53")), []want{{diag.DHCPOptions, at + " domainNameServers", "does not go with"}}},
		{"too many", options(spec.DHCPOptions{NTPServers: []string{"10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"}}), []want{{diag.DHCPOptions, at + " ntpServers", "4 at most"}}},
		{"no address", options(spec.DHCPOptions{NTPServers: []string{"ntp.example.com"}}), []want{{diag.DHCPOptions, at + " ntpServers 0", "not an IPv4 address"}}},
		{"twice", options(spec.DHCPOptions{NTPServers: []string{"10.0.0.1", "10.0.0.1"}}), []want{{diag.DHCPOptions, at + " ntpServers 1", "twice"}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"of an existing VPC", options(spec.DHCPOptions{DomainName: "corp.example.com"}), []want{{diag.VPCChoice, at, "exists already"}}},
		{"host names of an existing VPC", func(s *spec.Spec) { s.Cluster.Network.HostnameType = "ipName" }, []want{{diag.VPCChoice, "cluster network hostnameType", "exists already"}}},
		{"tags of an existing VPC", func(s *spec.Spec) { s.Cluster.Network.KarpenterDiscovery = ptr(true) }, []want{
			{diag.VPCChoice, "cluster network karpenterDiscovery", "exists already"}}},
		{"tenancy of an existing VPC", func(s *spec.Spec) { s.Cluster.Network.VPC.InstanceTenancy = "dedicated" }, []want{
			{diag.VPCChoice, "cluster network vpc instanceTenancy", "exists already"}}},
	})
}
