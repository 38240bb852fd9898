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
		{"a video elsewhere is a player there, a place for one here", "![](https://www.youtube.com/watch?v=abcdef)", "class=\"video js-video\"\n!<iframe"},

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
		{"a wikilink is not percent-encoded", "[[Oth%65r]]", `<span class="unresolved"`},
		{"one bracket does not end a link", "[[Sq]uare]]", `<span class="unresolved" title="There is no such page here">Sq]uare</span>`},
		{"a link does not run over lines", "[[Oth\ner]]", "[[Oth<br>\ner]]"},
		{"nothing in mathematics is a link", "$[[Other]]$", "!<a "},
		{"an image elsewhere is a picture there, a link here", "![250](https://example.com/a.png)", "An image: https://example.com/a.png</a>\n!<img"},
		{"a post elsewhere is shown there, a link here", "![](https://x.com/a/status/1)", "A post: \n!<iframe"},
		{"an embedded section", "![[Other#Part]]", "Other &gt; Part</a></p>\n<p>Text</p>"},
		{"an embedded block", "![[Other#^block]]", "<p>Text</p>\n!>Part</h"},
		{"an embed of what is not there", "![[Nowhere]]", `<span class="unresolved" title="This file is not here">Nowhere</span>`},
		{"an embed of a file that cannot be shown is a link", "![[table.csv]]", `<a class="internal" href="./table.csv">table.csv</a>`},
		{"an embed within a line parts it", "x ![[Other]] y", "<p>x </p>\n<div class=\"embed\">\n<p> y</p>"},

		{"a tag in code is code", "`#code`", "<code>#code</code>"},
		{"a fragment of an address is no tag", "http://a.example/#c", "!class=\"tag\""},
		{"a space makes a heading of it", "a\n\n# x", "<h2 id=\"x\">x\n!class=\"tag\""},
		{"a highlight in code is code", "`==code==`", "<code>==code==</code>"},
		{"two equal signs between words are none", "a==b", "a==b\n!<mark"},
		{"a comment in code is code", "`%%code%%`", "<code>%%code%%</code>"},
		{"a comment over a blank line and a list", "a %%\n\n- hidden\n\nb %% c\n\nseen", "<p>seen</p>\n!hidden"},
		{"a comment that ends on a line of its own", "a %%\n\n- hidden\n\nhidden\n\n%%\n", "<p>a </p>\n!hidden"},

		{"a callout that folds, open", "> [!note]+ T\n> x", `<details class="callout" data-callout="note" open>`},
		{"another name of a type has its sign", "> [!tldr]", `data-callout="tldr"` + "\n" + `M5 6h14M5 12h14M5 18h9`},
		{"a type in capitals", "> [!TIP]", `data-callout="tip"` + "\n<span>Tip</span>"},
		{"a callout of a title alone", "> [!tip] Only *this*", "Only <em>this</em>\n!callout-content"},
		{"a quote that begins otherwise is a quote", "> [!] x", "<blockquote>"},

		{"a named footnote leads there and back", "a[^note]\n\n[^note]: b", "href=\"#fn:1\"\nhref=\"#fnref:1\""},
		{"a footnote of two places leads back to both", "a[^1] b[^1]\n\n[^1]: c", `href="#fnref:1"` + "\n" + `href="#fnref:1:1"`},
		{"a footnote that is not there is text", "a[^none]", "a[^none]"},
		{"a space behind the dollar", "$ x$", "$ x$\n!<math"},
		{"a space before the second dollar", "$x $", "$x $\n!<math"},
		{"a digit behind the second dollar", "$x$5", "$x$5\n!<math"},
		{"mathematics keeps its stars and lines", "$a_1*b_2*c$", "<math\n!<em>"},
		{"a task without text", "- [ ] \n- [x] done", "data-task=\"x\""},
		{"a number with a point", "1. one\n2. two", "<ol>\n<li>one</li>"},
		{"two kinds of lists are two lists", "1. one\n1) two", "</ol>\n<ol>"},
		{"scripts are left out", "a <script>alert(1)</script> <b onclick=\"x\">b</b>", "<b>b</b>\n!alert(1)</script>\n!onclick"},
		{"underlined", "<u>under</u> text<br>br", "<u>under</u> text<br>br"},
		{"an address of HTML is a note's", `<a href="Other.md">o</a>`, `<a class="internal" href="./Other/">o</a>`},
		{"an image of HTML is the vault's", `<img src="picture.png" width="40">`, `<img src="./picture.png" alt="" width="40" height="30"`},
		{"a line of dashes below an item is its text", "- a\n--\nb", "<li>a<br>\n--<br>\nb</li>"},
		{"a query is shown as what it is", "```dataview\nLIST\n```", `<figure class="query"`},
		{"properties in braces", "{\n\"a\": 1\n}\n\ntext", "<p>text</p>"},
		{"an image of any format", "![[picture.PNG]]", `<img src="./picture.png"`},
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
