package render

import (
	"github.com/gohugoio/hugo-goldmark-extensions/extras"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"go.abhg.dev/goldmark/hashtag"
	"go.abhg.dev/goldmark/wikilink"

	"runnel/vault/obsidian"
)

// funcs are rendering functions by the kind of node. The last one registered
// for a kind counts.
type funcs map[ast.NodeKind]renderer.NodeRendererFunc

// Register implements renderer.NodeRendererFuncRegisterer.
func (f funcs) Register(kind ast.NodeKind, fn renderer.NodeRendererFunc) { f[kind] = fn }

// RegisterFuncs registers goldmark's functions, ours over them, and around
// those of nodes that hold text the frames that keep raw HTML balanced.
func (p *page) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	all := make(funcs)
	for _, r := range []renderer.NodeRenderer{
		html.NewRenderer(html.WithHardWraps()),
		extension.NewTableHTMLRenderer(),
		extension.NewStrikethroughHTMLRenderer(),
		extras.NewInlineTagHTMLRenderer(extras.MarkTag),
	} {
		r.RegisterFuncs(all)
	}
	p.own(all)
	for _, kind := range framed {
		all[kind] = p.frame(all[kind])
	}
	for kind := range spotted {
		all[kind] = p.beforeEach(all[kind])
	}
	for kind, fn := range all {
		reg.Register(kind, fn)
	}
}

// own registers our functions.
func (p *page) own(f funcs) {
	f[ast.KindHeading] = p.heading
	f[ast.KindLink] = p.link
	f[ast.KindAutoLink] = p.autoLink
	f[ast.KindImage] = p.image
	f[ast.KindRawHTML] = p.rawInline
	f[ast.KindHTMLBlock] = p.rawBlock
	f[ast.KindCodeBlock] = p.codeBlock
	f[ast.KindFencedCodeBlock] = p.fence
	f[ast.KindParagraph] = p.paragraph
	f[ast.KindTextBlock] = p.textBlock
	f[ast.KindBlockquote] = p.blockquote
	f[ast.KindList] = p.list
	f[ast.KindListItem] = p.listItem
	f[extast.KindFootnoteLink] = p.footnoteLink
	f[extast.KindFootnoteBacklink] = p.footnoteBacklink
	f[extast.KindFootnote] = p.footnote
	f[extast.KindFootnoteList] = p.footnoteList
	f[extast.KindTable] = p.table
	f[extast.KindTableCell] = p.tableCell
	f[wikilink.Kind] = p.wikilink
	f[hashtag.Kind] = p.tag
	f[obsidian.KindCallout] = p.callout
	f[obsidian.KindCalloutTitle] = p.calloutTitle
	f[obsidian.KindTask] = p.task
	f[obsidian.KindMath] = p.math
	f[obsidian.KindMathBlock] = p.mathBlock
}

// framed are the kinds of nodes in which raw HTML may stand: it is closed
// where the node ends.
var framed = []ast.NodeKind{
	ast.KindEmphasis, ast.KindLink, extast.KindStrikethrough, extras.KindMark,
	ast.KindHeading, ast.KindParagraph, ast.KindTextBlock,
	ast.KindBlockquote, ast.KindListItem, extast.KindTableCell, extast.KindFootnote,
	obsidian.KindCallout, obsidian.KindCalloutTitle,
}

// frame keeps the raw HTML within a node balanced.
func (p *page) frame(fn renderer.NodeRendererFunc) renderer.NodeRendererFunc {
	return func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			p.raw.leave(w)
			return fn(w, source, n, false)
		}
		status, err := fn(w, source, n, true)
		p.raw.enter()
		return status, err
	}
}
