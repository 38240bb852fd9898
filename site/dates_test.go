package site

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"runnel/vault"
)

func TestDates(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git on this machine")
	}
	dir := t.TempDir()
	notes := filepath.Join(dir, "notes")
	git := func(date string, args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=x", "-c", "user.email=x@example.com"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE="+date, "GIT_AUTHOR_DATE="+date)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("", "init", "-q")
	// A repository's own settings must run nothing.
	git("", "config", "log.showSignature", "true")
	git("", "config", "gpg.program", filepath.Join(dir, "evil"))
	writeFiles(t, notes, map[string]string{"a.md": "a", "sub/b c.md": "b"})
	git("2024-01-02T03:04:05Z", "add", ".")
	git("2024-01-02T03:04:05Z", "commit", "-qm", "one")
	writeFiles(t, notes, map[string]string{"a.md": "a2"})
	git("2025-06-07T08:09:10Z", "commit", "-qam", "two")
	writeFiles(t, notes, map[string]string{"new.md": "n"})
	written := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(notes, "new.md"), written, written); err != nil {
		t.Fatal(err)
	}

	d := readDates(t.Context(), notes, os.DirFS(notes))
	own := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		note *vault.Note
		want string
	}{
		{&vault.Note{Path: "a.md"}, "2025-06-07"},
		{&vault.Note{Path: "sub/b c.md"}, "2024-01-02"},
		{&vault.Note{Path: "new.md"}, "2026-01-01"},
		{&vault.Note{Path: "a.md", Properties: vault.Properties{Modified: own}}, "2000-01-01"},
		{&vault.Note{Path: "gone.md"}, "0001-01-01"},
	} {
		if got := d.of(c.note).Format(time.DateOnly); got != c.want {
			t.Errorf("%s: got %s, want %s", c.note.Path, got, c.want)
		}
	}
}
