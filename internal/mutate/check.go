package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

var (
	unused   = regexp.MustCompile(`^declared and not used: (\w+)$`)
	unneeded = regexp.MustCompile(`^("[^"]+") imported (as \w+ )?and not used`)
)

// check reports whether the mutant compiles. A variable that lost its only use is used again or,
// if it is the function that ends a context, thrown away: that is what people write. Then check
// asks vet.
func (p *Package) check(m *Mutant) bool {
	for range 4 {
		got := p.typeCheck(m)
		if len(got.errs) == 0 {
			if got.lostImport && m.alone() {
				return false
			}
			m.Vet = p.vet(got)
			return true
		}
		before := len(m.Edits)
		for _, e := range got.errs {
			name := unused.FindStringSubmatch(e.Msg)
			if name == nil {
				return false
			}
			edits := p.use(m, name[1], p.fset.Position(e.Pos).Offset)
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

func (p *Package) typeCheck(m *Mutant) *checked {
	src := apply(m.decl.file.src, m.Edits)
	mutated, err := parse(p.fset, m.File, src)
	if err != nil {
		return &checked{errs: []types.Error{{Msg: err.Error()}}}
	}
	got := &checked{info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}}
	for _, f := range p.files {
		if f == m.decl.file {
			got.files = append(got.files, mutated)
		} else {
			got.files = append(got.files, f.ast)
		}
	}
	conf := types.Config{Importer: p, Sizes: p.sizes, Error: func(err error) {
		e, ok := err.(types.Error)
		switch {
		case !ok || strings.HasPrefix(e.Msg, "\t"): // more of the last one
		case unneeded.MatchString(e.Msg):
			got.lostImport = true // no fault beside the code as it is, which needs it
		default:
			got.errs = append(got.errs, e)
		}
	}}
	if p.module != nil && p.module.GoVersion != "" {
		conf.GoVersion = "go" + p.module.GoVersion
	}
	got.types, _ = conf.Check(p.Path, p.fset, got.files, got.info)
	return got
}

// use returns the edits that let a variable stay which is declared at offset of the mutated
// file. They are nil if the declaration itself is part of the fault. The address is no copy, of
// which vet might say something.
func (p *Package) use(m *Mutant, name string, offset int) []Edit {
	f := m.decl.file
	at := original(m.Edits, offset)
	if at < 0 {
		return nil
	}
	var path []ast.Node // from the file to the variable
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if n == nil || f.offset(n.Pos()) > at || f.offset(n.End()) <= at {
			return false
		}
		path = append(path, n)
		return true
	})
	id, ok := path[len(path)-1].(*ast.Ident)
	if !ok || id.Name != name {
		return nil
	}
	obj := p.info.Defs[id]
	if obj == nil {
		return nil
	}
	if assign, ok := path[len(path)-2].(*ast.AssignStmt); ok && endsContext(obj.Type()) {
		return p.discard(f, assign, id)
	}
	place := placeAfter(f, path)
	if place < 0 {
		return nil
	}
	code := "; _ = &" + name
	if b := f.src[place-1]; b == '{' || b == ':' {
		code = " _ = &" + name + ";"
	}
	return []Edit{{place, place, code}}
}

func endsContext(t types.Type) bool {
	return isNamed(t, "context", "CancelFunc") || isNamed(t, "context", "CancelCauseFunc")
}

// discard puts _ in the place of id, and = in that of := if that was the last new variable.
func (p *Package) discard(f *file, assign *ast.AssignStmt, id *ast.Ident) []Edit {
	edits := []Edit{{f.offset(id.Pos()), f.offset(id.End()), "_"}}
	others := slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool {
		other, ok := e.(*ast.Ident)
		return ok && other != id && other.Name != "_" && p.info.Defs[other] != nil
	})
	if !others && assign.Tok == token.DEFINE {
		at := f.offset(assign.TokPos)
		edits = append(edits, Edit{at, at + 2, "="})
	}
	return edits
}

// placeAfter is the first place after the declaration at the end of path where a statement may
// stand that sees it, or -1.
func placeAfter(f *file, path []ast.Node) int {
	for i := len(path) - 1; i > 0; i-- {
		stmt, ok := path[i].(ast.Stmt)
		if !ok {
			continue
		}
		if r, ok := stmt.(*ast.RangeStmt); ok && path[i+1] != ast.Node(r.Body) {
			return f.offset(r.Body.Lbrace) + 1
		}
		switch up := path[i-1].(type) {
		case *ast.BlockStmt, *ast.CaseClause:
			return f.offset(stmt.End())
		case *ast.CommClause:
			if up.Comm == stmt {
				return f.offset(up.Colon) + 1
			}
			return f.offset(stmt.End())
		case *ast.IfStmt:
			return f.offset(up.Body.Lbrace) + 1
		case *ast.ForStmt:
			return f.offset(up.Body.Lbrace) + 1
		}
	}
	return -1
}

// original is the offset in the source of an offset in the mutated file, or -1 if the fault put
// it there.
func original(edits []Edit, offset int) int {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	at, grown := 0, 0
	for _, e := range edits {
		if e.Start < at {
			continue
		}
		if offset < e.Start+grown {
			break
		}
		if offset < e.Start+grown+len(e.New) {
			return -1
		}
		at = e.End
		grown += len(e.New) - (e.End - e.Start)
	}
	return offset - grown
}
