//go:build wasip1

package harness

import (
	"fmt"
	"io"
	"reflect"
	"regexp"
	"time"
)

// deps is what package testing wants from the main of a test. That is not
// promised to stay as it is: it is Go 1.26's.
type deps struct{ panicOnExit0 func(bool) }

// corpusEntry is testing's, an alias of a type without a name.
type corpusEntry = struct {
	Parent     string
	Path       string
	Data       []byte
	Values     []any
	Generation int
	IsSeed     bool
}

func (deps) ImportPath() string { return "" }
func (deps) ModulePath() string { return "" }

func (deps) MatchString(pattern, text string) (bool, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchString(text), nil
}

func (d deps) SetPanicOnExit0(on bool) { d.panicOnExit0(on) }

func (deps) StartCPUProfile(io.Writer) error { return unsupported("a profile") }
func (deps) StopCPUProfile()                 {}
func (deps) WriteProfileTo(string, io.Writer, int) error {
	return unsupported("a profile")
}
func (deps) StartTestLog(io.Writer) {}
func (deps) StopTestLog() error     { return nil }

func (deps) CoordinateFuzzing(
	time.Duration, int64, time.Duration, int64, int, []corpusEntry,
	[]reflect.Type, string, string,
) error {
	return unsupported("fuzzing")
}
func (deps) RunFuzzWorker(func(corpusEntry) error) error {
	return unsupported("fuzzing")
}

// ReadCorpus reads the files of a corpus: there are none.
func (deps) ReadCorpus(string, []reflect.Type) ([]corpusEntry, error) {
	return nil, nil
}

// CheckCorpus says whether values are those that a fuzz target takes.
func (deps) CheckCorpus(values []any, types []reflect.Type) error {
	if len(values) != len(types) {
		return fmt.Errorf("wrong number of values in corpus entry: %d, want %d",
			len(values), len(types))
	}
	var have, want []reflect.Type
	same := true
	for i, v := range values {
		have = append(have, reflect.TypeOf(v))
		want = append(want, types[i])
		same = same && have[i] == want[i]
	}
	if !same {
		return fmt.Errorf("mismatched types in corpus entry: %v, want %v",
			have, want)
	}
	return nil
}

func (deps) ResetCoverage()    {}
func (deps) SnapshotCoverage() {}
func (deps) InitRuntimeCoverage() (
	mode string, tearDown func(string, string) (string, error),
	snapcov func() float64,
) {
	return "", nil, nil
}
