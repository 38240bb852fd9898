package runner

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"runnel/runner/timeline"
)

// printed is what a program printed, and how it ended.
type printed struct {
	stdout, stderr string
	status         int
}

func (p printed) String() string {
	return fmt.Sprintf("status %d\n%s%s", p.status,
		indented("stdout", p.stdout), indented("stderr", p.stderr))
}

func indented(stream, text string) string {
	if text == "" {
		return ""
	}
	text = strings.TrimSuffix(text, "\n")
	return stream + ":\n\t" + strings.ReplaceAll(text, "\n", "\n\t") + "\n"
}

// hedge is how the interpreter says that it does not know all that Go says
// of a panic.
var hedge = regexp.MustCompile(` ?\([^()]*the interpreter cannot [^()]*\)\n$`)

// hedged reports whether p is like the wanted, but for words that it says
// itself it does not know.
func (p printed) hedged(want printed) bool {
	i := hedge.FindStringIndex(p.stderr)
	return i != nil && p.status == want.status && p.stdout == want.stdout &&
		strings.HasPrefix(want.stderr, p.stderr[:i[0]])
}

// sandboxed is what a recording shows. The words of a crash stand at the end
// of standard error, as Go's runtime puts them.
func sandboxed(rec timeline.Recording) printed {
	p := printed{
		text(rec, timeline.Stdout), text(rec, timeline.Stderr), rec.End.Code,
	}
	switch rec.End.Kind {
	case timeline.OK, timeline.Exit:
	case timeline.Panic, timeline.Deadlock:
		p.stderr += rec.End.Message + "\n"
	default:
		p.status = -1
		p.stderr += fmt.Sprintf("%s: %s\n", rec.End.Kind, rec.End.Message)
		for _, d := range rec.Diagnostics {
			p.stderr += fmt.Sprintf("%d: %s\n", d.Line, d.Message)
		}
	}
	return p
}

// natively holds the executables of the suite, for all tests.
var natively struct {
	once sync.Once
	bin  string
	err  error
}

// nativeSamples compiles the suite once and returns the folder of the
// executables.
func nativeSamples(t *testing.T) string {
	t.Helper()
	natively.once.Do(func() {
		archive := new(txtar.Archive)
		for _, s := range samples(t) {
			archive.Files = append(archive.Files, txtar.File{
				Name: s.id() + ".go", Data: []byte(s.source),
			})
		}
		natively.bin, natively.err = os.MkdirTemp("", "runnel-native-*")
		if natively.err == nil {
			natively.err = compileInto(natively.bin, archive)
		}
	})
	if natively.err != nil {
		t.Fatal(natively.err)
	}
	return natively.bin
}

// native runs a compiled program in real time.
func native(t *testing.T, s sample, bin string) printed {
	t.Helper()
	cmd := exec.Command(filepath.Join(bin, s.id()))
	cmd.Env = append(os.Environ(), "GOTRACEBACK=single", "TZ=UTC")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var p printed
	var exit *exec.ExitError
	if err := cmd.Run(); errors.As(err, &exit) {
		p.status = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if failed := p.status != 0; failed != s.rules.fails {
		t.Errorf("natively, it exits with %d: %s", p.status, &stderr)
	}
	p.stdout, p.stderr = stdout.String(), withoutTrace(stderr.String())
	return p
}

// withoutTrace leaves of what Go's runtime says the line that says why.
func withoutTrace(stderr string) string {
	for _, trace := range []string{"\n[signal ", "\n\ngoroutine "} {
		if before, _, ok := strings.Cut(stderr, trace); ok {
			stderr = before + "\n"
		}
	}
	return stderr
}

// stamp is a time of the wall clock as fmt, log and time print it.
var stamp = regexp.MustCompile(
	`\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?`)

// apply takes from an output what the rules say is not promised.
func (r rules) apply(p printed) printed {
	for _, text := range []*string{&p.stdout, &p.stderr} {
		if r.stamps {
			*text = stamp.ReplaceAllString(*text, "STAMP")
		}
		if r.anyOrder {
			lines := strings.SplitAfter(*text, "\n")
			slices.Sort(lines)
			*text = strings.Join(lines, "")
		}
	}
	return p
}
