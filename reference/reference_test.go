package reference

import (
	"go/importer"
	"go/token"
	"go/types"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// goroot is that of the Go at hand.
func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// names are the entries of a package, methods behind their types.
func names(p *Package) map[string]Entry {
	all := map[string]Entry{}
	for _, e := range p.Entries {
		for _, name := range e.Names {
			if e.Kind == "method" {
				name = e.Of + "." + name
			}
			all[name] = e
		}
	}
	return all
}

// What is gathered of a package is what Go's own type checker says that it
// exports: every name, every method, and no other; and where a type is named
// for a result, a field or a variable, it is that.
func TestGather_asTypes(t *testing.T) {
	t.Parallel()
	root := goroot(t)
	paths, err := Paths(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) < 150 || slices.Contains(paths, "internal/abi") || slices.Contains(paths, "cmd/go") {
		t.Fatalf("got the packages %q", paths)
	}
	from := importer.ForCompiler(token.NewFileSet(), "gc", nil)
	said, empty := 0, 0
	for _, path := range []string{"bufio", "bytes", "context", "encoding/json", "errors", "fmt", "io", "io/fs", "math/big",
		"math/rand/v2", "net/http", "net/url", "os", "reflect", "regexp", "slices", "strings", "sync", "sync/atomic", "testing",
		"text/template", "time", "unicode/utf8"} {
		pkg, err := from.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Gather(root, path)
		if err != nil {
			t.Fatal(err)
		}
		got := names(p)
		for _, name := range pkg.Scope().Names() {
			obj := pkg.Scope().Lookup(name)
			if !obj.Exported() {
				continue
			}
			e, ok := got[name]
			if !ok {
				t.Errorf("%s.%s is missing", path, name)
			}
			for i, gives := range e.Gives {
				if gives != "" {
					said++
					wantType(t, path+"."+name, gives, nthType(obj, i))
				}
			}
			if e.Doc == "" && e.Kind == "func" {
				empty++
			}
			delete(got, name)
			named, ok := obj.Type().(*types.Named)
			if _, isType := obj.(*types.TypeName); !ok || !isType {
				continue
			}
			for m := range named.Methods() {
				if e, ok := got[name+"."+m.Name()]; ok {
					for i, gives := range e.Gives {
						if gives != "" {
							said++
							wantType(t, path+"."+name+"."+m.Name(), gives, m.Signature().Results().At(i).Type())
						}
					}
				} else if m.Exported() {
					t.Errorf("%s.%s.%s is missing", path, name, m.Name())
				}
				delete(got, name+"."+m.Name())
			}
			for field, gives := range e.Fields {
				f, _, _ := types.LookupFieldOrMethod(named, true, pkg, field)
				if f == nil {
					t.Errorf("%s.%s has no %s", path, name, field)
				} else if gives != "" {
					said++
					fieldType := f.Type()
					if s, ok := fieldType.(*types.Signature); ok && s.Results().Len() == 1 {
						fieldType = s.Results().At(0).Type()
					}
					wantType(t, path+"."+name+"."+field, gives, fieldType)
				}
			}
		}
		for name := range got { // methods of what is embedded without a name
			of, method, _ := strings.Cut(name, ".")
			if obj := pkg.Scope().Lookup(of); obj != nil {
				if m, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, method); m != nil {
					continue
				}
			}
			t.Errorf("%s exports no %s", path, name)
		}
	}
	if said < 500 {
		t.Errorf("%d types are said, want more", said)
	}
	t.Logf("%d types are said; %d functions have no comment", said, empty)
}

// nthType is the type of a variable, or of a function's result.
func nthType(obj types.Object, i int) types.Type {
	if s, ok := obj.Type().(*types.Signature); ok {
		return s.Results().At(i).Type()
	}
	return obj.Type()
}

func wantType(t *testing.T, what, got string, want types.Type) {
	t.Helper()
	if p, ok := want.Underlying().(*types.Pointer); ok {
		if _, named := want.(*types.Named); !named {
			want = p.Elem()
		}
	}
	said := ""
	switch want := want.(type) {
	case *types.Named:
		said = pathOf(want.Obj()) + "." + want.Obj().Name()
	case *types.Alias:
		said = pathOf(want.Obj()) + "." + want.Obj().Name()
	}
	if got != said {
		t.Errorf("%s: got %q, want %q", what, got, said)
	}
}

func pathOf(obj types.Object) string {
	if obj.Pkg() == nil {
		return Builtin
	}
	return obj.Pkg().Path()
}

// identified are elements that would give a page its ids twice.
var identified = regexp.MustCompile(`<[^>]* id=`)

// Each package can be read, and what is said of it is text and simple HTML.
func TestGather_all(t *testing.T) {
	t.Parallel()
	root := goroot(t)
	paths, err := Paths(root)
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for _, path := range paths {
		p, err := Gather(root, path)
		if err != nil {
			t.Fatal(err)
		}
		if p.Synopsis == "" && path != "runtime/cgo" || p.Name != filepath.Base(strings.TrimSuffix(path, "/v2")) {
			t.Errorf("%q: name %q, synopsis %q", path, p.Name, p.Synopsis)
		}
		for _, e := range p.Entries {
			size += len(e.Decl) + len(e.Doc)
			if e.Decl == "" || strings.Contains(e.Doc, "<script") || identified.MatchString(e.Doc) {
				t.Errorf("%s.%s: %q, %q", path, e.Names[0], e.Decl, e.Doc)
			}
		}
	}
	t.Logf("%d packages, %d bytes", len(paths), size)
}

func TestGather_words(t *testing.T) {
	t.Parallel()
	root := goroot(t)
	p, err := Gather(root, "sync")
	if err != nil {
		t.Fatal(err)
	}
	if want := "basic synchronization primitives such as mutual exclusion locks"; p.Synopsis != want {
		t.Errorf("got %q, want %q", p.Synopsis, want)
	}
	e := names(p)["WaitGroup.Go"]
	if e.Decl != "func (wg *WaitGroup) Go(f func())" || !strings.Contains(e.Doc, `<a href="https://pkg.go.dev/sync#WaitGroup">`) {
		t.Errorf("got %+v", e)
	}
	if p, err = Gather(root, Builtin); err != nil {
		t.Fatal(err)
	}
	if e := names(p)["append"]; !strings.HasPrefix(e.Decl, "func append(slice []Type") || e.Doc == "" {
		t.Errorf("got %+v", e)
	}
	if _, err := Gather(root, "example.com/none"); err == nil {
		t.Error("a package that is not there is read")
	}
}
