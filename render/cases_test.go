package render

import (
	"strings"
	"testing"
)

// TestCases lists what Obsidian does with hard cases of its syntax, one by
// one, and that we do the same. Each line of want stands in the page; a line
// that begins with "!" must not. The other notes are those of renderNote.
func TestCases(t *testing.T) {
	for _, c := range []struct{ obsidian, note, want string }{
		{"links by name, in any letter case", "[[other]]", `href="./Other/">other</a>`},
		{"the extension is optional", "[[Other.md]]", `href="./Other/"`},
		{"a heading, in any letter case", "[[Other#pArt]]", `href="./Other/#part">Other &gt; pArt</a>`},
		{"a block", "[[Other#^block]]", `href="./Other/#^block"`},
		{"a heading of the same note", "## Mine\n\n[[#Mine]]", `href="./note/#mine">Mine</a>`},
		{"a label", "[[Other|a label]]", `href="./Other/">a label</a>`},
		{"a missing note is not live", "[[Nowhere]]", `<span class="unresolved"` + "\n!<a "},
		{"a missing heading leads to the note", "[[Other#Nope]]", `href="./Other/"`},
		{"a link of Markdown, percent-encoded", "[x](Oth%65r.md)", `href="./Other/">x</a>`},
		{"a link of Markdown in angle brackets", "[x](<Other.md>)", `href="./Other/">x</a>`},
		{"a link of Markdown without extension", "[x](Other)", `href="./Other/">x</a>`},
		{"a space ends a destination", "[x](Other note.md)", "[x](Other note.md)"},
		{"a pipe in a table is written with a backslash", "| a |\n|---|\n| [[Other\\|T]] |", `href="./Other/">T</a>`},
		{"an image in a table with a size", "| a |\n|---|\n| ![[picture.png\\|100]] |", `width="100"`},
		{"an address in brackets is a note's name", "[[https://example.com]]", `<span class="unresolved"`},
		{"of nested links the inner one counts", "[[a [[Other]] b]]", `[[a <a class="internal" href="./Other/">`},
		{"escaped brackets are text", `\[\[Other\]\]`, "[[Other]]\n!<a "},
		{"nothing in code is a link", "`[[Other]]`", "<code>[[Other]]</code>\n!<a "},
		{"a fence keeps everything", "```\n%% a %%\n==b==\n[[Other]]\n#c\n```", "%% a %%\n==b==\n[[Other]]\n#c"},

		{"an image", "![[picture.png]]", `<img src="./picture.png" alt=""`},
		{"an image with a width", "![[picture.png|100]]", `width="100" height="75"`},
		{"an image with width and height", "![[picture.png|100x50]]", `width="100" height="50"`},
		{"an image with text and width", "![[picture.png|alt text|120]]", `alt="alt text" width="120"`},
		{"an image of Markdown with a width", "![pic|90](picture.png)", `alt="pic" width="90"`},
		{"an image of Markdown with both", "![alt|90x40](picture.png)", `width="90" height="40"`},
		{"an image of Markdown with a width alone", "![250](picture.png)", `alt="" width="250"`},
		{"an image with a fragment", "![[picture.png#outline]]", `<img src="./picture.png"`},
		{"an embedded note", "![[Other]]", "<div class=\"embed\">\n!<p id="},
		{"a PDF at a page", "![[paper.pdf#page=3]]", `src="./paper.pdf#page=3"`},
		{"a PDF of a height", "![[paper.pdf#height=400]]", `height="400"`},
		{"sound", "![[song.mp3]]", `<audio controls`},
		{"film", "![[film.mp4]]", `<video controls`},
		{"a video elsewhere is a player there, a link here", "![](https://www.youtube.com/watch?v=x)", "A video: \n!<iframe"},

		{"a tag", "#tag", `>#tag</a>`},
		{"a nested tag", "#nested/tag", `href="./tags/nested/tag/"`},
		{"a number is no tag", "#123", "#123\n!tags"},
		{"a number behind a letter is one", "#y1984", `>#y1984</a>`},
		{"letters of any script and emoji", "#émoji😀", `>#émoji😀</a>`},
		{"not after a letter", "not#tag", "not#tag\n!tags"},
		{"after a parenthesis", "(#paren)", `(<a class="tag"`},
		{"a comma ends a tag", "#a,b", `>#a</a>,b`},
		{"an escaped tag is text", `\#notag`, "#notag\n!tags"},

		{"a highlight", "==hi==", "<mark>hi</mark>"},
		{"a highlight with markup in it", "==**bold** in==", "<mark><strong>bold</strong> in</mark>"},
		{"a comparison is none", "a == b", "a == b\n!<mark"},
		{"a highlight over lines", "==two\nlines==", "<mark>two<br>\nlines</mark>"},
		{"a comment in a line", "x %%hidden%% y", "x \n!hidden"},
		{"a comment on lines of its own", "%%\nhidden\n\npara hidden\n%%\n\nseen", "<p>seen</p>\n!hidden"},

		{"a folded callout with markup in its title", "> [!WARNING]- Custom *title*\n> body", `<details class="callout" data-callout="warning">` + "\nCustom <em>title</em>"},
		{"a callout in a callout", "> [!tip] a\n> > [!bug] b\n> > c", `data-callout="bug"`},
		{"a callout of an unknown type", "> [!custom-thing] T", `data-callout="custom-thing"`},
		{"metadata", "> [!note|meta data]\n> x", `data-callout-metadata="meta data"`},
		{"the type is the title where there is none", "> [!note]", "<span>Note</span>"},

		{"a footnote whose further lines are indented by two", "F[^1]\n\n[^1]: foot\n  second", "foot<br>\nsecond"},
		{"an inline footnote", "a^[inline *note* text].", "<p>inline <em>note</em> text"},
		{"mathematics", `$e^{i\pi}$`, `<math display="inline">`},
		{"prices are none", "costs $5 and $6.", "costs $5 and $6.\n!<math"},
		{"displayed mathematics in a paragraph", "so $$x^2$$ it is", `<math display="block">`},
		{"displayed mathematics on lines of its own", "$$\nx^2\n$$", `<div class="math">`},

		{"any state of a task but a space is done", "- [ ] a\n- [x] b\n- [?] c\n- [-] d\n- [/] e",
			"data-task=\" \"\ndata-task=\"?\"\ndata-task=\"-\"\ndata-task=\"/\"\nclass=\"task done\""},
		{"a line break is one", "one\ntwo", "one<br>\ntwo"},
		{"lists with a parenthesis", "1) one\n2) two", "<ol>\n<li>one</li>"},
		{"lists that begin elsewhere", "5. five\n6. six", `<ol start="5">`},
		{"no Markdown in HTML blocks", "<div>\n**not bold**\n</div>", "**not bold**\n!<strong"},
		{"Markdown between inline HTML", `<span style="color:red">**b**</span>`, "<strong>b</strong>"},
		{"the id of a paragraph", "Para ^my-block", `<p id="^my-block">Para</p>`},
		{"the id of a quote below it", "> quote\n\n^quote-id", `<blockquote id="^quote-id">` + "\n!^quote-id</"},
		{"the id of a list item", "- item one ^li-1\n- two", `<li id="^li-1">item one</li>`},
		{"the id of a list below it", "- a\n- b\n\n^list-id", `<ul id="^list-id">`},
		{"the id of a table below it", "| a |\n|---|\n| 1 |\n\n^tbl", `id="^tbl"`},
		{"a diagram", "```mermaid\ngraph TD\n```", `<figure class="diagram"`},
		{"arrows are text", "a -> b --> c => d <= e", "a -&gt; b --&gt; c =&gt; d &lt;= e"},
		{"a bare address is a link", "http://bare.example.com/x", `href="http://bare.example.com/x"`},
		{"Admonition fences are callouts", "```ad-note\ntitle: T\nx\n```", `<div class="callout" data-callout="note">`},
		{"strikethrough", "~~x~~", "<del>x</del>"},
		{"a rule after properties is a rule", "text\n\n---\n\nmore", "<hr>"},
	} {
		t.Run(c.obsidian, func(t *testing.T) {
			got := renderNote(t, c.note)
			checkBalance(t, got)
			for line := range strings.SplitSeq(c.want, "\n") {
				if not, ok := strings.CutPrefix(line, "!"); ok {
					if strings.Contains(got, not) {
						t.Errorf("%q holds %q:\n%s", c.note, not, got)
					}
				} else if !strings.Contains(got, line) {
					t.Errorf("%q does not hold %q:\n%s", c.note, line, got)
				}
			}
		})
	}
}
