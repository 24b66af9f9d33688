package mutate

import (
	"go/ast"
	"go/token"
	"slices"
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
	return string(f.src[f.offset(c.Pos()) : f.offset(c.Colon)+1])
}

// ready makes the case the default: the select does not wait for it.
func (f *finder) ready(c *ast.CommClause) {
	if a, ok := c.Comm.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
		return // its body has the variables
	}
	f.add("case", c, f.head(c)+" → default:",
		Edit{f.offset(c.Pos()), f.offset(c.Colon), "default"})
}

func (f *finder) exchange(a, b *ast.CommClause) {
	bodyA := Edit{f.offset(a.Colon) + 1, f.offset(a.End()), ""}
	bodyB := Edit{f.offset(b.Colon) + 1, f.offset(b.End()), ""}
	bodyA.New = string(f.src[bodyB.Start:bodyB.End])
	bodyB.New = string(f.src[bodyA.Start:bodyA.End])
	if bodyA.New == bodyB.New {
		return
	}
	f.add("case", b, "bodies exchanged: "+f.head(a)+" "+f.head(b), bodyA, bodyB)
}
