package site

import (
	"reflect"
	"slices"
	"testing"
	"testing/fstest"

	"runnel/runner"
	"runnel/runner/timeline"
	"runnel/vault"
)

// loadTask makes the task of the last block of a note.
func loadTask(t *testing.T, note string) *task {
	t.Helper()
	v, err := vault.Load(t.Context(), fstest.MapFS{"a.md": {Data: []byte(note)}},
		vault.Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	all := v.Notes[0].Snippets
	return newTask(all[len(all)-1])
}

const chained = "```go name=\"the worker\"\nfunc work() {\n\t<-c\n}\n```\n\n" +
	"> ```go after='the worker' args='a \"b c\"' stdin=x timeout=3s engine=go\n" +
	"> var c = make(chan int)\n> go work()\n> <-c\n> ```\n"

// A block and what comes before it become one program, whose lines are those
// of the block where a page speaks of them.
func TestTask_local(t *testing.T) {
	t.Parallel()
	s := loadTask(t, chained)
	const source = `package main; func work() {
	<-c
}
var c = make(chan int)
func main() {go work()
<-c
}
`
	if s.program.Source != source {
		t.Fatalf("got\n%s\nwant\n%s", s.program.Source, source)
	}
	rec := timeline.Recording{
		End:    timeline.End{Kind: timeline.Deadlock, Line: 6},
		Events: []timeline.Event{{Line: 5, Seq: 1}, {Line: 2}, {Line: 0}, {Line: 6}},
		Diagnostics: []timeline.Diagnostic{
			{Line: 5, Column: 17, Message: "a"}, {Line: 2, Column: 4, Message: "b"}, {Message: "c"}},
	}
	want := rec
	want.End.Line = 3
	want.Events = []timeline.Event{{Line: 2, Seq: 1}, {}, {}, {Line: 3}}
	want.Diagnostics = []timeline.Diagnostic{
		{Line: 2, Column: 4, Message: "a"}, {Message: `in the block "the worker", line 2:4: b`}, {Message: "c"}}
	got := s.local(rec)
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("got %+v, want %+v", *got, want)
	}
	if rec.Events[0].Line != 5 || rec.Diagnostics[0].Line != 5 {
		t.Error("the recording itself was changed")
	}
	for at, want := range map[[2]int]string{
		{2, 2}:  "a.md:3:2: m",
		{5, 17}: "a.md:9:6: m",
		{6, 0}:  "a.md:10:0: m",
	} {
		if got := s.problem(at[0], at[1], "m").String(); got != want {
			t.Errorf("a problem at %v: got %q, want %q", at, got, want)
		}
	}
}

func TestTask_input(t *testing.T) {
	t.Parallel()
	got, err := loadTask(t, chained).input(runner.Both)
	if err != nil {
		t.Fatal(err)
	}
	got.Source = ""
	want := runner.Program{Args: []string{"a", "b c"}, Stdin: "x", Timeout: 3e9,
		Engine: runner.Go, Orders: otherOrders}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for info, want := range map[string]runner.Engine{
		"": runner.Both, "engine=yaegi": runner.Yaegi, "engine=both": runner.Both, "engine=go": runner.Go,
	} {
		p, err := loadTask(t, "```go "+info+"\nx()\n```\n").input(runner.Both)
		if err != nil || p.Engine != want {
			t.Errorf("%q: got %q and %v, want %q", info, p.Engine, err, want)
		}
	}
}

// Which blocks run follows from their options and their code.
func TestRuns(t *testing.T) {
	t.Parallel()
	const whole = "package main\n\nfunc main() {}\n"
	for _, c := range []struct {
		info, code string
		want       bool
	}{
		{"", whole, true},
		{"norun", whole, false},
		{"run", whole, true},
		{"run norun", whole, false},
		{"unknown timeout=x", whole, true},
		{"after=nothing", whole, false},
		{"", "x := 1\n", false},
		{"run", "x := 1\n", true},
		{"name=a", "func f() {}\n", false},
		{"", "package main\n\nfunc main() { syntax error\n", true},
		{"", "package other\n\nfunc main() {}\n", false},
		{"", "package main\n\nfunc (t T) main() {}\n", false},
		{"", "-- a.go --\npackage main\n\nfunc main() {}\n-- b.go --\npackage main\n", true},
		{"", "-- a.go --\npackage main\n-- b.go --\npackage main\n", false},
		{"run", "-- a.go --\npackage main\n", true},
	} {
		s := loadTask(t, "```go "+c.info+"\n"+c.code+"```\n").Snippet
		if got := runs(s); got != c.want {
			t.Errorf("%q with %q: got %t, want %t", c.info, c.code, got, c.want)
		}
	}
}

// A page gets what it needs to make the same program of its code, and nothing
// where it cannot hold the code.
func TestPrograms_job(t *testing.T) {
	t.Parallel()
	v, err := vault.Load(t.Context(), fstest.MapFS{"index.md": {Data: []byte("---\npublish: true\n---\n" +
		"```go run name=a stdin=\"x\"\nn := 1\n```\n" +
		"```go run after=a args=\"-v\" timeout=2s timeline=hide\nprintln(n)\n\n\n```\n" +
		"```go\npackage main\n\nfunc main() {}\n```\n" +
		"```go run code=hide\nprintln()\n```\n" +
		"```go run\nprintln(\"a\rb\")\n```\n")}}, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := programs{tasks: make(map[*vault.Snippet]*task), results: make(map[*vault.Snippet]runner.Result)}
	tasks := p.find(v)
	p.results[tasks[0].Snippet] = runner.Result{}
	var got []string
	for _, task := range tasks {
		got = append(got, p.job(task))
	}
	want := []string{
		`{"stdin":"x"}`,
		`{"before":[{"name":"a","code":"n := 1\n"}],"earlier":{"stdin":"x"},"args":["-v"],"timeout":2000,"tail":3,"bare":true}`,
		`{"whole":true}`, "", "",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}
