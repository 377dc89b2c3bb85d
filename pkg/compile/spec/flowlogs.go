package spec

// FlowLogs is the flow logs of the VPC. AggregationInterval is in seconds.
type FlowLogs struct {
	TrafficType         string         `json:"trafficType"`
	AggregationInterval int            `json:"aggregationInterval"`
	Format              string         `json:"format,omitempty"`
	CloudWatchLogs      *FlowLogGroup  `json:"cloudWatchLogs,omitempty"`
	S3                  *FlowLogBucket `json:"s3,omitempty"`
}

// FlowLogGroup is the log group of flow logs.
type FlowLogGroup struct {
	RetentionDays int    `json:"retentionDays"`
	KeyARN        string `json:"keyARN,omitempty"`
}

// FlowLogBucket is the S3 bucket of flow logs.
type FlowLogBucket struct {
	BucketARN                string `json:"bucketARN"`
	FileFormat               string `json:"fileFormat"`
	HiveCompatiblePartitions bool   `json:"hiveCompatiblePartitions"`
	PerHourPartition         bool   `json:"perHourPartition"`
}

// DHCPOptions is what instances are told by DHCP.
type DHCPOptions struct {
	DomainName        string   `json:"domainName,omitempty"`
	DomainNameServers []string `json:"domainNameServers,omitempty"`
	NTPServers        []string `json:"ntpServers,omitempty"`
}
