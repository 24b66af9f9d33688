package operator

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/awaitless/awaitless/internal/edit"
)

// shared: the rounds of a loop share their variables, as they did before Go 1.22, where a
// function in the body keeps one of them.
func (f *finder) shared(r *ast.RangeStmt) {
	if r.Tok != token.DEFINE {
		return
	}
	declared, captured := "", false
	for _, e := range []ast.Expr{r.Key, r.Value} {
		id, ok := e.(*ast.Ident)
		if !ok || id.Name == "_" {
			continue
		}
		typ := types.TypeString(f.typeOf(id), func(p *types.Package) string {
			if p == f.pkg.Types {
				return ""
			}
			return p.Name()
		})
		declared += "var " + id.Name + " " + typ + "; "
		captured = captured || f.captured(r.Body, id)
	}
	if captured {
		at := f.Offset(r.TokPos)
		f.add("shared", r, "one variable for all rounds: "+f.loopHead(r),
			f.before(r, declared), edit.Edit{From: at, To: at + len(":="), New: "="})
	}
}

func (f *finder) loopHead(r *ast.RangeStmt) string {
	return string(f.Src[f.Offset(r.Pos()):f.Offset(r.Body.Lbrace)])
}

// captured reports whether a function in the body uses the variable.
func (f *finder) captured(body ast.Node, id *ast.Ident) bool {
	obj, found := f.pkg.Info.Defs[id], false
	ast.Inspect(body, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if !ok {
			return true
		}
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			if use, ok := n.(*ast.Ident); ok && f.pkg.Info.Uses[use] == obj {
				found = true
			}
			return true
		})
		return false
	})
	return found
}

// slot appends what belongs in a place of its own.
func (f *finder) slot(a *ast.AssignStmt) {
	if a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
		return
	}
	x, ok := a.Lhs[0].(*ast.IndexExpr)
	if !ok {
		return
	}
	if _, ok := f.typeOf(x.X).Underlying().(*types.Slice); ok {
		list := f.Text(x.X)
		f.change("slot", a, list+" = append("+list+", "+f.Text(a.Rhs[0])+")")
	}
}
