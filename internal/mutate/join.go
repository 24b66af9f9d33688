package mutate

import (
	"fmt"
	"go/ast"
	"path/filepath"
	"strings"
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

// alone reports whether the mutant cannot stand beside the others: a variable or a constant has
// one value, init has no name, and recover works only in the function that is deferred.
func (m *Mutant) alone() bool {
	fn := m.decl.fn
	if fn == nil || fn.Name.Name == "init" || fn.Name.Name == "_" {
		return true
	}
	direct := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && lastName(call.Fun) == "recover" {
			direct = true
		}
		return true
	})
	return direct
}

// joined returns the files of the package with all mutants in them, by their paths.
func (p *Package) joined(mutants []*Mutant) map[string][]byte {
	byDecl := map[*ast.FuncDecl][]*Mutant{}
	for _, m := range mutants {
		if !m.alone() {
			byDecl[m.decl.fn] = append(byDecl[m.decl.fn], m)
		}
	}
	files := map[string][]byte{
		filepath.Join(p.Dir, "mutants__.go"): fmt.Appendf(nil, chooser, p.Name, Variable),
	}
	for _, f := range p.files {
		var edits []Edit
		var copies strings.Builder
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || len(byDecl[fn]) == 0 {
				continue
			}
			edits = append(edits, f.dispatch(fn, byDecl[fn])...)
			for _, m := range byDecl[fn] {
				copies.WriteString(f.copyOf(fn, m))
			}
		}
		if edits != nil {
			files[f.path] = append(apply(f.src, edits), copies.String()...)
		}
	}
	return files
}

// copyOf is the function with the fault of m, under a name of its own. Its lines are those of
// the original.
func (f *file) copyOf(fn *ast.FuncDecl, m *Mutant) string {
	edits := append([]Edit{{f.offset(fn.Name.Pos()), f.offset(fn.Name.End()), m.name(fn)}}, m.Edits...)
	start, end := f.offset(fn.Pos()), f.offset(fn.End())
	rest := len(f.src) - end
	text := apply(f.src, edits)
	return fmt.Sprintf("\n//line %s:%d\n%s\n", filepath.Base(f.path), f.tok.Line(fn.Pos()), text[start:len(text)-rest])
}

func (m *Mutant) name(fn *ast.FuncDecl) string {
	return fmt.Sprintf("%s__%d", fn.Name.Name, m.number)
}

// dispatch makes the function call the chosen copy. It stays on one line, so that no other line
// moves.
func (f *file) dispatch(fn *ast.FuncDecl, mutants []*Mutant) []Edit {
	edits, args := f.params(fn.Type.Params, "p__")
	target := ""
	if fn.Recv != nil {
		named, recv := f.params(fn.Recv, "r__")
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
		call := fmt.Sprintf("%s%s%s(%s)", target, m.name(fn), types, args)
		if fn.Type.Results != nil {
			fmt.Fprintf(&code, "case %d: return %s; ", m.number, call)
		} else {
			fmt.Fprintf(&code, "case %d: %s; return; ", m.number, call)
		}
	}
	code.WriteString("}; ")
	at := f.offset(fn.Body.Lbrace) + 1
	return append(edits, Edit{at, at, code.String()})
}

// params gives a name to each parameter that has none, and returns all of them as arguments.
func (f *file) params(list *ast.FieldList, prefix string) (edits []Edit, args string) {
	var names []string
	for _, field := range list.List {
		dots := ""
		if _, ok := field.Type.(*ast.Ellipsis); ok {
			dots = "..."
		}
		if len(field.Names) == 0 {
			name := fmt.Sprint(prefix, len(names))
			at := f.offset(field.Type.Pos())
			edits = append(edits, Edit{at, at, name + " "})
			names = append(names, name+dots)
		}
		for _, id := range field.Names {
			name := id.Name
			if name == "_" {
				name = fmt.Sprint(prefix, len(names))
				edits = append(edits, Edit{f.offset(id.Pos()), f.offset(id.End()), name})
			}
			names = append(names, name+dots)
		}
	}
	return edits, strings.Join(names, ", ")
}
