package rewrite

import (
	"strings"
	"testing"
)

func TestJoin(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ source, want string }{
		"one file": {"package main\n", "package main\n"},
		"two files": {
			"-- main.go --\npackage main\n\nfunc main() { f() }\n" +
				"-- f.go --\npackage main\n\nimport \"fmt\"\n\n" +
				"func f() { fmt.Println() }\n",
			"\npackage main; import (\"fmt\")\n\nfunc main() { f() }\n" +
				"\n\n\n\n\nfunc f() { fmt.Println() }\n",
		},
		"the first without a name": {
			"package main\n\nimport \"fmt\"\n\nvar _ = fmt.Sprint\n" +
				"-- f.go --\npackage main\nimport (\n\t\"fmt\"\n\tx \"os\"\n)\n" +
				"var _ = x.Args\n",
			"package main; import (x \"os\")\n\nimport \"fmt\"\n\n" +
				"var _ = fmt.Sprint\n\n\n\n\n\n\nvar _ = x.Args\n",
		},
		"a file within a string": {
			"package main\n\nvar x = `\n-- a.go --\npackage a\n`\n",
			"package main\n\nvar x = `\n-- a.go --\npackage a\n`\n",
		},
		"words before": {
			"hello\n-- a.go --\npackage main\n", "\n\npackage main\n",
		},
		"other files": {
			"-- a.go --\npackage main\n-- b.txt --\nhello\n-- c.go --\n" +
				"package main; var c int\n",
			"\npackage main\n\n\n\nvar c int\n",
		},
		"several imports on a line": {
			"-- a.go --\npackage main\n-- c.go --\n" +
				"package main; import \"fmt\"; import \"os\"; var c int\n",
			"\npackage main; import (\"fmt\"; \"os\")\n\n" +
				"var c int\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Join(test.source)
			if strings.Count(got, "\n") != strings.Count(test.source, "\n") {
				t.Errorf("lines moved: %q", got)
			}
			if squeeze(got) != squeeze(test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// squeeze drops spaces at the ends of lines and doubled ones.
func squeeze(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

// FuzzJoin keeps every line where it is, and touches no text without a
// marker.
func FuzzJoin(f *testing.F) {
	f.Add("-- a.go --\npackage main\nimport \"fmt\"\n-- b.go --\npackage main")
	f.Add("package main\n-- b.go --\npackage main; import (\"a\"; b \"c\")\n")
	f.Fuzz(func(t *testing.T, source string) {
		got := Join(source)
		if strings.Count(got, "\n") != strings.Count(source, "\n") {
			t.Errorf("lines moved: %q, from %q", got, source)
		}
		if !marker.MatchString(source) && got != source {
			t.Errorf("got %q, want %q", got, source)
		}
	})
}
