package render

import (
	"fmt"
	"html"
	"path"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/util"

	"runnel/vault"
	"runnel/vault/obsidian"
)

// maxDepth is how many notes deep embeds go. Cycles end sooner; this bounds
// what a vault of notes that each embed the next can grow to.
const maxDepth = 8

// embed renders what a note shows of another file within a line of text. A
// note is a link there.
func (p *page) embed(w util.BufWriter, l *vault.Link, label string) {
	if p.drafting != nil {
		p.embedHole(w, l, label, false)
		return
	}
	if l.Target.File != nil {
		p.media(w, l, label)
		return
	}
	p.textLink(w, l, label)
}

// transclude renders the note, section or block that a link embeds. Its links
// are those of the note it comes from, made right for this page; it has no
// ids, since the same note may stand on a page twice. A note within itself is
// a problem and a link.
func (p *page) transclude(w util.BufWriter, l *vault.Link) error {
	t := l.Target
	if p.holds(t) || p.depth >= maxDepth {
		p.problem(l, fmt.Sprintf("embeds %q within itself; it is shown as a link", t.Note.Path))
		_, _ = w.WriteString("<p>")
		p.textLink(w, l, embedTitle(t))
		_, _ = w.WriteString("</p>\n")
		return nil
	}
	p.root.embeds++
	inner, _ := p.pages.Get().(*page)
	if inner == nil {
		inner = newPage(p.Renderer)
	}
	defer p.pages.Put(inner)
	inner.begin(t)
	inner.host, inner.outer, inner.root, inner.depth = p.host, p, p.root, p.depth+1
	inner.prefix = "e" + strconv.Itoa(p.root.embeds) + "-"
	// Its headings stay below the page's title, as its own do.
	inner.shift = max(p.shift, headingShift(t.Note))
	_, _ = w.WriteString("<div class=\"embed\">\n")
	_, _ = w.WriteString(`<p class="embed-title"><a class="internal" href="` +
		html.EscapeString(p.Href(p.host, t)) + `">` + html.EscapeString(embedTitle(t)) + "</a></p>\n")
	if err := inner.render(w); err != nil {
		return err
	}
	_, _ = w.WriteString("</div>\n")
	return nil
}

// holds reports whether the page, or one that embeds it, shows the very same
// thing.
func (p *page) holds(t vault.Target) bool {
	for q := p; q != nil; q = q.outer {
		if q.target.Note == t.Note && q.target.Heading == t.Heading && q.target.Block == t.Block {
			return true
		}
	}
	return false
}

func embedTitle(t vault.Target) string {
	if t.Heading != nil {
		return t.Note.Title + " > " + t.Heading.Text
	}
	return t.Note.Title
}

// media renders an embedded file.
func (p *page) media(w util.BufWriter, l *vault.Link, label string) {
	file := l.Target.File
	href := html.EscapeString(p.Href(p.host, l.Target))
	name := html.EscapeString(path.Base(file.Path))
	switch mediaOf(file.Path) {
	case "image":
		alt, width, height := obsidian.ImageSize(label)
		p.img(w, l, alt, width, height)
	case "audio":
		_, _ = w.WriteString(`<audio controls preload="none" src="` + href + `" aria-label="` + name + `"></audio>`)
	case "video":
		_, _ = w.WriteString(`<video controls preload="none" src="` + href + `" aria-label="` + name + `"></video>`)
	case "pdf":
		p.pdf(w, l, href, name)
	default:
		p.textLink(w, l, label)
	}
}

// pdf renders a PDF in a frame, at the page and of the height that the link
// asks for (Obsidian help, Embed files), with a link for those whose browser
// shows none.
func (p *page) pdf(w util.BufWriter, l *vault.Link, href, name string) {
	height, fragment := 600, ""
	_, sub, _ := strings.Cut(l.Written, "#")
	for param := range strings.SplitSeq(sub, "&") {
		key, value, _ := strings.Cut(param, "=")
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 10000 {
			continue
		}
		switch key {
		case "page":
			fragment = "#page=" + value
		case "height":
			height = n
		}
	}
	_, _ = w.WriteString(`<iframe class="pdf" src="` + href + fragment + `" height="` + strconv.Itoa(height) +
		`" title="` + name + `" loading="lazy"></iframe> <a class="internal" href="` + href + fragment + `">` + name + `</a>`)
}

// textLink renders an embed as a link, for what a page cannot show in place.
func (p *page) textLink(w util.BufWriter, l *vault.Link, label string) {
	if label == "" {
		label = l.Written
	}
	p.anchor(w, l, true)
	_, _ = w.WriteString(html.EscapeString(label))
	p.anchor(w, l, false)
}

// A Picture is what is known of an image.
type Picture struct {
	// Width and Height are its natural size in pixels, 0 where not known; they
	// keep a page from moving while its images load.
	Width, Height int
	// Dark says that it is drawn for a dark page, in light strokes, and Photos
	// that there are other images in it, whose colours must stay.
	Dark, Photos bool
}

// img renders an image with the size that the note asks for, else its own.
func (p *page) img(w util.BufWriter, l *vault.Link, alt string, width, height int) {
	file := l.Target.File
	if alt == path.Base(file.Path) || alt == file.Path {
		alt = "" // the name of a file says nothing to a reader
	}
	var known Picture
	if p.Picture != nil {
		known = p.Picture(file)
	}
	switch {
	case width == 0:
		width, height = known.Width, known.Height
	case height == 0 && known.Width > 0:
		height = (width*known.Height + known.Width/2) / known.Width
	}
	_, _ = w.WriteString(`<img src="` + html.EscapeString(p.Href(p.host, l.Target)) + `" alt="` + html.EscapeString(alt) + `"`)
	if width > 0 {
		_, _ = w.WriteString(` width="` + strconv.Itoa(width) + `"`)
	}
	if height > 0 {
		_, _ = w.WriteString(` height="` + strconv.Itoa(height) + `"`)
	}
	switch {
	case known.Dark && known.Photos:
		_, _ = w.WriteString(` class="dark photos"`)
	case known.Dark:
		_, _ = w.WriteString(` class="dark"`)
	}
	_, _ = w.WriteString(` loading="lazy">`)
}

// media are the formats that Obsidian embeds (Obsidian help, Accepted file
// formats).
var media = map[string]string{
	".avif": "image", ".bmp": "image", ".gif": "image", ".jpeg": "image",
	".jpg": "image", ".png": "image", ".svg": "image", ".webp": "image",
	".flac": "audio", ".m4a": "audio", ".mp3": "audio", ".ogg": "audio",
	".wav": "audio", ".3gp": "audio",
	".mkv": "video", ".mov": "video", ".mp4": "video", ".ogv": "video",
	".webm": "video", ".pdf": "pdf",
}

func mediaOf(name string) string { return media[strings.ToLower(path.Ext(name))] }
