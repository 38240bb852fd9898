package preview

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"runnel/site"
)

// both runs a test with what watches and what looks.
func both(t *testing.T, files map[string]string, test func(*testing.T, *preview)) {
	for _, poll := range []bool{false, true} {
		t.Run(fmt.Sprintf("poll=%t", poll), func(t *testing.T) {
			t.Parallel()
			test(t, start(t, files, func(_ *site.Build, s *Server) bool {
				s.Poll = poll
				return false
			}))
		})
	}
}

// What editors, sync clients and Obsidian do to a vault is seen.
func TestWatch(t *testing.T) {
	files := map[string]string{
		"index.md": "[[One]] [[Two]]", "One.md": "first words", "Sub/Two.md": "more words ![[One]]", "Sub/Deep/Three.md": "deep words",
	}
	both(t, files, func(t *testing.T, p *preview) {
		p.shows("/One/", "first words")
		p.write("One.md", "second words")
		p.shows("/One/", "second words")
		p.shows("/Sub/Two/", "second words")

		// As vim and many others save: another file takes the place.
		p.write(".One.md.swp", "third words")
		p.rename(".One.md.swp", "One.md")
		p.shows("/One/", "third words")
		if err := os.Remove(p.path("One.md")); err != nil {
			t.Fatal(err)
		}
		p.write("One.md", "fourth words")
		p.shows("/One/", "fourth words")

		p.write("New/Folder/Four.md", "new words [[One]]")
		p.shows("/New/Folder/Four/", "new words")
		p.shows("/One/", "Four")
		p.write("New/Folder/Four.md", "newer words")
		p.shows("/New/Folder/Four/", "newer words")

		p.rename("Sub", "Moved/Here")
		p.shows("/Moved/Here/Deep/Three/", "deep words")
		p.write("Moved/Here/Deep/Three.md", "deeper words")
		p.shows("/Moved/Here/Deep/Three/", "deeper words")
		if status, _, h := p.get("/Sub/Two/"); status != http.StatusFound || h.Get("Location") != "/Moved/Here/Two/" {
			t.Errorf("the old address: status %d, %q", status, h.Get("Location"))
		}

		if err := os.Remove(p.path("Moved/Here/Deep/Three.md")); err != nil {
			t.Fatal(err)
		}
		p.shows("/Moved/Here/Deep/Three/", "")
		// A name that a disk keeps in another form of Unicode.
		p.write("Cafe\u0301.md", "decomposed words")
		p.shows("/Caf%C3%A9/", "decomposed words")
		p.write("Cafe\u0301.md", "composed words")
		p.shows("/Caf%C3%A9/", "composed words")

		p.write(".trash/One.md", "thrown away")
		p.write(".obsidian/workspace.json", "{}")
		p.write("last.md", "the last words")
		p.shows("/last/", "the last words")
	})
}

// A note that is emptied before it is filled, as sync clients do, does not
// vanish in between.
func TestWatch_halfWritten(t *testing.T) {
	p := start(t, map[string]string{"index.md": "home", "a.md": "---\npublish: true\n---\nfirst words"}, func(b *site.Build, _ *Server) bool {
		b.All = false
		return false
	})
	for _, text := range []string{"home", "at home"} { // with the second it watches
		p.write("index.md", "---\npublish: true\n---\n"+text)
		p.shows("/", text)
	}
	p.shows("/a/", "first words")
	for i := range 5 {
		f, err := os.Create(p.path("a.md"))
		if err != nil {
			t.Fatal(err)
		}
		filled := make(chan error)
		go func() {
			time.Sleep(20 * time.Millisecond)
			_, err := fmt.Fprintf(f, "---\npublish: true\n---\nwords of save %d", i)
			filled <- errors.Join(err, f.Close())
		}()
		for range 5 {
			if status, _, _ := p.get("/a/"); status != 200 {
				t.Fatalf("between two writes: status %d", status)
			}
		}
		if err := <-filled; err != nil {
			t.Fatal(err)
		}
		p.shows("/a/", fmt.Sprintf("words of save %d", i))
	}
}

// The folder may go away and come back as another.
func TestWatch_vanishes(t *testing.T) {
	both(t, map[string]string{"index.md": "home", "a.md": "first words"}, func(t *testing.T, p *preview) {
		p.shows("/a/", "first words")
		gone := p.dir + " gone"
		if err := os.Rename(p.dir, gone); err != nil {
			t.Fatal(err)
		}
		p.says("waiting for it to come back")
		if status, _, _ := p.get("/.runnel/preview.js"); status != 200 {
			t.Errorf("without the folder: status %d", status)
		}
		p.write("index.md", "home")
		p.write("a.md", "other words")
		p.shows("/a/", "other words")
		p.says("the vault is back")
		p.write("a.md", "and others")
		p.shows("/a/", "and others")
	})
}

// Five hundred notes saved at once, and one saved over and over, end with the
// truth.
func TestWatch_flood(t *testing.T) {
	files := map[string]string{"index.md": "home", "hub.md": "[[note 7]]"}
	for i := range 500 {
		files[fmt.Sprintf("F%d/note %d.md", i%7, i)] = "at first [[hub]]"
	}
	both(t, files, func(t *testing.T, p *preview) {
		p.shows("/F1/note-8/", "at first")
		for round := range 3 {
			for i := range 500 {
				p.write(fmt.Sprintf("F%d/note %d.md", i%7, i), fmt.Sprintf("round %d of %d [[hub|back]]", round, i))
			}
		}
		for i := range 500 {
			p.shows(fmt.Sprintf("/F%d/note-%d/", i%7, i), fmt.Sprintf("round 2 of %d", i))
		}
		for i := range 60 {
			p.write("hub.md", fmt.Sprintf("save %d [[note 7]]", i))
			time.Sleep(50 * time.Millisecond)
		}
		p.shows("/hub/", "save 59")
		if strings.Contains(p.log.String(), "cannot") {
			t.Error(p.log)
		}
	})
}

// Where results cannot be kept, as on a full disk, prose is shown all the same
// and a page says what is missing; when there is room again the next save runs
// the program.
func TestWatch_noRoom(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a program")
	}
	full := filepath.Join(t.TempDir(), "results")
	if err := os.WriteFile(full, nil, 0o666); err != nil { // where a folder should be
		t.Fatal(err)
	}
	program := "```go\npackage main\n\nfunc main() { print(\"printed 42\") }\n```\n"
	p := start(t, map[string]string{"index.md": program + "first words"}, func(b *site.Build, _ *Server) bool {
		b.Runner.ResultDir = full
		return false
	})
	p.shows("/", "cannot be run now")
	p.write("index.md", program+"second words")
	p.shows("/", "second words")
	p.shows("/", "cannot be run now")
	if err := os.Remove(full); err != nil {
		t.Fatal(err)
	}
	p.write("index.md", program+"third words")
	p.shows("/", `data-end="ok"`)
}
