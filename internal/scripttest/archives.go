package scripttest

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// Archives returns the files of each archive whose path matches the pattern, in the order of the
// paths. There must be one.
func Archives(tb testing.TB, pattern string) (all [][]txtar.File) {
	tb.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		tb.Fatalf("%s: no archive: %v", pattern, err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, archive.Files)
	}
	return all
}
