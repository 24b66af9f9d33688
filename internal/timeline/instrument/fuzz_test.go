package instrument

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/awaitless/awaitless/internal/scripttest"
)

// FuzzInstrument changes any program, and wants a program whose lines are where they were.
func FuzzInstrument(f *testing.F) {
	for _, files := range scripttest.Archives(f, "../virtualtime/testdata/*.txtar") {
		f.Add(files[0].Data)
	}
	f.Add([]byte("package main\r\nimport . \"fmt\"\r\nimport p \"runtime/pprof\"\r\nfunc main() { Println(); p.Do(nil, p.Labels(), nil) }"))
	f.Add([]byte("package main\nimport \"fmt\"\nfunc main() { f := fmt.Print; (fmt).Println(f); var fmt int; _ = fmt } // end"))
	f.Add([]byte("package main\nfunc () f() {}\nfunc main()"))
	f.Fuzz(func(t *testing.T, src []byte) {
		files, err := Program(map[string][]byte{"main.go": src})
		if err != nil {
			return
		}
		out := files["main.go"]
		if _, err := parser.ParseFile(token.NewFileSet(), "main.go", out, parser.SkipObjectResolution); err != nil {
			t.Fatalf("%v:\n%s", err, out)
		}
		was, is := strings.Split(string(src), "\n"), strings.Split(string(out), "\n")
		if len(is) < len(was) {
			t.Fatalf("%d lines became %d:\n%s", len(was), len(is), out)
		}
		for i, line := range was[:len(was)-1] {
			if !strings.Contains(line, "main") && !strings.Contains(line, "Print") && !strings.Contains(line, "Do") &&
				!strings.Contains(line, "Set") && line != is[i] {
				t.Fatalf("line %d was %q and is %q", i+1, line, is[i])
			}
		}
	})
}
