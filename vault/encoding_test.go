package vault

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestLoad_encodings loads one note from bytes that are no plain UTF-8. They
// stand here because editors and version control would change them in files.
func TestLoad_encodings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, listing string }{
		{"byte order mark", "\uFEFF---\ntitle: é\n---\n[[x]]", `
N.md "é"
  title = "é"
  4:1: link "x" to x.md
`},
		{"CRLF", "---\r\ntitle: T\r\ntags: [a]\r\n---\r\n# H\r\n\r\n" +
			"é [[x]]\r\n\r\n```go\r\na\r\n\tb\r\n```\r\n- p ^id\r\n", `
N.md "T"
  title = "T"
  tags = ["a"]
  tags: ["a"]
  5: # "H" #h
  13: ^id ListItem
  7:4: link "x" to x.md
  10: snippet 0 ""
    10:1: "a\n"
    11:1: "\tb\n"
`},
		{"UTF-16, little end first",
			"\xFF\xFE#\x00 \x00\xE9\x00\n\x00[\x00[\x00x\x00]\x00]\x00", `
N.md "é", shown in the text
  1: # "é" #é
  2:1: link "x" to x.md
`},
		{"UTF-16, big end first, with a surrogate pair and half a unit",
			"\xFE\xFF\x00#\x00 \xD8\x3C\xDF\x89\x00", `
N.md "🎉�", shown in the text
  1: # "🎉�" #section
`},
		{"not UTF-8", "caf\xE9 [[x]]\n# \xFF\xFE", `
N.md "N"
  2: # "��" #section
  1:6: link "x" to x.md
problem: N.md:1:4: is not UTF-8 from here; save the note as UTF-8
`},
		{"not UTF-8 in properties", "---\ntitle: caf\xE9\ntags: [1]\n---\n", `
N.md "caf�"
  title = "caf�"
problem: N.md:2:11: is not UTF-8 from here; save the note as UTF-8
problem: N.md:3:7: a tag needs at least one character that is no digit
`},
		{"NUL", "a\x00b [[x]]", `
N.md "N"
  1:5: link "x" to x.md
problem: N.md:1:2: holds a NUL byte here; is this a text?
`},
		{"old Mac line ends", "# H\rtext [[x]]", `
N.md "H text x", shown in the text
  1: # "H text x" #h-text-x
  1:10: link "x" to x.md
`},
		{"empty", "", "\nN.md \"N\"\n"},
		{"only a byte order mark", "\uFEFF", "\nN.md \"N\"\n"},
		{"no line end after the properties", "---\ntitle: T\n---", `
N.md "T"
  title = "T"
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			v, err := Load(t.Context(), fstest.MapFS{
				"N.md": {Data: []byte(c.file)}, "x.md": {}},
				Options{All: true})
			if err != nil {
				t.Fatal(err)
			}
			got, _, _ := strings.Cut(listVault(v), "x.md \"x\"\n")
			_, problems, found := strings.Cut(listVault(v), "problem: ")
			if found {
				got += "problem: " + problems
			}
			if want := c.listing[1:]; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
