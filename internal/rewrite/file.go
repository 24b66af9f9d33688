package rewrite

import (
	"bytes"
	"os"
	"path/filepath"
)

// File puts the text in the place of a file, in one step, and makes its folder if need be. A file
// that has the text already is left alone, with its time: go build compares times.
func File(name string, text []byte) error {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, text) {
		return nil
	}
	folder := filepath.Dir(name)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	dir, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	return replaceFile(dir, filepath.Base(name), text, 0o644)
}
