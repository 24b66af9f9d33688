package program

import (
	"bytes"
	"fmt"
	"strings"
)

// firstLine names a program, and is how IsProgram knows it.
func firstLine(name string) string {
	return "// " + name + " of Awaitless, as one program. MIT licence.\n"
}

// header is what stands before the package clause. The go line of a reader's go.mod decides which
// language a file is in, loop variables included, and which defaults GODEBUG has. A file can choose
// its language with a build constraint, and a package main each setting of GODEBUG. The release is
// that of the module in which the Example is tested: what compiles with an older one need not do
// the same. WaitGroup.Go came with Go 1.25, and keeps its waiter during a panic since 1.26.
func header(name, release string, imports []imported) string {
	var b strings.Builder
	fmt.Fprintf(&b, `%s// Run it in a folder of its own: go mod init x; go mod tidy; go run .
// The next lines make it right under a go line of 1.21 or later. A Go
// before %s refuses it: "build constraints exclude all Go files".

//go:build %s

//go:debug asynctimerchan=0
`, firstLine(name), strings.TrimPrefix(release, "go"), release)
	for _, i := range imports {
		if i.path == "net/http" {
			b.WriteString("//go:debug httpmuxgo121=0\n") // or "GET /" is no pattern
		}
	}
	b.WriteString("\n")
	return b.String()
}

// IsProgram reports whether src begins as the program of that name does.
func IsProgram(src []byte, name string) bool {
	return bytes.HasPrefix(src, []byte(firstLine(name)))
}
