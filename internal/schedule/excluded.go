package schedule

import (
	"go/parser"
	"go/token"
	"strconv"
)

// outside says which packages let something in that no seed decides.
var outside = map[string]string{
	"os/signal": "the kernel decides when a signal comes",
	"os/exec":   "another process takes real time",
}

// Excluded says why a program cannot run under orders, or is empty. A seed would not be
// repeatable for it.
func Excluded(source []byte) (reason string) {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ImportsOnly)
	if err != nil {
		return "" // the compiler says more
	}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err == nil && outside[path] != "" {
			return outside[path]
		}
	}
	return ""
}
