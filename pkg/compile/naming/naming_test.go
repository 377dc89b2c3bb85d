package naming_test

import (
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
