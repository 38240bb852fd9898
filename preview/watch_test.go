package preview

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
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

// A vault that git swaps for another is shown as it then is, page for page and
// to the last byte: notes that have changed, come, gone and moved at once, and
// the dates of other commits.
func TestWatch_checkout(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("no git on this machine")
	}
	files := map[string]string{"index.md": "home [[hub]]", "hub.md": "[[note 7]] and [[only one]]", "only one.md": "of the first"}
	for i := range 120 {
		files[fmt.Sprintf("F%d/note %d.md", i%5, i)] = fmt.Sprintf("at first [[hub]] #tag%d", i%3)
	}
	both(t, files, func(t *testing.T, p *preview) {
		run := func(args ...string) {
			t.Helper()
			cmd := exec.Command(git, append([]string{"-C", p.dir, "-c", "user.name=A", "-c", "user.email=a@example.com"}, args...)...)
			cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("git %q: %v\n%s", args, err, out)
			}
		}
		run("init", "-q", "-b", "first")
		run("add", "-A")
		run("commit", "-q", "-m", "first", "--date", "2020-02-03T04:05:06Z")
		run("checkout", "-q", "-b", "second")
		for i := range 120 {
			name := fmt.Sprintf("F%d/note %d.md", i%5, i)
			switch i % 4 {
			case 0:
				p.write(name, "the second says [[only two]] #other")
			case 1:
				p.rename(name, fmt.Sprintf("Moved/Deep %d/note %d.md", i%3, i))
			case 2:
				if err := os.Remove(p.path(name)); err != nil {
					t.Fatal(err)
				}
			}
		}
		p.rename("only one.md", "only two.md")
		run("add", "-A")
		run("commit", "-q", "-m", "second", "--date", "2021-02-03T04:05:06Z")
		for range 3 {
			run("checkout", "-q", "first")
			run("checkout", "-q", "second")
		}
		p.settles()
		run("checkout", "-q", "first")
		p.settles()
		p.shows("/F1/note-1/", "at first")
	})
}

// settles waits until all files are those of a site that is made of the notes
// as they are now, from nothing.
func (p *preview) settles() {
	p.t.Helper()
	clean, err := site.OpenLive(p.t.Context(), p.build, false)
	if err != nil {
		p.t.Fatal(err)
	}
	defer clean.Close()
	want, err := clean.Files(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	var differ []string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		got, err := p.site.Files(p.t.Context())
		differ = differ[:0]
		for name, data := range want {
			if !bytes.Equal(got[name], data) {
				differ = append(differ, name)
			}
		}
		for name := range got {
			if want[name] == nil {
				differ = append(differ, name)
			}
		}
		if err == nil && len(differ) == 0 {
			return
		}
	}
	p.t.Fatalf("%d files are not as they should be: %q\n%s", len(differ), differ[:min(len(differ), 5)], p.log)
}

// A sync client that writes half a note, and the rest when it has come, ends
// with the note, whatever the half was taken for.
func TestWatch_halfAndRest(t *testing.T) {
	both(t, map[string]string{"index.md": "home", "a.md": "first words"}, func(t *testing.T, p *preview) {
		p.shows("/a/", "first words")
		for i := range 4 {
			whole := fmt.Sprintf("---\ntitle: Number %d\npublish: true\n---\nwords of save %d, and [[index]]\n\n```go\nx := 1\n```\nthe end of %d\n", i, i, i)
			cut := len(whole) * (i + 1) / 5 // in the properties, in a link, in code
			p.write("a.md", whole[:cut])
			time.Sleep([]time.Duration{0, 10, 100, 600}[i] * time.Millisecond)
			f, err := os.OpenFile(p.path("a.md"), os.O_APPEND|os.O_WRONLY, 0)
			if err == nil {
				_, err = f.WriteString(whole[cut:])
				err = errors.Join(err, f.Close())
			}
			if err != nil {
				t.Fatal(err)
			}
			p.shows("/a/", fmt.Sprintf("the end of %d", i))
			p.settles()
		}
	})
}
