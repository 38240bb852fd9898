//go:build wasip1

package main

import (
	"runnel/cmd/guest/check"
	"runnel/runner/rewrite"
	"runnel/runner/timeline"
)

// translate rewrites a program for the Go compiler.
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
	return v, rewritten.Source
}
