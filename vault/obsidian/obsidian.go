// Package obsidian parses Obsidian Flavored Markdown with goldmark. It holds
// parsers and nodes and no HTML: whoever draws a note switches on the nodes.
//
// [Parser] is the whole of it. Beside goldmark's own nodes its trees hold
//
//   - *wikilink.Node of go.abhg.dev/goldmark/wikilink, for links and embeds
//     in double brackets (see wikilink.go for its fields),
//   - *hashtag.Node of go.abhg.dev/goldmark/hashtag,
//   - nodes of kind extras.KindMark for ==highlights==,
//   - [*Callout] with its [*CalloutTitle], and [*Task],
//   - [*Math] and [*MathBlock],
//   - goldmark's footnotes, tables and strikethrough.
//
// Comments never stand in a tree, and block ids are no text in it: [BlockID]
// tells a block's.
//
// The rules are those of Obsidian's help, "Obsidian Flavored Markdown" and
// "Basic formatting syntax". No input makes the parser fail.
package obsidian

import (
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// Parser returns a parser of notes without their properties. It may be used
// by several goroutines at once, each with a context of its own.
func Parser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(blockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitionParser{}, 100),
			util.Prioritized(newTableParser(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(commentRemover{}, 100),
			util.Prioritized(blockIDFinder{}, 200),
			util.Prioritized(footnoteCollector{}, 300),
		),
	)
}

func blockParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(commentBlockParser{}, 50),
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(nested{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(nested{admonitionParser{}}, 690),
		util.Prioritized(mathBlockParser{}, 695),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(nested{newCalloutParser()}, 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(nested{newFootnoteParser()}, 950),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(taskParser{}, 0),
		util.Prioritized(commentParser{}, 50),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(mathParser{}, 100),
		util.Prioritized(footnoteLinkParser{}, 101),
		util.Prioritized(inlineFootnoteParser{}, 102),
		util.Prioritized(&wikilinkParser{}, 199),
		util.Prioritized(newLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(delimiterMatcher{emphasisParser{}}, 500),
		util.Prioritized(strikethroughParser{}, 500),
		util.Prioritized(newHighlightParser(), 550),
		util.Prioritized(newTagParser(), 600),
		util.Prioritized(newLinkifyParser(), 999),
	}
}
