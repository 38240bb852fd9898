//go:build wasip1

package main

import (
	"runnel/cmd/guest/check"
	"runnel/cmd/guest/symbols"
	"runnel/cmd/guest/vet"
	"runnel/runner/rewrite"
	"runnel/runner/timeline"
)

// warn answers {"Vet": [...]}, what vet has against a program, {"Source":
// "..."}; nothing of one that does not compile. It is a job of its own, since
// what the guest does before it runs a program changes the program's chance.
func warn(job string) {
	var text struct{ Source string }
	read(job, &text)
	checker := check.Checker{Open: openExports, Has: symbols.Has}
	v := checker.Check(rewrite.Join(text.Source))
	if v.Kind == timeline.OK {
		v.Vet = vet.Check(v.Program)
	}
	answer(struct{ Vet []timeline.Diagnostic }{v.Vet})
}
