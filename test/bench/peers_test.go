package main

import (
	"strings"
	"testing"
	"time"
)

func TestPrintPeers(t *testing.T) {
	took := func(d time.Duration, memory int64) row {
		return row{sample: sample{walls: []time.Duration{d}, cpus: []time.Duration{d}, memory: memory}}
	}
	tests := []struct {
		own  time.Duration
		want []string
	}{
		{100 * time.Millisecond, []string{"1/10.0", "met", "3.0×", "1/2.0"}},
		{101 * time.Millisecond, []string{"1/9.9", "MISSED"}},
		{2 * time.Second, []string{"2.0×", "MISSED"}},
	}
	for _, tt := range tests {
		var out strings.Builder
		printPeers(&out, scale{clusters: 1, fraction: 10}, []row{took(3*time.Second, 4), took(time.Second, 4), took(tt.own, 2)})
		for _, want := range tt.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%v: %q is not in:\n%s", tt.own, want, out.String())
			}
		}
	}
}
