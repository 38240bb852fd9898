package render

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var showExamples = flag.Bool("examples", false, "print the examples that differ")

// An example is one of a specification: Markdown and the HTML it makes.
type example struct{ name, markdown, html string }

// TestCommonMark passes the examples of CommonMark 0.31 and of GitHub's
// extensions through the whole pipeline. They are read from the module of the
// parser, which holds them. Where Obsidian differs, or we do, the example
// stands in testdata/commonmark_exceptions.txt with the reason; one that is
// there and passes is an error too.
func TestCommonMark(t *testing.T) {
	exceptions := readExceptions(t)
	examples := readExamples(t)
	if len(examples) < 652+30 {
		t.Fatalf("found %d examples, too few", len(examples))
	}
	for _, e := range examples {
		shift := 0
		if regexp.MustCompile(`<h1>`).MatchString(e.html) {
			shift = 1
		}
		// A title of its own keeps the first heading from being it.
		got := canon(t, renderNote(t, "---\ntitle: T\n---\n"+e.markdown), shift)
		want := canon(t, e.html, 0)
		reason, excepted := exceptions[e.name]
		delete(exceptions, e.name)
		switch {
		case got == want && excepted:
			t.Errorf("%s: passes, though it is an exception (%s)", e.name, reason)
		case got != want && !excepted:
			t.Errorf("%s: %q: got\n%s\nwant\n%s", e.name, e.markdown, got, want)
		case got != want && *showExamples:
			t.Logf("%s (%s): %q: got\n%s\nwant\n%s", e.name, reason, e.markdown, got, want)
		}
	}
	for name := range exceptions {
		t.Errorf("there is no example %q", name)
	}
}

// readExceptions reads lines such as "commonmark 12: the reason".
func readExceptions(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/commonmark_exceptions.txt")
	if err != nil {
		t.Fatal(err)
	}
	exceptions := make(map[string]string)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, reason, ok := strings.Cut(line, ": ")
		if !ok || reason == "" || exceptions[name] != "" {
			t.Fatalf("the exception %q has no reason, or stands twice", line)
		}
		exceptions[name] = reason
	}
	return exceptions
}

func readExamples(t *testing.T) []example {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatalf("find the examples: %v", err)
	}
	dir := strings.TrimSpace(string(out))
	data, err := os.ReadFile(filepath.Join(dir, "_test", "spec.json"))
	if err != nil {
		t.Fatalf("read the examples: %v", err)
	}
	var spec []struct {
		Markdown, HTML string
		Example        int
	}
	if err := json.Unmarshal(data, &spec); err != nil {
		t.Fatal(err)
	}
	var all []example
	for _, e := range spec {
		all = append(all, example{fmt.Sprintf("commonmark %d", e.Example), e.Markdown, e.HTML})
	}
	for _, name := range []string{"table", "strikethrough", "tasklist", "linkify"} {
		data, err := os.ReadFile(filepath.Join(dir, "extension", "_test", name+".txt"))
		if err != nil {
			t.Fatalf("read the examples: %v", err)
		}
		all = append(all, cutExamples(name, string(data))...)
	}
	return all
}

// cutExamples cuts a file of examples: a number, Markdown and HTML between
// lines of dashes, and a line of equal signs.
func cutExamples(name, data string) []example {
	var all []example
	for part := range strings.SplitSeq(data, "\n//= = = = = = = = = = = = = = = = = = = = = = = =//") {
		fields := strings.Split(strings.TrimLeft(part, "\n"), "//- - - - - - - - -//\n")
		if len(fields) != 3 {
			continue
		}
		number, _, _ := strings.Cut(strings.TrimSpace(fields[0]), "\n")
		number, _, _ = strings.Cut(number, ":")
		all = append(all, example{name + " " + number, fields[1], fields[2]})
	}
	return all
}
