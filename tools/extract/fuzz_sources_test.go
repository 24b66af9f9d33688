package main

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

// FuzzCutGo cuts all that a selector can name out of any Go file. A cut line is a line of the
// file, apart from its indentation. Of a gofmt-ed file, each declaration is Go by itself.
func FuzzCutGo(f *testing.F) {
	addFiles(f, "../../examples/*/*.go", 60)
	for _, seed := range []string{
		fuzzSource,
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
			cuts := []*block{file.block(d.shown, d.drop, d.line)}
			for _, l := range d.labels {
				if l.stmt != (span{}) {
					cuts = append(cuts, file.block(l.stmt, span{}, l.line+1))
				}
			}
			for i, b := range cuts {
				for line := range strings.Lines(string(b.text)) {
					// Without gofmt, a body may begin behind its brace.
					found := lines[words(line)] || file.err != nil && strings.Contains(words(string(file.src)), words(line))
					if !found && len(file.marks) == 0 && d.drop == (span{}) {
						t.Fatalf("%s: %q is no line of the file", d.name, line)
					}
				}
				if len(b.text) > 0 && b.text[len(b.text)-1] != '\n' {
					t.Fatalf("%s: no whole lines: %q", d.name, b.text)
				}
				if file.err == nil && i == 0 && !d.example {
					if _, err := parser.ParseFile(token.NewFileSet(), "", "package p\n\n"+string(b.text), parser.SkipObjectResolution); err != nil {
						t.Fatalf("%s is no Go: %v\n%s", d.name, err, b.text)
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

// FuzzCutPython cuts all definitions out of any Python file. They are runs of its lines, one
// after the other.
func FuzzCutPython(f *testing.F) {
	addFiles(f, "../../examples/*/*.py", 60)
	for _, seed := range []string{
		"@a\n\n# c\n@b(\n)\ndef f(): pass\nclass C[T](X):\n  x = '''\ndef g():\n'''\n\n# end\n",
		"async def f(x=\"\\\n\"):\n    return (1,\n2)\n\\\ndef g(): pass",
		"#!x\n#y\ndef f():\n\r\n\tpass\r\ndef f(): 'a\ndef h(): pass",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file := parsePython("p.py", src)
		last := 0
		for _, d := range file.defs {
			if d.from < last || d.to <= d.from {
				t.Fatalf("%s is at %d to %d, after %d", d.name, d.from, d.to, last)
			}
			last = d.to
			text, line, err := file.find(d.name)
			if err != nil { // another has the name
				continue
			}
			if line != d.from+1 || !bytes.HasSuffix(text, []byte("\n")) || !bytes.Contains(append(file.src, '\n'), text) {
				t.Fatalf("%s at line %d: %q", d.name, line, text)
			}
			file.locate(d.line)
		}
		if _, _, err := file.find(""); err != nil {
			t.Fatal(err)
		}
	})
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
			var s sources
			if b, err := s.sectionBlock(sc, sec, "go"); err == nil && utf8.Valid(src) && !bytes.Contains(append(src, '\n'), b.text) && !bytes.Contains(src, []byte("\r")) {
				t.Fatalf("%q is not in the script", b.text)
			}
		}
		sc.runs("examples/x/x.py")
	})
}
