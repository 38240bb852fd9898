package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// maxInstances bounds how many copies of generic code are made.
const maxInstances = 300

// lowerInstances makes a copy of each generic function and type for each list
// of types that it is used with, at the end of the program: the interpreter
// infers few types and knows little of generic ones. If it cannot, it changes
// nothing.
func lowerInstances(r *rewriter) {
	g := &generics{
		rewriter: r, functions: map[types.Object]*ast.FuncDecl{},
		types:   map[types.Object]*ast.TypeSpec{},
		methods: map[types.Object][]*ast.FuncDecl{},
		names:   map[string]string{},
		written: map[ast.Node]bool{}, params: map[ast.Node]bool{},
	}
	if !g.collect() {
		return
	}
	g.inPlace()
	for len(g.work) > 0 && !g.failed {
		i := g.work[0]
		g.work = g.work[1:]
		g.instantiate(i)
	}
	if g.failed {
		r.list, r.tail, r.imports, r.aliases = nil, "", nil, nil
		return
	}
	r.dropUnless(func(n ast.Node) bool { return g.forgotten(n) })
}

// generics is what is generic in a program.
type generics struct {
	*rewriter
	functions map[types.Object]*ast.FuncDecl
	types     map[types.Object]*ast.TypeSpec
	methods   map[types.Object][]*ast.FuncDecl
	names     map[string]string // of the copies, by what they are of
	work      []instance
	gone      []ast.Node // generic declarations, which go
	written   map[ast.Node]bool
	params    map[ast.Node]bool // lists of type parameters
	failed    bool
}

// forgotten says that a node is gone and has no copy.
func (g *generics) forgotten(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return slices.Contains(g.gone, ast.Node(n)) && len(n.Specs) == 1 &&
			!g.written[n.Specs[0]]
	case *ast.TypeSpec:
		return slices.Contains(g.gone, ast.Node(n)) && !g.written[n]
	case *ast.FuncDecl:
		return slices.Contains(g.gone, ast.Node(n)) && !g.written[n]
	case *ast.FieldList:
		return g.params[n]
	case *ast.SelectorExpr:
		return isSequence(g.info.Uses[n.Sel])
	}
	return false
}

// isSequence says that a type is one of package iter's: functions, for which
// their types stand in the program.
func isSequence(o types.Object) bool {
	t, ok := o.(*types.TypeName)
	return ok && t.Pkg() != nil && t.Pkg().Path() == "iter"
}

// instance is a generic function or type with its types.
type instance struct {
	object types.Object
	args   []types.Type
	name   string
}

// collect finds what is generic; there may be nothing.
func (g *generics) collect() bool {
	for _, decl := range g.program.file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			g.collectFunction(decl)
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok {
					g.collectType(decl, spec)
				}
			}
		}
	}
	return len(g.gone) > 0 || len(g.info.Instances) > 0
}

func (g *generics) collectFunction(decl *ast.FuncDecl) {
	f := g.info.Defs[decl.Name].(*types.Func)
	sig := f.Signature()
	switch {
	case sig.TypeParams().Len() > 0:
		g.functions[f] = decl
		g.params[decl.Type.TypeParams] = true
	case sig.RecvTypeParams().Len() > 0:
		t := sig.Recv().Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		o := t.(*types.Named).Origin().Obj()
		g.methods[o] = append(g.methods[o], decl)
	default:
		return
	}
	g.gone = append(g.gone, decl)
}

// collectType takes a generic type, and an interface that can only be a
// constraint.
func (g *generics) collectType(decl *ast.GenDecl, spec *ast.TypeSpec) {
	o := g.info.Defs[spec.Name]
	if o == nil {
		return
	}
	constraint := false
	if i, ok := o.Type().Underlying().(*types.Interface); ok {
		constraint = !i.IsMethodSet()
	}
	if spec.TypeParams == nil && !constraint {
		return
	}
	if spec.TypeParams != nil {
		g.types[o] = spec
		g.params[spec.TypeParams] = true
	}
	if decl.Lparen.IsValid() {
		g.gone = append(g.gone, spec)
	} else {
		g.gone = append(g.gone, decl)
	}
}

// inPlace changes what is not generic, and takes away what is.
func (g *generics) inPlace() {
	for _, n := range g.gone {
		text := ""
		if g.endsWithSemicolon(n) {
			text = "var _ = 0"
		}
		g.replace(n.Pos(), n.End(), text)
	}
	for _, c := range g.changes(g.program.file, nil) {
		g.replace(c.from, c.to, c.text)
	}
}

// instantiate writes an instance at the end.
func (g *generics) instantiate(i instance) {
	at := g.program.file.Decls[len(g.program.file.Decls)-1].End()
	if decl := g.functions[i.object]; decl != nil {
		sig := i.object.(*types.Func).Signature()
		g.write(at, decl, substitute(sig.TypeParams(), i.args), []change{
			{decl.Name.Pos(), decl.Name.End(), i.name},
			{decl.Type.TypeParams.Pos(), decl.Type.TypeParams.End(), ""},
		})
		return
	}
	spec := g.types[i.object]
	if spec == nil {
		g.failed = true
		return
	}
	named, ok := i.object.Type().(*types.Named)
	if !ok {
		g.failed = true
		return
	}
	g.close(at, "\ntype ")
	g.write(at, spec, substitute(named.TypeParams(), i.args), []change{
		{spec.Name.Pos(), spec.Name.End(), i.name},
		{spec.TypeParams.Pos(), spec.TypeParams.End(), ""},
	})
	for _, decl := range g.methods[i.object] {
		sig := g.info.Defs[decl.Name].(*types.Func).Signature()
		recv := ast.Unparen(decl.Recv.List[0].Type)
		if star, ok := recv.(*ast.StarExpr); ok {
			recv = ast.Unparen(star.X)
		}
		g.write(at, decl, substitute(sig.RecvTypeParams(), i.args), []change{
			{recv.Pos(), recv.End(), i.name},
		})
	}
}

func substitute(
	params *types.TypeParamList, args []types.Type,
) substitution {
	s := substitution{}
	for i := range params.Len() {
		s[params.At(i)] = args[i]
	}
	return s
}

// change is text in the place of other text.
type change struct {
	from, to token.Pos
	text     string
}

// write writes a declaration again, with changes.
func (g *generics) write(
	at token.Pos, n ast.Node, s substitution, changes []change,
) {
	from := n.Pos()
	g.written[n] = true
	if decl, ok := n.(*ast.FuncDecl); ok {
		from = decl.Type.Func // without its comment
	}
	var in []change
	for _, c := range g.changes(n, s) {
		if !slices.ContainsFunc(changes, func(d change) bool {
			return d.from <= c.from && c.to <= d.to
		}) {
			in = append(in, c)
		}
	}
	in = append(in, changes...)
	slices.SortFunc(in, func(a, b change) int { return int(a.from - b.from) })
	if _, isType := n.(*ast.TypeSpec); !isType {
		g.close(at, "\n")
	}
	for _, c := range in {
		g.copy(at, from, c.from)
		g.close(at, c.text)
		from = c.to
	}
	g.copy(at, from, n.End())
}

// changes are those inside a node.
func (g *generics) changes(root ast.Node, s substitution) []change {
	var list []change
	var parents []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			parents = parents[:len(parents)-1]
			return true
		}
		if n != root && slices.Contains(g.gone, n) {
			return false
		}
		if field, ok := n.(*ast.Field); ok && len(field.Names) == 0 {
			g.embedded(field, parents)
		}
		if text, ok := g.text(n, s); ok {
			if len(parents) > 0 {
				text = parenthesised(text, n, parents[len(parents)-1])
			}
			list = append(list, change{n.Pos(), n.End(), text})
			return false
		}
		parents = append(parents, n)
		return true
	})
	return list
}

// embedded gives up where a generic type is embedded: the field has its name.
func (g *generics) embedded(field *ast.Field, parents []ast.Node) {
	if len(parents) < 2 {
		return
	}
	if _, ok := parents[len(parents)-2].(*ast.StructType); !ok {
		return
	}
	t := g.info.TypeOf(field.Type)
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := t.(*types.Named); ok && named.TypeArgs().Len() > 0 {
		g.failed = true
	}
}

// parenthesised is the text of a type where it is called.
func parenthesised(text string, n, parent ast.Node) string {
	call, ok := parent.(*ast.CallExpr)
	if ok && call.Fun == n && strings.ContainsAny(text, "*<( ") {
		return "(" + text + ")"
	}
	return text
}

// text is what stands for a node that speaks of generics.
func (g *generics) text(n ast.Node, s substitution) (string, bool) {
	x := n
	switch n := n.(type) {
	case *ast.IndexExpr:
		x = n.X
	case *ast.IndexListExpr:
		x = n.X
	}
	ident, ok := x.(*ast.Ident)
	if sel, isSel := x.(*ast.SelectorExpr); isSel {
		ident, ok = sel.Sel, true
	}
	if !ok {
		return "", false
	}
	if i, ok := g.info.Instances[ident]; ok {
		return g.use(g.info.Uses[ident], s.all(i.TypeArgs)), true
	}
	if x != n {
		return "", false
	}
	if t, ok := g.info.Uses[ident].(*types.TypeName); ok && s != nil {
		if p, ok := t.Type().(*types.TypeParam); ok && s[p] != nil {
			return g.typeString(s[p]), true
		}
	}
	return "", false
}

// use is the name of an instance, or a type like it.
func (g *generics) use(o types.Object, args []types.Type) string {
	if o == nil || o.Pkg() == nil {
		g.failed = true
		return "_"
	}
	if isSequence(o) {
		t, err := types.Instantiate(nil, o.Type(), args, false)
		if err != nil {
			g.failed = true
			return "_"
		}
		return g.typeString(t.Underlying())
	}
	var texts []string
	for _, t := range args {
		texts = append(texts, g.typeString(t))
	}
	key := fmt.Sprint(o.Pos(), o.Pkg().Path(), o.Name(), texts)
	if o.Pkg() != g.pkg || len(g.names) > maxInstances {
		g.failed = true
		return "_"
	}
	if g.names[key] == "" {
		g.names[key] = g.fresh(o.Name())
		g.work = append(g.work, instance{o, args, g.names[key]})
	}
	return g.names[key]
}

// typeString writes a type without type parameters so that it means the same
// outside of all functions.
func (g *generics) typeString(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Name()
	case *types.Pointer:
		return "*" + g.typeString(t.Elem())
	case *types.Slice:
		return "[]" + g.typeString(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), g.typeString(t.Elem()))
	case *types.Map:
		return "map[" + g.typeString(t.Key()) + "]" + g.typeString(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] +
			"(" + g.typeString(t.Elem()) + ")"
	case *types.Signature:
		return "func" + g.signatureString(t)
	case *types.Struct:
		return g.structString(t)
	case *types.Interface:
		return g.interfaceString(t)
	case *types.Named:
		return g.namedString(t)
	}
	g.failed = true
	return "_"
}

func (g *generics) namedString(t *types.Named) string {
	o := t.Obj()
	switch {
	case t.TypeArgs().Len() > 0:
		var args []types.Type
		for a := range t.TypeArgs().Types() {
			args = append(args, a)
		}
		return g.use(o, args)
	case o.Pkg() == nil:
		return o.Name()
	case o.Pkg() != g.pkg:
		return g.alias(o.Pkg()) + "." + o.Name()
	case o.Parent() != g.pkg.Scope():
		g.failed = true // a function's own
	}
	return o.Name()
}

func (g *generics) signatureString(t *types.Signature) string {
	list := func(tuple *types.Tuple, variadic bool) string {
		var texts []string
		for i := range tuple.Len() {
			text := g.typeString(tuple.At(i).Type())
			if variadic && i == tuple.Len()-1 {
				text = "..." + strings.TrimPrefix(text, "[]")
			}
			texts = append(texts, text)
		}
		return "(" + strings.Join(texts, ", ") + ")"
	}
	text := list(t.Params(), t.Variadic())
	if t.Results().Len() > 0 {
		text += " " + list(t.Results(), false)
	}
	return text
}

func (g *generics) structString(t *types.Struct) string {
	var fields []string
	for i := range t.NumFields() {
		f := t.Field(i)
		text := f.Name() + " "
		if f.Embedded() {
			text = ""
		}
		text += g.typeString(f.Type())
		if t.Tag(i) != "" {
			text += " " + strconv.Quote(t.Tag(i))
		}
		fields = append(fields, text)
	}
	return "struct{ " + strings.Join(fields, "; ") + " }"
}

func (g *generics) interfaceString(t *types.Interface) string {
	if !t.IsMethodSet() {
		g.failed = true
	}
	var methods []string
	for m := range t.Methods() {
		methods = append(methods,
			m.Name()+g.signatureString(m.Signature()))
	}
	return "interface{ " + strings.Join(methods, "; ") + " }"
}
