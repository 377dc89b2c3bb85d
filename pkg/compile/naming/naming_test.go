package naming_test

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/naming"
)

func TestLogicalID(t *testing.T) {
	for _, test := range []struct {
		words []string
		want  string
	}{
		{[]string{"PublicSubnet", "a"}, "PublicSubnetA"},
		{[]string{"PrivateSubnet", "eu-west-1a"}, "PrivateSubnetEuWest1a"},
		{[]string{"Addon", "aws-ebs-csi-driver"}, "AddonAwsEbsCsiDriver"},
		{[]string{"Access", "team.x_y é"}, "AccessTeamXY"},
	} {
		if got := naming.LogicalID(test.words...); got != test.want {
			t.Errorf("LogicalID(%q) = %q, want %q", test.words, got, test.want)
		}
	}
}

func TestStack(t *testing.T) {
	for _, test := range [][3]string{
		{"mission", "network", "mission-network"},
		{"2nd_Cluster", "nodegroup-spot_2", "eks-2nd-Cluster-nodegroup-spot-2"},
	} {
		if got := naming.Stack(test[0], test[1]); got != test[2] {
			t.Errorf("Stack(%q, %q) = %q, want %q", test[0], test[1], got, test[2])
		}
	}
}

func TestKarpenterQueue(t *testing.T) {
	long := strings.Repeat("a", 80)
	for cluster, want := range map[string]string{
		"mission":  "mission-karpenter",
		long[10:]:  long[10:] + "-karpenter",
		long[:71]:  long[:71] + "-cce05c7f",
		long + "b": long[:71] + "-1e235b8e",
	} {
		if got := naming.KarpenterQueue(cluster); got != want {
			t.Errorf("KarpenterQueue(%q) = %q, want %q", cluster, got, want)
		}
	}
}
