//go:build wasip1

package main

import (
	"strings"

	"runnel/program"
	"runnel/render/gocode"
)

// compose makes one program of blocks, {"Codes": [...]}, as a page shows
// them, and answers {"Source": "..."}.
func compose(job string) {
	var blocks struct{ Codes []string }
	read(job, &blocks)
	answer(struct{ Source string }{program.Of(blocks.Codes...).Source})
}

// colour highlights code, {"Code": "..."}: it answers a list of lines, each a
// list of a class and a text by turns.
func colour(job string) {
	var text struct{ Code string }
	read(job, &text)
	lines := [][]string{{}}
	gocode.Emit(text.Code, func(class, text string) {
		for i, part := range strings.Split(text, "\n") {
			if i > 0 {
				lines = append(lines, []string{})
			}
			if last := &lines[len(lines)-1]; part != "" {
				*last = append(*last, class, part)
			}
		}
	})
	answer(lines)
}
