package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A taker is a function that takes a context.
type taker struct {
	count bool // it also takes a number or a duration
}

// takers finds the functions of the package in dir that take a context,
// a request, which has one, or a function that takes one.
func takers(t *testing.T, dir string) map[string]taker {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	found := map[string]taker{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && takesContext(fn.Type) {
				found[nameOf(fn)] = taker{takesCount(fn.Type)}
			}
		}
	}
	return found
}

// nameOf is the name of a function, with the type of its receiver.
func nameOf(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	recv := ""
	ast.Inspect(fn.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && recv == "" {
			recv = id.Name
		}
		return true
	})
	return recv + "." + fn.Name.Name
}

// takesContext reports whether a parameter holds a context, at any
// depth.
func takesContext(fn *ast.FuncType) (takes bool) {
	ast.Inspect(fn.Params, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			x, _ := sel.X.(*ast.Ident)
			switch {
			case x == nil:
			case x.Name == "context" && sel.Sel.Name == "Context",
				x.Name == "http" && sel.Sel.Name == "Request":
				takes = true
			}
		}
		return true
	})
	return takes
}

var counts = map[string]bool{
	"int": true, "int64": true, "uint64": true, "Duration": true,
}

// takesCount reports whether a parameter is a number or a duration.
func takesCount(fn *ast.FuncType) bool {
	for _, p := range fn.Params.List {
		kind := p.Type
		if many, ok := kind.(*ast.Ellipsis); ok {
			kind = many.Elt
		}
		switch typ := kind.(type) {
		case *ast.Ident:
			if counts[typ.Name] {
				return true
			}
		case *ast.SelectorExpr:
			if counts[typ.Sel.Name] {
				return true
			}
		}
	}
	return false
}
