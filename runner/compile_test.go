package runner

import (
	"fmt"
	"slices"
	"testing"

	"runnel/runner/timeline"
)

// TestRun_compileErrors wants Go's own words.
func TestRun_compileErrors(t *testing.T) {
	t.Parallel()
	type list = []string
	tests := map[string]struct {
		source string
		want   list
	}{
		"unused variable": {
			"package main\n\nfunc main() {\n\tx := 1\n}\n",
			list{"4:2: declared and not used: x"},
		},
		"unused import": {
			"package main\n\nimport \"os\"\n\nfunc main() {}\n",
			list{`3:8: "os" imported and not used`},
		},
		"missing return": {
			"package main\n\nfunc f() int {\n}\n\nfunc main() { f() }\n",
			list{"4:1: missing return"},
		},
		"undefined": {
			"package main\n\nfunc main() {\n\tfmt.Println(1)\n\ty++\n}\n",
			list{"4:2: undefined: fmt", "5:2: undefined: y"},
		},
		"wrong type": {
			"package main\n\nvar s string = 1\n\nfunc main() {}\n",
			list{"3:16: cannot use 1 (untyped int constant) " +
				"as string value in variable declaration"},
		},
		"unknown method": {
			"package main\n\nimport \"strings\"\n\n" +
				"func main() { strings.Foo() }\n",
			list{"5:23: undefined: strings.Foo"},
		},
		"declared twice": {
			"package main\n\nvar a int\nvar a int\n\nfunc main() {}\n",
			list{"4:5: a redeclared in this block\n" +
				"\tother declaration of a"},
		},
		"syntax": {
			"package main\n\nfunc main() {\n\tx := \n}\n",
			list{"5:1: expected operand, found '}'"},
		},
		"no program at all": {
			"hello", list{"1:1: expected 'package', found hello"},
		},
		"empty": {
			"", list{"1:1: expected 'package', found 'EOF'"},
		},
		"another package": {
			"package other\n\nfunc main() {}\n",
			list{"1:1: package other is not a main package"},
		},
		"no main": {
			"package main\n\nfunc mein() {}\n",
			list{"1:1: function main is undeclared in the main package"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := mustRun(t, Program{Source: test.source})
			if result.End != (timeline.End{Kind: timeline.Compile}) {
				t.Errorf("got end %+v, want a compile error", result.End)
			}
			var got list
			for _, d := range result.Diagnostics {
				got = append(got, fmt.Sprintf(
					"%d:%d: %s", d.Line, d.Column, d.Message))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if len(result.Writes) > 0 {
				t.Errorf("a program that is not valid wrote %v",
					result.Writes)
			}
		})
	}
}

func TestRun_tooManyErrors(t *testing.T) {
	t.Parallel()
	source := "package main\n\nfunc main() {\n"
	for range 20 {
		source += "\tx++\n"
	}
	result := mustRun(t, Program{Source: source + "}\n"})
	n := len(result.Diagnostics)
	if n != 11 || result.Diagnostics[10].Message != "too many errors" {
		t.Errorf("got %d diagnostics: %+v", n, result.Diagnostics)
	}
}

// What only the interpreter does not know is never called invalid.
func TestRun_interpreterGaps(t *testing.T) {
	t.Parallel()
	tests := map[string]Program{
		"generic function of the library": body("fmt slices", `
			s := []int{2, 1}
			slices.Sort(s)
			fmt.Println(s)`),
		"range over a function": body("fmt", `
			for i := range func(yield func(int) bool) { yield(1) } {
				fmt.Println(i)
			}`),
	}
	for name, program := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := mustRun(t, program)
			k := result.End.Kind
			if k == timeline.Compile || k == timeline.Panic {
				t.Errorf("got end %+v", result.End)
			}
			t.Logf("%+v", result.End)
		})
	}
}
