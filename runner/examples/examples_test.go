package examples

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// What is gathered are whole programs, under names that are theirs alone.
func TestGather(t *testing.T) {
	t.Parallel()
	g, err := Gather([]string{
		"errors", "fmt", "io", "os", "sort", "strings", "time",
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range g.List {
		if seen[e.ID()] {
			t.Errorf("there are two examples %q", e.ID())
		}
		seen[e.ID()] = true
		f, err := parser.ParseFile(token.NewFileSet(), "", e.Source, 0)
		if err != nil {
			t.Errorf("%s: %v", e.ID(), err)
			continue
		}
		isMain := func(d ast.Decl) bool {
			f, ok := d.(*ast.FuncDecl)
			return ok && f.Recv == nil && f.Name.Name == "main"
		}
		if f.Name.Name != "main" || !slices.ContainsFunc(f.Decls, isMain) {
			t.Errorf("%s is no program:\n%s", e.ID(), e.Source)
		}
	}
	for _, want := range []string{"errors.New", "fmt.Printf", "strings.Builder"} {
		if !seen[want] {
			t.Errorf("%s is not among %d examples", want, len(seen))
		}
	}
}

// What cannot be a program of its own is left out for a reason.
func TestGather_skipped(t *testing.T) {
	t.Parallel()
	g, err := Gather([]string{"fmt", "os", "strings", "time"})
	if err != nil {
		t.Fatal(err)
	}
	if got := g.Skipped["needs the time zone of Go's own tests"]; !slices.Contains(got, "time.Parse") {
		t.Errorf("got %q, want time.Parse among them", got)
	}
	found := false
	for why, ids := range g.Skipped {
		found = found || strings.HasPrefix(why, "imports ") && len(ids) > 0
	}
	if !found {
		t.Errorf("no example is left out for what it imports: %v", g.Skipped)
	}
}
