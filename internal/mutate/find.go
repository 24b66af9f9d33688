package mutate

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// A decl is a top-level declaration that has mutants.
type decl struct {
	file *file
	fn   *ast.FuncDecl // nil for variables and constants
	name string
}

// A finder finds the mutants of one declaration.
type finder struct {
	*file
	pkg   *Package
	decl  *decl
	stack []ast.Node // from the declaration to the node
	out   []*Mutant
}

// Mutants returns every mutant that compiles, in the order of files and lines.
func (p *Package) Mutants() []*Mutant {
	var all []*Mutant
	for _, m := range p.candidates() {
		if p.check(m) {
			all = append(all, m)
		}
	}
	for i, m := range all {
		m.number = i + 1
	}
	return all
}

// candidates returns every mutant, whether it compiles or not: numbers must not depend on that.
func (p *Package) candidates() []*Mutant {
	var all []*Mutant
	for _, f := range p.files {
		for _, d := range f.ast.Decls {
			all = append(all, p.find(f, d)...)
		}
	}
	return all
}

func (p *Package) find(f *file, d ast.Decl) []*Mutant {
	var out []*Mutant
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			out = p.findIn(&decl{f, d, funcName(d)}, d.Body)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				out = append(out, p.findIn(&decl{f, nil, v.Names[0].Name}, v)...)
			}
		}
	}
	return out
}

func funcName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	recv := d.Recv.List[0].Type
	for {
		switch t := recv.(type) {
		case *ast.StarExpr:
			recv = t.X
			continue
		case *ast.IndexExpr:
			recv = t.X
			continue
		case *ast.IndexListExpr:
			recv = t.X
			continue
		case *ast.Ident:
			return t.Name + "." + d.Name.Name
		}
		return d.Name.Name
	}
}

func (p *Package) findIn(d *decl, root ast.Node) []*Mutant {
	f := &finder{file: d.file, pkg: p, decl: d}
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			f.stack = f.stack[:len(f.stack)-1]
			return true
		}
		f.node(n)
		f.stack = append(f.stack, n)
		return true
	})
	slices.SortStableFunc(f.out, func(a, b *Mutant) int { return cmp.Compare(a.offset, b.offset) })
	count := map[string]int{}
	for _, m := range f.out {
		count[m.Kind]++
		m.N = count[m.Kind]
	}
	return f.out
}

// node finds the mutants of one node. Each kind of fault has its own file and method.
func (f *finder) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
	case *ast.CommClause:
		f.statements(n.Body)
	case *ast.SelectStmt:
		f.selects(n)
	case *ast.IfStmt:
		f.condition(n.Cond)
	case *ast.ForStmt:
		if n.Cond != nil {
			f.add("condition", n.Cond, "never "+f.text(n.Cond), f.replace(n.Cond, "false && ("+f.text(n.Cond)+")"))
		}
	case *ast.RangeStmt:
		f.ranges(n)
		f.shared(n)
	case *ast.BinaryExpr:
		f.binary(n)
	case *ast.SliceExpr:
		f.bound(n.Low, "bound")
		f.bound(n.High, "bound")
	case *ast.BasicLit:
		f.literal(n)
	case *ast.CallExpr:
		f.call(n)
	case *ast.CompositeLit:
		f.fields(n)
	case *ast.ReturnStmt:
		f.returns(n)
	}
}

// add records a mutant with the fault at n.
func (f *finder) add(kind string, n ast.Node, what string, edits ...Edit) {
	f.out = append(f.out, &Mutant{
		Package: f.pkg.Name, Func: f.decl.name, Kind: kind,
		File: f.path, Line: f.tok.Line(n.Pos()), What: oneLine(what),
		Edits: edits, offset: f.offset(n.Pos()), decl: f.decl,
	})
}

// change records a mutant that has other code in the place of n.
func (f *finder) change(kind string, n ast.Node, code string) {
	f.add(kind, n, oneLine(f.text(n))+" → "+oneLine(code), f.replace(n, code))
}

func (f *finder) replace(n ast.Node, code string) Edit {
	return Edit{f.offset(n.Pos()), f.offset(n.End()), code}
}

func (f *finder) before(n ast.Node, code string) Edit {
	at := f.offset(n.Pos())
	return Edit{at, at, code}
}

// drop removes a statement and keeps its lines.
func (f *finder) drop(n ast.Node) Edit {
	return f.replace(n, strings.Repeat("\n", strings.Count(f.text(n), "\n")))
}

// parent is the node above the one that is visited, n times.
func (f *finder) parent(n int) ast.Node {
	if len(f.stack) < n {
		return nil
	}
	return f.stack[len(f.stack)-n]
}

// enclosing returns the type and the body of the innermost function.
func (f *finder) enclosing() (*ast.FuncType, *ast.BlockStmt) {
	for _, n := range slices.Backward(f.stack) {
		if lit, ok := n.(*ast.FuncLit); ok {
			return lit.Type, lit.Body
		}
	}
	if f.decl.fn == nil {
		return nil, nil
	}
	return f.decl.fn.Type, f.decl.fn.Body
}

func (f *finder) typeOf(e ast.Expr) types.Type {
	if t := f.pkg.info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

// callee is the full name of what a call calls: time.After, (*sync.Mutex).Lock, close.
func (f *finder) callee(call *ast.CallExpr) string {
	fun := ast.Unparen(call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	var id *ast.Ident
	switch x := fun.(type) {
	case *ast.Ident:
		id = x
	case *ast.SelectorExpr:
		id = x.Sel
	default:
		return ""
	}
	switch obj := f.pkg.info.Uses[id].(type) {
	case *types.Func:
		return obj.Origin().FullName()
	case *types.Builtin:
		return obj.Name()
	case *types.Var:
		return "var " + obj.Name()
	}
	return ""
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

func isNamed(t types.Type, path, name string) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == name && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == path
}

func isContext(t types.Type) bool { return isNamed(t, "context", "Context") }

func isDuration(t types.Type) bool { return isNamed(t, "time", "Duration") }
