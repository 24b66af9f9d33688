package schedule

import (
	"go/parser"
	"go/token"
	"strconv"
)

// outside says which packages need more than the one thread that a program has here.
var outside = map[string]string{
	"os/exec": "while it waits for another process, none of its goroutines runs",
}

// Excluded says why a program cannot run under orders, or is empty.
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
