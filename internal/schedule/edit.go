package schedule

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
)

// An edit changes one file of Go's own source, or says why it does not fit.
type edit func(name string, src []byte) ([]byte, error)

// replace puts with where old stands; old must stand there once.
func replace(old, with string) edit {
	return func(name string, src []byte) ([]byte, error) {
		if n := bytes.Count(src, []byte(old)); n != 1 {
			return nil, fmt.Errorf("%s: found %d times, not once: %q", name, n, old)
		}
		return bytes.Replace(src, []byte(old), []byte(with), 1), nil
	}
}

// enter puts a statement before the first one of each named function, such as "chansend" or
// "Mutex.Lock"; each must be there.
func enter(statement string, functions ...string) edit {
	return func(name string, src []byte) ([]byte, error) {
		return insert(name, src, statement, functions)
	}
}

// enterMethods does so for each exported method with a body, of which there must be some.
func enterMethods(statement string) edit {
	return func(name string, src []byte) ([]byte, error) {
		return insert(name, src, statement, nil)
	}
}

func insert(name string, src []byte, statement string, functions []string) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var at []int
	missing := slices.Clone(functions)
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		wanted := functions == nil && f.Recv != nil && f.Name.IsExported()
		if i := slices.Index(missing, functionName(f)); i >= 0 {
			missing = slices.Delete(missing, i, i+1)
			wanted = true
		}
		if wanted {
			at = append(at, fset.Position(f.Body.Lbrace).Offset+1)
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("%s: found no function %s", name, missing[0])
	}
	if len(at) == 0 {
		return nil, fmt.Errorf("%s: found no exported method", name)
	}
	return insertAt(src, at, " "+statement+"; "), nil
}

// insertAt puts text at each of the ascending offsets.
func insertAt(src []byte, offsets []int, text string) []byte {
	var out []byte
	last := 0
	for _, at := range offsets {
		out = append(out, src[last:at]...)
		out = append(out, text...)
		last = at
	}
	return append(out, src[last:]...)
}

// functionName is the name as a reader would write it: All, or Mutex.Lock.
func functionName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if generic, ok := t.(*ast.IndexExpr); ok {
		t = generic.X
	}
	name, ok := t.(*ast.Ident)
	if !ok {
		return f.Name.Name
	}
	return name.Name + "." + f.Name.Name
}
