package program

import "testing"

func TestWanted(t *testing.T) {
	t.Parallel()
	const head = "package main\n\nfunc main() {\n"
	for _, c := range []struct {
		body string
		want Want
	}{
		{"\tf()\n\t// Output: 1\n}", Want{"1", false, 5, 2}},
		{"\tf() // output:1\n}", Want{"1", false, 4, 6}},
		{"\t// Output:\n\t// a\n\t//  b\n\t//\n\t// c\n}",
			Want{"a\n b\n\nc", false, 4, 2}},
		{"\t// Unordered output:\n\t// b\n\t// a\n}",
			Want{"b\na", true, 4, 2}},
		{"\t/* Output:\nx */\n}", Want{"x", false, 4, 2}},
		{"\t// Output:\n}", Want{"", false, 4, 2}},
		{"\tfunc() {\n\t\t// Output: deep\n\t}()\n}",
			Want{"deep", false, 5, 3}},
		{"\t// Output: 1\n\n\t// more\n}", Want{}},
		{"\t// The output: 1\n}", Want{}},
		{"}\n\n// Output: 1", Want{}},
		{"}\n\nfunc f() {\n\t// Output: 1\n}", Want{}},
		{"\tf(\n\t// Output: 1\n}", Want{}},
		{"}\n\nfunc (t T) main() {\n\t// Output: 1\n}", Want{}},
	} {
		got, ok := Wanted(head + c.body)
		if got != c.want || ok != (c.want != Want{}) {
			t.Errorf("%q: got %+v, %t, want %+v", c.body, got, ok, c.want)
		}
	}
}

func TestWant_Differs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want      string
		unordered bool
		got, told string
	}{
		{"a\nb", false, "\na\nb \n", ""},
		{"a\nb", false, "a\r\nb\r\n", ""},
		{"", false, " \n", ""},
		{"3", false, "4\n", `got "4", want "3"`},
		{"3", false, "", `got no output, want "3"`},
		{"", false, "x\n", `got "x", want no output`},
		{"a\nb\nc", false, "a\nB\nc\n",
			`got "B", want "b" in line 2 of the output`},
		{"a\nb", false, "a\n", `got no more, want "b" in line 2 of the output`},
		{"a", false, "a\nb\n", `got "b", want no more in line 2 of the output`},
		{"a ", false, "a\tb", `got "a\tb", want "a"`},
		{"b\na\na", true, "a\nb\na\n", ""},
		{"b\na", true, "a\nc\n", `got "c", want "b", in any order`},
		{"a", true, "a\na\n", `got "a" once more than wanted, in any order`},
		{"b\na", true, "a\n", `want "b", in any order`},
	} {
		w := Want{Text: c.want, Unordered: c.unordered}
		if told := w.Differs(c.got); told != c.told {
			t.Errorf("got %q, want %q: told %q, want %q",
				c.got, c.want, told, c.told)
		}
	}
}
