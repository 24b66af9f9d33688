package virtualtime

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"sort"
)

// Declarations words places in a program of one file by declaration: All:7 is the seventh line
// of All with its doc comment, Task.Wait:2 one of a method. Lines of main count from the first of
// its body, and main is called by the name that a page shows it under. So a place stays what it
// is when other code changes.
func Declarations(src []byte, main string) (func(file string, line int) string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "main.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	type place struct {
		line int // of which the first line counts as 1
		name string
	}
	places := []place{{0, "main.go"}}
	for _, decl := range file.Decls {
		from, name := decl.Pos(), ""
		switch d := decl.(type) {
		case *ast.FuncDecl:
			name = d.Name.Name
			if d.Doc != nil {
				from = d.Doc.Pos()
			}
			if d.Recv.NumFields() > 0 {
				name = receiver(d.Recv.List[0].Type) + "." + name
			} else if name == "main" && d.Body != nil {
				name, from = main, d.Body.Lbrace+1
				places = append(places, place{fset.Position(from).Line + 1, name})
				continue
			}
		case *ast.GenDecl:
			if d.Doc != nil {
				from = d.Doc.Pos()
			}
			name = firstName(d)
		}
		places = append(places, place{fset.Position(from).Line, name})
	}
	return func(_ string, line int) string {
		i := sort.Search(len(places), func(i int) bool { return places[i].line > line }) - 1
		return fmt.Sprintf("%s:%d", places[max(i, 0)].name, line-places[max(i, 0)].line+1)
	}, nil
}

func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}

func firstName(d *ast.GenDecl) string {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			return s.Name.Name
		case *ast.ValueSpec:
			return s.Names[0].Name
		}
	}
	return d.Tok.String()
}
