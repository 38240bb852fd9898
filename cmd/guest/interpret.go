//go:build wasip1

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib/generic"

	"runnel/cmd/guest/check"
	"runnel/cmd/guest/symbols"
	"runnel/runner/rewrite"
	"runnel/runner/timeline"
)

// interpret runs a program that has passed the check. It returns when main
// does, or with why the interpreter cannot run the program. A program that
// panics takes the guest with it, in the words of Go's runtime.
func interpret(source string, v check.Verdict) check.Verdict {
	p := v.Program
	rewritten, err := rewrite.Program(
		p.Fset, p.File, p.Pkg, p.Info, source, rewrite.Options{
			Ticks: true, Events: setting(settingUnwatched) == 0, Lower: true,
			Updates: setting(settingSeed) != 0,
		})
	if err != nil {
		return unable(err)
	}
	i := interp.New(interp.Options{
		// Only the builtins print and println write here.
		Stdout: os.Stderr,
		// The interpreter's own remarks on a panic are for nobody.
		Stderr:       io.Discard,
		Unrestricted: true,
	})
	if err := use(i, v.Packages); err != nil {
		return unable(err)
	}
	program, err := compile(i, rewritten.Source)
	if err != nil {
		return unable(err)
	}
	_, err = i.Execute(program)
	var died interp.Panic
	if errors.As(err, &died) {
		panic(panicValue(died.Value))
	}
	if err != nil {
		return unable(err)
	}
	return check.Verdict{Kind: timeline.OK}
}

// use gives the interpreter the packages that a program needs. Its keys must
// not be "fmt/fmt": on that one yaegi wraps fmt, log and os for hosts that
// share their process, and compiles all its generic packages.
func use(i *interp.Interpreter, packages []string) error {
	for _, path := range packages {
		symbols.Load(path)
	}
	table := symbols.Symbols
	if fmt, ok := table["fmt/fmt"]; ok {
		table["fmt//fmt"] = fmt
		delete(table, "fmt/fmt")
	}
	table["."] = map[string]reflect.Value{
		"MapTypes": reflect.ValueOf(symbols.MapTypes()),
	}
	var sources []string
	for k, name := range []string{"cmp", "maps", "slices"} {
		delete(table, name+"/"+name)
		if slices.Contains(packages, name) {
			sources = append(sources, generic.Sources[k])
		}
	}
	table[rewrite.ObservePath+"/observe"] = observed()
	if err := i.Use(table); err != nil {
		return err
	}
	for _, source := range sources {
		if _, err := compile(i, source); err != nil {
			return err
		}
	}
	return nil
}

// compile turns the interpreter's crashes on code that it does not know into
// errors.
func compile(
	i *interp.Interpreter, source string,
) (program *interp.Program, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return i.Compile(source)
}

// place is where the interpreter says that an error is; it may well be in a
// source of its own.
var place = regexp.MustCompile(`(?m)^\d+:\d+: `)

// unable words a refusal.
func unable(err error) check.Verdict {
	message, _, _ := strings.Cut(err.Error(), "\n")
	return check.Verdict{
		Kind: timeline.Refused,
		Message: "the interpreter cannot run this program: " +
			place.ReplaceAllString(message, ""),
	}
}

// panicValue is what the program panicked with. Yaegi panics with the
// reflect.Value of it.
func panicValue(value any) any {
	if v, ok := value.(reflect.Value); ok && v.IsValid() && v.CanInterface() {
		return v.Interface()
	}
	return value
}
