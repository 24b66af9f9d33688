package program

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A unit is what a program takes whole or leaves: a function, a method, or a const, var or type
// declaration with all of its group.
type unit struct {
	node    ast.Node // the declaration; for main the body of the Example
	file    *file
	needs   []*unit
	imports []*ast.ImportSpec
	touches bool // declares package-level variables
	initial bool // runs by itself: init, or var _ = f()
	walked  bool
}

// index finds the units of the package, and which unit declares which object.
func (p *pkg) index() {
	methods := map[types.Object][]*unit{}
	for _, f := range p.files {
		for _, d := range f.syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				u := p.unit(d, f)
				u.initial = d.Recv == nil && d.Name.Name == "init"
				if fn, ok := p.info.Defs[d.Name].(*types.Func); ok {
					p.byObject[fn] = u
					if t := receiver(fn); t != nil {
						methods[t] = append(methods[t], u)
					}
				}
			case *ast.GenDecl:
				if d.Tok != token.IMPORT {
					p.indexGroup(p.unit(d, f), d)
				}
			}
		}
	}
	for t, ms := range methods {
		if u := p.byObject[t]; u != nil {
			u.needs = append(u.needs, ms...)
		}
	}
}

func (p *pkg) unit(n ast.Node, f *file) *unit {
	u := &unit{node: n, file: f}
	p.units = append(p.units, u)
	return u
}

func (p *pkg) indexGroup(u *unit, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			p.byObject[p.info.Defs[spec.Name]] = u
		case *ast.ValueSpec:
			u.touches = d.Tok == token.VAR
			for _, name := range spec.Names {
				p.byObject[p.info.Defs[name]] = u
				if name.Name == "_" && d.Tok == token.VAR {
					u.initial = true
				}
			}
		}
	}
}

// receiver is the type that a method belongs to, or nil for a function.
func receiver(fn *types.Func) types.Object {
	recv := fn.Signature().Recv()
	if recv == nil {
		return nil
	}
	t := types.Unalias(recv.Type())
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Origin().Obj()
	}
	return nil
}

// walk finds what a unit needs: other units, and imports of its file.
func (p *pkg) walk(u *unit) {
	if u.walked {
		return
	}
	u.walked = true
	ast.Inspect(u.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				if name, ok := p.info.Uses[x].(*types.PkgName); ok {
					u.addImport(importOf(p.info, u.file, name))
					return false // the second half names nothing of ours
				}
			}
		case *ast.Ident:
			p.use(u, p.info.Uses[n])
		}
		return true
	})
}

// use notes that the unit names an object.
func (p *pkg) use(u *unit, o types.Object) {
	if o == nil {
		return
	}
	if fn, ok := o.(*types.Func); ok {
		o = fn.Origin() // a method of Stack[int] is declared on Stack
	}
	if need := p.byObject[o]; need != nil {
		u.needs = append(u.needs, need)
		return
	}
	if o.Pkg() != nil && o.Pkg() != p.types && o.Parent() == o.Pkg().Scope() {
		u.addImport(dotImport(u.file, o.Pkg().Path()))
	}
}

// closure adds the unit and all it reaches to reached.
func (p *pkg) closure(u *unit, reached map[*unit]bool) {
	if reached[u] {
		return
	}
	reached[u] = true
	p.walk(u)
	for _, need := range u.needs {
		p.closure(need, reached)
	}
}

// reach returns what main reaches, with the initialisers that touch a reached variable. Each of
// those may reach more variables, so it goes on until nothing is added.
func (p *pkg) reach(main *unit) map[*unit]bool {
	reached := map[*unit]bool{}
	p.closure(main, reached)
	for grown := true; grown; {
		grown = false
		for _, u := range p.units {
			if !u.isStart() || reached[u] {
				continue
			}
			own := map[*unit]bool{}
			p.closure(u, own)
			if !(u.initial && sharesVariable(own, reached)) && !(len(p.actsOf(u)) > 0 && concerns(u, own, reached)) {
				continue
			}
			for v := range own {
				reached[v] = true
			}
			grown = true
		}
	}
	return reached
}

func sharesVariable(a, b map[*unit]bool) bool {
	for u := range a {
		if u.touches && b[u] {
			return true
		}
	}
	return false
}
