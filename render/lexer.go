package render

import (
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// lexerOf is the highlighter of a language, by one of its names or by the
// ending of its files; nil for one that nobody knows.
//
// The registry tries a thousand patterns on a name that it does not know,
// which takes a millisecond, and the fences of plugins have such names.
func lexerOf(lang string) chroma.Lexer {
	known := languages()
	if known.names[strings.ToLower(lang)] {
		return lexers.Get(lang)
	}
	if !known.files[lang] {
		return nil
	}
	if found, ok := known.found.Load(lang); ok {
		return found.(chroma.Lexer)
	}
	found := lexers.Get(lang)
	if found != nil {
		known.found.Store(lang, found)
	}
	return found
}

// knownLanguages are what languages are called: names in lower case, and the
// endings and the whole names of files.
type knownLanguages struct {
	names, files map[string]bool
	found        sync.Map // of an entry of files to its highlighter
}

var languages = sync.OnceValue(func() *knownLanguages {
	known := &knownLanguages{names: make(map[string]bool), files: make(map[string]bool)}
	for _, lexer := range lexers.GlobalLexerRegistry.Lexers {
		c := lexer.Config()
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			known.names[strings.ToLower(name)] = true
		}
		for _, pattern := range append(append([]string(nil), c.Filenames...), c.AliasFilenames...) {
			known.files[strings.TrimPrefix(pattern, "*.")] = true
		}
	}
	return known
})
