package rewrite

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"
)

// printer is how a function of the library prints its arguments.
type printer struct {
	first  int // of the arguments that are printed
	format bool
	wraps  bool // the interpreter hands own types' methods on to it
}

// printerOf says that a function prints.
func printerOf(f *types.Func) (printer, bool) {
	if f == nil || f.Pkg() == nil {
		return printer{}, false
	}
	path, sig := f.Pkg().Path(), f.Signature()
	if path != "fmt" && path != "log" && path != "testing" ||
		!sig.Variadic() || strings.Contains(f.Name(), "can") {
		return printer{}, false
	}
	last := sig.Params().Len() - 1
	if !isEmpty(sig.Params().At(last).Type().(*types.Slice).Elem()) {
		return printer{}, false
	}
	return printer{
		first: last, format: strings.HasSuffix(f.Name(), "f"),
		wraps: sig.Recv() == nil,
	}, true
}

// shower says that a call is of a function of the library that looks at its
// arguments once and keeps none.
func (j *judge) shower(n *ast.CallExpr) bool {
	f := j.callee(n)
	if f == nil || f.Pkg() == nil || f.Pkg() == j.pkg {
		return false
	}
	switch f.Pkg().Path() {
	case "fmt":
		return f.Name() != "Errorf"
	case "log", "encoding/json", "encoding/xml", "text/template", "sort",
		"testing", "log/slog", "errors", "reflect":
		return true
	}
	return false
}

// verb is how a value is printed.
type verb struct {
	letter      rune
	plus, sharp bool
}

// words says that a verb calls String and Error.
func (v verb) words() bool { return strings.ContainsRune("vsqxX", v.letter) }

// prints looks at what a call prints.
func (j *judge) prints(n *ast.CallExpr, p printer) {
	if j.spreads(n) || len(n.Args) <= p.first && !n.Ellipsis.IsValid() {
		if len(n.Args) == 1 {
			tuple, ok := j.info.TypeOf(n.Args[0]).(*types.Tuple)
			for i := 0; ok && i < tuple.Len(); i++ {
				j.shown(n, tuple.At(i).Type(), verb{letter: 'v'}, p)
			}
		}
		return
	}
	if n.Ellipsis.IsValid() {
		for _, t := range j.stored {
			if j.speaks(t) || j.shows(t, verb{letter: 'v'}, 0, true, nil) != "" {
				j.because(n, "own types printed from a list")
				return
			}
		}
		return
	}
	verbs := j.verbsOf(n, p)
	for i, x := range n.Args[p.first:] {
		v := verb{letter: 'v'}
		if verbs != nil && i < len(verbs) {
			v = verbs[i]
		}
		t := j.info.TypeOf(x)
		if call, ok := ast.Unparen(x).(*ast.CallExpr); ok &&
			j.info.Types[call.Fun].IsType() && types.IsInterface(t) &&
			len(j.storedIn(t)) > 0 {
			j.because(x, "an own type made an interface where it is printed")
			continue
		}
		j.shown(x, t, v, p)
	}
}

// shown looks at one value that is printed.
func (j *judge) shown(n ast.Node, t types.Type, v verb, p printer) {
	if t == nil {
		return
	}
	if !p.wraps && j.speaks(t) {
		j.because(n, "a method of an own type that the library calls")
		return
	}
	j.because(n, j.shows(t, v, 0, true, nil))
}

// speaks says that a type is an own one with words of its own.
func (j *judge) speaks(t types.Type) bool {
	return j.ownType(t) != nil &&
		(hasMethod(t, "String", "func() string") ||
			hasMethod(t, "Error", "func() string") ||
			hasMethod(t, "Format", "func(fmt.State, rune)"))
}

// shows says what is wrong with printing a value of a type, "" if nothing. At
// depth 0 it is what is printed, below it is inside of that; what is not
// exported on the way there has no methods.
func (j *judge) shows(
	t types.Type, v verb, depth int, exported bool, seen []types.Type,
) string {
	t = types.Unalias(t)
	if slices.Contains(seen, t) {
		return ""
	}
	seen = append(seen, t)
	if v.letter == 'T' || v.sharp && v.letter == 'v' {
		return j.named(t)
	}
	if i, ok := t.Underlying().(*types.Interface); ok {
		return j.showsInside(i, v, depth, exported, seen)
	}
	if what, ok := j.byMethod(t, v, depth, exported); ok {
		return what
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if depth == 0 {
			switch u.Elem().Underlying().(type) {
			case *types.Struct, *types.Slice, *types.Array, *types.Map:
				return j.shows(u.Elem(), v, depth+1, exported, seen)
			}
		}
	case *types.Struct:
		return j.showsFields(u, v, depth, exported, seen)
	case *types.Map:
		if what := j.shows(u.Key(), v, depth+1, exported, seen); what != "" {
			return what
		}
		return j.shows(u.Elem(), v, depth+1, exported, seen)
	case *types.Slice:
		return j.shows(u.Elem(), v, depth+1, exported, seen)
	case *types.Array:
		return j.shows(u.Elem(), v, depth+1, exported, seen)
	}
	return ""
}

// byMethod says whether a method of the type prints it, and what is wrong
// with that.
func (j *judge) byMethod(
	t types.Type, v verb, depth int, exported bool,
) (string, bool) {
	own := j.ownType(t)
	if own == nil {
		// What the library prints by a method, it does not where it may not.
		if !exported && v.words() && (hasMethod(t, "String", "func() string") ||
			hasMethod(t, "Error", "func() string")) {
			return "a value of the library in a field that is not exported",
				true
		}
		_, isStruct := t.Underlying().(*types.Struct)
		named, isNamed := t.(*types.Named)
		return "", isNamed && isStruct && named.Obj().Pkg() != nil &&
			named.Obj().Pkg() != j.pkg
	}
	if hasMethod(t, "Format", "func(fmt.State, rune)") {
		return "an own Format method", true
	}
	speaks := j.speaks(t)
	if _, ok := t.Underlying().(*types.Signature); ok && speaks {
		return "a function with a String or Error method", true
	}
	_, pointer := t.(*types.Pointer)
	switch {
	case !speaks && !pointer && v.words() &&
		j.speaks(types.NewPointer(t)) && depth == 0:
		return "a value whose pointer has a String or Error method", true
	case !speaks:
		return "", false
	case depth == 0 && v.words():
		return "", true
	case depth == 0:
		return "an own type with a String or Error method, " +
			"printed otherwise", true
	case exported && v.words():
		return "an own type with a String or Error method " +
			"inside another value", true
	}
	return "", false
}

// showsFields looks at the fields of a struct.
func (j *judge) showsFields(
	t *types.Struct, v verb, depth int, exported bool, seen []types.Type,
) string {
	for f := range t.Fields() {
		if v.plus && !f.Exported() {
			return "the name of a field that is not exported"
		}
		what := j.shows(f.Type(), v, depth+1, exported && f.Exported(), seen)
		if what != "" {
			return what
		}
	}
	return ""
}

// showsInside looks at what an interface may have in it.
func (j *judge) showsInside(
	i *types.Interface, v verb, depth int, exported bool, seen []types.Type,
) string {
	for _, t := range j.storedIn(i) {
		if depth > 0 {
			return "an own type in an interface inside another value"
		}
		if what := j.shows(t, v, depth, exported, seen); what != "" {
			return what
		}
	}
	return ""
}

// named says what is wrong with writing a type's name.
func (j *judge) named(t types.Type) string {
	if types.IsInterface(t) {
		if len(j.storedIn(t)) > 0 {
			return "the name of an own type"
		}
		return ""
	}
	if j.involvesOwn(t, nil) {
		return "the name of an own type"
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			if !f.Exported() && f.Pkg() == j.pkg {
				return "the name of a field that is not exported"
			}
		}
	}
	return ""
}

// verbsOf are the verbs of a call's arguments, nil if it has none that are
// known.
func (j *judge) verbsOf(n *ast.CallExpr, p printer) []verb {
	if !p.format || p.first == 0 {
		return nil
	}
	tv := j.info.Types[n.Args[p.first-1]]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return nil
	}
	return parseVerbs(constant.StringVal(tv.Value))
}

// parseVerbs lists the verbs of a format, one an argument. Where it says
// which argument it means, all are taken to be shown in the hardest way.
func parseVerbs(format string) []verb {
	var list []verb
	if strings.Contains(format, "%[") || strings.Contains(format, "[1]") {
		for range 20 {
			list = append(list, verb{letter: 'v', plus: true})
		}
		return list
	}
	for {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			return list
		}
		format = format[i+1:]
		var v verb
		for k, c := range format {
			switch {
			case c == '+':
				v.plus = true
				continue
			case c == '#':
				v.sharp = true
				continue
			case c == '*':
				list = append(list, verb{letter: 'd'})
				continue
			case strings.ContainsRune(" -0123456789.", c):
				continue
			}
			v.letter = c
			format = format[k+len(string(c)):]
			break
		}
		if v.letter == 'w' {
			v.letter = 'v'
		}
		if v.letter != '%' && v.letter != 0 {
			list = append(list, v)
		}
		if v.letter == 0 {
			return list
		}
	}
}
