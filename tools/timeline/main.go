package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"awaitless/tools/internal/timeline"
)

func main() {
	dir := os.Args[1]
	files := map[string][]byte{}
	names, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, n := range names {
		b, _ := os.ReadFile(n)
		files[filepath.Base(n)] = b
	}
	abs, _ := filepath.Abs(dir)
	tl, err := timeline.Record(context.Background(), filepath.Join(os.TempDir(), "tlscratch"), timeline.Source{Name: filepath.Base(dir), Dir: abs, Files: files})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(tl.CSV())
}
