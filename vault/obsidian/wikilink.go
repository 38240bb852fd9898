package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"go.abhg.dev/goldmark/wikilink"
)

// wikilinkParser parses [[links]] and ![[embeds]] into *wikilink.Node:
//
//   - Target is what stands before the first `#`, trimmed; empty for a link
//     within the note;
//   - Fragment is all that stands after the first `#`: "^id" for a block,
//     else headings joined by `#`;
//   - Embed is set for `![[x]]`;
//   - the children are text: the label where there is one, all of it after
//     the first `|` (see [ImageSize]), else what Obsidian shows, the target
//     and the headings with " > " between them.
//
// The module's parser splits at the last `#`, knows no `\|`, takes the outer
// of two nested links and searches the whole line for each one.
type wikilinkParser struct{ wikilink.Parser }

// Parse implements parser.InlineParser.
func (p *wikilinkParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	line, seg := block.PeekLine()
	open := 2
	if line[0] == '!' {
		open = 3
	}
	end := wikilinkEnd(line, open)
	if end < 0 {
		return nil
	}
	node, ok := p.Parser.Parse(parent, window{block, end}, pc).(*wikilink.Node)
	if !ok {
		return nil
	}
	inner := text.NewSegment(seg.Start+open, seg.Start+end-2)
	target, label, labelled := cutLabel(block.Source(), inner)
	setTarget(node, block.Source(), target)
	node.RemoveChildren(node)
	switch {
	case labelled && !label.IsEmpty():
		appendLabel(node, block.Source(), label)
	default:
		appendTarget(node, block.Source(), target)
	}
	return node
}

// wikilinkEnd returns the length of the link that opens the line with as many
// bytes as given, or -1. Of nested links only the inner one counts, and one
// with a comment in it is none: the comment has to stay hidden.
func wikilinkEnd(line []byte, open int) int {
	if len(line) <= open || !bytes.HasPrefix(line[open-2:], []byte("[[")) {
		return -1
	}
	inner := line[open:]
	if inner[0] == '[' {
		return -1
	}
	for i := 0; i+1 < len(inner); i++ {
		switch pair := string(inner[i : i+2]); {
		case pair == "]]":
			return linkEnd(inner, i, open)
		case pair == "[[", pair == "%%", inner[i] == '\n':
			return -1
		}
	}
	return -1
}

// linkEnd refuses links that name nothing.
func linkEnd(inner []byte, i, open int) int {
	target, _, _ := bytes.Cut(inner[:i], []byte{'|'})
	if len(bytes.TrimSpace(target)) == 0 {
		return -1
	}
	return open + i + 2
}

// cutLabel splits a link at its first `|`. In a table the `|` is written
// `\|`; elsewhere too the backslash is dropped, since no name may hold one.
func cutLabel(
	source []byte, inner text.Segment,
) (target, label text.Segment, ok bool) {
	i := bytes.IndexByte(inner.Value(source), '|')
	if i < 0 {
		return trim(source, inner), label, false
	}
	label = trim(source, inner.WithStart(inner.Start+i+1))
	stop := inner.Start + i
	if i > 0 && source[stop-1] == '\\' {
		stop--
	}
	return trim(source, inner.WithStop(stop)), label, true
}

func setTarget(node *wikilink.Node, source []byte, target text.Segment) {
	path, fragment, _ := bytes.Cut(target.Value(source), []byte{'#'})
	node.Target = bytes.TrimSpace(path)
	node.Fragment = bytes.TrimSpace(fragment)
}

// appendLabel appends the text of a label without the backslashes before its
// further pipes. Nothing else is markup in a label.
func appendLabel(node ast.Node, source []byte, label text.Segment) {
	for {
		i := bytes.Index(label.Value(source), []byte(`\|`))
		if i < 0 {
			break
		}
		appendRaw(node, label.WithStop(label.Start+i))
		label = label.WithStart(label.Start + i + 1)
	}
	appendRaw(node, label)
}

// appendTarget appends what Obsidian shows of a link without a label.
func appendTarget(node ast.Node, source []byte, target text.Segment) {
	first := true
	for {
		part, rest := target, text.Segment{}
		i := bytes.IndexByte(target.Value(source), '#')
		if i >= 0 {
			part = target.WithStop(target.Start + i)
			rest = target.WithStart(target.Start + i + 1)
		}
		if part = trim(source, part); !part.IsEmpty() {
			if !first {
				node.AppendChild(node, ast.NewString([]byte(" > ")))
			}
			first = false
			appendRaw(node, part)
		}
		if i < 0 {
			return
		}
		target = rest
	}
}

func appendRaw(node ast.Node, seg text.Segment) {
	if !seg.IsEmpty() {
		node.AppendChild(node, ast.NewRawTextSegment(seg))
	}
}

func trim(source []byte, seg text.Segment) text.Segment {
	seg = seg.TrimLeftSpace(source)
	return seg.TrimRightSpace(source)
}
