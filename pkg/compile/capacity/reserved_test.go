package capacity

import "testing"

// The figures are those of nodeadm's own tests and of nodes that it set up.
func TestReservedCPU(t *testing.T) {
	for cores, want := range map[int]int{1: 60, 2: 70, 4: 80, 8: 90, 16: 110, 48: 190, 96: 310} {
		if got := reservedCPU(cores); got != want {
			t.Errorf("%d cores keep %d thousandths, want %d", cores, got, want)
		}
	}
}

func TestAllocatable(t *testing.T) {
	for name, want := range map[string][2]int{
		"c5d.large":  {1930, 4096 - (11*29 + 255) - 100},
		"m5.4xlarge": {15890, 65536 - (11*234 + 255) - 100},
	} {
		milli, mebibytes := allocatable(instanceType(t, name))
		if got := [2]int{milli, mebibytes}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
