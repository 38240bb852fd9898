package program

import (
	"go/token"
	"slices"
	"strings"
)

// A composer puts pieces into one program: imports, then declarations, then a
// main of statements. A piece that follows the one before it in its block
// follows it in the program too, so that most programs have the lines of
// their block.
type composer struct {
	blocks []string
	top    []piece // imports and declarations
	main   []piece // what goes into main
	own    bool    // main is among the declarations, whole
	keeps  bool    // so it is, also where it does not run
	tests  bool    // what the last block says is for `go test`
	has    bool    // and it has tests
	name   string  // of the package
	seen   map[string]bool

	out    strings.Builder
	lines  []origin
	last   *piece
	column int  // of the line at hand
	fresh  bool // it holds no code yet
}

func newComposer(blocks []string, tests bool) *composer {
	c := &composer{blocks: make([]string, len(blocks)), name: "main"}
	all := make([][]piece, len(blocks))
	mains, statements, functions := 0, false, false
	for i, code := range blocks {
		// Go's scanner leaves some carriage returns out of its tokens.
		c.blocks[i] = strings.ReplaceAll(code, "\r", " ")
		all[i] = cut(i, c.blocks[i])
		for _, p := range all[i] {
			switch {
			case p.main:
				mains++
			case p.kind == function:
				functions = true
			case p.kind == statement && len(p.tokens) > 0:
				statements = true
			}
		}
	}
	c.own = mains == 1 && !statements
	if last := len(blocks) - 1; last >= 0 { // a chain that is broken has none
		c.has = hasTests(c.blocks[last], all[last])
		c.tests = tests || c.has && !runsItself(all[last])
	}
	c.has = c.has && c.tests
	c.keeps = c.own || c.tests && mains == 1
	if c.tests {
		c.name = packageOf(all)
	}
	for _, pieces := range all {
		c.place(pieces, functions)
	}
	slices.SortStableFunc(c.top, func(a, b piece) int {
		return rank(a) - rank(b)
	})
	return c
}

// runsItself reports whether a block has a main, or statements for one.
func runsItself(pieces []piece) bool {
	return slices.ContainsFunc(pieces, func(p piece) bool {
		return p.main || p.kind == statement && len(p.tokens) > 0
	})
}

// packageOf is the name of the package that blocks are of.
func packageOf(all [][]piece) string {
	for _, pieces := range all {
		for _, p := range pieces {
			if p.kind == clause && len(p.tokens) > 1 &&
				p.tokens[1].tok == token.IDENT {
				return p.tokens[1].text
			}
		}
	}
	return "main"
}

// rank is 0 for what Go wants first in a file.
func rank(p piece) int {
	if p.kind == clause || p.kind == imports {
		return 0
	}
	return 1
}

// place says which pieces of a block are declared for the whole program, and
// which stand in main. Functions cannot stand in main, and what they may need
// is declared beside them; but a variable stays behind the statements that
// stand before it.
func (c *composer) place(pieces []piece, functions bool) {
	has := func(f func(piece) bool) bool {
		return slices.ContainsFunc(pieces, f)
	}
	file := has(func(p piece) bool { return p.kind == clause || p.main })
	bare := !has(func(p piece) bool { return p.kind == statement })
	for _, p := range pieces {
		top := false
		switch p.kind {
		case clause, imports, function:
			top = true
		case other:
			top = file || bare || functions
		case variable:
			top = file || (bare || functions) && len(c.main) == 0
		}
		switch {
		case p.main && !c.keeps:
			if body, ok := p.body(c.blocks[p.block]); ok {
				c.main = append(c.main, body)
			}
		case top:
			c.top = append(c.top, p)
		default:
			c.main = append(c.main, p)
		}
	}
}

// compose writes the program. head is its beginning, on its first line.
func (c *composer) compose(head string) {
	c.out.Reset()
	c.lines, c.last, c.seen = nil, nil, map[string]bool{}
	c.out.WriteString(head)
	c.column, c.fresh = len(head), true
	for _, p := range c.top {
		c.emit("", p)
	}
	open := "func main() {"
	switch {
	case c.tests && len(c.main) > 0:
		open = "func _() {" // statements are for other programs
	case c.own, c.tests:
		return
	}
	for _, p := range c.main {
		if c.last != nil && open == "" && c.last.block != p.block {
			c.use(c.last.block)
		}
		c.emit(open, p)
		open = ""
	}
	if c.tests {
		c.use(c.last.block)
	}
	c.make(open + "}")
}

// emit writes a piece, and on its first line insert before it.
func (c *composer) emit(insert string, p piece) {
	follows := c.last != nil && c.last.block == p.block && c.last.to == p.from
	if insert != "" || !follows {
		c.newLine()
	}
	c.write(insert)
	if c.tests && (insert != "" || !follows) {
		c.write(c.directive(p))
	}
	line, column := p.line, p.column
	for text := range strings.SplitAfterSeq(c.text(p), "\n") {
		if c.fresh && text != "" {
			c.lines = append(c.lines, origin{block: p.block, line: line,
				shift: c.column - column})
			c.fresh = false
		}
		c.write(text)
		line, column = line+1, 0
	}
	c.last = &p
}

// directive names the file of a piece, as a test's report does, where the
// line at hand is to go on with it.
func (c *composer) directive(p piece) string {
	file := plainName
	if p.block == len(c.blocks)-1 {
		file = testName
	}
	at := len(c.lines) + 1
	if !c.fresh {
		at--
	}
	return directive(file, p.line, p.column+1, at-p.line)
}

// write writes to the end of the line at hand, or to that of text.
func (c *composer) write(text string) {
	c.out.WriteString(text)
	c.column += len(text)
	if strings.HasSuffix(text, "\n") {
		c.column, c.fresh = 0, true
	}
}

// newLine ends a line that holds code.
func (c *composer) newLine() {
	if !c.fresh {
		c.write("\n")
	}
}

// make writes a line that no block has.
func (c *composer) make(text string) {
	c.newLine()
	o := origin{line: 1, made: true}
	if n := len(c.lines); n > 0 {
		o.block, o.line = c.lines[n-1].block, c.lines[n-1].line
	}
	c.lines = append(c.lines, o)
	c.fresh = false
	c.write(text + "\n")
}

// text is that of a piece, with spaces for what the program has already: its
// package clause, and imports of blocks before.
func (c *composer) text(p piece) string {
	text := []byte(c.blocks[p.block][p.from:p.to])
	switch p.kind {
	case clause:
		blank(text, p, p.tokens)
	case imports:
		c.blankSeen(text, p)
	}
	return string(text)
}

// blankSeen takes out of an import what was imported before.
func (c *composer) blankSeen(text []byte, p piece) {
	tokens := p.tokens
	for i := 1; i < len(tokens); i++ {
		if tokens[i].tok != token.STRING {
			continue
		}
		first, last := i, i
		switch tokens[i-1].tok {
		case token.IDENT, token.PERIOD:
			first--
		}
		if first == 1 { // not in parentheses
			first = 0
		}
		if i+1 < len(tokens) && tokens[i+1].tok == token.SEMICOLON {
			last++
		}
		key := ""
		for _, t := range tokens[max(first, 1) : i+1] {
			key += t.tok.String() + t.text + " "
		}
		if c.seen[key] {
			blank(text, p, tokens[first:last+1])
		}
		c.seen[key] = true
	}
}

// blank puts spaces for some tokens of a piece's text.
func blank(text []byte, p piece, tokens []lexeme) {
	for i := tokens[0].from; i < tokens[len(tokens)-1].to; i++ {
		if c := &text[i-p.from]; *c != '\n' {
			*c = ' '
		}
	}
}
