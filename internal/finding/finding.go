// Package finding is what a check finds, and how it is worded: "path:line: what is wrong; what is
// valid".
package finding

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// A Position is where something stands in a file of the repository.
type Position struct {
	Path string // from the root, with slashes
	Line int    // from 1; 0 for the whole file
}

// At is the position of a line.
func At(path string, line int) Position { return Position{path, line} }

func (p Position) String() string {
	switch {
	case p.Path == "":
		return fmt.Sprintf("line %d", p.Line)
	case p.Line == 0:
		return p.Path
	}
	return fmt.Sprintf("%s:%d", p.Path, p.Line)
}

// A Finding is what is wrong, and where.
type Finding struct {
	At  Position
	Msg string
}

func (f Finding) Error() string { return fmt.Sprintf("%s: %s", f.At, f.Msg) }

// Reason words an error of the file system without its path, which a finding names already.
func Reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	if strings.Contains(err.Error(), "escapes") { // the error of os.Root has no name
		return "leaves the repository; it must be inside"
	}
	return err.Error()
}
