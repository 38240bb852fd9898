package program

import "testing"

func BenchmarkOf(b *testing.B) {
	blocks := []string{
		"type T struct{ n int }\n\nfunc (t T) String() string { return strconv.Itoa(t.n) }\n",
		"a, b := T{1}, strings.Fields(\"x y\")\n",
		"for i := range 3 {\n\tfmt.Println(a, b, i, rand.Intn(3))\n}\n// Output: x\n",
	}
	for b.Loop() {
		Of(blocks...)
	}
}
