package vault

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestParseOptions reads the first lines of fences. What is told has its
// offset before it.
func TestParseOptions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		info string
		want SnippetOptions
		told string
	}{
		{info: ""},
		{info: "norun", want: SnippetOptions{NoRun: true}},
		{info: "  run \t fails ", want: SnippetOptions{Run: true, Fails: true}},
		{info: "engine=go timeout=500ms",
			want: SnippetOptions{Engine: "go", Timeout: 500 * time.Millisecond}},
		{info: `engine="both"`, want: SnippetOptions{Engine: "both"}},
		{info: `stdin="two\nlines \"x\" \\n \d"`,
			want: SnippetOptions{Stdin: "two\nlines \"x\" \\n \\d"}},
		{info: `stdin='a\n"b"'`, want: SnippetOptions{Stdin: `a\n"b"`}},
		{info: `stdin=word fails`,
			want: SnippetOptions{Stdin: "word", Fails: true}},
		{info: `args="-n 3 'a b' \"c d\" e\ f ''"`,
			want: SnippetOptions{Args: []string{
				"-n", "3", "a b", "c d", "e f", ""}}},
		{info: "code=hide output=fold timeline=hide", want: SnippetOptions{
			Code: Hidden, Output: Folded, Timeline: Hidden}},
		{info: `name=a after=b title="A b"`,
			want: SnippetOptions{Name: "a", After: "b", Title: "A b"}},

		{info: `{1,3-5} norun {linenos=table, "}"}`,
			want: SnippetOptions{NoRun: true}},
		{info: `{ {a} } fails`, want: SnippetOptions{Fails: true}},
		{info: `"fold" title:"a norun" ln:true hl:{1 2} fails`,
			want: SnippetOptions{Fails: true}},
		{info: `{never closed norun`},
		{info: `"never closed norun`},

		{info: "fails timout=2s", want: SnippetOptions{Fails: true},
			told: `6: unknown option "timout": is "timeout" meant?`},
		{info: "NoRun", told: `0: unknown option "NoRun": is "norun" meant?`},
		{info: "fials", told: `0: unknown option "fials": is "fails" meant?`},
		{info: "nrun", told: `0: unknown option "nrun": is "norun" meant?`},
		{info: "fold", told: `0: unknown option "fold": is code=fold meant?`},
		{info: "yaegi",
			told: `0: unknown option "yaegi": is engine=yaegi meant?`},
		{info: "2s", told: `0: unknown option "2s": is timeout=2s meant?`},
		{info: "linenos", told: `0: unknown option "linenos", which has no ` +
			`effect (what is for other tools can stand in {})`},
		{info: "=x", told: `0: unknown option "", which has no ` +
			`effect (what is for other tools can stand in {})`},
		{info: "timeout=2", told: `8: timeout="2" is not a time such as ` +
			`500ms or 2s`},
		{info: `timeout="-2s"`, told: `9: timeout="-2s" is not a time such ` +
			`as 500ms or 2s`},
		{info: "timeout=2m",
			told: `8: timeout="2m" is more than 60 seconds`},
		{info: "timeout", told: `0: the option "timeout" needs a value, ` +
			`as in timeout=2s`},
		{info: "stdin=", told: `0: the option "stdin" needs a value, ` +
			`as in stdin="some text\n"`},
		{info: "code=folded",
			told: `5: code="folded" can be hide or fold`},
		{info: "timeline=fold",
			told: `9: timeline="fold" can be hide`},
		{info: "engine=golang",
			told: `7: engine="golang" can be yaegi, go or both`},
		{info: "norun=yes", want: SnippetOptions{},
			told: `6: the option "norun" takes no value`},
		{info: "fails engine=go engine=both",
			want: SnippetOptions{Fails: true, Engine: "go"},
			told: `16: the option "engine" stands here twice: the first counts`},
		{info: `args="-n 'x" fails`, want: SnippetOptions{Fails: true},
			told: `6: args="-n 'x" has a quote that is not closed`},
		{info: `norun stdin="a b`, want: SnippetOptions{NoRun: true},
			told: `12: the quote of stdin= is not closed on its line`},
		{info: "run norun", want: SnippetOptions{Run: true, NoRun: true},
			told: `0: the options "run" and "norun" contradict each other: ` +
				`it does not run`},
	} {
		got, faults := parseOptions(c.info)
		got.nameAt, got.afterAt = 0, 0
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: got %+v, want %+v", c.info, got, c.want)
		}
		var told []string
		for _, f := range faults {
			told = append(told, fmt.Sprintf("%d: %s", f.at, f.message))
		}
		if all := strings.Join(told, "\n"); all != c.told {
			t.Errorf("%q: told %q, want %q", c.info, all, c.told)
		}
	}
}

// FuzzParseOptions writes options in quotes and reads them again, with words
// of other tools around them; and what is told of any text has its place in
// it.
func FuzzParseOptions(f *testing.F) {
	f.Add("a\nb", "x y", `{1 "}"} t:"norun"`)
	f.Add("\\", "'", "norun timeout=3 code=x engine=\"")
	f.Add("\"", "\\\"\t", "{")
	f.Fuzz(func(t *testing.T, stdin, arg, other string) {
		if strings.ContainsAny(other, "\n\r") {
			t.Skip("a fence's first line is one line")
		}
		_, faults := parseOptions(other)
		for _, x := range faults {
			if x.at < 0 || x.at > len(other) || x.message == "" {
				t.Errorf("%q: told %+v", other, x)
			}
		}
		if stdin == "" {
			return
		}
		line := "stdin=" + quote(stdin) +
			" {} args=" + quote(`'`+strings.ReplaceAll(arg, `'`, `'\''`)+`'`)
		got, faults := parseOptions(line)
		if len(faults) > 0 {
			t.Fatalf("%q: told %v", line, faults)
		}
		if got.Stdin != stdin || len(got.Args) != 1 || got.Args[0] != arg {
			t.Errorf("%q: got %q and %q, want %q and %q",
				line, got.Stdin, got.Args, stdin, arg)
		}
	})
}

// quote writes a value so that it stands on one line.
func quote(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`,
		"\r", `\r`, "\t", `\t`).Replace(value) + `"`
}
