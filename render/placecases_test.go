package render

import (
	"html"
	"strings"
	"testing"
	"testing/fstest"

	"runnel/vault"
)

// TestCases_places lists what Obsidian finds behind hard links, one by one.
// want is the address that the link gets, here the path of what it found, or
// "" where it leads nowhere. The links stand in Own/note.md.
func TestCases_places(t *testing.T) {
	vaultFiles := fstest.MapFS{}
	for _, name := range []string{
		"Log.md", "Own/Dup.md", "Dup.md", "Own/Near.md", "a/Near.md", "a/b/Deep.md", "long/way/down/Twin.md", "x/Twin.md",
		"p/Even.md", "q/Even.md", "Has (parens).md", "Has & amp.md", "50% off.md", "C++.md", "v1.2 notes.md",
		"N\u00f6te \u00fc.md", "No\u0308t NFD.md", "\u65e5\u672c\u8a9e.md", "\U0001F680 launch.md", "it's.md", "Own/img/pic.png", "img/pic.png", "files/a b.pdf",
		"100%25.md", "Dots....md", "index.md", "Sub/index.md", "Sub.md",
	} {
		vaultFiles[name] = &fstest.MapFile{}
	}
	vaultFiles["Named.md"] = &fstest.MapFile{Data: []byte("---\naliases: [Woofer, Log]\n---\n")}
	vaultFiles["Hidden.md"] = &fstest.MapFile{Data: []byte("---\npublish: false\n---\n# Secret\n")}
	vaultFiles["Heads.md"] = &fstest.MapFile{Data: []byte("## One\n\n### Sub\n\n## Two\n\n### Sub\n\n## wifi 2.4 vs 5.0\n\n## C#\n\n## With [[Log]]\n\npara ^id-1\n\n| a |\n|---|\n\n^tbl\n")}
	for _, c := range []struct{ obsidian, link, want string }{
		{"a name in other letters", "[[LOG]]", "Log.md"},
		{"an extension in other letters", "[[log.MD]]", "Log.md"},
		{"the end of a path", "[[b/Deep]]", "a/b/Deep.md"},
		{"the end of a name is none", "[[eep]]", ""},
		{"the path from the root, before the own folder", "[[Dup]]", "Dup.md"},
		{"the own folder, before another", "[[Near]]", "Own/Near.md"},
		{"the shortest path", "[[Twin]]", "x/Twin.md"},
		{"of equal paths the first", "[[Even]]", "p/Even.md"},
		{"from the root", "[[/Dup]]", "Dup.md"},
		{"from the own folder", "[x](./Dup.md)", "Own/Dup.md"},
		{"from the folder above", "[x](../Dup.md)", "Dup.md"},
		{"out of the vault, by the name", "[x](../../elsewhere/pic.png)", "img/pic.png"},
		{"an alias, where no file has the name", "[[Woofer]]", "Named.md"},
		{"a file, where an alias has its name too", "[[Log]]", "Log.md"},
		{"parentheses", "[[Has (parens)]]", "Has (parens).md"},
		{"parentheses in a destination", "[x](Has%20(parens).md)", "Has (parens).md"},
		{"encoded parentheses", "[x](Has%20%28parens%29.md)", "Has (parens).md"},
		{"an ampersand", "[[Has & amp]]", "Has & amp.md"},
		{"an ampersand as HTML writes it, in Markdown", "[x](Has%20&amp;%20amp.md)", "Has & amp.md"},
		{"a percent sign", "[[50% off]]", "50% off.md"},
		{"a percent sign that is not encoded", "[x](<50% off.md>)", "50% off.md"},
		{"a percent sign that looks encoded", "[[100%25]]", "100%25.md"},
		{"plus signs", "[[C++]]", "C++.md"},
		{"plus signs in a destination", "[x](C++.md)", "C++.md"},
		{"a point in a name", "[[v1.2 notes]]", "v1.2 notes.md"},
		{"points at the end", "[[Dots...]]", "Dots....md"},
		{"composed letters for composed", "[[N\u00f6te \u00fc]]", "N\u00f6te \u00fc.md"},
		{"decomposed letters for composed", "[[No\u0308te u\u0308]]", "N\u00f6te \u00fc.md"},
		{"composed letters for decomposed", "[[N\u00f6t NFD]]", "No\u0308t NFD.md"},
		{"another script", "[[\u65e5\u672c\u8a9e]]", "\u65e5\u672c\u8a9e.md"},
		{"emoji", "[[\U0001F680 launch]]", "\U0001F680 launch.md"},
		{"an apostrophe", "[[it's]]", "it's.md"},
		{"an attachment needs its extension", "[[pic]]", ""},
		{"an attachment by the same rules", "[[pic.png]]", "img/pic.png"},
		{"an attachment with a space", "[x](a%20b.pdf)", "files/a b.pdf"},
		{"a folder is no note", "[[Sub/]]", ""},
		{"a note of a folder's name", "[[Sub]]", "Sub.md"},
		{"a note named index", "[[Sub/index]]", "Sub/index.md"},
		{"a private note", "[[Hidden]]", ""},
		{"a heading of a private note", "[[Hidden#Secret]]", ""},
		{"a chain of headings", "[[Heads#Two#Sub]]", "Heads.md#sub-1"},
		{"of two headings the first", "[[Heads#Sub]]", "Heads.md#sub"},
		{"marks in a heading are spaces", "[[Heads#wifi 2 4 vs 5 0]]", "Heads.md#wifi-2-4-vs-5-0"},
		{"a number sign in a heading", "[[Heads#C#]]", "Heads.md#c"},
		{"a link in a heading", "[[Heads#With Log]]", "Heads.md#with-log"},
		{"a block", "[[Heads#^id-1]]", "Heads.md#^id-1"},
		{"the block of a table", "[[Heads#^tbl]]", "Heads.md#^tbl"},
		{"a block in other letters", "[[Heads#^ID-1]]", "Heads.md#^id-1"},
		{"a heading that is not there leads to the top", "[[Heads#Three]]", "Heads.md"},
		{"a block that is not there leads to the top", "[[Heads#^none]]", "Heads.md"},
	} {
		t.Run(c.obsidian, func(t *testing.T) {
			vaultFiles["Own/note.md"] = &fstest.MapFile{Data: []byte(c.link)}
			got := renderPlace(t, vaultFiles)
			want := `<a class="internal" href="` + html.EscapeString(c.want) + `">`
			if c.want == "" {
				want = `<span class="unresolved"`
			}
			if !strings.Contains(got, want) {
				t.Errorf("%s: got %s, want %s", c.link, got, want)
			}
		})
	}
}

// renderPlace renders Own/note.md with paths of the vault for addresses.
func renderPlace(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	v, err := vault.Load(t.Context(), files, vault.Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	r := &Renderer{Href: func(_ *vault.Note, to vault.Target) string {
		switch {
		case to.File != nil:
			return to.File.Path
		case to.Heading != nil:
			return to.Note.Path + "#" + to.Heading.ID
		case to.Block != nil:
			return to.Note.Path + "#^" + to.Block.ID
		}
		return to.Note.Path
	}}
	var b strings.Builder
	for _, n := range v.Notes {
		if n.Path == "Own/note.md" {
			if _, err := r.Note(&b, n); err != nil {
				t.Fatal(err)
			}
		}
	}
	return b.String()
}
