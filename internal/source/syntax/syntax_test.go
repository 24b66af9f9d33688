package syntax

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func parse(t *testing.T, src string) (*token.FileSet, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", "package p\n"+src, parser.ParseComments)
	require.NoError(t, err)
	return fset, file
}

func TestIsExample(t *testing.T) {
	for src, want := range map[string]bool{
		"func Example() {}":                       true,
		"func ExampleAll_two() {}":                true,
		"func Example_two() {}":                   true,
		"func Examples() {}":                      false,
		"func ExampleAll(n int) {}":               false,
		"func ExampleAll() int { return 1 }":      false,
		"func ExampleAll[T any]() {}":             false,
		"func ExampleAll()":                       false,
		"type T int; func (T) ExampleAll() {   }": false,
	} {
		_, file := parse(t, src)
		d, ok := file.Decls[len(file.Decls)-1].(*ast.FuncDecl)
		require.True(t, ok)
		assert.Equal(t, want, IsExample(d), src)
	}
}

func TestFindOutput(t *testing.T) {
	for body, want := range map[string]Output{
		"// Output:\n// a\n//\n// b\n":            {Text: "a\n\nb"},
		"// unordered OUTPUT: a\n":                {Text: "a", Unordered: true},
		"// Output: a\n\tprint()\n\n// Output:\n": {},
	} {
		_, file := parse(t, "func Example() {\n"+body+"}\n// Output: of another\n")
		out, ok := FindOutput(file.Decls[0].(*ast.FuncDecl).Body, file.Comments)
		require.True(t, ok, body)
		want.Comment = out.Comment
		assert.Equal(t, want, out, body)
	}
	for _, body := range []string{"", "// Prints: a\n", "// Output: a\n\tprint()\n\t// and more\n"} {
		_, file := parse(t, "func Example() {\n"+body+"}\n")
		_, ok := FindOutput(file.Decls[0].(*ast.FuncDecl).Body, file.Comments)
		assert.False(t, ok, body)
	}
}

func TestIsDirective(t *testing.T) {
	for text, want := range map[string]bool{
		"//docs:snippet wait": true, "//docs:snippet": true, "//docs:snippets": false, "// docs:snippet wait": false,
	} {
		assert.Equal(t, want, IsDirective(&ast.Comment{Text: text}), text)
	}
}

func TestComments(t *testing.T) {
	fset, file := parse(t, "var a = 1 /* one */ // and two\n// below\n")
	to := LineEnd(fset, file.Comments, file.Decls[0].End())
	assert.Equal(t, len("package p\nvar a = 1 /* one */ // and two"), fset.Position(to).Offset)

	const src = "a()\n\t// alone\nb() // behind\n"
	lo, hi := CommentLine([]byte(src), len("a()\n\t"), len("a()\n\t// alone"))
	assert.Equal(t, "\t// alone\n", src[lo:hi], "with its line")
	lo, hi = CommentLine([]byte(src), len("a()\n\t// alone\nb() "), len(src)-1)
	assert.Equal(t, " // behind", src[lo:hi], "with the space before it")
}
