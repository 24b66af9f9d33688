package operator

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/awaitless/awaitless/internal/edit"
)

// selects finds the faults of a select: without a case, with a case that does not wait, with
// the bodies of two cases exchanged.
func (f *finder) selects(s *ast.SelectStmt) {
	clauses := make([]*ast.CommClause, len(s.Body.List))
	for i, c := range s.Body.List {
		clauses[i] = c.(*ast.CommClause)
	}
	waits := !slices.ContainsFunc(clauses, func(c *ast.CommClause) bool { return c.Comm == nil })
	for i, c := range clauses {
		f.add("case", c, "dropped: "+f.head(c), f.drop(c))
		if waits {
			f.ready(c)
		}
		if i > 0 {
			f.exchange(clauses[i-1], c)
		}
	}
}

// head is the line of a case.
func (f *finder) head(c *ast.CommClause) string {
	return string(f.Src[f.Offset(c.Pos()) : f.Offset(c.Colon)+1])
}

// ready makes the case the default: the select does not wait for it.
func (f *finder) ready(c *ast.CommClause) {
	if a, ok := c.Comm.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
		return // its body has the variables
	}
	f.add("case", c, f.head(c)+" → default:",
		edit.Edit{From: f.Offset(c.Pos()), To: f.Offset(c.Colon), New: "default"})
}

func (f *finder) exchange(a, b *ast.CommClause) {
	bodyA := edit.Edit{From: f.Offset(a.Colon) + 1, To: f.Offset(a.End())}
	bodyB := edit.Edit{From: f.Offset(b.Colon) + 1, To: f.Offset(b.End())}
	bodyA.New = string(f.Src[bodyB.From:bodyB.To])
	bodyB.New = string(f.Src[bodyA.From:bodyA.To])
	if bodyA.New == bodyB.New {
		return
	}
	f.add("case", b, "bodies exchanged: "+f.head(a)+" "+f.head(b), bodyA, bodyB)
}
