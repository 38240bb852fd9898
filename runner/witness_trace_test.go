package runner

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/exp/trace"

	"runnel/runner/timeline"
)

// tracerFile is compiled beside the program. The trace goes to standard
// output, as the last line.
const tracerFile = `package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"runtime/trace"
)

func runnelTrace() func() {
	var b bytes.Buffer
	if trace.Start(&b) != nil {
		panic("no trace")
	}
	return func() {
		trace.Stop()
		text := base64.StdEncoding.EncodeToString(b.Bytes())
		os.Stdout.WriteString("\n` + traceMark + `" + text)
	}
}
`

const traceMark = "TRACE:"

// errNoTrace says why there is no trace of a program.
type errNoTrace string

func (e errNoTrace) Error() string { return string(e) }

// rewritten is what the compiler gets of a program.
func rewritten(t *testing.T, source string) string {
	t.Helper()
	r, tools := tracingTools(t)
	rec, text, err := r.do(t.Context(), job{
		Program: Program{Source: source}, Task: translate,
		Library: tools.dir,
	}, wallLimit)
	if err != nil || text.Source == "" {
		t.Fatalf("%v: %+v", err, rec)
	}
	return text.Source
}

// tracingTools are the runner that tests share, and its compiler.
func tracingTools(t *testing.T) (*Runner, *toolchain) {
	t.Helper()
	r := sharedRunner(t)
	mustRun(t, body("", "")) // sets the runner up
	tools, err := r.builds.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r, tools
}

// traced runs a text of a program by Go, with the tracer on. The bytes that
// the sandbox calls random are those of the program's own source, so that
// both its texts get the same.
func traced(t *testing.T, s sample, text string) (run witnessed, err error) {
	t.Helper()
	r, tools := tracingTools(t)
	const start = "\nfunc main() {"
	if strings.Count(text, start) != 1 {
		return run, errNoTrace("main is written otherwise")
	}
	text = strings.Replace(text, start, start+" defer runnelTrace()();", 1)
	module := buildTraced(t, tools, t.TempDir(), text)
	p := Program{Source: s.source}
	run.rec, _, err = r.do(t.Context(),
		job{Program: p, Task: stroll, Module: module}, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	var data string
	run.printed, data, _ = strings.Cut(stdout(run.rec), traceMark)
	if data == "" {
		return run, errNoTrace("it ends before its trace does")
	}
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return run, errNoTrace("its trace is too long")
	}
	run.seen, err = told(raw)
	return run, err
}

// witnessed is a run with the tracer on.
type witnessed struct {
	rec     timeline.Recording
	printed string
	seen    testimony // the tracer's
}

func stdout(rec timeline.Recording) string {
	return text(rec, timeline.Stdout)
}

// buildTraced compiles the program with the tracer's file.
func buildTraced(
	t *testing.T, tools *toolchain, dir, source string,
) (module string) {
	t.Helper()
	files := []string{}
	for name, text := range map[string]string{
		"main.go": source, "start.go": startFile, "tracer.go": tracerFile,
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	slices.Sort(files)
	archive := filepath.Join(dir, "main.a")
	said, err := tools.compile(t.Context(), tools.dir, dir, importcfgName, append(
		[]string{"-p", "main", "-complete", "-o", archive}, files...)...)
	if err != nil {
		t.Fatal(err, said)
	}
	module = filepath.Join(dir, moduleName)
	said, err = tools.run(t.Context(), "link", tools.dir, dir, "-importcfg",
		importcfgName, "-buildmode=exe", "-o", module, archive)
	if err != nil {
		t.Fatal(err, said)
	}
	return module
}

// testimony is what goroutines did, by either witness. Goroutines are counted
// from 1, main's, in the order in which they were created.
type testimony struct {
	parents []string
	waits   map[int][]waited // of each goroutine, in order
	wakes   []wakened
}

// byTimer is the creator of a goroutine that a timer starts. The tracer sees
// nobody there; our lanes name who set the timer.
const byTimer = "a timer"

// A waited is one wait. One that is not over, and one whose goroutine does
// not run again, may have another end in our lanes: nothing of the program
// tells of it.
type waited struct {
	reason   string
	from, to time.Duration
	over     bool
}

// A wakened goroutine that does not run again may be missing from our lanes,
// too.
type wakened struct {
	by, who int
	at      time.Duration
	ran     bool
}

// slack is by how much the tracer's times may be off: it makes each event
// come some nanoseconds after the one before, and virtual time stands still.
const slack = 500 * time.Microsecond

func near(a, b time.Duration) bool { return (a - b).Abs() < slack }

// told is the testimony of a trace.
func told(raw []byte) (testimony, error) {
	s := testimony{waits: map[int][]waited{}}
	numbers := map[trace.GoID]int{}
	waiting := map[trace.GoID]bool{}
	var start trace.Time
	r, err := trace.NewReader(bytes.NewReader(raw))
	if err != nil {
		return s, err
	}
	for {
		e, err := r.ReadEvent()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return s, err
		}
		if e.Kind() != trace.EventStateTransition ||
			e.StateTransition().Resource.Kind != trace.ResourceGoroutine {
			continue
		}
		st := e.StateTransition()
		at := e.Time().Sub(start)
		g := st.Resource.Goroutine()
		from, to := st.Goroutine()
		switch {
		case len(numbers) == 0 && to == trace.GoRunning ||
			len(numbers) == 0 && from == trace.GoRunning:
			numbers[g] = 1 // who starts the tracer runs
			start = e.Time()
		case from == trace.GoNotExist && to == trace.GoRunnable:
			by := creator(numbers[e.Goroutine()], e.Stack(), st.Stack)
			if by != "" {
				numbers[g] = len(numbers) + 1
				s.parents = append(s.parents, by)
			}
		case numbers[g] == 0:
		case from == trace.GoRunnable && to == trace.GoRunning:
			s.runs(numbers[g])
		case from == trace.GoRunning && to == trace.GoWaiting:
			if reason := reasons[st.Reason]; reason != "" {
				waiting[g] = true
				s.waits[numbers[g]] = append(s.waits[numbers[g]],
					waited{reason: reason, from: at})
			}
		case from == trace.GoWaiting && to == trace.GoRunnable:
			if waiting[g] {
				s.woken(numbers[e.Goroutine()], numbers[g], at)
			}
			delete(waiting, g)
		}
	}
}

// woken ends the wait of a goroutine. Timers are nobody.
func (s *testimony) woken(by, who int, at time.Duration) {
	list := s.waits[who]
	list[len(list)-1].to = at
	if by > 0 {
		s.wakes = append(s.wakes, wakened{by: by, who: who, at: at})
	}
}

// runs says that a goroutine runs again.
func (s *testimony) runs(who int) {
	if n := len(s.waits[who]); n > 0 {
		s.waits[who][n-1].over = true
	}
	for i, w := range s.wakes {
		s.wakes[i].ran = w.ran || w.who == who
	}
}

// creator is who created a goroutine, "" for those of the tracer and for one
// that a timer starts to cancel a context: no function of the program runs in
// it, and whom it wakes, our lanes say that time did.
func creator(number int, of, born trace.Stack) string {
	for f := range of.Frames() {
		if strings.HasPrefix(f.Func, "runtime/trace.") {
			return ""
		}
	}
	if number > 0 {
		return fmt.Sprint(number)
	}
	for f := range born.Frames() {
		switch {
		case strings.HasPrefix(f.Func, "context."):
			return ""
		case !strings.HasPrefix(f.Func, "runtime"):
			return byTimer
		}
	}
	return ""
}

// reasons are the tracer's words for what a goroutine waits for.
var reasons = map[string]string{
	"chan send": "send", "chan receive": "receive", "select": "select",
	"sleep": "sleep", "sync": "sync", "sync.(*Cond).Wait": "cond",
	"forever": "forever",
}
