package resolve

import (
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestEnvironments(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(dev, prod *spec.Spec)
		want []want
	}{
		{"another name", func(_, prod *spec.Spec) { prod.Cluster.Name = "demo-prod" }, nil},
		{"another account", func(_, prod *spec.Spec) { prod.Cluster.Account = "444455556666" }, nil},
		{"another region", func(_, prod *spec.Spec) {
			prod.Cluster.Region = "eu-west-1"
			prod.Cluster.Network.AvailabilityZones = []string{"eu-west-1a", "eu-west-1b"}
		}, nil},
		{"one cluster", func(_, _ *spec.Spec) {}, nil},
		{"one cluster in two ways", func(_, prod *spec.Spec) { prod.Cluster.Version = "1.34" }, []want{
			{diag.SharedCluster, "cluster name", `2 environments make, in different ways, the cluster "demo"`}}},
		{"one role", func(dev, prod *spec.Spec) {
			prod.Cluster.Name = "demo-prod"
			for _, s := range []*spec.Spec{dev, prod} {
				group(func(g *spec.NodeGroup) { g.Role.Name = "nodes" })(s)
			}
		}, []want{{diag.SharedName, "cluster nodeGroups general role name", `the role "nodes" in account 111122223333`}}},
		{"one role in two accounts", func(dev, prod *spec.Spec) {
			prod.Cluster.Account = "444455556666"
			dev.Cluster.Role, prod.Cluster.Role = &spec.ClusterRole{Name: "eks"}, &spec.ClusterRole{Name: "eks"}
		}, nil},
		{"one cluster role", func(dev, prod *spec.Spec) {
			prod.Cluster.Name = "demo-prod"
			dev.Cluster.Role, prod.Cluster.Role = &spec.ClusterRole{Name: "eks"}, &spec.ClusterRole{Name: "eks"}
		}, []want{{diag.SharedName, "cluster role name", `the role "eks"`}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dev, prod := newVPC(), newVPC()
			prod.Environment = "prod"
			tt.edit(dev, prod)
			compare(t, Resolve(dev), nil)
			compare(t, Resolve(prod), nil)
			got := Environments([]*spec.Spec{prod, dev})
			compare(t, got, tt.want)
			for _, d := range got {
				if !slices.Equal(d.Environments, []string{"dev", "prod"}) {
					t.Errorf("environments %q", d.Environments)
				}
			}
		})
	}
}

// Security groups have a name of their own within a VPC.
func TestEnvironmentsInOneVPC(t *testing.T) {
	dev, prod := oldVPC(), oldVPC()
	prod.Environment, prod.Cluster.Name = "prod", "demo-prod"
	for _, s := range []*spec.Spec{dev, prod} {
		s.Cluster.SecurityGroup = &spec.SecurityGroup{Name: "cluster"}
		compare(t, Resolve(s), nil)
	}
	compare(t, Environments([]*spec.Spec{dev, prod}), []want{
		{diag.SharedName, "cluster securityGroup name", "vpc-0123456789abcdef0"}})
	prod.Cluster.Network.VPC.ID, prod.Cluster.Network.Subnets = "vpc-0123456789abcdef1", spec.Subnets{}
	compare(t, Environments([]*spec.Spec{dev, prod}), nil)
}

// Where all environments share a cluster's name by mistake, what follows from
// it is not repeated for each role.
func TestEnvironmentsReportTheCause(t *testing.T) {
	var all []*spec.Spec
	for _, name := range strings.Fields("qa dev prod") {
		s := newVPC()
		s.Environment = name
		s.Cluster.Tags = map[string]string{"environment": name}
		compare(t, Resolve(s), nil)
		all = append(all, s)
	}
	got := Environments(all)
	compare(t, got, []want{{diag.SharedCluster, "cluster name", "3 environments"}})
	if len(got) == 1 && !slices.Equal(got[0].Environments, []string{"dev", "prod", "qa"}) {
		t.Errorf("environments %q", got[0].Environments)
	}
}

// A subnet is in one VPC, whatever the environment.
func TestEnvironmentsShareSubnets(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(prod *spec.Cluster)
		want []want
	}{
		{"one VPC", func(*spec.Cluster) {}, nil},
		{"another VPC with its subnets", func(prod *spec.Cluster) {
			prod.Network.VPC.ID = "vpc-0123456789abcdef1"
			prod.Network.Subnets = spec.Subnets{Private: map[string]spec.Subnet{
				"a": {ID: "subnet-2000000a", AvailabilityZone: "ap-northeast-2a"}, "c": {ID: "subnet-2000000c", AvailabilityZone: "ap-northeast-2c"}}}
		}, nil},
		{"another account", func(prod *spec.Cluster) {
			prod.Account = "444455556666"
			prod.Network.VPC.ID = "vpc-0123456789abcdef1"
		}, nil},
		{"another VPC with the same subnets", func(prod *spec.Cluster) {
			prod.Network.VPC.ID = "vpc-0123456789abcdef1"
			prod.Network.Subnets.Public = nil
			prod.Network.Subnets.Private["c"] = spec.Subnet{ID: "subnet-2000000c", AvailabilityZone: "ap-northeast-2c"}
		}, []want{{diag.SubnetTwice, "cluster network subnets private a id", `"subnet-1000000a" is in vpc-0123456789abcdef0 in one environment, and in vpc-0123456789abcdef1`}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dev, prod := oldVPC(), oldVPC()
			prod.Environment, prod.Cluster.Name = "prod", "demo-prod"
			tt.edit(&prod.Cluster)
			compare(t, Resolve(dev), nil)
			compare(t, Resolve(prod), nil)
			compare(t, Environments([]*spec.Spec{prod, dev}), tt.want)
		})
	}
}
