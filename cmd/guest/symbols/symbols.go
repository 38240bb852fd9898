// Package symbols holds what an interpreted program can use of the standard
// library: for each package the values, types and interface wrappers that
// yaegi needs, as yaegi's extractor wrote them for the Go in go.mod.
//
// It differs from yaegi's own tables in three ways: it has the packages that
// make sense in the sandbox and no others; os.Exit and log.Fatal really end
// the program; and tables are filled only when [Load] is asked for them. It
// refuses nothing: which imports are allowed is the checker's business.
package symbols

import (
	"os"
	"reflect"
	"slices"
)

//go:generate go run ./generate .

// Symbols holds the tables filled so far, keyed as yaegi wants them: import
// path, slash, package name.
var Symbols = map[string]map[string]reflect.Value{}

// Packages lists the import paths of all packages, sorted.
func Packages() []string {
	paths := make([]string, 0, len(tables))
	for path := range tables {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// Has says whether a program can import the package.
func Has(path string) bool {
	return tables[path] != nil
}

// Load fills the table of a package, if there is one.
func Load(path string) {
	if fill := tables[path]; fill != nil {
		fill()
	}
}

// The extractor routes these names to its restricted versions, which yaegi
// needs where a program shares its host's process. In the sandbox the
// originals do what Go does.
var (
	osExit        = os.Exit
	osFindProcess = os.FindProcess
)
