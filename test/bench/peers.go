package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"text/tabwriter"
)

// scale is a number of clusters that ekscc and its peer make, and the fraction
// of the peer's fastest time that ekscc may take: 1/fraction.
type scale struct {
	clusters int
	spec     string
	fraction float64
}

// comparePeers measures ekscc beside the AWS CDK. Both make the same cluster;
// ekscc makes its workload besides, as kustomize bases and overlays.
func comparePeers(ctx context.Context, scratch, binary string, runs int) error {
	peer, err := installCDK(ctx)
	if err != nil {
		return err
	}
	fleet := filepath.Join(scratch, "fleet")
	quickstart := filepath.Join("examples", "quickstart")
	if err := makeFleet(fleet, quickstart); err != nil {
		return err
	}
	for _, s := range []scale{{1, quickstart, 10}, {clusters, fleet + "/...", 4}} {
		count := strconv.Itoa(s.clusters)
		cases := []benchCase{
			peer.synth(count, scratch),
			peer.fastest(count),
			{name: "ekscc compile", args: []string{binary, "compile", "-o", "OUT", s.spec}},
		}
		for i := range cases {
			cases[i].fresh, cases[i].out = true, filepath.Join(scratch, "out", count, strconv.Itoa(i))
		}
		rows, err := measure(ctx, cases, runs)
		if err != nil {
			return err
		}
		printPeers(os.Stdout, s, rows)
	}
	printCaveats(os.Stdout)
	return nil
}

// printPeers writes the figures of the CDK's two ways and of ekscc, in that
// order, and what fraction of the CDK's fastest way each takes.
func printPeers(w io.Writer, s scale, rows []row) {
	fastest, own := rows[1], rows[2]
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "clusters: %d, ms:\tmin\tmedian\tmax\tof fastest\tCPU\tof fastest\tpeak MB\tof fastest\t\n", s.clusters)
	for _, r := range rows {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", r.name,
			milliseconds(r.walls[0]), milliseconds(median(r.walls)), milliseconds(r.walls[len(r.walls)-1]), ratio(median(r.walls), median(fastest.walls)),
			milliseconds(median(r.cpus)), ratio(median(r.cpus), median(fastest.cpus)), megabytes(r.sample.memory), ratio(r.sample.memory, fastest.sample.memory))
	}
	table.Flush()
	verdict := "MISSED"
	if float64(median(own.walls))*s.fraction <= float64(median(fastest.walls)) {
		verdict = "met"
	}
	fmt.Fprintf(w, "target: ekscc in 1/%.0f of the CDK's fastest time: %s\n\n", s.fraction, verdict)
}

// ratio is a as a fraction of b, or as a multiple where it is more.
func ratio[T ~int64](a, b T) string {
	switch {
	case a <= 0 || b <= 0:
		return "?"
	case a == b:
		return "1"
	case a > b:
		return fmt.Sprintf("%.1f×", float64(a)/float64(b))
	}
	return fmt.Sprintf("1/%.1f", float64(b)/float64(a))
}
