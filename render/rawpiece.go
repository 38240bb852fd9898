package render

import (
	"bytes"
	"cmp"
	stdhtml "html"
	"slices"
	"strconv"

	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"

	"runnel/vault"
	"runnel/vault/obsidian"
)

// A rawPiece is a tag or a text of a note's own HTML, cleaned.
type rawPiece struct {
	name        string // of the element, "" for a text
	end, closed bool   // </a>, <a/>
	text        string // as it goes to the page
	// link is where an <a> leads in the vault, or what an <img> shows.
	link *vault.Link
	// Of an image:
	src, alt      string
	width, height int
}

// linkAttribute carries a tag's link through the sanitiser, by its number.
const linkAttribute = "data-link"

// Bounds of the pieces that a page remembers: a note has the same tags again
// and again, and the sanitiser takes its time for each.
const (
	maxKeptPieces = 1000
	maxKeptPiece  = 100 // bytes
)

// clean sends HTML through the sanitiser and cuts it into pieces.
func (p *page) clean(source []byte, links []*vault.Link) []rawPiece {
	if p.drafting != nil && len(links) > 0 {
		p.drafting.unfit = true
	}
	keep := len(links) == 0 && len(source) <= maxKeptPiece
	if made, ok := p.cleaned[string(source)]; ok && keep {
		return made
	}
	written := obsidian.CommentInHTML.ReplaceAll(source, nil)
	if len(links) > 0 {
		written = markLinks(written, links)
	}
	var made []rawPiece
	z := html.NewTokenizer(bytes.NewReader(policy().SanitizeBytes(written)))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.TextToken {
			made = append(made, rawPiece{text: string(z.Raw())})
			continue
		}
		made = append(made, newRawPiece(z.Token(), links))
	}
	if keep && len(p.cleaned) < maxKeptPieces {
		p.cleaned[string(source)] = made
	}
	return made
}

// markLinks puts their numbers in the place of the addresses that lead into
// the vault: the sanitiser takes none of those.
func markLinks(source []byte, links []*vault.Link) []byte {
	var b bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(source))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			b.Write(z.Raw())
			continue
		}
		t := z.Token()
		written, embed, ok := vault.HTMLDestination(t)
		t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key == linkAttribute })
		if i := slices.IndexFunc(links, func(l *vault.Link) bool {
			return ok && l.Written == written && l.Embed == embed
		}); i >= 0 {
			t.Attr = append(t.Attr, html.Attribute{Key: linkAttribute, Val: strconv.Itoa(i)})
		}
		b.WriteString(t.String())
	}
	return b.Bytes()
}

// newRawPiece makes a piece of a tag that the sanitiser has let through.
func newRawPiece(t html.Token, links []*vault.Link) rawPiece {
	piece := rawPiece{name: t.Data, end: t.Type == html.EndTagToken, closed: t.Type == html.SelfClosingTagToken}
	t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool {
		switch n, err := strconv.Atoi(a.Val); {
		case a.Key == linkAttribute:
			if err == nil && n >= 0 && n < len(links) {
				piece.link = links[n]
			}
			return true
		case t.Data != "img":
		case a.Key == "src":
			piece.src = a.Val
		case a.Key == "alt":
			piece.alt = a.Val
		case a.Key == "width" && err == nil:
			piece.width = n
		case a.Key == "height" && err == nil:
			piece.height = n
		}
		return false
	})
	if t.Data == "iframe" && !piece.end {
		t.Attr = append(t.Attr, frameAttributes...)
	}
	if !piece.end {
		t.Type = html.StartTagToken
	}
	piece.text = t.String()
	return piece
}

// frameAttributes let a frame work and keep it in its box. Players refuse to
// play for a page that hides where it is.
var frameAttributes = []html.Attribute{
	{Key: "sandbox", Val: "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation"},
	{Key: "loading", Val: "lazy"},
	{Key: "referrerpolicy", Val: "strict-origin-when-cross-origin"},
}

// rawLink opens a link of a note's own HTML into the vault. One that leads
// nowhere is its text, marked, as any other.
func (p *page) rawLink(w util.BufWriter, t rawPiece) {
	tag := "a"
	if t.link.Target.State != vault.Found {
		tag = "span"
	}
	p.anchor(w, t.link, true)
	p.raw.open(w, openTag{"a", tag}, "")
}

// rawImage writes an image of a note's own HTML. One on another site is a
// link, since a page loads nothing from another host.
func (p *page) rawImage(w util.BufWriter, t rawPiece) {
	switch l := t.link; {
	case l != nil && l.Target.File != nil && mediaOf(l.Target.File.Path) == "image":
		p.img(w, l, t.alt, t.width, t.height)
	case l != nil:
		p.textLink(w, l, t.alt)
	case t.src != "":
		openExternal(w, t.src, "An image on another site")
		_, _ = w.WriteString(stdhtml.EscapeString(cmp.Or(t.alt, t.src)) + "</a>")
	case t.alt != "":
		_, _ = w.WriteString(`<span class="unresolved" title="This file is not here">` + stdhtml.EscapeString(t.alt) + `</span>`)
	}
}
