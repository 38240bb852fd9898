package program

import (
	"go/scanner"
	"go/token"
	"strings"
)

// A piece is a part of a block that stays together: a declaration, an import,
// a statement, each with the comments and empty lines before it.
type piece struct {
	block    int
	from, to int // offsets of the block
	line     int // of from, counted from 1
	column   int // of from, counted from 0
	kind     kind
	main     bool // of a function: it is main
	tokens   []lexeme
}

// kind is what a piece is.
type kind int

// The kinds of pieces.
const (
	statement kind = iota
	clause         // package main
	imports
	function
	variable
	other // a type or constant
)

// A lexeme is a token of a block, and where it stands.
type lexeme struct {
	tok      token.Token
	text     string
	from, to int
}

// lex cuts a block into its tokens, comments apart. What is no token is left
// to whoever parses the program.
func lex(code string) (tokens, comments []lexeme) {
	src := []byte(code)
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, text := s.Scan()
		from := file.Offset(pos)
		if tok == token.EOF {
			return tokens, comments
		}
		l := lexeme{tok: tok, text: text, from: from, to: from + len(text)}
		switch {
		case tok == token.COMMENT:
			comments = append(comments, l)
			continue
		case tok == token.SEMICOLON && text == "\n":
			l.to = from
		case text == "":
			l.to = from + len(tok.String())
		}
		tokens = append(tokens, l)
	}
}

// cut cuts a block into its pieces. Together they are the whole block.
func cut(block int, code string) []piece {
	tokens, comments := lex(code)
	var pieces []piece
	depth, start := 0, 0
	for i, t := range tokens {
		switch t.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		}
		last := i == len(tokens)-1
		if !last && (t.tok != token.SEMICOLON || depth > 0) {
			continue
		}
		p := piece{block: block, to: len(code), tokens: tokens[start : i+1], line: 1}
		if !last {
			for len(comments) > 0 && comments[0].from < t.to {
				comments = comments[1:]
			}
			p.to = cutAt(code, t.to, tokens[i+1].from, comments)
		}
		if n := len(pieces); n > 0 {
			p.begin(code, pieces[n-1], pieces[n-1].to)
		}
		p.kind, p.main = kindOf(p.tokens)
		pieces = append(pieces, p)
		start = i + 1
	}
	if len(pieces) == 0 {
		return []piece{{block: block, to: len(code), line: 1}}
	}
	return pieces
}

// begin sets where a piece begins: at an offset that is not before another.
func (p *piece) begin(code string, before piece, from int) {
	between := code[before.from:from]
	p.from, p.line = from, before.line+strings.Count(between, "\n")
	p.column = before.column + len(between)
	if n := strings.LastIndexByte(between, '\n'); n >= 0 {
		p.column = len(between) - n - 1
	}
}

// cutAt says where to cut between the end of a piece and the next token: at
// the end of the piece's line and of the comments that begin on it.
func cutAt(code string, end, next int, comments []lexeme) int {
	for _, c := range comments {
		if c.from >= next || strings.Contains(code[end:c.from], "\n") {
			break
		}
		end = min(c.to, next)
	}
	if n := strings.IndexByte(code[end:next], '\n'); n >= 0 {
		return end + n + 1
	}
	return next
}

// kindOf tells what a piece is by its first tokens.
func kindOf(tokens []lexeme) (k kind, isMain bool) {
	switch tokens[0].tok {
	case token.PACKAGE:
		return clause, false
	case token.IMPORT:
		return imports, false
	case token.VAR:
		return variable, false
	case token.TYPE, token.CONST:
		return other, false
	case token.FUNC:
		if name, method := funcName(tokens); name != "" {
			return function, name == "main" && !method
		}
	}
	return statement, false
}

// funcName is the name of a function or method that is declared; "" for a
// function literal that is called on the spot.
func funcName(tokens []lexeme) (name string, method bool) {
	at := func(i int) token.Token {
		if i < len(tokens) {
			return tokens[i].tok
		}
		return token.EOF
	}
	if at(1) == token.IDENT {
		return tokens[1].text, false
	}
	depth := 0
	for i := 1; i < len(tokens); i++ {
		switch tokens[i].tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
		}
		if depth == 0 {
			if at(i+1) == token.IDENT && at(i+2) == token.LPAREN {
				return tokens[i+1].text, true
			}
			return "", false
		}
	}
	return "", false
}

// body is what stands between the braces of a function, as a piece.
func (p piece) body(code string) (piece, bool) {
	first, last := -1, -1
	for i, t := range p.tokens {
		if t.tok == token.LBRACE && first < 0 {
			first = i
		}
		if t.tok == token.RBRACE {
			last = i
		}
	}
	if first < 0 || last < 0 {
		return piece{}, false
	}
	body := piece{block: p.block, to: p.tokens[last].from,
		tokens: p.tokens[first+1 : last]}
	body.begin(code, p, p.tokens[first].to)
	return body, true
}
