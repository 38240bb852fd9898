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
	// from is where the text comes from, word for word, if it is not from
	// where it goes to.
	from token.Pos
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

// copy puts text that stands between two positions at another place.
func (r *rewriter) copy(at, from, to token.Pos) {
	r.list = append(r.list, edit{
		at: at, end: at, text: r.text(from, to), closing: true, from: from,
	})
}

// apply makes the changes, and says where all comes from.
func (r *rewriter) apply(src string) (string, origin, error) {
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
	var o origin
	done := 0
	put := func(text string, from int, verbatim bool) {
		if text != "" {
			o = append(o, span{b.Len(), from, verbatim})
			b.WriteString(text)
		}
	}
	for _, e := range r.list {
		at, end := r.file.Offset(e.at), r.file.Offset(e.end)
		if at < done {
			return "", nil, fmt.Errorf("two changes in one place, line %d",
				r.line(e.at))
		}
		put(src[done:at], done, true)
		if e.from.IsValid() {
			put(e.text, r.file.Offset(e.from), true)
		} else {
			put(e.text, at, false)
		}
		done = end
	}
	put(src[done:], done, true)
	return b.String(), o, nil
}
