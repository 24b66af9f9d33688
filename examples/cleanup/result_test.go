package cleanup

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Close hands its failure to the caller only if it is deferred with the
// named result. A Conn always closes within its time, so no run shows
// the difference for Ask and WithConn: their source does.
func TestCloseGetsTheNamedResult(t *testing.T) {
	file, err := parser.ParseFile(
		token.NewFileSet(), "cleanup.go", nil, 0)
	require.NoError(t, err)
	var who []string
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			d, ok := n.(*ast.DeferStmt)
			if !ok || types.ExprString(d.Call.Fun) != "Close" {
				return true
			}
			who = append(who, f.Name.Name)
			assert.Equal(t, "&err", types.ExprString(d.Call.Args[2]))
			results := f.Type.Results.List
			last := results[len(results)-1]
			if assert.Len(t, last.Names, 1, "a named result") {
				assert.Equal(t, "err", last.Names[0].Name)
			}
			return true
		})
	}
	assert.Equal(t, []string{"Ask", "WithConn", "WithAll"}, who)
}
