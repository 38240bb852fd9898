package vault

import (
	"fmt"
	"strings"
)

// meant is a hint for an option that is not known, or a word of comfort.
func meant(w infoWord) string {
	var names []string
	for _, o := range snippetOptions {
		names = append(names, o.name)
		if said := o.set(&SnippetOptions{}, w.key); !w.valued &&
			said == "" && choices[o.name] {
			return fmt.Sprintf(": is %s=%s meant?", o.name, w.key)
		}
	}
	if name := nearest(w.key, names); name != "" {
		return fmt.Sprintf(": is %q meant?", name)
	}
	return ", which has no effect (what is for other tools can stand in {})"
}

// choices are the options whose values tell which option is meant.
var choices = map[string]bool{"engine": true, "code": true, "timeout": true}

// maxNames is how many names are compared with one that is misspelt.
const maxNames = 100

// nearest is the name that differs least from a word, "" where all differ too
// much for a slip of the pen.
func nearest(word string, names []string) string {
	best, least := "", 1+min(2, len(word)/3)
	for _, name := range names[:min(len(names), maxNames)] {
		if max(len(word), len(name))-min(len(word), len(name)) >= least {
			continue
		}
		if d := distance(strings.ToLower(word), name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is how many letters must be put in, left out, changed or swapped
// with the next to make one word of another.
func distance(a, b string) int {
	var before, last []int // rows of the table
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
