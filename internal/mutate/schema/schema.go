// Package schema makes one program of all mutants of a package, a mutant schema: each function that
// has mutants stands there once as it is, and once for each mutant. An environment variable
// chooses one when the program starts. So a mutant costs a process, and no build.
//
// Every line keeps its number, for what tests print. Not done: mutants that cannot stand beside
// others; see Alone.
package schema

import (
	"fmt"
	"go/ast"
	"path/filepath"
	"strings"

	"github.com/awaitless/awaitless/internal/edit"
	"github.com/awaitless/awaitless/internal/mutate"
)

// Variable is the environment variable that chooses a mutant in the joined test binary. Without
// it the code is as it is.
const Variable = "AWAITLESS_MUTANT"

// chooser is the file that every joined package gets.
const chooser = `package %s

import (
	"os"
	"strconv"
)

// mutant__ is the number of the mutant that runs, or 0.
var mutant__ = func() int {
	n, _ := strconv.Atoi(os.Getenv(%q))
	return n
}()
`

// Alone reports whether the mutant cannot stand beside the others: a variable or a constant has
// one value, init has no name, and recover works only in the function that is deferred.
func Alone(m *mutate.Mutant) bool {
	fn := m.Decl.Func
	if fn == nil || fn.Name.Name == "init" || fn.Name.Name == "_" {
		return true
	}
	direct := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok {
			id, ok := ast.Unparen(call.Fun).(*ast.Ident)
			direct = direct || ok && id.Name == "recover"
		}
		return true
	})
	return direct
}

// Join returns the files of the package with the mutants in them that need not be alone, by their
// paths. A file in which nothing changes is not among them.
func Join(p *mutate.Package, mutants []*mutate.Mutant) map[string][]byte {
	byDecl := map[*ast.FuncDecl][]*mutate.Mutant{}
	for _, m := range mutants {
		if !Alone(m) {
			byDecl[m.Decl.Func] = append(byDecl[m.Decl.Func], m)
		}
	}
	files := map[string][]byte{
		filepath.Join(p.Dir, "mutants__.go"): fmt.Appendf(nil, chooser, p.Name, Variable),
	}
	for _, f := range p.Files {
		var edits []edit.Edit
		var copies strings.Builder
		for _, d := range f.AST.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || len(byDecl[fn]) == 0 {
				continue
			}
			edits = append(edits, dispatch(f, fn, byDecl[fn])...)
			for _, m := range byDecl[fn] {
				copies.WriteString(copyOf(f, fn, m))
			}
		}
		if edits != nil {
			files[f.Path] = append(mutate.Apply(f.Src, edits), copies.String()...)
		}
	}
	return files
}

// copyOf is the function with the fault of m, under a name of its own. Its lines are those of
// the original.
func copyOf(f *mutate.File, fn *ast.FuncDecl, m *mutate.Mutant) string {
	edits := append([]edit.Edit{{From: f.Offset(fn.Name.Pos()), To: f.Offset(fn.Name.End()), New: name(m)}}, m.Edits...)
	start, end := f.Offset(fn.Pos()), f.Offset(fn.End())
	rest := len(f.Src) - end
	text := mutate.Apply(f.Src, edits)
	return fmt.Sprintf("\n//line %s:%d\n%s\n", filepath.Base(f.Path), f.Tok.Line(fn.Pos()), text[start:len(text)-rest])
}

// name is that of the copy with the fault of m.
func name(m *mutate.Mutant) string {
	return fmt.Sprintf("%s__%d", m.Decl.Func.Name.Name, m.Number)
}

// dispatch makes the function call the chosen copy. It stays on one line, so that no other line
// moves.
func dispatch(f *mutate.File, fn *ast.FuncDecl, mutants []*mutate.Mutant) []edit.Edit {
	edits, args := params(f, fn.Type.Params, "p__")
	target := ""
	if fn.Recv != nil {
		named, recv := params(f, fn.Recv, "r__")
		edits = append(edits, named...)
		target = recv + "."
	}
	types := ""
	if tp := fn.Type.TypeParams; tp != nil {
		var names []string
		for _, field := range tp.List {
			for _, name := range field.Names {
				names = append(names, name.Name)
			}
		}
		types = "[" + strings.Join(names, ", ") + "]"
	}
	var code strings.Builder
	code.WriteString(" switch mutant__ { ")
	for _, m := range mutants {
		call := fmt.Sprintf("%s%s%s(%s)", target, name(m), types, args)
		if fn.Type.Results != nil {
			fmt.Fprintf(&code, "case %d: return %s; ", m.Number, call)
		} else {
			fmt.Fprintf(&code, "case %d: %s; return; ", m.Number, call)
		}
	}
	code.WriteString("}; ")
	at := f.Offset(fn.Body.Lbrace) + 1
	return append(edits, edit.Edit{From: at, To: at, New: code.String()})
}

// params gives a name to each parameter that has none, and returns all of them as arguments.
func params(f *mutate.File, list *ast.FieldList, prefix string) (edits []edit.Edit, args string) {
	var names []string
	for _, field := range list.List {
		dots := ""
		if _, ok := field.Type.(*ast.Ellipsis); ok {
			dots = "..."
		}
		if len(field.Names) == 0 {
			name := fmt.Sprint(prefix, len(names))
			at := f.Offset(field.Type.Pos())
			edits = append(edits, edit.Edit{From: at, To: at, New: name + " "})
			names = append(names, name+dots)
		}
		for _, id := range field.Names {
			name := id.Name
			if name == "_" {
				name = fmt.Sprint(prefix, len(names))
				edits = append(edits, edit.Edit{From: f.Offset(id.Pos()), To: f.Offset(id.End()), New: name})
			}
			names = append(names, name+dots)
		}
	}
	return edits, strings.Join(names, ", ")
}
