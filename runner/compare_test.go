package runner

import (
	"bytes"
	"fmt"
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
	lowered, err := txtar.ParseFile("rewrite/testdata/lowered.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) == 0 || len(lowered.Files) == 0 {
		t.Fatal("no programs")
	}
	archive.Files = append(archive.Files, lowered.Files...)
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
	bin := t.TempDir()
	if err := compileInto(bin, archive); err != nil {
		t.Fatal(err)
	}
	return bin
}

// compileInto compiles programs and puts the executables into a folder.
func compileInto(bin string, archive *txtar.Archive) error {
	dir, err := os.MkdirTemp("", "runnel-programs-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	files := map[string][]byte{"go.mod": []byte("module programs\n\ngo 1.26\n")}
	for _, f := range archive.Files {
		files[strings.TrimSuffix(f.Name, ".go")+"/main.go"] = f.Data
	}
	for name, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			return err
		}
	}
	cmd := exec.Command("go", "build", "-ldflags=-w",
		"-o", bin+string(filepath.Separator), "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("compile programs: %w: %s", err, out)
	}
	return nil
}
