package rewrite

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// edit puts text in the place of some of the source, mostly of none.
type edit struct {
	at, end token.Pos
	text    string
	closing bool
}

// edits are the changes to a source. Where several go to the same place,
// those that close something come first, in the order in which they were
// made, which is inside out; then those that open, outside in.
type edits struct{ list []edit }

// open inserts text before what begins at a position.
func (e *edits) open(at token.Pos, text string) {
	e.list = append(e.list, edit{at: at, end: at, text: text})
}

// close inserts text after what ends at a position.
func (e *edits) close(at token.Pos, text string) {
	e.list = append(e.list, edit{at: at, end: at, text: text, closing: true})
}

// replace puts text in the place of the source between two positions. No
// other edit may be between them. The lines that this takes away are put
// back behind the text, which must bear them there.
func (r *rewriter) replace(from, to token.Pos, text string) {
	text += strings.Repeat("\n", strings.Count(r.text(from, to), "\n"))
	r.list = append(r.list, edit{at: from, end: to, text: text})
}

// apply makes the changes.
func (r *rewriter) apply(src string) (string, error) {
	rank := func(e edit) int {
		if e.closing {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(r.list, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.at, b.at), rank(a)-rank(b))
	})
	var b strings.Builder
	done := 0
	for _, e := range r.list {
		at, end := r.file.Offset(e.at), r.file.Offset(e.end)
		if at < done {
			return "", fmt.Errorf("two changes in one place, line %d",
				r.line(e.at))
		}
		b.WriteString(src[done:at])
		b.WriteString(e.text)
		done = end
	}
	b.WriteString(src[done:])
	return b.String(), nil
}
