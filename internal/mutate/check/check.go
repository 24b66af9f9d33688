// Package check says which mutants of a package compile, and what go vet says of those: both are
// found out by the type checker, without a build.
//
// A fault often leaves a variable without a use. Nobody would leave it there, so the mutant is
// mended as a person would, and is none if that cannot be.
package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/edit"
	"github.com/awaitless/awaitless/internal/mutate"
	"github.com/awaitless/awaitless/internal/mutate/operator"
	"github.com/awaitless/awaitless/internal/mutate/schema"
)

var (
	unused   = regexp.MustCompile(`^declared and not used: (\w+)$`)
	unneeded = regexp.MustCompile(`^("[^"]+") imported (as \w+ )?and not used`)
)

// Mutants returns every mutant of the package that compiles, in the order of files and lines.
func Mutants(p *mutate.Package) []*mutate.Mutant {
	var all []*mutate.Mutant
	for _, m := range operator.Candidates(p) {
		if compiles(p, m) {
			all = append(all, m)
		}
	}
	for i, m := range all {
		m.Number = i + 1
	}
	return all
}

// compiles reports whether the mutant does. A variable that lost its only use is used again or,
// if it is the function that ends a context, thrown away: that is what people write. Then it asks
// vet.
func compiles(p *mutate.Package, m *mutate.Mutant) bool {
	for range 4 {
		got := typeCheck(p, m)
		if len(got.errs) == 0 {
			if got.lostImport && schema.Alone(m) {
				return false
			}
			m.Vet = vet(p, got)
			return true
		}
		before := len(m.Edits)
		for _, e := range got.errs {
			name := unused.FindStringSubmatch(e.Msg)
			if name == nil {
				return false
			}
			edits := use(p, m, name[1], p.Fset.Position(e.Pos).Offset)
			if edits == nil {
				return false
			}
			m.Edits = append(m.Edits, edits...)
		}
		if len(m.Edits) == before {
			return false
		}
	}
	return false
}

// checked is a package with one mutant in it, as the type checker sees it.
type checked struct {
	files []*ast.File
	types *types.Package
	info  *types.Info
	errs  []types.Error

	lostImport bool // an import that nothing uses any more
}

func typeCheck(p *mutate.Package, m *mutate.Mutant) *checked {
	src := mutate.Apply(m.Decl.File.Src, m.Edits)
	mutated, err := mutate.Parse(p.Fset, m.File, src)
	if err != nil {
		return &checked{errs: []types.Error{{Msg: err.Error()}}}
	}
	got := &checked{info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}}
	for _, f := range p.Files {
		if f == m.Decl.File {
			got.files = append(got.files, mutated)
		} else {
			got.files = append(got.files, f.AST)
		}
	}
	conf := types.Config{Importer: p, Sizes: p.Sizes, Error: func(err error) {
		e, ok := err.(types.Error)
		switch {
		case !ok || strings.HasPrefix(e.Msg, "\t"): // more of the last one
		case unneeded.MatchString(e.Msg):
			got.lostImport = true // no fault beside the code as it is, which needs it
		default:
			got.errs = append(got.errs, e)
		}
	}}
	if p.Module != nil && p.Module.GoVersion != "" {
		conf.GoVersion = "go" + p.Module.GoVersion
	}
	got.types, _ = conf.Check(p.Path, p.Fset, got.files, got.info)
	return got
}

// use returns the edits that let a variable stay which is declared at offset of the mutated
// file. They are nil if the declaration itself is part of the fault. The address is no copy, of
// which vet might say something.
func use(p *mutate.Package, m *mutate.Mutant, name string, offset int) []edit.Edit {
	f := m.Decl.File
	at := original(m.Edits, offset)
	if at < 0 {
		return nil
	}
	var path []ast.Node // from the file to the variable
	ast.Inspect(f.AST, func(n ast.Node) bool {
		if n == nil || f.Offset(n.Pos()) > at || f.Offset(n.End()) <= at {
			return false
		}
		path = append(path, n)
		return true
	})
	id, ok := path[len(path)-1].(*ast.Ident)
	if !ok || id.Name != name {
		return nil
	}
	obj := p.Info.Defs[id]
	if obj == nil {
		return nil
	}
	if assign, ok := path[len(path)-2].(*ast.AssignStmt); ok && endsContext(obj.Type()) {
		return discard(p, f, assign, id)
	}
	place := placeAfter(f, path)
	if place < 0 {
		return nil
	}
	code := "; _ = &" + name
	if b := f.Src[place-1]; b == '{' || b == ':' {
		code = " _ = &" + name + ";"
	}
	return []edit.Edit{{From: place, To: place, New: code}}
}

// endsContext reports whether the type is that of a function which ends a context.
func endsContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context" &&
		(n.Obj().Name() == "CancelFunc" || n.Obj().Name() == "CancelCauseFunc")
}

// discard puts _ in the place of id, and = in that of := if that was the last new variable.
func discard(p *mutate.Package, f *mutate.File, assign *ast.AssignStmt, id *ast.Ident) []edit.Edit {
	edits := []edit.Edit{{From: f.Offset(id.Pos()), To: f.Offset(id.End()), New: "_"}}
	others := slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool {
		other, ok := e.(*ast.Ident)
		return ok && other != id && other.Name != "_" && p.Info.Defs[other] != nil
	})
	if !others && assign.Tok == token.DEFINE {
		at := f.Offset(assign.TokPos)
		edits = append(edits, edit.Edit{From: at, To: at + 2, New: "="})
	}
	return edits
}

// placeAfter is the first place after the declaration at the end of path where a statement may
// stand that sees it, or -1.
func placeAfter(f *mutate.File, path []ast.Node) int {
	for i := len(path) - 1; i > 0; i-- {
		stmt, ok := path[i].(ast.Stmt)
		if !ok {
			continue
		}
		if r, ok := stmt.(*ast.RangeStmt); ok && path[i+1] != ast.Node(r.Body) {
			return f.Offset(r.Body.Lbrace) + 1
		}
		switch up := path[i-1].(type) {
		case *ast.BlockStmt, *ast.CaseClause:
			return f.Offset(stmt.End())
		case *ast.CommClause:
			if up.Comm == stmt {
				return f.Offset(up.Colon) + 1
			}
			return f.Offset(stmt.End())
		case *ast.IfStmt:
			return f.Offset(up.Body.Lbrace) + 1
		case *ast.ForStmt:
			return f.Offset(up.Body.Lbrace) + 1
		}
	}
	return -1
}

// original is the offset in the source of an offset in the mutated file, or -1 if the fault put
// it there.
func original(edits []edit.Edit, offset int) int {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit.Edit) int { return a.From - b.From })
	at, grown := 0, 0
	for _, e := range edits {
		if e.From < at {
			continue
		}
		if offset < e.From+grown {
			break
		}
		if offset < e.From+grown+len(e.New) {
			return -1
		}
		at = e.To
		grown += len(e.New) - (e.To - e.From)
	}
	return offset - grown
}
