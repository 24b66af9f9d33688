package program

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"regexp"
	"slices"
	"strings"
)

// registries are packages that keep what a variable's initialiser hands them: in them a call has
// an effect although its result is all that the code seems to want.
var registries = []string{"flag", "expvar", "encoding/gob", "net/http", "image", "database/sql"}

// An act is what code does to another package when it runs by itself: it calls a function for its
// effect, such as log.SetFlags, or sets a variable, such as time.Local.
type act struct {
	path string // of the package
	pos  token.Pos
}

// acts lists what a unit does to other packages. The result of a call in an initialiser is used,
// so that only a registry may be changed by it.
func (p *pkg) acts(u *unit) (all []act) {
	add := func(e ast.Expr, only []string) {
		if call, ok := e.(*ast.CallExpr); ok {
			e = call.Fun
		}
		sel, ok := e.(*ast.SelectorExpr)
		if !ok {
			return
		}
		o := p.info.Uses[sel.Sel]
		if o == nil || o.Pkg() == nil || o.Pkg() == p.types || only != nil && !slices.Contains(only, o.Pkg().Path()) {
			return
		}
		all = append(all, act{o.Pkg().Path(), e.Pos()})
	}
	ast.Inspect(u.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit: // of a variable; nobody has called it yet
			_, isFunc := u.node.(*ast.FuncDecl)
			return isFunc
		case *ast.ExprStmt:
			add(n.X, nil)
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if sel, ok := left.(*ast.SelectorExpr); ok && isPackage(p.info, sel.X) {
					add(left, nil)
				}
			}
		case *ast.ValueSpec:
			for _, value := range n.Values {
				add(value, registries)
			}
		}
		return true
	})
	return all
}

func isPackage(info *types.Info, e ast.Expr) bool {
	x, ok := e.(*ast.Ident)
	_, is := info.Uses[x].(*types.PkgName)
	return ok && is
}

// actsOf lists what runs by itself when the package starts: in an initialiser and all it calls.
func (p *pkg) actsOf(u *unit) (all []act) {
	if _, ok := u.node.(*ast.GenDecl); ok && !u.initial {
		return p.acts(u)
	}
	own := map[*unit]bool{}
	p.closure(u, own)
	for v := range own {
		if _, isFunc := v.node.(*ast.FuncDecl); isFunc || v == u {
			all = append(all, p.acts(v)...)
		}
	}
	return all
}

// isStart reports whether the unit runs when the package starts and may act on other packages.
func (u *unit) isStart() bool { return u.initial || u.touches }

// concerns reports whether something that acts when the package starts is near enough to the
// program to be part of it: it stands in a file of which the program holds something, or it
// names a type that the program holds.
func concerns(u *unit, own, reached map[*unit]bool) bool {
	for v := range reached {
		if v.file == u.file {
			return true
		}
		if d, ok := v.node.(*ast.GenDecl); ok && d.Tok == token.TYPE && own[v] {
			return true
		}
	}
	return false
}

// warnings say what may let the program print something else than its Example.
func (s *Set) warnings(ex *example, reached map[*unit]bool, imports []imported, output string) (all []string) {
	p := ex.pkg
	warn := func(pos token.Pos, format string, args ...any) {
		if w := s.fault(pos, format, args...).Error(); !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	has := map[string]bool{}
	for _, i := range imports {
		has[i.path] = true
	}
	for _, u := range p.units {
		d, isFunc := u.node.(*ast.FuncDecl)
		if reached[u] || !u.isStart() && !(isFunc && d.Recv == nil && d.Name.Name == "TestMain") {
			continue
		}
		for _, a := range p.actsOf(u) {
			if has[a.path] && a.path != "os" && a.path != "testing" {
				warn(a.pos, "acts on package %s before the Example, and is no part of its program; call it in the Example", a.path)
			}
		}
	}
	for _, f := range p.files {
		for _, spec := range blankImports(f) {
			if !has[importPath(spec)] {
				warn(spec.Pos(), "blank import of %s is no part of the program; import it in the file of the Example", importPath(spec))
			}
		}
	}
	if name := ownWord(p, output); name != "" {
		warn(ex.decl.Pos(), "its output names %s, which a program prints in another way", name)
	}
	return append(all, s.filesRead(ex, reached)...)
}

var fileLine = regexp.MustCompile(`\w+\.go:\d+`)

// ownWord is a word of an output that names the package or a file of it.
func ownWord(p *pkg, output string) string {
	if at := fileLine.FindString(output); at != "" {
		return at
	}
	for _, m := range regexp.MustCompile(`\b`+regexp.QuoteMeta(p.types.Name())+`\.(\w+)`).FindAllStringSubmatch(output, -1) {
		if _, isType := p.types.Scope().Lookup(m[1]).(*types.TypeName); isType {
			return m[0]
		}
	}
	return ""
}

// filesRead warns of files beside the test that the program names.
func (s *Set) filesRead(ex *example, reached map[*unit]bool) (all []string) {
	look := func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING || len(lit.Value) < 3 {
			return true
		}
		name := lit.Value[1 : len(lit.Value)-1]
		dir := s.fset.Position(ex.decl.Pos()).Filename
		dir = dir[:strings.LastIndexAny(dir, `/\`)+1]
		if info, err := os.Stat(dir + name); err == nil && name != "." && name != ".." && !strings.HasPrefix(name, "/") && (info.Mode().IsRegular() || strings.HasPrefix(name, "testdata")) {
			all = append(all, fmt.Sprint(s.fault(lit.Pos(), "names %s, a file beside the test; a program stands alone", name)))
		}
		return true
	}
	ast.Inspect(ex.decl.Body, look)
	for _, u := range ex.pkg.units {
		if reached[u] {
			ast.Inspect(u.node, look)
		}
	}
	return all
}
