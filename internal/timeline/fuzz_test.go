package timeline

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// FuzzInstrument changes any program, and wants a program whose lines are where they were.
func FuzzInstrument(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal(err)
	}
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	f.Add([]byte("package main\r\nimport . \"fmt\"\r\nimport p \"runtime/pprof\"\r\nfunc main() { Println(); p.Do(nil, p.Labels(), nil) }"))
	f.Add([]byte("package main\nimport \"fmt\"\nfunc main() { f := fmt.Print; (fmt).Println(f); var fmt int; _ = fmt } // end"))
	f.Add([]byte("package main\nfunc () f() {}\nfunc main()"))
	f.Fuzz(func(t *testing.T, src []byte) {
		files, err := instrument(map[string][]byte{"main.go": src})
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
		locate, err := Declarations(src, "Example")
		if err != nil {
			t.Fatal(err)
		}
		for i := range was {
			locate("main.go", i+1)
		}
	})
}

// FuzzTrace reads any bytes as a trace. What it makes of them has a text that can be read again.
func FuzzTrace(f *testing.F) {
	if runtime.GOOS == "windows" {
		f.Skip("its runtime has no faketime")
	}
	scratch := module(f)
	for _, name := range []string{"channels", "pair"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		require.NoError(f, err)
		files, err := instrument(map[string][]byte{"main.go": archive.Files[0].Data})
		require.NoError(f, err)
		src := Source{Name: name}
		binary, err := src.build(f.Context(), scratch, files)
		require.NoError(f, err)
		require.NoError(f, (&run{binary: binary, trace: filepath.Join(scratch, "trace")}).play(f.Context()))
		trace, err := os.ReadFile(filepath.Join(scratch, "trace"))
		require.NoError(f, err)
		f.Add(trace)
	}
	f.Fuzz(func(t *testing.T, trace []byte) {
		r := &reader{lanes: map[goID]*lane{}}
		if err := r.readAll(t.Context(), bytes.NewReader(trace)); err == nil && r.main != nil {
			roundTrip(t, r.timeline())
		}
	})
}

// FuzzCSV reads any text as that of a timeline, writes it, and reads it again.
func FuzzCSV(f *testing.F) {
	const head = "lane,from,to,state,at,note\n"
	for _, seed := range []string{
		"", head, head + "main,0,,send,a:1,\n", head + "main,0,1,print,,\"a \"\"b\"\"\nc\"\nx,1,1,end,,\nmain,2,2,end,,\n",
		head + "\"\r\n\",-1,-1,\"\r\", ,\r\n", "lane,from,to,state,at,note\r\n,0,0,,,\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if tl, err := Parse(text); err == nil {
			roundTrip(t, tl)
		}
	})
}

func roundTrip(t *testing.T, tl *Timeline) {
	t.Helper()
	text := tl.CSV()
	again, err := Parse(text)
	if err != nil {
		t.Fatalf("%v:\n%q", err, text)
	}
	if !bytes.Equal(text, again.CSV()) {
		t.Fatalf("%q became %q", text, again.CSV())
	}
}
