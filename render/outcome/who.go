package outcome

import (
	"fmt"
	"slices"
	"strings"
)

// who says, for a page that ties lines, rows and code together, which
// goroutines a row is of, "2-5 8", and which go statement started them.
func (r *row) who() string {
	numbers := make([]int, 0, len(r.lanes))
	for _, l := range r.lanes {
		numbers = append(numbers, l.G)
	}
	slices.Sort(numbers)
	var ranges []string
	for i := 0; i < len(numbers); {
		first, last := numbers[i], numbers[i]
		for i++; i < len(numbers) && numbers[i] == last+1; i++ {
			last++
		}
		said := fmt.Sprint(first)
		if last > first {
			said = fmt.Sprintf("%d-%d", first, last)
		}
		ranges = append(ranges, said)
	}
	who := fmt.Sprintf(` data-g="%s"`, strings.Join(ranges, " "))
	if line := r.line(); line > 0 {
		who += fmt.Sprintf(` data-line="%d"`, line)
	}
	return who
}
