package runner

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"runnel/runner/timeline"
)

func TestMain(m *testing.M) {
	ServeIfWorker()
	code := m.Run()
	if shared.runner != nil {
		_ = shared.runner.Close()
		_ = os.RemoveAll(shared.runner.ResultDir)
	}
	if natively.bin != "" {
		_ = os.RemoveAll(natively.bin)
	}
	os.Exit(code)
}

// shared is a runner for the tests that need nothing special. Like the tool
// it keeps the interpreter in the user's cache, where it is built once; the
// results are thrown away.
var shared struct {
	once   sync.Once
	runner *Runner
	err    error
}

// cacheDir is where tests keep the interpreter.
func cacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "runnel"), err
}

func sharedRunner(t testing.TB) *Runner {
	t.Helper()
	shared.once.Do(func() {
		var dir, results string
		if dir, shared.err = cacheDir(); shared.err != nil {
			return
		}
		results, shared.err = os.MkdirTemp("", "runnel-results-*")
		shared.runner = &Runner{CacheDir: dir, ResultDir: results}
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.runner
}

// newRunner is a runner of a test's own.
func newRunner(t testing.TB) *Runner {
	t.Helper()
	dir, err := cacheDir()
	if err != nil {
		t.Fatal(err)
	}
	r := &Runner{CacheDir: dir, ResultDir: t.TempDir(), Workers: 1}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// mustRun runs a program with the shared runner. A busy machine is slow, so
// that there is more time than usual.
func mustRun(t testing.TB, p Program) Result {
	t.Helper()
	if p.Timeout == 0 {
		p.Timeout = 2 * time.Minute
	}
	result, err := sharedRunner(t).Run(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// byBoth runs a test for each engine.
func byBoth(t *testing.T, name string, test func(*testing.T, Engine)) {
	t.Run(name+"/yaegi", func(t *testing.T) { test(t, Yaegi) })
	t.Run(name+"/go", func(t *testing.T) { test(t, Go) })
}

// body is a program with the statements in its main.
func body(imports, statements string) Program {
	var b strings.Builder
	b.WriteString("package main\n\n")
	for path := range strings.FieldsSeq(imports) {
		b.WriteString("import \"" + path + "\"\n")
	}
	b.WriteString("\nfunc main() {\n" + statements + "\n}\n")
	return Program{Source: b.String()}
}

// text is what a recording has on a stream.
func text(rec timeline.Recording, stream timeline.Stream) string {
	return timeline.Text(rec.Writes, stream)
}

const sleepers = `package main

import (
	"log"
	"sync"
	"time"
)

func work(name string, pause time.Duration, wg *sync.WaitGroup) {
	defer wg.Done()
	for i := 0; i < 3; i++ {
		log.Println(name, i)
		time.Sleep(pause)
	}
}

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	go work("slow", 1500*time.Millisecond, &wg)
	go work("fast", 500*time.Millisecond, &wg)
	wg.Wait()
}
`

func TestRun_virtualTime(t *testing.T) {
	t.Parallel()
	result := mustRun(t, Program{Source: sleepers})
	want := []struct {
		at   time.Duration
		text string
	}{
		{0, "2009/11/10 23:00:00 slow 0\n"},
		{0, "2009/11/10 23:00:00 fast 0\n"},
		{500 * time.Millisecond, "2009/11/10 23:00:00 fast 1\n"},
		{1000 * time.Millisecond, "2009/11/10 23:00:01 fast 2\n"},
		{1500 * time.Millisecond, "2009/11/10 23:00:01 slow 1\n"},
		{3000 * time.Millisecond, "2009/11/10 23:00:03 slow 2\n"},
	}
	if len(result.Writes) != len(want) {
		t.Fatalf("got %d writes, want %d", len(result.Writes), len(want))
	}
	// The scheduler, seeded by the program's text, chooses who is first.
	if strings.Contains(string(result.Writes[0].Text), "fast") {
		want[0].text, want[1].text = want[1].text, want[0].text
	}
	for i, w := range result.Writes {
		if w.At != want[i].at || string(w.Text) != want[i].text ||
			w.Stream != timeline.Stderr {
			t.Errorf("write %d: got %v %q on %d, want %v %q",
				i, w.At, w.Text, w.Stream, want[i].at, want[i].text)
		}
	}
	if want := 4500 * time.Millisecond; result.Virtual != want {
		t.Errorf("got virtual time %v, want %v", result.Virtual, want)
	}
	if result.End.Kind != timeline.OK {
		t.Errorf("got end %+v, want ok", result.End)
	}
}
