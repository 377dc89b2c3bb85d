// Package peer compares what ekscc compiles with what eksctl creates for the
// same wishes. testdata/eksctl.yaml says what that is, testdata/specs the wishes
// in ekscc's words, and testdata/differences.yaml why the two differ where they
// do. docs/beside-eksctl.md is made from them.
package peer

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

var update = flag.Bool("update", false, "write docs/beside-eksctl.md anew")

func TestBesideEksctl(t *testing.T) {
	var facts peer
	read(t, "eksctl.yaml", &facts)
	var differences []difference
	read(t, "differences.yaml", &differences)
	var sections []section
	for _, w := range facts.Wishes {
		sections = append(sections, compare(t, w, differences))
	}
	for _, d := range differences {
		if !d.used {
			t.Errorf("no wish %v differs in %s: eksctl %s, ekscc %s", d.Wishes, d.Of, d.Theirs, d.Ours)
		}
		if d.Because == "" {
			t.Errorf("%s differs without a reason", d.Of)
		}
	}
	checkDoc(t, document(facts, sections))
}

// compare tells what differs for a wish, and fails for what has no reason.
func compare(t *testing.T, w wish, differences []difference) section {
	theirs := w.inventory()
	resources := compiled(t, w)
	checkConnected(t, w, resources)
	ours := inventoryOf(resources, slices.Collect(maps.Keys(theirs)))
	s := section{wish: w, ours: len(resources)}
	for _, key := range keys(theirs, ours) {
		if tagOfOurs(key, theirs) {
			continue
		}
		their, our := theirs.get(key), ours.get(key)
		if their == our {
			s.same = append(s.same, key)
			continue
		}
		i := slices.IndexFunc(differences, func(d difference) bool { return d.explains(w, key, their, our) })
		if i < 0 {
			t.Errorf("%s: %s: eksctl %s, ekscc %s; testdata/differences.yaml does not say why", w.Name, key, their, our)
			continue
		}
		differences[i].used = true
		s.rows = append(s.rows, row{key, their, our, differences[i].Because})
	}
	return s
}

// tagOfOurs says whether a key is of a tag that eksctl's facts do not mention:
// tags are the user's.
func tagOfOurs(key string, theirs inventory) bool {
	return strings.HasPrefix(key, "tag ") && theirs.get(key) == none
}

// compiled is the resources of a wish that ekscc makes.
func compiled(t *testing.T, w wish) []ir.Resource {
	t.Helper()
	model, diags, err := compile.Compile(compile.Input{Path: filepath.Join("testdata", "specs", w.Name+".cue")})
	if err != nil || diags.HasErrors() {
		diag.WriteText(os.Stderr, diags)
		t.Fatalf("%s does not compile: %v", w.Name, err)
	}
	var resources []ir.Resource
	for _, stack := range model.Environments[0].Stacks {
		if slices.Contains(w.Templates, stack.File) {
			resources = append(resources, stack.Resources...)
		}
	}
	if len(resources) == 0 {
		t.Fatalf("%s has none of the templates %v", w.Name, w.Templates)
	}
	return resources
}

// checkConnected sees to it that nodes may talk to the control plane and to
// each other in all ways in which eksctl's may: they are in the security group
// that EKS makes for the cluster, and lets all of its members talk. EKS puts a
// managed group there, unless its launch template names groups.
func checkConnected(t *testing.T, w wish, resources []ir.Resource) {
	t.Helper()
	managed := slices.ContainsFunc(resources, func(r ir.Resource) bool { return r.Type == "AWS::EKS::Nodegroup" })
	for _, r := range resources {
		if r.Type != "AWS::EC2::LaunchTemplate" {
			continue
		}
		data, _ := r.Properties["LaunchTemplateData"].(ir.Map)
		groups := items(data["SecurityGroupIds"])
		if len(groups) == 0 && managed {
			continue
		}
		if !slices.Contains(groups, ir.Value(ir.ImportValue("peer-cluster:ClusterSecurityGroupId"))) {
			t.Errorf("%s: the nodes of %s are not in the cluster's security group, but in %v", w.Name, r.ID, groups)
		}
	}
}

// An inventory has what its parts say, and a difference explains nothing else.
func TestInventory(t *testing.T) {
	group := ir.Resource{Type: "AWS::EC2::SecurityGroup", Properties: ir.Map{
		"SecurityGroupIngress": ir.List{ir.Map{"IpProtocol": "tcp", "FromPort": 22, "CidrIp": "10.0.0.0/8"}},
		"Tags":                 ir.List{ir.Map{"Key": "a", "Value": "b"}},
	}}
	role := ir.Resource{Type: "AWS::IAM::Role", Properties: ir.Map{"ManagedPolicyArns": ir.List{ir.Sub{Text: "arn:${AWS::Partition}:iam::aws:policy/P"}}}}
	nodes := ir.Resource{Type: "AWS::EKS::Nodegroup", Properties: ir.Map{"LaunchTemplate": ir.Map{"Version": ir.GetAtt{ID: "L", Attribute: "Latest"}}}}
	version := "setting AWS::EKS::Nodegroup.LaunchTemplate.Version"
	got := inventoryOf([]ir.Resource{group, group, role, nodes}, []string{version, version + "s"})
	want := inventory{
		"resources AWS::EC2::SecurityGroup": "2", "resources AWS::IAM::Role": "1", "resources AWS::EKS::Nodegroup": "1", "tag a": "2",
		"ingress tcp 22 from 10.0.0.0/8": present, "policy P": present, version: "Latest", version + "s": none,
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	d := difference{Wishes: []string{"w"}, Of: "policy P", Theirs: none, Ours: present}
	if !d.explains(wish{Name: "w"}, "policy P", none, present) || d.explains(wish{Name: "v"}, "policy P", none, present) ||
		d.explains(wish{Name: "w"}, "policy P", present, none) {
		t.Error("a difference explains what it is not about")
	}
}
