package site

import (
	"testing"

	"runnel/runner"
	"runnel/runner/timeline"
	"runnel/vault"
)

// A site has the compiler where it is asked for, and by itself where one of
// its programs needs it.
func TestBuild_lab(t *testing.T) {
	t.Parallel()
	with := func(r runner.Result) *programs {
		r.End.Kind = timeline.OK
		return &programs{results: map[*vault.Snippet]runner.Result{{}: r}}
	}
	agrees := with(runner.Result{Engine: runner.Go, Interpreted: runner.Agrees})
	declines := with(runner.Result{Engine: runner.Go, Interpreted: runner.Declines, Difference: "no"})
	for _, test := range []struct {
		option   Lab
		property string
		programs *programs
		want     Lab
		odd      bool
	}{
		{"", "", agrees, LabYaegi, false},
		{"", "", declines, LabGo, false},
		{"", "yaegi", declines, LabYaegi, false},
		{"", "none", agrees, LabNone, false},
		{"", "go", agrees, LabGo, false},
		{LabNone, "go", declines, LabNone, false},
		{"", "rust", agrees, LabYaegi, true},
	} {
		home := &vault.Note{Properties: vault.Properties{Lab: test.property}}
		got, odd := (&Build{Lab: test.option}).lab(home, test.programs)
		if got != test.want || len(odd) > 0 != test.odd {
			t.Errorf("option %q, property %q: got %q, %v", test.option, test.property, got, odd)
		}
	}
}
