package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestRoleName(t *testing.T) {
	if got := RoleName("demo", "general", "eu-west-1"); got != "demo-general-eu-west-1" {
		t.Errorf("got %q", got)
	}
	long := strings.Repeat("c", 60)
	a, b := RoleName(long, "a", "eu-west-1"), RoleName(long, "b", "eu-west-1")
	if len(a) != 64 || len(b) != 64 || a == b {
		t.Errorf("got %q and %q", a, b)
	}
	// A name that changes would replace the role of every such cluster.
	if want := strings.Repeat("c", 55) + "-0f39e838"; a != want {
		t.Errorf("got %q, want %q", a, want)
	}
}

func TestChosenNames(t *testing.T) {
	access := func(names ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Access = map[string]spec.Access{}
			for i, name := range names {
				s.Cluster.Access[name] = spec.Access{Role: fmt.Sprint("role", i), Policy: "view"}
			}
		}
	}
	long := strings.Repeat("n", 101)
	runRules(t, newVPC, []ruleTest{
		{"different", access("team-a", "team-b", "Team.1"), nil},
		{"same but for punctuation", access("team-a", "team.a"), []want{{diag.NameClash, "cluster access team.a", `"team-a" and "team.a"`}}},
		{"same but for the first letter", access("Admin", "admin"), []want{{diag.NameClash, "cluster access admin", `"Admin" and "admin"`}}},
		{"nothing left", access("é"), []want{{diag.NameClash, "cluster access é", "no logical id"}}},
		{"too long", access(long), []want{{diag.NameClash, "cluster access " + long, "no logical id"}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"subnets", func(s *spec.Spec) {
			s.Cluster.Network.Subnets.Public["A"] = spec.Subnet{ID: "subnet-0000000000000000d", AvailabilityZone: "ap-northeast-2b"}
		}, []want{{diag.NameClash, "cluster network subnets public a", "same logical id"}}},
	})
}
