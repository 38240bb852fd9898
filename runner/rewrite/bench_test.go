package rewrite

import "testing"

// BenchmarkProgram rewrites all programs of the suite for the interpreter.
func BenchmarkProgram(b *testing.B) {
	var list []checked
	var sources []string
	for _, src := range programs(b) {
		c, err := check(src)
		if err != nil {
			b.Fatal(err)
		}
		list, sources = append(list, c), append(sources, src)
	}
	o := Options{
		Ticks: true, Events: true, Lower: true, Importer: library.importer,
	}
	b.ResetTimer()
	for i := range b.N {
		c := list[i%len(list)]
		if _, err := Program(c.fset, c.file, c.pkg, c.info,
			sources[i%len(list)], o); err != nil {
			b.Fatal(err)
		}
	}
}
