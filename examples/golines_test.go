package examples

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/lesson"
)

// TestGoLines pastes every program into modules with different go
// lines. The compiler makes the same of each, to the byte, so that
// TestPrograms need run them in one, which has the oldest line. There
// go vet finds nothing that the line is too old for.
func TestGoLines(t *testing.T) {
	t.Parallel()
	module, err := suite.Sources()
	require.NoError(t, err)
	if suite.PassedBefore(t) {
		return
	}
	oldest := compiled(t, module, lesson.GoLines[0])
	assert.Len(t, oldest, len(exampleDocs(t)))
	for _, line := range lesson.GoLines[1:] {
		newer := compiled(t, module, line)
		assert.Equal(t, oldest, newer, "go %s", line)
	}
	assert.NoError(t, lesson.Command(module, "go", "vet", "./..."))
}

// compiled returns what the compiler makes of each package of a module
// under a go line, by import path: the hash of the object. What the
// line changes without the compiler, the defaults of GODEBUG, is linked
// to the program and can be seen where it runs.
func compiled(t *testing.T, module, line string) map[string]string {
	t.Helper()
	out := goIn(t, module, os.Environ(),
		"list", "-modfile=go-"+line+".mod", "-trimpath", "-export",
		"-f", "{{.ImportPath}} {{.BuildID}}", "./...")
	objects := map[string]string{}
	for line := range strings.Lines(out) {
		name, id, _ := strings.Cut(strings.TrimSpace(line), " ")
		_, objects[name], _ = strings.Cut(id, "/") // inputs/object
	}
	return objects
}

// TestGoLinesCanFail shows what the head of a program is for. Without
// it, an old go line compiles to something else, and prints it.
func TestGoLinesCanFail(t *testing.T) {
	t.Parallel()
	programs, err := suite.Sources()
	require.NoError(t, err)
	if suite.PassedBefore(t) {
		return
	}
	serving := filepath.Join(programs, "when.ExampleGreet", "main.go")
	head, _, _ := strings.Cut(read(t, serving), "package main")

	module := t.TempDir()
	for name, text := range map[string]string{
		"plain": lineMatters, "headed": head + lineMatters,
	} {
		dir := filepath.Join(module, name)
		require.NoError(t, os.Mkdir(dir, 0o777))
		main := filepath.Join(dir, "main.go")
		require.NoError(t, os.WriteFile(main, []byte(text), 0o666))
	}
	for mod, line := range map[string]string{
		"go.mod": "1.21", "go-1.21.mod": "1.21", "go-1.26.mod": "1.26",
	} {
		require.NoError(t, lesson.WriteMod(module, mod, "x", line, ""))
	}
	before := compiled(t, module, "1.21")
	after := compiled(t, module, "1.26")
	assert.Equal(t, before["x/headed"], after["x/headed"])
	assert.NotEqual(t, before["x/plain"], after["x/plain"])

	env := append(os.Environ(), "GOFLAGS=-trimpath")
	const right = "loop 0, buffer 0, pattern GET /\n"
	assert.Equal(t, right, goIn(t, module, env, "run", "./headed"))
	assert.NotEqual(t, right, goIn(t, module, env, "run", "./plain"))
}

// TestVetKnowsTheGoLine holds what the home page says of go vet.
func TestVetKnowsTheGoLine(t *testing.T) {
	t.Parallel()
	module := t.TempDir()
	err := lesson.WriteMod(module, "go.mod", "x", "1.21", "")
	require.NoError(t, err)
	main := filepath.Join(module, "main.go")
	require.NoError(t, os.WriteFile(main, []byte(vetFinds), 0o666))
	err = lesson.Command(module, "go", "vet", ".")
	assert.ErrorContains(t, err, "Go requires go1.25 or later")
	assert.ErrorContains(t, err, "loop variable i captured")
}

const vetFinds = `package main

import "sync"

func main() {
	var wg sync.WaitGroup
	wg.Go(func() {})
	for i := 0; i < 3; i++ {
		go func() { println(i) }()
	}
}
`

// lineMatters prints what depends on the go line: one variable for each
// round of a loop (1.22), channels of timers without a buffer (1.23),
// and patterns with a method (1.22).
const lineMatters = `package main

import (
	"fmt"
	"net/http"
	"time"
)

func main() {
	var loop []func() int
	for i := 0; i < 3; i++ {
		loop = append(loop, func() int { return i })
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", http.NotFound)
	r, _ := http.NewRequest("GET", "/", nil)
	_, pattern := mux.Handler(r)
	fmt.Printf("loop %d, buffer %d, pattern %s\n",
		loop[0](), cap(time.NewTimer(time.Hour).C), pattern)
}
`
