//go:build wasip1

package main

import (
	"bytes"
	"io"

	"runnel/cmd/guest/check"
	"runnel/cmd/guest/symbols"
	"runnel/cmd/guest/vet"
	"runnel/runner/rewrite"
	"runnel/runner/timeline"
)

// inLibrary says whether a compiled program may import the package.
func inLibrary(path string) bool {
	return path == "unsafe" || symbols.Has(path) || library(path) != nil
}

// openLibrary opens the export data of one package.
func openLibrary(path string) (io.ReadCloser, error) {
	if data := library(path); data != nil {
		return io.NopCloser(bytes.NewReader(data)), nil
	}
	return openExports(path)
}

// translate rewrites a program for the Go compiler, and says what vet has
// against it.
func translate(source string, v check.Verdict) (check.Verdict, string) {
	if v.Kind != timeline.OK {
		return v, ""
	}
	p := v.Program
	rewritten, err := rewrite.Program(
		p.Fset, p.File, p.Pkg, p.Info, source, rewrite.Options{
			Ticks: true, Events: setting(settingUnwatched) == 0,
			Updates: setting(settingSeed) != 0,
		})
	if err != nil {
		return check.Verdict{
			Kind: timeline.Refused, Message: err.Error(),
		}, ""
	}
	v.Vet = vet.Check(p)
	return v, rewritten.Source
}
