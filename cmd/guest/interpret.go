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
	"runnel/runner/rewrite/observe"
	"runnel/runner/timeline"
)

// interpret runs a program that has passed the check. It returns when main
// does, or with why the interpreter cannot run the program. A program that
// panics takes the guest with it, in the words of Go's runtime.
func interpret(source string, v check.Verdict) check.Verdict {
	p := v.Program
	if p.Suite != nil {
		return declined([]rewrite.Reason{{Line: p.Fset.PositionFor(
			p.File.Package, false).Line,
			What: "tests, whose reports name lines of the program"}})
	}
	rewritten, err := rewrite.Program(
		p.Fset, p.File, p.Pkg, p.Info, source, rewrite.Options{
			Ticks: true, Events: setting(settingUnwatched) == 0, Lower: true,
			Importer: p.Importer,
			Updates:  setting(settingSeed) != 0,
		})
	if err != nil {
		return unable(err)
	}
	if len(rewritten.Unfit) > 0 {
		return declined(rewritten.Unfit)
	}
	i := interp.New(interp.Options{
		// Only the builtins print and println write here.
		Stdout: os.Stderr,
		// The interpreter's own remarks on a panic are for nobody.
		Stderr:       io.Discard,
		Unrestricted: true,
	})
	packages := append(v.Packages, rewritten.Packages...)
	if err := use(i, packages, rewritten.Packages); err != nil {
		return unable(err)
	}
	program, err := compile(i, rewritten.Source)
	if err != nil {
		return unable(err)
	}
	_, err = i.Execute(program)
	var died interp.Panic
	if errors.As(err, &died) {
		value := panicValue(died.Value)
		if vague(value) && unworded(value) {
			return unable(errors.New(
				"it panics in other words than Go's"))
		}
		panic(value)
	}
	if err != nil {
		return unable(err)
	}
	return check.Verdict{Kind: timeline.OK}
}

// maxReasons is how many reasons a refusal names.
const maxReasons = 3

// declined words what the interpreter cannot do.
func declined(reasons []rewrite.Reason) check.Verdict {
	v := check.Verdict{Kind: timeline.Refused}
	var words []string
	for _, r := range reasons {
		v.Diagnostics = append(v.Diagnostics, timeline.Diagnostic{
			Line: r.Line, Column: r.Column, Message: r.What,
		})
		word := fmt.Sprintf("line %d: %s", r.Line, r.What)
		if len(words) < maxReasons && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	v.Message = "the interpreter cannot run this program faithfully: " +
		strings.Join(words, "; ")
	return v
}

// use gives the interpreter the packages that a program needs. Its keys must
// not be "fmt/fmt": on that one yaegi wraps fmt, log and os for hosts that
// share their process, and compiles all its generic packages.
func use(i *interp.Interpreter, packages, imported []string) error {
	for _, path := range packages {
		symbols.Load(path)
	}
	table := symbols.Symbols
	if fmt, ok := table["fmt/fmt"]; ok {
		table["fmt//fmt"] = fmt
		delete(table, "fmt/fmt")
	}
	table["."] = map[string]reflect.Value{
		"MapTypes": reflect.ValueOf(mapTypes()),
	}
	var sources []string
	for k, name := range []string{"cmp", "maps", "slices"} {
		delete(table, name+"/"+name)
		if slices.Contains(imported, name) {
			sources = append(sources, generic.Sources[k])
		}
	}
	table[rewrite.ObservePath+"/observe"] = lowered(observed())
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

// lowered adds to a table what a lowered program calls.
func lowered(table map[string]reflect.Value) map[string]reflect.Value {
	table["Place"] = reflect.ValueOf((*observe.Place)(nil))
	table["String"] = reflect.ValueOf((*observe.String)(nil))
	table["Runes"] = reflect.ValueOf(observe.Runes)
	table["Recovered"] = reflect.ValueOf(recovered)
	table["Checked"] = reflect.ValueOf(checked)
	return table
}

// mapTypes adds errors to what package fmt is to know of own types.
func mapTypes() map[reflect.Value][]reflect.Type {
	types := symbols.MapTypes()
	isError := reflect.TypeFor[error]()
	isStringer := reflect.TypeFor[fmt.Stringer]()
	for function, list := range types {
		if k := slices.Index(list, isStringer); k >= 0 {
			types[function] = slices.Insert(slices.Clone(list), k, isError)
		}
	}
	return types
}

// recovered refuses to go on when the program would see that an interpreter
// runs it.
func recovered(value any) any {
	value = inGo(panicValue(value))
	if vague(value) {
		report(unable(errors.New("it recovers from a panic that is "+
			"in other words than Go's")), compiled{})
	}
	return value
}

// runtimeError is a panic of Go's runtime in the words of the interpreter.
type runtimeError string

func (e runtimeError) Error() string { return string(e) }
func (runtimeError) RuntimeError()   {}

// inGo is what Go recovers where it is known what the interpreter means.
func inGo(value any) any {
	text, ok := value.(string)
	if err, isError := value.(error); isError {
		text, ok = err.Error(), true
	}
	switch {
	case !ok:
	case strings.HasPrefix(text, "reflect: call of reflect.Value.") &&
		strings.HasSuffix(text, " on zero Value"),
		text == "reflect.Value.Call: call of nil function",
		text == "reflect: Method on nil interface value":
		return runtimeError("runtime error: invalid memory address or " +
			"nil pointer dereference")
	case conversionPanic.MatchString(text) &&
		!strings.Contains(text, "main.") &&
		!strings.Contains(text, "struct {"):
		return runtimeError(placeBefore.ReplaceAllString(text, ""))
	}
	return value
}

// conversionPanic is what the interpreter says of a conversion, behind the
// place where it is.
var (
	conversionPanic = regexp.MustCompile(`^\d+:\d+: interface conversion: `)
	placeBefore     = regexp.MustCompile(`^\d+:\d+: `)
)

// inside is what the interpreter says where Go says something else: words of
// package reflect, or a place of its own before them.
var inside = regexp.MustCompile(
	`^reflect|^\d+:\d+: |^runtime error: (index|slice bounds) out of range$`)

// unworded says that nothing can be made of what the interpreter says of a
// panic. Its strings and errors are put into Go's words, see package timeline.
func unworded(value any) bool {
	switch value.(type) {
	case string, error:
		return false
	}
	return true
}

// vague says that a panic is not in Go's words.
func vague(value any) bool {
	switch v := value.(type) {
	case nil:
		return false
	case string:
		return inside.MatchString(v)
	case error:
		return inside.MatchString(v.Error())
	}
	t := reflect.TypeOf(value)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct &&
		(t.Name() == "" || strings.Contains(t.PkgPath(), "yaegi"))
}

// checked refuses to go on when an error tells of types as the interpreter
// makes them.
func checked(err error) error {
	if err != nil && (strings.Contains(err.Error(), "struct {") ||
		strings.Contains(err.Error(), "Go struct field .") ||
		strings.Contains(err.Error(), "Go value of type ")) {
		report(unable(errors.New("an error tells of its types")), compiled{})
	}
	return err
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
