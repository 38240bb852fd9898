package runner

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"runnel/runner/timeline"
)

// TestRun_likeGo runs programs in the sandbox and compiled by the local Go.
func TestRun_likeGo(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/programs.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) == 0 {
		t.Fatal("no programs")
	}
	bin := compileAll(t, archive)
	for _, file := range archive.Files {
		name := strings.TrimSuffix(file.Name, ".go")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(filepath.Join(bin, name))
			var want bytes.Buffer
			cmd.Stdout = &want
			if err := cmd.Run(); err != nil {
				t.Fatal(err)
			}
			result := mustRun(t, Program{Source: string(file.Data)})
			got := text(result.Recording, timeline.Stdout)
			if strings.HasPrefix(name, "gap_") {
				if got == want.String() {
					t.Error("the gap is closed: rename the program")
				}
				return
			}
			if got != want.String() || result.End.Kind != timeline.OK {
				t.Errorf("got end %+v and\n%s\nwant\n%s",
					result.End, got, want.String())
			}
		})
	}
}

// compileAll compiles programs and returns the folder of the executables.
func compileAll(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", []byte("module programs\n\ngo 1.26\n"))
	for _, file := range archive.Files {
		write(filepath.Join(strings.TrimSuffix(file.Name, ".go"), "main.go"),
			file.Data)
	}
	bin := t.TempDir()
	cmd := exec.Command("go", "build", "-o", bin+string(filepath.Separator),
		"./...")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return bin
}
