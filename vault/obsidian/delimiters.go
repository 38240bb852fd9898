package obsidian

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Delimiters are runs of `*`, `_`, `~~` and `==`. Their parsers leave them in
// the tree as nodes; once all of a block, a link's text or a footnote is
// parsed, they are matched.
//
// goldmark has a list of its own for them, in which it looks for an opener as
// far back as there are any: a megabyte of `*a_ ` takes minutes. Ours is the
// algorithm of the specification, which remembers where it need not look again
// (CommonMark 0.31, appendix, "process emphasis").

// scanDelimiter takes a run of delimiters.
func scanDelimiter(block text.Reader, processor parser.DelimiterProcessor) *parser.Delimiter {
	before := block.PrecendingCharacter()
	line, seg := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, processor)
	if d == nil {
		return nil
	}
	d.Segment = seg.WithStop(seg.Start + d.OriginalLength)
	block.Advance(d.OriginalLength)
	return d
}

// delimiterMatcher matches the delimiters at the end of each block.
type delimiterMatcher struct{ parser.InlineParser }

// CloseBlock implements parser.CloseBlocker.
func (delimiterMatcher) CloseBlock(parent ast.Node, _ text.Reader, _ parser.Context) {
	matchDelimiters(parent)
}

// delimiters are those among the children of a node that are not matched yet:
// a list by their places in all.
type delimiters struct {
	all        []*parser.Delimiter
	prev, next []int // -1 at the ends
	// bottom is how far back it is worth to look, by what decides which
	// openers can do for a closer: where one found none, no other that is like
	// it finds one.
	bottom [4 * 2 * 3]int
}

// kind numbers what decides which openers can do for a closer.
func kind(d *parser.Delimiter) int {
	k := 6*strings.IndexByte("*_~=", d.Char) + d.OriginalLength%3
	if d.CanOpen {
		k += 3
	}
	return k
}

// matchDelimiters makes emphasis and its like of what stands between two
// delimiters among the children of a node, and text of the others.
func matchDelimiters(parent ast.Node) {
	var l delimiters
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		if d, ok := c.(*parser.Delimiter); ok {
			i := len(l.all)
			l.all, l.prev, l.next = append(l.all, d), append(l.prev, i-1), append(l.next, i+1)
		}
	}
	if len(l.all) == 0 {
		return
	}
	l.next[len(l.next)-1] = -1
	for i := 0; i >= 0; {
		i = l.close(i)
	}
	for _, d := range l.all {
		if d.Parent() != nil {
			ast.MergeOrReplaceTextSegment(d.Parent(), d, d.Segment)
		}
	}
}

// close looks for what the delimiter at i closes, and returns the place at
// which to go on.
func (l *delimiters) close(i int) int {
	d := l.all[i]
	if !d.CanClose {
		return l.next[i]
	}
	bottom := &l.bottom[kind(d)]
	for at := l.prev[i]; at >= *bottom; at = l.prev[at] {
		opener := l.all[at]
		if !opener.CanOpen || !opener.Processor.CanOpenCloser(opener, d) {
			continue
		}
		if n := opener.CalcComsumption(d); n > 0 {
			return l.match(at, i, n)
		}
	}
	*bottom = i
	next := l.next[i]
	if !d.CanOpen {
		l.drop(i)
	}
	return next
}

// match wraps what stands between two delimiters, and takes n characters off
// both.
func (l *delimiters) match(from, to, n int) int {
	opener, closer := l.all[from], l.all[to]
	opener.ConsumeCharacters(n)
	closer.ConsumeCharacters(n)
	node := opener.Processor.OnMatch(n)
	node.(interface{ SetPos(int) }).SetPos(opener.Segment.Start)
	parent := opener.Parent()
	for c := opener.NextSibling(); c != ast.Node(closer); {
		next := c.NextSibling()
		node.AppendChild(node, c)
		c = next
	}
	parent.InsertAfter(parent, opener, node)
	for i := l.next[from]; i != to; i = l.next[i] {
		l.drop(i)
	}
	if opener.Length == 0 {
		l.drop(from)
		parent.RemoveChild(parent, opener)
	}
	if closer.Length > 0 {
		return to
	}
	next := l.next[to]
	l.drop(to)
	parent.RemoveChild(parent, closer)
	return next
}

// drop takes a delimiter off the list.
func (l *delimiters) drop(i int) {
	if l.prev[i] >= 0 {
		l.next[l.prev[i]] = l.next[i]
	}
	if l.next[i] >= 0 {
		l.prev[l.next[i]] = l.prev[i]
	}
}
