package outcome

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"runnel/runner/timeline"
)

var update = flag.Bool("update", false, "rewrite the files of wanted output")

const ms = time.Millisecond

func out(at time.Duration, text string) timeline.Write {
	return timeline.Write{At: at, Stream: timeline.Stdout, Text: []byte(text)}
}

func errOut(at time.Duration, text string) timeline.Write {
	return timeline.Write{At: at, Stream: timeline.Stderr, Text: []byte(text)}
}

// shift places a program ten lines down and two columns in.
func shift(line, column int) (int, int) { return line + 10, column + 2 }

var recordings = map[string]timeline.Recording{
	"two_goroutines": {
		Writes: []timeline.Write{
			errOut(500*ms, "another 4\n"), errOut(500*ms, "another 5\n"), errOut(1500*ms, "mine 0\n"),
		},
		End: timeline.End{Kind: timeline.OK}, Virtual: 1500 * ms,
	},
	"steps":          {End: timeline.End{Kind: timeline.Steps, Message: "took 1 step too many"}},
	"no_output":      {End: timeline.End{Kind: timeline.OK}},
	"parts_of_lines": {Writes: []timeline.Write{out(0, "a"), out(0, "b\nc"), errOut(0, "oops\n"), out(0, "d")}, End: timeline.End{Kind: timeline.OK}},
	"exit_status":    {Writes: []timeline.Write{out(0, "bye\n")}, End: timeline.End{Kind: timeline.Exit, Code: 3}},
	"panic": {End: timeline.End{Kind: timeline.Panic, Code: 2, Message: "panic: <boom>\n\tand more", Line: 7},
		Virtual: 2 * time.Second},
	"deadlock": {Writes: []timeline.Write{out(20*ms, "waiting\n")},
		End:     timeline.End{Kind: timeline.Deadlock, Code: 2, Message: "fatal error: all goroutines are asleep - deadlock!"},
		Virtual: 20 * ms},
	"compile_error": {End: timeline.End{Kind: timeline.Compile}, Diagnostics: []timeline.Diagnostic{
		{Line: 5, Column: 2, Message: "declared and not used: x"}, {Message: "and one without a place"}}},
	"refused": {End: timeline.End{Kind: timeline.Refused, Message: `imports "net/http", which the sandbox does not have`}},
	"hostile_output": {Writes: []timeline.Write{
		out(0, "<script>alert(1)</script> & \"quotes\"\n"), out(1500*time.Microsecond, "\x1b[31mred\x00\x07\r\n"),
		out(2*ms, "\xff\xfe\u202etxt\u0085\ttab\n")}, End: timeline.End{Kind: timeline.OK}, Virtual: 2 * ms},
	"over_an_hour": {Writes: []timeline.Write{out(61*time.Minute, "late\n")},
		End: timeline.End{Kind: timeline.Virtual}, Virtual: 61 * time.Minute},
}

func TestHTML(t *testing.T) {
	for name, rec := range recordings {
		t.Run(name, func(t *testing.T) {
			got := string(HTML(&rec, shift))
			file := filepath.Join("testdata", name+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// textOf parses HTML as a browser would and gathers the text of the elements
// of a class.
func textOf(t *testing.T, page []byte, class string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range root.Descendants() {
		if n.DataAtom.String() == "script" {
			t.Error("a script got into the page")
		}
		for _, a := range n.Attr {
			if a.Key == "class" && a.Val == class {
				var b strings.Builder
				for c := range n.Descendants() {
					if c.Type == html.TextNode {
						b.WriteString(c.Data)
					}
				}
				out = append(out, b.String())
			}
		}
	}
	return out
}

func TestHTML_limits(t *testing.T) {
	many := timeline.Recording{End: timeline.End{Kind: timeline.OK}}
	for range 2500 {
		many.Writes = append(many.Writes, out(0, "x\n"))
	}
	page := HTML(&many, nil)
	if got := len(textOf(t, page, "text")); got != maxLines {
		t.Errorf("shows %d lines, want %d", got, maxLines)
	}
	if got := textOf(t, page, "more"); len(got) != 1 || got[0] != "500 more lines not shown." {
		t.Errorf("says %q of the rest", got)
	}

	long := timeline.Recording{End: timeline.End{Kind: timeline.OK},
		Writes: []timeline.Write{out(0, strings.Repeat("é", 10000)+"\n")}}
	page = HTML(&long, nil)
	if got := textOf(t, page, "more"); len(got) != 1 || got[0] != "… 11,808 more bytes" {
		t.Errorf("says %q of the rest of the line", got)
	}

	large := timeline.Recording{End: timeline.End{Kind: timeline.OK}}
	for range 100 {
		large.Writes = append(large.Writes, out(0, strings.Repeat("y", 1000)+"\n"))
	}
	shown := len(strings.Join(textOf(t, HTML(&large, nil), "text"), ""))
	if shown < maxBytes || shown > maxBytes+1100 {
		t.Errorf("shows %d bytes, want about %d", shown, maxBytes)
	}
}

func FuzzHTML(f *testing.F) {
	for _, rec := range recordings {
		for _, w := range rec.Writes {
			f.Add(w.Text, rec.End.Message)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, message string) {
		rec := timeline.Recording{
			Writes: []timeline.Write{{Text: text, Stream: timeline.Stdout}, {Text: []byte("\nlast\n"), Stream: timeline.Stdout}},
			End:    timeline.End{Kind: timeline.Panic, Message: message},
		}
		page := HTML(&rec, nil)
		textOf(t, page, "")
		lines := textOf(t, page, "text")
		if bytesShown := len(text); bytesShown < maxBytes && strings.Count(string(text), "\n") < maxLines-3 {
			if len(lines) == 0 || lines[len(lines)-1] != "last" {
				t.Errorf("the last line reads %q", lines)
			}
		}
		for _, c := range string(page) {
			if c < 0x20 && c != '\n' && c != '\t' || c == 0x7f {
				t.Errorf("the page holds the control character %U", c)
			}
		}
	})
}
