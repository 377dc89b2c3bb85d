package capacity

import (
	"fmt"
	"strconv"
	"strings"
)

// unknown is written for a number that is not known.
const unknown = "?"

// tables are the parts of a report for people.
func tables(r Report) []table {
	title := fmt.Sprintf("%s: cluster %s, environment %s", r.Spec, r.Cluster, r.Environment)
	parts := []table{{title: title}}
	if len(r.Groups) > 0 {
		parts = append(parts, groupTable(r))
	}
	if len(r.Subnets) > 0 {
		parts = append(parts, subnetTable(r))
	}
	if len(r.Workloads) > 0 {
		parts = append(parts, workloadTable(r))
	}
	if len(r.OpenEnded) > 0 {
		parts = append(parts, table{title: "Not counted, because nobody can say how many there are: " + strings.Join(r.OpenEnded, ", ")})
	}
	return parts
}

func groupTable(r Report) table {
	t := table{title: "Node groups, with the pods and addresses of max nodes", columns: []column{
		{"group", false}, {"instance types", false}, {"min", true}, {"desired", true}, {"max", true}, {"pods per node", true}, {"pods", true}, {"addresses", true}, {"because", false},
	}}
	for _, g := range r.Groups {
		row := []string{
			g.Name, strings.Join(g.InstanceTypes, ", "), strconv.Itoa(g.Min), strconv.Itoa(g.Desired), strconv.Itoa(g.Max),
			strconv.Itoa(g.PodsPerNode), strconv.Itoa(g.Pods), strconv.Itoa(g.Addresses), g.Because,
		}
		if g.PodsPerNode == 0 {
			row[5], row[6], row[7] = unknown, unknown, unknown
		}
		if len(g.Unknown) > 0 {
			row[8] = "not known: " + strings.Join(g.Unknown, ", ")
		}
		t.rows = append(t.rows, row)
	}
	return t
}

func subnetTable(r Report) table {
	t := table{title: "Subnets, with the addresses that max nodes and all else need: least with one pod on each node, most with nodes full of pods", columns: []column{
		{"subnet", false}, {"zone", false}, {"block", false}, {"usable", true}, {"least", true}, {"most", true}, {"verdict", false}, {"most is for", false},
	}}
	for _, s := range r.Subnets {
		usable := unknown
		if s.Usable != nil {
			usable = strconv.Itoa(*s.Usable)
		}
		var uses []string
		for _, u := range s.Uses {
			uses = append(uses, fmt.Sprintf("%s %d", u.What, u.Full.Total()))
		}
		t.rows = append(t.rows, []string{
			s.Tier + " " + s.Name, s.Zone, orUnknown(s.CIDR), usable, strconv.Itoa(s.Least), strconv.Itoa(s.Most), string(s.Result), strings.Join(uses, ", "),
		})
	}
	return t
}

func workloadTable(r Report) table {
	t := table{title: "Workloads, with the places that max nodes have for their pods: for each alone, and for all together", columns: []column{
		{"workload", false}, {"pods", true}, {"places", true}, {"short of", false},
	}}
	for _, w := range r.Workloads {
		places := placesText(w.Placed)
		if w.Fargate {
			places = "Fargate"
		}
		t.rows = append(t.rows, []string{w.Name, strconv.Itoa(w.Replicas), places, w.Limit})
	}
	short := ""
	if r.Places != nil && r.Pods > *r.Places {
		short = LimitPods
	}
	t.rows = append(t.rows, []string{"(all)", strconv.Itoa(r.Pods), placesText(r.Places), short})
	return t
}

func placesText(places *int) string {
	switch {
	case places == nil:
		return unknown
	case *places >= unlimited:
		return "any"
	}
	return strconv.Itoa(*places)
}

func orUnknown(text string) string {
	if text == "" {
		return unknown
	}
	return text
}
