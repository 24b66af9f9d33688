package operator

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/awaitless/awaitless/internal/edit"
	"github.com/awaitless/awaitless/internal/mutate"
)

// limits are the functions whose integer arguments limit something.
var limits = map[string]bool{
	"(*golang.org/x/sync/errgroup.Group).SetLimit":       true,
	"golang.org/x/sync/semaphore.NewWeighted":            true,
	"(*golang.org/x/sync/semaphore.Weighted).Acquire":    true,
	"(*golang.org/x/sync/semaphore.Weighted).TryAcquire": true,
	"(*golang.org/x/sync/semaphore.Weighted).Release":    true,
	"golang.org/x/time/rate.NewLimiter":                  true,
	"(*sync.WaitGroup).Add":                              true,
	"io.LimitReader":                                     true,
	"io.CopyN":                                           true,
	"max":                                                true,
	"min":                                                true,
}

// copies are the functions that copy their last argument.
var copies = map[string]bool{
	"slices.Clone": true, "maps.Clone": true, "bytes.Clone": true,
	"slices.Sorted": true, "slices.Collect": true,
}

// call finds the faults of a call.
func (f *finder) call(c *ast.CallExpr) {
	name := f.callee(c)
	switch name {
	case "make":
		f.channel(c)
	case "context.Cause":
		f.change("cause", c, f.Text(c.Args[0])+".Err()")
	case "context.WithTimeout", "context.WithDeadline":
		f.add("limit", c, "no limit: "+f.Text(c),
			f.replace(c, "context.WithCancel("+f.Text(c.Args[0])+")"))
	case "context.WithoutCancel", "context.WithValue":
		f.change("parent", c, f.Text(c.Args[0]))
	case "fmt.Errorf":
		f.verb(c)
	case "append":
		if code := f.Text(c.Args[0]); len(c.Args) == 2 && c.Ellipsis != 0 && (strings.HasSuffix(code, "(nil)") || strings.HasSuffix(code, "{}")) {
			f.change("copy", c, f.Text(c.Args[1]))
		}
	case "sync.OnceFunc", "sync.OnceValue", "sync.OnceValues":
		f.change("once", c, f.Text(c.Args[0]))
	}
	if copies[name] && len(c.Args) == 1 {
		f.change("copy", c, f.Text(c.Args[0]))
	}
	if limits[name] {
		for _, arg := range c.Args {
			if inner, ok := arg.(*ast.CallExpr); !ok || !limits[f.callee(inner)] {
				f.bound(arg, "limit")
			}
		}
	}
	f.derived(c)
	f.arguments(c)
}

// channel: without its buffer, with a buffer that it did not have, and with another size.
func (f *finder) channel(c *ast.CallExpr) {
	if _, ok := f.typeOf(c).Underlying().(*types.Chan); !ok {
		return
	}
	typ := f.Text(c.Args[0])
	if len(c.Args) == 1 {
		f.change("buffer", c, "make("+typ+", 1)")
		return
	}
	size := f.Text(c.Args[1])
	f.change("buffer", c, "make("+typ+")")
	f.change("buffer", c, "make("+typ+", ("+size+") + 1)")
	if size != "1" {
		f.change("buffer", c, "make("+typ+", max(1, "+size+") - 1)")
	}
}

// derived: the parent context in the place of the one that the call derives from it.
func (f *finder) derived(c *ast.CallExpr) {
	assign, ok := f.parent(1).(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != 2 || len(c.Args) == 0 || !isContext(f.typeOf(c.Args[0])) {
		return
	}
	for _, left := range assign.Lhs {
		id, ok := left.(*ast.Ident)
		if !ok || id.Name == "_" || !isContext(f.typeOf(id)) {
			continue
		}
		parent := f.Text(c.Args[0])
		what := "the parent " + parent + " for " + id.Name + " of " + f.Text(assign)
		if id.Name == parent {
			f.add("parent", assign, what, f.replace(id, "_"))
			continue
		}
		end := f.Offset(assign.End())
		f.add("parent", assign, what, edit.Edit{From: end, To: end, New: "; " + id.Name + " = " + parent})
	}
}

// arguments: a context that never ends, a cause that is lost, one argument fewer.
func (f *finder) arguments(c *ast.CallExpr) {
	sig, ok := f.typeOf(c.Fun).Underlying().(*types.Signature)
	if !ok {
		return
	}
	for _, arg := range c.Args {
		if id, ok := arg.(*ast.Ident); ok && isContext(f.typeOf(id)) && !derives(f.callee(c)) {
			f.add("background", arg, id.Name+" → context.Background() in "+f.Text(c),
				f.replace(arg, "context.Background()"))
		}
	}
	if isNamed(f.typeOf(c.Fun), "context", "CancelCauseFunc") && f.Text(c.Args[0]) != "nil" {
		f.change("cause", c, f.Text(c.Fun)+"(nil)")
	}
	if !sig.Variadic() || c.Ellipsis != token.NoPos {
		return
	}
	fixed := sig.Params().Len() - 1
	for i := fixed; i < len(c.Args); i++ {
		if i == 0 {
			continue
		}
		f.add("argument", c.Args[i], "dropped: "+mutate.OneLine(f.Text(c.Args[i]))+" in "+mutate.OneLine(f.Text(c)),
			edit.Edit{From: f.Offset(c.Args[i-1].End()), To: f.Offset(c.Args[i].End())})
	}
}

// derives reports whether the function only looks at its context: another one there is no fault
// that a caller would make.
func derives(name string) bool { return name == "context.Cause" }
