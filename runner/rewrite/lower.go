package rewrite

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// lower says otherwise what the interpreter gets wrong or does not know and
// what plainer Go can say, in passes: each leaves a program that is checked
// again, so that the next one need not know of it.
func (p *program) lower() error {
	for _, pass := range []func(*rewriter){
		lowerLibrary, lowerLocals, lowerInstances, lowerIterators, lowerInitial,
		lowerSelects, lowerFrames, lowerCore,
	} {
		if err := p.pass(pass); err != nil {
			return err
		}
	}
	return nil
}

// program is a program with its types, on its way through the passes.
type program struct {
	fset *token.FileSet
	file *ast.File
	pkg  *types.Package
	info *types.Info
	src  string

	importer types.Importer

	origins []origin // of the text, the last pass first
	first   *original
}

// original is the program before all passes.
type original struct {
	file  *token.File
	src   string
	end   int            // of the last declaration
	named map[int]string // closures by their offset; see nameClosures
}

// maxTurns is how often a pass is made at most: once, and again as long as it
// leaves something to do, as loops over functions inside each other do.
const maxTurns = 20

// pass makes the changes of one pass, if there are any, and checks what comes
// out.
func (p *program) pass(change func(*rewriter)) error {
	for range maxTurns {
		r := p.rewriter(Options{Lower: true})
		if change(r); len(r.list) == 0 && r.tail == "" {
			return nil
		}
		r.head(p.file)
		src, o, err := r.apply(p.src)
		if err != nil {
			return err
		}
		next := *p
		next.src, next.fset = src, token.NewFileSet()
		next.origins = append([]origin{o}, p.origins...)
		if err := next.check(p.importer); err != nil {
			return fmt.Errorf("check the lowered program: %w", err)
		}
		*p = next
		if !r.again {
			return nil
		}
	}
	return nil
}

// check parses and type-checks the program.
func (p *program) check(importer types.Importer) error {
	var err error
	p.file, err = parser.ParseFile(p.fset, "main.go", p.src,
		parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	p.info = &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances:  map[*ast.Ident]types.Instance{},
		Scopes:     map[ast.Node]*types.Scope{},
	}
	config := types.Config{
		GoVersion: "go1.26", Importer: importer,
		Sizes: types.SizesFor("gc", "amd64"),
	}
	p.pkg, err = config.Check("main", p.fset, []*ast.File{p.file}, p.info)
	return err
}

// known imports what has been imported before, and other packages by the
// importer of the check.
type known struct {
	packages map[string]*types.Package
	more     types.Importer
}

// importerOf knows all packages that a package stands on.
func importerOf(pkg *types.Package, more types.Importer) known {
	k := known{map[string]*types.Package{}, more}
	var visit func(*types.Package)
	visit = func(pkg *types.Package) {
		for _, imported := range pkg.Imports() {
			if k.packages[imported.Path()] == nil {
				k.packages[imported.Path()] = imported
				visit(imported)
			}
		}
	}
	visit(pkg)
	return k
}

// Import imports one package.
func (k known) Import(path string) (*types.Package, error) {
	if pkg := k.packages[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	if k.more != nil {
		return k.more.Import(path)
	}
	return nil, fmt.Errorf("no package %q", path)
}
