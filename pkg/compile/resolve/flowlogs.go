package resolve

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// flowLogFormat is the form of a record's format: fields in ${}, by names of
// small letters, divided by spaces (CreateFlowLogs).
var flowLogFormat = lazyregexp.New(`^\$\{[a-z0-9-]+\}( \$\{[a-z0-9-]+\})*$`)

// checkFlowLogs checks the flow logs of the VPC.
func (r *resolver) checkFlowLogs() {
	f, at := r.cluster.Network.FlowLogs, networkPath.at("flowLogs")
	if f == nil {
		return
	}
	if (f.CloudWatchLogs == nil) == (f.S3 == nil) {
		r.report(diag.FlowLogs, at, "write cloudWatchLogs: {} for a new log group, or s3 for a bucket that exists", "exactly one of cloudWatchLogs and s3 says where the records go")
	}
	if f.AggregationInterval != 60 && f.AggregationInterval != 600 {
		r.report(diag.FlowLogs, at.at("aggregationInterval"), "", "records are of 60 or 600 seconds, not %d", f.AggregationInterval)
	}
	if f.Format != "" && !flowLogFormat.MatchString(f.Format) {
		r.report(diag.FlowLogs, at.at("format"), `such as "${version} ${srcaddr} ${dstaddr}"`, "%q is not a format of flow logs", f.Format)
	}
	if g := f.CloudWatchLogs; g != nil {
		r.checkRetention(at.at("cloudWatchLogs", "retentionDays"), &g.RetentionDays)
		r.checkKeyARN(at.at("cloudWatchLogs", "keyARN"), g.KeyARN, "key/")
	}
	if f.S3 != nil {
		r.checkBucketARN(at.at("s3", "bucketARN"), f.S3.BucketARN)
	}
}

// bucketName is the form of a bucket's name, with a folder behind it or not.
var bucketName = lazyregexp.New(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?$`)

func (r *resolver) checkBucketARN(at path, text string) {
	a, ok := parseARN(text)
	switch {
	case !ok || a.service != "s3" || a.region != "" || a.account != "" || !bucketName.MatchString(a.resource):
		r.report(diag.InvalidARN, at, `such as "arn:aws:s3:::example-flow-logs"`, "%q is not the ARN of a bucket", text)
	case r.region.Partition != "" && a.partition != r.region.Partition:
		r.report(diag.InvalidARN, at, "", "%q is in the partition %q, but %s is in %q", text, a.partition, r.region.Name, r.region.Partition)
	case strings.Contains(a.resource+"/", "/AWSLogs/"):
		r.report(diag.FlowLogs, at, "name another folder", "AWS keeps the folder AWSLogs for itself")
	}
}

// amazonDNS is how DHCP options name the resolver of the VPC.
const amazonDNS = "AmazonProvidedDNS"

// maxDHCPServers is how many servers of a kind DHCP options have
// (CreateDhcpOptions).
const maxDHCPServers = 4

// checkDHCPOptions completes and checks the DHCP options of a new VPC.
func (r *resolver) checkDHCPOptions() {
	o, at := r.cluster.Network.DHCPOptions, networkPath.at("dhcpOptions")
	if o == nil {
		return
	}
	if o.DomainName == "" && len(o.DomainNameServers) == 0 && len(o.NTPServers) == 0 {
		r.report(diag.DHCPOptions, at, "leave it out", "the DHCP options say nothing")
	}
	if o.DomainName != "" && !domainName.MatchString(o.DomainName) {
		r.report(diag.DHCPOptions, at.at("domainName"), `such as "corp.example.com"`, "%q is not the name of a domain", o.DomainName)
	}
	if len(o.DomainNameServers) == 0 {
		o.DomainNameServers = []string{amazonDNS}
	}
	r.checkNameServers(at.at("domainNameServers"), *o)
	r.checkDHCPServers(at.at("ntpServers"), o.NTPServers)
}

var domainName = lazyregexp.New(`^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$`)

// checkNameServers warns where nodes ask name servers that know nothing of the
// VPC unless they forward to its resolver; see
// https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html.
func (r *resolver) checkNameServers(at path, o spec.DHCPOptions) {
	if i := slices.Index(o.DomainNameServers, amazonDNS); i >= 0 {
		if len(o.DomainNameServers) > 1 {
			r.report(diag.DHCPOptions, at, "leave out one or the other", "%s does not go with other name servers", amazonDNS)
		}
		return
	}
	r.checkDHCPServers(at, o.DomainNameServers)
	if r.cluster.Endpoint.Private {
		r.report(diag.NameServers, at, "take "+amazonDNS+", or let these servers forward to it", "nodes find the private endpoint by %s, which these name servers are not", amazonDNS)
	}
}

func (r *resolver) checkDHCPServers(at path, servers []string) {
	if len(servers) > maxDHCPServers {
		r.report(diag.DHCPOptions, at, "", "%d servers; DHCP options have %d at most", len(servers), maxDHCPServers)
	}
	for i, server := range servers {
		if a, err := netip.ParseAddr(server); err != nil || !a.Is4() {
			r.report(diag.DHCPOptions, at.index(i), "", "%q is not an IPv4 address", server)
		} else if slices.Contains(servers[:i], server) {
			r.report(diag.DHCPOptions, at.index(i), "", "the server %s is listed twice", server)
		}
	}
}

// checkNewOnly reports what only a VPC that ekscc creates can have.
func (r *resolver) checkNewOnly() {
	n := r.cluster.Network
	for _, f := range []struct {
		stated bool
		at     path
	}{
		{n.DHCPOptions != nil, networkPath.at("dhcpOptions")},
		{n.HostnameType != "", networkPath.at("hostnameType")},
		{n.KarpenterDiscovery != nil, networkPath.at("karpenterDiscovery")},
		{n.RemoteGateway != nil, networkPath.at("remoteGateway")},
		{n.VPC.InstanceTenancy != "", networkPath.at("vpc", "instanceTenancy")},
	} {
		if f.stated {
			r.report(diag.VPCChoice, f.at, "leave it out, and set it where the VPC is made", "the VPC exists already, so ekscc does not set its %s", f.at[len(f.at)-1])
		}
	}
}
