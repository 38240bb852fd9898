package vault

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A resolveCase is a link and where it leads.
type resolveCase struct {
	rule string
	// files are the paths of the vault with "|" between them; the link stands
	// in the first. "-x.md" is not published, "+x.png" lies in a folder of
	// Options.Attachments, "x.md=y" has the alias y.
	files string
	// link is Markdown.
	link string
	// want is the path that the link leads to, "private" or "missing".
	want string
	// problem is the message that is told, without what all have in common.
	problem string
}

// load makes the vault of a case and reads it.
func (c resolveCase) load(t testing.TB) *Vault {
	t.Helper()
	notes, extra := fstest.MapFS{}, fstest.MapFS{}
	for i, name := range strings.Split(c.files, "|") {
		name, alias, _ := strings.Cut(name, "=")
		text := ""
		if alias != "" {
			text = "---\naliases: [" + alias + "]\n---\n"
		}
		if i == 0 {
			text += c.link + "\n"
		}
		switch {
		case name[0] == '+':
			extra[name[1:]] = &fstest.MapFile{}
		case name[0] == '-':
			name, text = name[1:], "---\npublish: false\n---\n"+text
			fallthrough
		default:
			notes[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	v, err := Load(t.Context(), notes, Options{All: true,
		Attachments: []Folder{{Name: "extra", FS: extra}}})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestResolve(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range resolveCases {
		if seen[c.rule] {
			t.Errorf("two cases are called %q", c.rule)
		}
		seen[c.rule] = true
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			v := c.load(t)
			source, _, _ := strings.Cut(c.files, "|")
			note := findNote(v, source)
			if note == nil || len(note.Links) != 1 {
				t.Fatalf("%q is not one link", c.link)
			}
			if got := whither(note.Links[0]); got != c.want {
				t.Errorf("%s leads to %q, want %q", c.link, got, c.want)
			}
			if got := toldOf(v); got != c.problem {
				t.Errorf("%s is told as %q, want %q", c.link, got, c.problem)
			}
		})
	}
}

func findNote(v *Vault, path string) *Note {
	for _, n := range v.Notes {
		if n.Path == path {
			return n
		}
	}
	return nil
}

// whither tells the target of a link in a few words.
func whither(l *Link) string {
	switch t := l.Target; {
	case t.State == Missing:
		return "missing"
	case t.State == Private:
		return "private"
	case t.File != nil:
		return t.File.Path
	case t.Heading != nil:
		return t.Note.Path + "#" + t.Heading.ID
	case t.Block != nil:
		return t.Note.Path + "#^" + t.Block.ID
	default:
		return t.Note.Path
	}
}

// toldOf joins the problems of a vault, without their "links to".
func toldOf(v *Vault) string {
	var messages []string
	for _, p := range v.Problems {
		messages = append(messages, strings.TrimPrefix(p.Message, "links to "))
	}
	return strings.Join(messages, "\n")
}

// A placeCase is a link within a note and the place it leads to.
type placeCase struct {
	rule string
	note string // the text, with the link at its end
	want string // "#id", "#^id" or "" for the note's top
	told string
}

func TestResolve_place(t *testing.T) {
	t.Parallel()
	for _, c := range placeCases {
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			v, err := Load(t.Context(), fstest.MapFS{
				"N.md": {Data: []byte(c.note)}}, Options{All: true})
			if err != nil {
				t.Fatal(err)
			}
			links := v.Notes[0].Links
			if len(links) == 0 {
				t.Fatal("there is no link")
			}
			got := whither(links[len(links)-1])
			if got != "N.md"+c.want {
				t.Errorf("leads to %q, want %q", got, "N.md"+c.want)
			}
			if got := toldOf(v); got != c.told {
				t.Errorf("told %q, want %q", got, c.told)
			}
		})
	}
}
