package runner

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"runnel/runner/timeline"
)

var goTest = flag.String("gotest", "", "have go test run the programs of "+
	"testdata/tests, too: check compares what it prints with what they say that "+
	"it does, write writes that")

// wantName is the file of an archive that says what go test prints.
const wantName = "want"

// suiteArchives are the programs of tests: archives with their files, and
// with what `go test -v` prints. A comment may have flags for it.
func suiteArchives(t *testing.T) map[string]*txtar.Archive {
	t.Helper()
	files, err := filepath.Glob("testdata/tests/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d programs of tests, %v", len(files), err)
	}
	all := map[string]*txtar.Archive{}
	for _, file := range files {
		if all[file], err = txtar.ParseFile(file); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// suiteArgs are the flags of an archive.
func suiteArgs(a *txtar.Archive) []string {
	for line := range strings.Lines(string(a.Comment)) {
		if args, ok := strings.CutPrefix(line, "args: "); ok {
			return strings.Fields(args)
		}
	}
	return nil
}

// suiteProgram is the program of an archive, and what go test prints of it.
func suiteProgram(a *txtar.Archive) (p Program, want string) {
	rest := &txtar.Archive{}
	for _, f := range a.Files {
		if f.Name == wantName {
			want = string(f.Data)
		} else {
			rest.Files = append(rest.Files, f)
		}
	}
	p = Program{Source: string(txtar.Format(rest)), Args: suiteArgs(a), Engine: Go}
	if len(rest.Files) == 1 {
		p.Source = string(rest.Files[0].Data)
	}
	return p, want
}

// TestSuite_asGoTest runs tests in the sandbox and wants what `go test -v`
// prints, byte for byte, but for the go command's own last line, and for the
// machine's name in benchmarks.
func TestSuite_asGoTest(t *testing.T) {
	t.Parallel()
	for file, a := range suiteArchives(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			p, want := suiteProgram(a)
			if *goTest != "" {
				want = askGoTest(t, file, a, want)
			}
			got := suiteOutput(t, mustRun(t, p).Recording)
			if strings.Contains(string(a.Comment), "\nunordered\n") {
				got, want = sortedReport(got), sortedReport(want)
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// suiteOutput is what a reader sees of a run, in one text, and at its end
// whether all went well.
func suiteOutput(t *testing.T, rec timeline.Recording) string {
	t.Helper()
	var b strings.Builder
	for _, w := range rec.Writes {
		b.Write(w.Text)
	}
	switch rec.End.Kind {
	case timeline.OK, timeline.Failed, timeline.Exit:
	case timeline.Panic, timeline.Deadlock:
		b.WriteString(rec.End.Message + "\n")
	default:
		t.Errorf("got end %+v and %+v", rec.End, rec.Diagnostics)
	}
	text := machineLines.ReplaceAllString(b.String(), "")
	return withEnd(text, rec.End.Code == 0)
}

var (
	// machineLines say on what a benchmark runs.
	machineLines = regexp.MustCompile(`(?m)^(goos|goarch|cpu|pkg): .*\n`)
	// commandLines are those of the go command at the end.
	commandLines = regexp.MustCompile(`(FAIL|ok  )\t.*\n(?:FAIL\n)?$`)
	stacks       = regexp.MustCompile(`(?s)(\n\[signal .*?)?\n\ngoroutine \d.*`)
	// durations are cut to tenths of seconds.
	durations = regexp.MustCompile(`\((\d+\.\d)\d+s\)`)
	perTurn   = regexp.MustCompile(`\t *[\d.]+ (ns/op|MB/s)`)
)

// sortedReport has the lines of a report in some order, without those that say
// whose turn it is.
func sortedReport(text string) string {
	text = turnLines.ReplaceAllString(text, "")
	return strings.Join(slices.Sorted(strings.Lines(text)), "")
}

var turnLines = regexp.MustCompile(`(?m)^=== (NAME|CONT) .*\n`)

func withEnd(text string, ok bool) string {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	if ok {
		return text + "ok\n"
	}
	return text + "failed\n"
}

// askGoTest has go test run an archive. It compares what that prints with
// what the archive says, or writes it there.
func askGoTest(t *testing.T, file string, a *txtar.Archive, want string) string {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{"test", "-v", "-count=1", "-timeout=0", "-vet=off",
		"-cpu=1"}, suiteArgs(a)...)
	for _, f := range a.Files {
		if f.Name == wantName {
			continue
		}
		args = append(args, f.Name)
		err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o666)
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	out, _ := cmd.CombinedOutput()
	said := commandLines.FindSubmatch(out)
	if said == nil {
		t.Fatalf("go test says nothing of the end: %s", out)
	}
	text := commandLines.ReplaceAllString(string(out), "")
	text = stacks.ReplaceAllString(text, "\n")
	text = machineLines.ReplaceAllString(text, "")
	text = perTurn.ReplaceAllString(text, "")
	text = withEnd(text, said[1][0] == 'o')
	if *goTest == "write" {
		a.Files = append(without(a.Files, wantName),
			txtar.File{Name: wantName, Data: []byte(text)})
		if err := os.WriteFile(file, txtar.Format(a), 0o666); err != nil {
			t.Fatal(err)
		}
		return text
	}
	loose := func(s string) string { return durations.ReplaceAllString(s, "($1 s)") }
	if loose(text) != loose(want) {
		t.Errorf("go test prints\n%s\nthe archive says\n%s", text, want)
	}
	return want
}

func without(files []txtar.File, name string) (rest []txtar.File) {
	for _, f := range files {
		if f.Name != name {
			rest = append(rest, f)
		}
	}
	return rest
}
