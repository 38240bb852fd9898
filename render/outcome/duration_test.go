package outcome

import (
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration][2]string{
		0:                                      {"0 s", "0 s"},
		7:                                      {"7 ns", "7 ns"},
		1500:                                   {"1.5 µs", "1.5 µs"},
		1234567:                                {"1.234567 ms", "1.23 ms"},
		999999999:                              {"999.999999 ms", "1 s"},
		145_678_906:                            {"145.678906 ms", "146 ms"},
		1610 * ms:                              {"1.61 s", "1.61 s"},
		1759257975:                             {"1.759257975 s", "1.76 s"},
		12345 * ms:                             {"12.345 s", "12.3 s"},
		time.Minute:                            {"1 min", "1 min"},
		90*time.Second + 1250*time.Microsecond: {"1 min 30.001 s", "1 min 30 s"},
		-time.Second:                           {"-1000000000 ns", "-1000000000 ns"},
	} {
		if got := duration(d); got != want[0] {
			t.Errorf("duration of %v: got %q, want %q", d, got, want[0])
		}
		if got := about(d); got != want[1] {
			t.Errorf("about %v: got %q, want %q", d, got, want[1])
		}
	}
}
