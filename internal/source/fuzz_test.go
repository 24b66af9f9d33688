package source

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// spaced holds blank lines, runs of fence characters, and nothing at all.
const spaced = `package p

func f() {
	g()

	g()
}

func g() {}

const fences = ` + "`\n` + \"```\" + `\n~~~~\n`" + `

func Example_none() {}
`

// FuzzCutGo cuts all that a selector can name out of any Go file. A cut line is a line of the
// file, apart from its indentation. Of a gofmt-ed file, each declaration is Go by itself.
func FuzzCutGo(f *testing.F) {
	addFiles(f, "../../examples/*/*.go", 60)
	for _, seed := range []string{
		spaced,
		"package p\n\nfunc f() {\n\t//docs:snippet a\n\tx := `\n//docs:snippet b\n`\n\t_ = x //docs:snippet c\n}\n",
		"package p\n\n// D.\ntype T[A any] struct{ a A } // end\n\nfunc (t *T[A]) M() {} /* end\n */\n\nvar (\n\ta = 1 //docs:snippet d\n\n\tb = 2\n)\n",
		"package p\n\nfunc Example() {\n\tprint()\n\n\t// Output:\n\t// a\n}\n",
		"package p\n\nfunc () f() {}\n\nfunc (a, b T) g()\n",
		"package p\r\n\r\nfunc (T) One() int   { return 1 }\r\nfunc (T) Three() int { return 3 }\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var p goParser
		file := p.parse("p.go", src)
		lines := map[string]bool{}
		for line := range strings.Lines(string(file.src)) {
			lines[words(line)] = true
		}
		for _, d := range file.decls {
			cuts := []*Block{file.block(d.shown, d.drop, d.line)}
			for _, l := range d.labels {
				if l.stmt != (span{}) {
					cuts = append(cuts, file.block(l.stmt, span{}, l.line+1))
				}
			}
			for i, b := range cuts {
				for line := range strings.Lines(string(b.Text)) {
					// Without gofmt, a body may begin behind its brace.
					found := lines[words(line)] || file.err != nil && strings.Contains(words(string(file.src)), words(line))
					if !found && len(file.marks) == 0 && d.drop == (span{}) {
						t.Fatalf("%s: %q is no line of the file", d.name, line)
					}
				}
				if len(b.Text) > 0 && b.Text[len(b.Text)-1] != '\n' {
					t.Fatalf("%s: no whole lines: %q", d.name, b.Text)
				}
				if file.err == nil && i == 0 && !d.example {
					if _, err := parser.ParseFile(token.NewFileSet(), "", "package p\n\n"+string(b.Text), parser.SkipObjectResolution); err != nil {
						t.Fatalf("%s is no Go: %v\n%s", d.name, err, b.Text)
					}
				}
			}
		}
	})
}

// words is a line with one space for each run of white space.
func words(line string) string { return strings.Join(strings.Fields(line), " ") }

// addFiles seeds a fuzz test with some real files.
func addFiles(f *testing.F, pattern string, most int) {
	f.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		f.Fatal(pattern, err)
	}
	for _, name := range names[:min(most, len(names))] {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
}

// FuzzScript reads any script: each section is said to be where its header is.
func FuzzScript(f *testing.F) {
	addFiles(f, "../../testdata/scripts/*.txtar", 40)
	f.Add([]byte("cmp a b\r\n-- a --\r\nx\r\n-- b --\r\n"))
	f.Add([]byte("[x] !cmpenv 'a' $WORK/b\n# match c d\n--  --\n-- c --\n-- c --\nno newline"))
	f.Fuzz(func(t *testing.T, src []byte) {
		lines := strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n")
		sc := parseScript("x.txtar", src)
		for _, sec := range sc.sections {
			if line := lines[sec.line-1]; !strings.HasPrefix(line, "-- ") || !strings.Contains(line, sec.name) {
				t.Fatalf("section %q is not at line %d, %q", sec.name, sec.line, line)
			}
			sc.compares(sec.name)
			var s scripts
			if b, err := s.fit(sc, sec, "go"); err == nil && utf8.Valid(src) && !bytes.Contains(append(src, '\n'), b.Text) && !bytes.Contains(src, []byte("\r")) {
				t.Fatalf("%q is not in the script", b.Text)
			}
		}
		sc.runs("examples/x/x.py")
	})
}
