package vault

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"slices"
	"sync/atomic"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"runnel/vault/obsidian"
)

type loader struct {
	fsys   fs.FS
	opts   Options
	parser parser.Parser
	// trees is how much more text may keep its trees, in bytes.
	trees atomic.Int64
}

// A draft is a note that has been read but whose links lead nowhere yet.
type draft struct {
	path     string
	note     *Note // nil where it is not published
	problems []Problem
	sum      [sha256.Size]byte // of the file; zero where it cannot be read
	// keepsTree says that the tree stays. Else raw, where it is not nil, is
	// the file that makes it again.
	keepsTree bool
	raw       []byte
	body      int // the offset of the text after the properties
}

// read reads a note and parses it where it is published. Of one that is not,
// nothing but the path and the problems of its properties leaves here.
func (l *loader) read(name string) (draft, Stamp) {
	raw, stamp, err := l.readFile(name)
	if err != nil {
		return draft{path: name, problems: []Problem{{Path: name,
			Message: "cannot be read: " + cause(err).Error()}}}, stamp
	}
	return l.readText(name, raw), stamp
}

// readFile reads a file with its stamp. That comes first: what is written while
// we read is seen next time.
func (l *loader) readFile(name string) (raw []byte, stamp Stamp, err error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, Stamp{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, Stamp{}, err
	}
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead)
	_, err = b.ReadFrom(f)
	return b.Bytes(), stampOf(info), err
}

func (l *loader) readText(name string, raw []byte) draft {
	d := l.parse(name, writable(raw))
	d.sum = sha256.Sum256(raw)
	if d.note == nil {
		return d
	}
	d.note.Sum = d.sum
	if l.opts.Read != nil {
		d.note.Extra = l.opts.Read(d.note)
	}
	if l.opts.Done != nil && l.opts.Done(d.note) {
		return d
	}
	d.keepsTree = l.trees.Add(-int64(len(raw))) >= 0
	if !d.keepsTree && l.opts.Trees > 0 {
		d.raw = raw
	}
	return d
}

// writable gives what may be parsed of a file whose bytes are to stay as they
// are: the text of comments is overwritten.
func writable(raw []byte) []byte {
	if bytes.Contains(raw, []byte("%%")) {
		return bytes.Clone(raw)
	}
	return raw
}

// parse makes a draft of what stands in a note's file, and may write to it.
func (l *loader) parse(name string, raw []byte) draft {
	d := draft{path: name}
	decoded := decode(raw)
	pos := newPositions(decoded)
	block := findProperties(decoded.text)
	props := readProperties(name, decoded.text, block, &pos)
	d.problems = props.problems
	published := props.published(l.opts.All)
	if !published && !l.opts.Drafts {
		return d
	}
	// goldmark appends a line's end to code that the file ends in: clipped,
	// the source is never written to by those who read it at once.
	n := &Note{Path: name, Source: slices.Clip(decoded.text), Properties: props.Properties,
		Unpublished: !published, positions: &pos}
	n.place(pos.replaced)
	d.note, d.body = n, block.body
	d.problems = append(d.problems, props.faults...)
	d.problems = append(d.problems, n.encodingProblems(decoded)...)
	d.problems = append(d.problems, n.parse(l.parser, block.body)...)
	return d
}

func (n *Note) encodingProblems(d decoding) (problems []Problem) {
	if d.notUTF8 >= 0 {
		problems = append(problems, n.problem(d.notUTF8,
			"is not UTF-8 from here; save the note as UTF-8"))
	}
	if d.nul >= 0 {
		problems = append(problems, n.problem(d.nul,
			"holds a NUL byte here; is this a text?"))
	}
	return problems
}

func (n *Note) problem(offset int, message string) Problem {
	line, column := n.positions.at(offset)
	return Problem{Path: n.Path, Line: line, Column: column, Message: message}
}

// parse parses the text from an offset on and lists what is in it. It needs
// positions, and does away with them.
func (n *Note) parse(p parser.Parser, body int) (problems []Problem) {
	pc := parser.NewContext()
	reader := text.NewReader(n.Source)
	// Line by line, so that the reader knows where its line starts.
	for {
		_, seg := reader.Position()
		if seg.Start >= body || seg.Start >= len(n.Source) {
			break
		}
		reader.AdvanceLine()
	}
	n.Doc = p.Parse(reader, parser.WithContext(pc)).(*ast.Document)
	for _, c := range obsidian.Comments(pc) {
		if !c.Closed {
			problems = append(problems, n.problem(c.Start,
				"the comment that begins here is not closed before the end"+
					" of its block; all after it there is hidden"))
		}
		n.blank(c.Start, c.Stop)
	}
	n.survey()
	problems = append(problems, n.linkSnippets()...)
	n.positions = nil
	compact(n.Doc)
	return problems
}

// blank overwrites a piece of the source with spaces, so that nothing made
// from the source can show it.
func (n *Note) blank(start, stop int) {
	for i, c := range n.Source[start:stop] {
		if c != '\n' && c != '\r' {
			n.Source[start+i] = ' '
		}
	}
}
