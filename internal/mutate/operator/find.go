// Package operator holds the mutation operators: each finds the places in a declaration for one
// kind of fault of concurrency, such as a dropped defer, and words it as edits of the source.
//
// Kinds: argument, background, bound, buffer, case, cause, condition, copy, defer, drop, duration,
// early, error, field, go, leave, limit, loop, number, once, operand, parent, partial, shared, slot,
// swap, unlocked, value.
//
// Not done: whether a mutant compiles (package check finds that out); faults of plain arithmetic or
// text; two faults at once.
package operator

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/edit"
	"github.com/awaitless/awaitless/internal/mutate"
)

// A finder finds the mutants of one declaration.
type finder struct {
	*mutate.File
	pkg   *mutate.Package
	decl  *mutate.Decl
	stack []ast.Node // from the declaration to the node
	out   []*mutate.Mutant
}

// Candidates returns every mutant of the package, whether it compiles or not: the numbers in their
// IDs must not depend on that. They are in the order of files and lines.
func Candidates(p *mutate.Package) []*mutate.Mutant {
	var all []*mutate.Mutant
	for _, f := range p.Files {
		for _, d := range f.AST.Decls {
			all = append(all, find(p, f, d)...)
		}
	}
	return all
}

func find(p *mutate.Package, f *mutate.File, d ast.Decl) []*mutate.Mutant {
	var out []*mutate.Mutant
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			out = findIn(p, &mutate.Decl{File: f, Func: d, Name: funcName(d)}, d.Body)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				out = append(out, findIn(p, &mutate.Decl{File: f, Name: v.Names[0].Name}, v)...)
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

func findIn(p *mutate.Package, d *mutate.Decl, root ast.Node) []*mutate.Mutant {
	f := &finder{File: d.File, pkg: p, decl: d}
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			f.stack = f.stack[:len(f.stack)-1]
			return true
		}
		f.node(n)
		f.stack = append(f.stack, n)
		return true
	})
	slices.SortStableFunc(f.out, func(a, b *mutate.Mutant) int { return cmp.Compare(a.Offset, b.Offset) })
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
			f.add("condition", n.Cond, "never "+f.Text(n.Cond), f.replace(n.Cond, "false && ("+f.Text(n.Cond)+")"))
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
func (f *finder) add(kind string, n ast.Node, what string, edits ...edit.Edit) {
	f.out = append(f.out, &mutate.Mutant{
		Package: f.pkg.Name, Func: f.decl.Name, Kind: kind,
		File: f.Path, Line: f.Tok.Line(n.Pos()), What: mutate.OneLine(what),
		Edits: edits, Offset: f.Offset(n.Pos()), Decl: f.decl,
	})
}

// change records a mutant that has other code in the place of n.
func (f *finder) change(kind string, n ast.Node, code string) {
	f.add(kind, n, mutate.OneLine(f.Text(n))+" → "+mutate.OneLine(code), f.replace(n, code))
}

func (f *finder) replace(n ast.Node, code string) edit.Edit {
	return edit.Edit{From: f.Offset(n.Pos()), To: f.Offset(n.End()), New: code}
}

func (f *finder) before(n ast.Node, code string) edit.Edit {
	at := f.Offset(n.Pos())
	return edit.Edit{From: at, To: at, New: code}
}

// drop removes a statement and keeps its lines.
func (f *finder) drop(n ast.Node) edit.Edit {
	return f.replace(n, strings.Repeat("\n", strings.Count(f.Text(n), "\n")))
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
	if f.decl.Func == nil {
		return nil, nil
	}
	return f.decl.Func.Type, f.decl.Func.Body
}

func (f *finder) typeOf(e ast.Expr) types.Type {
	if t := f.pkg.Info.TypeOf(e); t != nil {
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
	switch obj := f.pkg.Info.Uses[id].(type) {
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
