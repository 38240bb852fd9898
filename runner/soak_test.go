package runner

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

var soak = flag.Int("soak", 100, "how many programs the soak test runs")

// TestSoak runs programs in a row in one worker, which must not grow: each
// one leaves goroutines, timers and memory behind when it ends.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	r := newRunner(t)
	ctx := context.Background()
	warm := *soak / 4
	var before int
	for i := range *soak {
		result, err := r.Run(ctx, body("fmt time", fmt.Sprintf(`
			for i := 0; i < 100; i++ {
				go time.Sleep(time.Hour)
			}
			b := make([]byte, 10<<20)
			b[%d] = 1
			time.Sleep(time.Second)
			if %d%%10 == 0 {
				panic("enough")
			}`, i, i)))
		if err != nil {
			t.Fatalf("program %d: %v, %+v", i, err, result.End)
		}
		if i == warm {
			before = resident(t, r.pool.idle[0].cmd.Process.Pid)
		}
	}
	after := resident(t, r.pool.idle[0].cmd.Process.Pid)
	t.Logf("%d MiB after %d programs, %d MiB after %d",
		before>>10, warm, after>>10, *soak)
	if after > before+before/4 {
		t.Errorf("a worker grew from %d to %d KiB", before, after)
	}
}

// resident is the memory of a process in KiB.
func resident(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("the system does not tell the memory of a process")
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Skip("the system does not tell the memory of a process")
	return 0
}
