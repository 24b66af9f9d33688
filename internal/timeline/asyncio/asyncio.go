// Package asyncio holds the Python that runs asyncio programs in virtual time: virtualtime.py,
// and timeline.py, which also records what the tasks do and is helped by timeline_*.py.
package asyncio

import (
	"crypto/sha256"
	"embed"
	"io/fs"
	"path/filepath"

	"github.com/awaitless/awaitless/internal/rewrite"
)

// The programs that Write writes.
const (
	VirtualTime = "virtualtime.py"
	Timeline    = "timeline.py" // imports the others
)

//go:embed *.py
var programs embed.FS

// Write writes the programs to a folder, which it makes if need be. What is there already is left
// alone, so several processes may share the folder.
func Write(dir string) error {
	for _, name := range names() {
		text, err := programs.ReadFile(name)
		if err != nil {
			return err
		}
		if err := rewrite.File(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	return nil
}

// names are the names of all programs, sorted.
func names() []string {
	all, _ := fs.Glob(programs, "*.py") // the pattern is one
	return all
}

// Sum is one of the programs, for whoever keeps what they made.
func Sum() []byte {
	h := sha256.New()
	for _, name := range names() {
		text, _ := programs.ReadFile(name) // it is part of this binary
		h.Write(text)
	}
	return h.Sum(nil)
}
