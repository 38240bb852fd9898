package site

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/systeminfo"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

var measure = flag.Bool("measure", false, "measure time and memory of the Go compiler in a browser")

// What the docs say of time and memory: first and later runs, on the clock and
// in processor time; the memory of the process that runs a page; and what holds
// the page's own thread, by the thread's own time, for others use the machine.
func TestExact_measure(t *testing.T) {
	if !*measure {
		t.Skip("measures only when asked to, with -measure")
	}
	l := openExact(t)
	before, most := anonymous(l.renderers()), l.sampled()
	names, programs := suite(t)
	var clock, processor []float64
	for i, name := range names {
		if i%*exactShare != 0 {
			continue
		}
		then := l.renderer().cpu
		took := l.exact(map[string]any{"source": edited(programs[name])}).Took
		spent := l.renderer().cpu - then
		t.Logf("%-40s %5.0f ms, %.2f s of processor time, %d MB", name, took, spent, anonymous(l.renderers())>>20)
		clock, processor = append(clock, took), append(processor, spent)
	}
	t.Logf("memory: %d MB before, %d MB at most, %d MB after", before>>20, most()>>20, anonymous(l.renderers())>>20)
	later, spent := clock[1:], processor[1:]
	slices.Sort(later)
	slices.Sort(spent)
	t.Logf("first %.0f ms, later ones %.0f ms (median); in processor time %.1f s and %.2f s",
		clock[0], later[len(later)/2], processor[0], spent[len(spent)/2])
	tasks := l.trace(func() {
		l.click("edit")
		for i := range 3 {
			l.write(strings.Repeat("// A line.\n", 200) + withMain("fmt", fmt.Sprintf("\tfor i := range 300 {\n\t\tfmt.Println(i, %d)\n\t}", i)))
			l.click(map[bool]string{true: "exact", false: "run"}[i == 0])
			l.untilSlow(l.figure + ".querySelector('.js-run').textContent === 'Run'")
		}
	})
	for _, task := range tasks[:min(8, len(tasks))] {
		t.Log(task)
	}
}

// A process is what the system says of one.
type process struct {
	pid int64
	cpu float64 // seconds
}

// renderer is the process that runs the page: the one that has done most.
func (l lab) renderer() process {
	return slices.MaxFunc(l.renderers(), func(a, b process) int { return cmp.Compare(a.cpu, b.cpu) })
}

// renderers are the processes that run pages.
func (l lab) renderers() (all []process) {
	l.Helper()
	info, err := chromedp.CallBrowser(l.ctx, systeminfo.GetProcessInfo, cdp.Empty{})
	if err != nil {
		l.Fatal(err)
	}
	for _, p := range info.ProcessInfo {
		if p.Type == "renderer" {
			all = append(all, process{p.ID, p.CPUTime})
		}
	}
	return all
}

// anonymous is the memory that the largest of some processes shares with no
// file, in bytes.
func anonymous(all []process) (most int) {
	for _, p := range all {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
		for line := range strings.Lines(string(text)) {
			var kilobytes int
			if n, _ := fmt.Sscanf(line, "RssAnon: %d kB", &kilobytes); n == 1 {
				most = max(most, kilobytes<<10)
			}
		}
	}
	return most
}

// sampled begins to look at the memory of the process that runs the page, and
// gives what says how much it was at most, and ends that.
func (l lab) sampled() (most func() int) {
	l.Helper()
	pages := l.renderers() // the browser has one in reserve
	stop, peak := make(chan bool), make(chan int)
	go func() {
		most := 0
		for {
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(10 * time.Millisecond):
				most = max(most, anonymous(pages))
			}
		}
	}()
	return func() int {
		close(stop)
		return <-peak
	}
}

// An event is one of a trace, in microseconds.
type event struct {
	Name, Ph  string
	Pid, Tid  int64
	Dur, Tdur float64
	Args      json.RawMessage
}

// trace describes what held the page's own thread meanwhile, most of its own
// time first.
func (l lab) trace(act func()) (tasks []string) {
	l.Helper()
	var mutex sync.Mutex
	var events []event
	over := make(chan bool)
	if err := chromedp.ListenBrowser(l.ctx, func(ev any) {
		switch ev := ev.(type) {
		case *tracing.EventDataCollected:
			mutex.Lock()
			defer mutex.Unlock()
			for _, v := range ev.Value {
				var e event
				if json.Unmarshal([]byte(v), &e) == nil {
					events = append(events, e)
				}
			}
		case *tracing.EventTracingComplete:
			close(over)
		}
	}); err != nil {
		l.Fatal(err)
	}
	if _, err := chromedp.CallBrowser(l.ctx, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{

		IncludedCategories: []string{"toplevel", "devtools.timeline", "v8", "v8.wasm"}}}); err != nil {
		l.Fatal(err)
	}
	act()
	if _, err := chromedp.CallBrowser(l.ctx, tracing.End, cdp.Empty{}); err != nil {
		l.Fatal(err)
	}
	<-over
	mutex.Lock()
	defer mutex.Unlock()
	main := map[[2]int64]bool{}
	for _, e := range events {
		if e.Name == "thread_name" && strings.Contains(string(e.Args), "CrRendererMain") {
			main[[2]int64{e.Pid, e.Tid}] = true
		}
	}
	events = slices.DeleteFunc(events, func(e event) bool { return !main[[2]int64{e.Pid, e.Tid}] || e.Ph != "X" })
	slices.SortFunc(events, func(a, b event) int { return cmp.Compare(b.Tdur, a.Tdur) })
	for _, e := range events {
		tasks = append(tasks, fmt.Sprintf("%.1f ms of the thread's own time, %.1f on the clock: %s %.200s",
			e.Tdur/1000, e.Dur/1000, e.Name, e.Args))
	}
	return tasks
}

// edited is a program that is another one, and does the same.
func edited(source string) string {
	return strings.Replace(source, "package main", "package main // edited", 1)
}
