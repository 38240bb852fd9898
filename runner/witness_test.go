package runner

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"flag"
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

// Go's own execution tracer is the witness of our lanes: a program is
// compiled as for a page, and one run of it is recorded by both.

var everyWitness = flag.Bool("witness", false,
	"hold all programs against the execution tracer, not a share of them")

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

// traced runs a program by Go, with the tracer on.
func traced(t *testing.T, source string) (timeline.Recording, []byte) {
	t.Helper()
	r, ctx := sharedRunner(t), context.Background()
	mustRun(t, body("", "")) // sets the runner up
	tools, err := r.builds.open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	p := Program{Source: source}
	rec, rewritten, err := r.do(ctx, job{
		Program: p, Task: translate, Library: tools.dir,
	}, wallLimit)
	if err != nil || rewritten == "" {
		t.Fatalf("%v: %+v", err, rec)
	}
	const start = "func main() {"
	if strings.Count(rewritten, "\n"+start) != 1 {
		t.Skip("main is written otherwise")
	}
	rewritten = strings.Replace(rewritten, "\n"+start,
		"\n"+start+" defer runnelTrace()();", 1)
	dir := t.TempDir()
	module := buildTraced(t, tools, dir, rewritten)
	rec, _, err = r.do(ctx, job{Program: p, Task: stroll, Module: module},
		time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	_, data, _ := strings.Cut(text(rec, timeline.Stdout), traceMark)
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		t.Skip("the output was cut off")
	}
	return rec, raw
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
	said, err := tools.compile(t.Context(), tools.dir, dir, append(
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
	waits   map[int][]string // of each goroutine, in order
	wakes   []wakened
}

// byTimer is the creator of a goroutine that a timer starts. The tracer sees
// nobody there; our lanes name who set the timer.
const byTimer = "a timer"

// A wakened goroutine that does not run again may be missing from our lanes:
// nothing of the program tells of it.
type wakened struct {
	by, who int
	ran     bool
}

// told is the testimony of a trace.
func told(raw []byte) (testimony, error) {
	s := testimony{waits: map[int][]string{}}
	numbers := map[trace.GoID]int{}
	waiting := map[trace.GoID]bool{}
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
		g := st.Resource.Goroutine()
		from, to := st.Goroutine()
		switch {
		case len(numbers) == 0 && to == trace.GoRunning ||
			len(numbers) == 0 && from == trace.GoRunning:
			numbers[g] = 1 // who starts the tracer runs
		case from == trace.GoNotExist && to == trace.GoRunnable:
			by := creator(numbers[e.Goroutine()], e.Stack(), st.Stack)
			if by != "" {
				numbers[g] = len(numbers) + 1
				s.parents = append(s.parents, by)
			}
		case numbers[g] == 0:
		case from == trace.GoRunnable && to == trace.GoRunning:
			for i, w := range s.wakes {
				s.wakes[i].ran = w.ran || w.who == numbers[g]
			}
		case from == trace.GoRunning && to == trace.GoWaiting:
			if reason := reasons[st.Reason]; reason != "" {
				waiting[g] = true
				s.waits[numbers[g]] = append(s.waits[numbers[g]], reason)
			}
		case from == trace.GoWaiting && to == trace.GoRunnable:
			if n := numbers[e.Goroutine()]; n > 0 && waiting[g] {
				s.wakes = append(s.wakes, wakened{by: n, who: numbers[g]})
			}
			delete(waiting, g)
		}
	}
}

// creator is who created a goroutine, "" for those of the tracer.
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
		if !strings.HasPrefix(f.Func, "runtime") {
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

// drawn is the testimony of our lanes.
func drawn(rec timeline.Recording) testimony {
	s := testimony{waits: map[int][]string{}}
	tl := timeline.Lanes(&rec)
	numbers := map[int]int{}
	for i, l := range tl.Lanes {
		numbers[l.G] = i + 1
		if l.Parent > 0 {
			s.parents = append(s.parents, fmt.Sprint(numbers[l.Parent]))
		}
		for _, span := range l.Spans {
			if span.State == timeline.Waiting || span.State == timeline.Stuck {
				s.waits[i+1] = append(s.waits[i+1], reasonOf(span.Op))
			}
		}
	}
	for _, w := range tl.Wakes {
		s.wakes = append(s.wakes, wakened{
			by: numbers[w.From], who: numbers[w.To],
		})
	}
	return s
}

// untilMainReturns leaves out what others do while the tracer stops.
func untilMainReturns(rec timeline.Recording) timeline.Recording {
	for i, e := range rec.Events {
		if e.G == 1 && e.Kind == timeline.Finish {
			rec.Events = rec.Events[:i+1]
			break
		}
	}
	return rec
}

// reasonOf is the tracer's view of an operation.
func reasonOf(op timeline.Op) string {
	switch op {
	case timeline.Send:
		return "send"
	case timeline.Receive, timeline.RangeChan:
		return "receive"
	case timeline.Select, timeline.SelectSend, timeline.SelectRecv:
		return "select"
	case timeline.Lock, timeline.RLock, timeline.WaitGroup, timeline.Once:
		return "sync"
	case timeline.CondWait:
		return "cond"
	}
	return string(op)
}

// once leaves out that a goroutine which was woken to lock a mutex found it
// locked again, and waited on: our lanes have one wait for one Lock.
func once(waits []string) []string {
	return slices.CompactFunc(slices.Clone(waits), func(a, b string) bool {
		return a == "sync" && b == "sync"
	})
}

// isPart says that wakes are those of the tracer. Whom one act wakes at once
// has no order; who does not run again may be missing, and, where one found
// its mutex locked again, who was woken for nothing.
func isPart(list, tracer []wakened, again bool) bool {
	list, tracer = inOrder(list), inOrder(tracer)
	for _, w := range tracer {
		switch {
		case len(list) > 0 && list[0].by == w.by && list[0].who == w.who:
			list = list[1:]
		case w.ran && !again:
			return false
		}
	}
	return len(list) == 0
}

// inOrder sorts what one goroutine wakes in a row.
func inOrder(list []wakened) []wakened {
	list = slices.Clone(list)
	for i := 0; i < len(list); {
		n := i
		for n < len(list) && list[n].by == list[i].by {
			n++
		}
		slices.SortStableFunc(list[i:n], func(a, b wakened) int {
			return a.who - b.who
		})
		i = n
	}
	return list
}

// TestWitness holds the lanes against the trace.
func TestWitness(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	for i, s := range samples(t) {
		if s.rules.fails || !strings.Contains(s.source, "go ") &&
			!strings.Contains(s.source, ".Go(") || !*everyWitness && i%3 > 0 {
			continue
		}
		t.Run(s.id(), func(t *testing.T) {
			t.Parallel()
			rec, raw := traced(t, s.source)
			if len(raw) == 0 {
				t.Skip("the program ended before its trace did")
			}
			want, err := told(raw)
			if err != nil {
				t.Fatal(err)
			}
			got := drawn(untilMainReturns(rec))
			if !slices.EqualFunc(got.parents, want.parents,
				func(got, want string) bool {
					return got == want || want == byTimer
				}) {
				t.Errorf("got creators\n%q, the tracer\n%q",
					got.parents, want.parents)
			}
			again := false
			for g := range len(want.parents) + 1 {
				got, want := got.waits[g+1], want.waits[g+1]
				again = again || len(got) < len(want)
				if !slices.Equal(once(got), once(want)) {
					t.Errorf("goroutine %d waits for\n%q, the tracer says\n%q",
						g+1, got, want)
				}
			}
			if !isPart(got.wakes, want.wakes, again) {
				t.Errorf("got wakes\n%v, the tracer\n%v", got.wakes, want.wakes)
			}
		})
	}
}
