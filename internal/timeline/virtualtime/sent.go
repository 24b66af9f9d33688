package virtualtime

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// sent finds what the program's own text says of the value that a line sends: a constant that is
// written there, such as 7, "ping" or true. Of another it is "", and where a line sends twice.
func sent(files map[string][]byte) func(file string, line int) string {
	type place struct {
		file string
		line int
	}
	values := map[place]string{}
	for name, src := range files {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
		if err != nil {
			continue // the compiler says it better
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if send, ok := n.(*ast.SendStmt); ok {
				at := place{name, fset.Position(send.Arrow).Line}
				value := constant(send.Value)
				if _, twice := values[at]; twice {
					value = ""
				}
				values[at] = value
			}
			return true
		})
	}
	return func(file string, line int) string { return values[place{file, line}] }
}

// longest is how many bytes of a value a bar has room for.
const longest = 16

// constant is a constant as it is written, or "". Notes of a timeline use the word by otherwise.
func constant(value ast.Expr) string {
	text := ""
	switch v := value.(type) {
	case *ast.BasicLit:
		text = v.Value
	case *ast.Ident:
		if v.Name == "true" || v.Name == "false" || v.Name == "nil" {
			text = v.Name
		}
	case *ast.UnaryExpr:
		if lit, ok := v.X.(*ast.BasicLit); ok && v.Op == token.SUB {
			text = "-" + lit.Value
		}
	}
	if len(text) > longest || strings.ContainsAny(text, "\n\r") || strings.Contains(text, " by ") {
		return ""
	}
	return text
}
