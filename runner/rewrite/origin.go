package rewrite

import (
	"go/token"
	"sort"
)

// origin says where the text of a changed source comes from.
type origin []span

// span is text that begins at an offset of the changed source. It stands in
// the source before, from an offset on, or in the place of what stood there.
type span struct {
	at, from int
	verbatim bool
}

// before is where the text at an offset comes from.
func (o origin) before(offset int) int {
	i := sort.Search(len(o), func(i int) bool { return o[i].at > offset }) - 1
	if i < 0 {
		return offset
	}
	if o[i].verbatim {
		return o[i].from + offset - o[i].at
	}
	return o[i].from
}

// place is where a position of the program was before all passes: an offset.
func (r *rewriter) place(pos token.Pos) int {
	offset := r.file.Offset(pos)
	for _, o := range r.origins {
		offset = o.before(offset)
	}
	return min(offset, r.first.file.Size())
}

// position is that of a place, for people.
func (r *rewriter) position(pos token.Pos) token.Position {
	return r.first.file.PositionFor(
		r.first.file.Pos(r.place(pos)), false)
}

// line is that of a position.
func (r *rewriter) line(pos token.Pos) int {
	return r.position(pos).Line
}

// nameAt is the name that stood at a position before all passes.
func (r *rewriter) nameAt(pos token.Pos) string {
	from := r.place(pos)
	to := from
	for to < len(r.first.src) && isNameByte(r.first.src[to]) {
		to++
	}
	return r.first.src[from:to]
}

func isNameByte(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' ||
		'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
