package schedule

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
)

// programPoint is the function that the program calls at its points.
const programPoint = "awaitlessPoint"

// programPoints declares it. A long computation asks the runtime at few of its points.
const programPoints = `package main

import _ "unsafe"

var awaitlessPoints uint32

func awaitlessPoint() {
	awaitlessPoints++
	if awaitlessPoints < 1<<14 || awaitlessPoints%1024 == 0 {
		awaitlessOrderPoint()
	}
}

//go:linkname awaitlessOrderPoint runtime.orderPoint
func awaitlessOrderPoint()
`

// instrument puts a point before every statement, so that others may go first between a look at
// what they share and the next step, also where neither the runtime nor a lock is asked: at
// len(ch), or runtime.NumGoroutine(). No line moves to another place.
func instrument(name string, src []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var at []int
	before := func(list []ast.Stmt) {
		for _, s := range list {
			switch s.(type) {
			case *ast.CaseClause, *ast.CommClause: // their statements have points
			default:
				at = append(at, fset.Position(s.Pos()).Offset)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			before(n.List)
		case *ast.CaseClause:
			before(n.Body)
		case *ast.CommClause:
			before(n.Body)
		case *ast.ForStmt:
			if len(n.Body.List) == 0 { // it spins
				at = append(at, fset.Position(n.Body.Lbrace).Offset+1)
			}
		}
		return true
	})
	slices.Sort(at)
	return insertAt(src, at, programPoint+"(); "), nil
}
