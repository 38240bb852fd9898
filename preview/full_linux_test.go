package preview

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"runnel/site"
)

// fullVariable makes the test the one that runs on a disk of its own.
const fullVariable = "RUNNEL_TEST_FULL"

// On a disk that is full, with the notes, the results and all temporary files
// on it, the server goes on: prose is shown, a program says why it cannot run,
// a note that could be saved in part is shown as it is; and all is well when
// there is room again. The disk is a small one in memory, which only a process
// in a namespace of its own sees.
func TestWatch_fullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a program")
	}
	if os.Getenv(fullVariable) != "" {
		fullDisk(t, os.Getenv(fullVariable))
		return
	}
	t.Parallel()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWatch_fullDisk$", "-test.v")
	cmd.Env = append(os.Environ(), fullVariable+"="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	switch {
	case errors.Is(err, syscall.EPERM), errors.Is(err, syscall.EACCES), strings.Contains(string(out), noMount):
		t.Skipf("no disk of its own for a process here: %v\n%s", err, out)
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	case !strings.Contains(string(out), "--- PASS: TestWatch_fullDisk"):
		t.Fatalf("it did not run:\n%s", out)
	}
}

// noMount is what the test says where it cannot have a disk.
const noMount = "cannot mount a disk"

func fullDisk(t *testing.T, disk string) {
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"); err != nil {
		t.Fatalf("%s: %v", noMount, err)
	}
	t.Setenv("TMPDIR", disk)
	program := func(n int) string {
		return fmt.Sprintf("```go\npackage main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"printed\", %d+2) }\n```\n\n", n)
	}
	p := start(t, map[string]string{"index.md": program(40) + "first words", "prose.md": "at first"}, func(b *site.Build, _ *Server) bool {
		b.Runner.ResultDir = filepath.Join(disk, "results")
		return false
	})
	p.shows("/", "printed 42")

	ballast := filepath.Join(disk, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}

	// Another program in as much room as the old one.
	p.write("index.md", program(50)+"other words")
	p.shows("/", "other words")
	p.shows("/", "cannot be run now")
	p.shows("/", "no space left on device")
	p.write("prose.md", "then this")
	p.shows("/prose/", "then this")
	// What is saved in part is what there is.
	long := "begins so " + strings.Repeat("and so on ", 5000)
	if err := os.WriteFile(p.path("prose.md"), []byte(long), 0o666); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("a long note is saved on a full disk: %v", err)
	}
	saved, err := os.ReadFile(p.path("prose.md"))
	if err != nil {
		t.Fatal(err)
	}
	if len(saved) > 0 {
		p.shows("/prose/", strings.TrimSpace(string(saved[:min(len(saved), 40)])))
	}

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	p.write("prose.md", long+" to the end")
	p.shows("/prose/", "to the end")
	p.write("index.md", program(50)+"and there is room")
	p.shows("/", "printed 52")
}
