package virtualtime

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/awaitless/awaitless/internal/scripttest"
	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/exectrace"
	"github.com/awaitless/awaitless/internal/timeline/instrument"
)

// FuzzDeclarations words the place of each line of any program that parses.
func FuzzDeclarations(f *testing.F) {
	for _, files := range scripttest.Archives(f, "testdata/*.txtar") {
		f.Add(files[0].Data)
	}
	f.Add([]byte("package main\nfunc () f() {}\nfunc main()"))
	f.Fuzz(func(t *testing.T, src []byte) {
		locate, err := Declarations(src, "Example")
		if err != nil {
			return
		}
		for i := range strings.Split(string(src), "\n") {
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
		files, err := instrument.Program(map[string][]byte{"main.go": archive.Files[0].Data})
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
		r, err := exectrace.Read(t.Context(), bytes.NewReader(trace), exectrace.Lines{})
		if err != nil {
			return
		}
		text := r.Timeline().CSV()
		again, err := timeline.Parse(text)
		require.NoError(t, err, "%q", text)
		require.Equal(t, string(text), string(again.CSV()))
	})
}
