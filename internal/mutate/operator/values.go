package operator

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// condition: never, and always. Each is one half of a negation.
func (f *finder) condition(cond ast.Expr) {
	code := f.Text(cond)
	f.add("condition", cond, "never "+code, f.replace(cond, "false && ("+code+")"))
	f.add("condition", cond, "always "+code, f.replace(cond, "true || ("+code+")"))
}

// binary: one operand of a condition dropped, and the bound of a comparison moved by one.
func (f *finder) binary(b *ast.BinaryExpr) {
	moved := map[token.Token]string{
		token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}
	switch {
	case b.Op == token.LAND || b.Op == token.LOR:
		f.change("operand", b, f.Text(b.X))
		f.change("operand", b, f.Text(b.Y))
	case b.Op == token.SHL:
		if call, ok := f.parent(1).(*ast.CallExpr); !ok || !limits[f.callee(call)] {
			f.bound(b, "number")
		}
	case moved[b.Op] != "":
		f.change("bound", b, f.Text(b.X)+" "+moved[b.Op]+" "+f.Text(b.Y))
	}
}

// ranges: the last round of a loop skipped, and one more.
func (f *finder) ranges(r *ast.RangeStmt) {
	x := f.Text(r.X)
	switch t := f.typeOf(r.X).Underlying().(type) {
	case *types.Basic:
		if _, ok := ast.Unparen(r.X).(*ast.BasicLit); isInteger(t) && !ok {
			f.change("loop", r.X, "("+x+") - 1")
			f.change("loop", r.X, "("+x+") + 1")
		}
	case *types.Slice:
		f.add("loop", r.X, "range "+x+" without the last",
			f.replace(r.X, x+"[:max(len("+x+"), 1)-1]"))
	}
}

// bound moves an integer by one, in both directions.
func (f *finder) bound(e ast.Expr, kind string) {
	if e == nil || !isInteger(f.typeOf(e)) {
		return
	}
	if _, ok := ast.Unparen(e).(*ast.BasicLit); ok {
		return // a literal has its own mutants
	}
	code := f.Text(e)
	f.change(kind, e, "("+code+") + 1")
	f.change(kind, e, "("+code+") - 1")
}

// literal: an integer moved by one, a duration doubled.
func (f *finder) literal(lit *ast.BasicLit) {
	if lit.Kind != token.INT {
		return
	}
	n, err := strconv.ParseInt(lit.Value, 0, 64)
	if err != nil {
		return
	}
	if isDuration(f.typeOf(lit)) {
		if n > 0 {
			f.change("duration", lit, strconv.FormatInt(2*n, 10))
		}
		return
	}
	if b, ok := f.parent(1).(*ast.BinaryExpr); ok && isDuration(f.typeOf(b)) {
		f.change("duration", lit, strconv.FormatInt(2*n, 10))
		return
	}
	if f.bounded() {
		return
	}
	f.change("number", lit, strconv.FormatInt(n+1, 10))
	if n > 0 {
		f.change("number", lit, strconv.FormatInt(n-1, 10))
	}
}

// bounded reports whether the visited number is part of something that is moved as a whole: the
// capacity of a channel, a limit, the bound of a loop or of a slice, 64<<10.
func (f *finder) bounded() bool {
	inner := false // inside of an expression
	for _, up := range slices.Backward(f.stack) {
		switch up := up.(type) {
		case *ast.ParenExpr:
		case *ast.BinaryExpr:
			if up.Op == token.SHL {
				return true
			}
			inner = true
		case *ast.CallExpr:
			name := f.callee(up)
			return name == "make" || inner && limits[name]
		case *ast.RangeStmt, *ast.SliceExpr:
			return inner
		default:
			return false
		}
	}
	return false
}

// fields drops each named field of a literal.
func (f *finder) fields(lit *ast.CompositeLit) {
	if _, ok := f.typeOf(lit).Underlying().(*types.Struct); !ok {
		return
	}
	for i, elt := range lit.Elts {
		if _, ok := elt.(*ast.KeyValueExpr); !ok {
			continue
		}
		gone := f.replace(elt, "")
		if i+1 < len(lit.Elts) {
			gone.To = f.Offset(lit.Elts[i+1].Pos())
		} else if i > 0 {
			gone.From = f.Offset(lit.Elts[i-1].End())
		} else {
			gone.To = f.Offset(lit.Rbrace)
		}
		f.add("field", elt, "dropped: "+f.Text(elt), gone)
	}
}

// returns: an error lost, true for false, and what was half done beside an error.
func (f *finder) returns(r *ast.ReturnStmt) {
	for _, e := range r.Results {
		switch code := f.Text(e); {
		case code == "true" || code == "false":
			f.change("value", e, map[string]string{"true": "false", "false": "true"}[code])
		case code != "nil" && len(f.resultTypes()) == len(r.Results) && isError(f.resultTypes()[index(r.Results, e)]):
			f.change("error", e, "nil")
		}
	}
	f.partial(r)
}

func index(list []ast.Expr, e ast.Expr) int {
	for i, x := range list {
		if x == e {
			return i
		}
	}
	return -1
}

// resultTypes are the types of the results of the innermost function.
func (f *finder) resultTypes() []types.Type {
	typ, _ := f.enclosing()
	if typ == nil || typ.Results == nil {
		return nil
	}
	var all []types.Type
	for _, field := range typ.Results.List {
		for range max(1, len(field.Names)) {
			all = append(all, f.typeOf(field.Type))
		}
	}
	return all
}

// partial returns, beside an error, what the last return of the function would have returned.
func (f *finder) partial(r *ast.ReturnStmt) {
	_, body := f.enclosing()
	if body == nil || len(body.List) == 0 || len(r.Results) < 2 {
		return
	}
	last, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	if !ok || last == r || len(last.Results) != len(r.Results) || f.Text(r.Results[len(r.Results)-1]) == "nil" {
		return
	}
	was, is := r.Results[0], last.Results[0]
	if _, ok := is.(*ast.Ident); !ok || f.Text(was) == f.Text(is) || f.Text(is) == "nil" {
		return
	}
	f.change("partial", was, f.Text(is))
}

// verb makes %w a %v.
func (f *finder) verb(call *ast.CallExpr) {
	if lit, ok := call.Args[0].(*ast.BasicLit); ok && strings.Contains(lit.Value, "%w") {
		f.change("error", lit, strings.Replace(lit.Value, "%w", "%v", 1))
	}
}
