// Package gocode highlights Go code: [Emit] cuts it into pieces of one look
// each. It is a leaf, so that the guest, which highlights what a reader types,
// has it too.
package gocode

import (
	"go/scanner"
	"go/token"
	"strings"
)

// Emit cuts Go code into pieces of one look each with Go's own scanner,
// which is exact and far faster than a general highlighter. A class is one of
// chroma's short names (its lexer for Go and we agree on them), "" for plain
// text. It takes any text: what the scanner does not know stays plain, and
// nothing is lost.
func Emit(code string, emit func(class, text string)) {
	src := []byte(code)
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(src))
	var s scanner.Scanner
	s.Init(file, src, func(token.Position, string) {}, scanner.ScanComments)

	end := 0
	var before token.Token // the token before the one at hand
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		if tok == token.SEMICOLON && lit == "\n" {
			continue // put in by the scanner
		}
		if lit == "" {
			lit = tok.String()
		}
		start := file.Offset(pos)
		stop := start + rawLength(src[start:], lit)
		class := goClass(tok, lit)
		if tok == token.IDENT && (before == token.FUNC || calls(src[stop:])) {
			class = called(class)
		}
		before = tok
		if class == "" {
			continue // goes out with what comes before the next
		}
		if start > end {
			emit("", code[end:start])
		}
		emit(class, code[start:stop])
		end = stop
	}
	if end < len(code) {
		emit("", code[end:])
	}
}

// rawLength is how much of src a literal takes: the scanner drops carriage
// returns from comments and raw strings.
func rawLength(src []byte, lit string) int {
	i, n := 0, 0
	for n < len(lit) && i < len(src) {
		if src[i] == lit[n] {
			n++
		} else if src[i] != '\r' {
			break
		}
		i++
	}
	return i
}

// calls reports whether an argument list comes next.
func calls(rest []byte) bool { return len(rest) > 0 && rest[0] == '(' }

// called is the class of a name before an argument list: a conversion looks
// like a call of a function that Go declares itself.
func called(class string) string {
	switch class {
	case "":
		return "nf"
	case "kt":
		return "nb"
	}
	return class
}

// goClass is the class of a token, as chroma's lexer for Go gives it.
func goClass(tok token.Token, lit string) string {
	switch {
	case tok == token.COMMENT:
		if lit[1] == '/' {
			return "c1"
		}
		return "cm"
	case tok == token.PACKAGE, tok == token.IMPORT:
		return "kn"
	case tok == token.VAR, tok == token.FUNC, tok == token.STRUCT, tok == token.MAP,
		tok == token.CHAN, tok == token.TYPE, tok == token.INTERFACE, tok == token.CONST:
		return "kd"
	case tok.IsKeyword():
		return "k"
	case tok == token.INT:
		return "mi"
	case tok == token.FLOAT, tok == token.IMAG:
		return "mf"
	case tok == token.CHAR:
		return "sc"
	case tok == token.STRING:
		return "s"
	case tok == token.IDENT:
		return goNames[lit]
	}
	return ""
}

// goNames are the names that Go declares itself (Go spec, Predeclared
// identifiers).
var goNames = classes(map[string]string{
	"kc": "true false nil iota",
	"kt": "any bool byte comparable complex64 complex128 error float32 float64 " +
		"int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
	"nb": "append cap clear close complex copy delete imag len make max min new " +
		"panic print println real recover",
})

func classes(lists map[string]string) map[string]string {
	m := make(map[string]string)
	for class, names := range lists {
		for _, name := range strings.Fields(names) {
			m[name] = class
		}
	}
	return m
}
