package examples

import (
	"flag"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// root is the repository, seen from this package.
const root = ".."

// scratch holds what the tests build; it is gone after them.
var scratch string

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "awaitless")
	if err != nil {
		log.Print(err)
		return 1
	}
	defer os.RemoveAll(dir)
	scratch = dir
	// The scripts wait for other processes, often for ones that sleep.
	flag.Parse()
	parallel := strconv.Itoa(2 * runtime.GOMAXPROCS(0))
	if err := flag.Set("test.parallel", parallel); err != nil {
		log.Print(err)
		return 1
	}
	return m.Run()
}

// scripts is where the lessons stand.
var scripts = filepath.Join(root, "testdata", "scripts")

func scriptPath(name string) string {
	return filepath.Join(scripts, name+".txtar")
}

// TestLessons runs every script in testdata/scripts: what a person sees
// in the terminal. With -v, each step's comment is printed.
func TestLessons(t *testing.T) {
	t.Parallel()
	goenv := goEnv(t, "GOCACHE", "GOMODCACHE", "GOROOT", "GOPROXY")
	python, reason := findPython()
	if python == "" && mustHaveTools() {
		t.Fatal(reason)
	}
	deadline, _ := t.Deadline()
	testscript.RunT(lessonT{t}, testscript.Params{
		Dir:                scripts,
		Deadline:           deadline,
		RequireUniqueNames: true,
		Condition: func(cond string) (bool, error) {
			return condition(cond, python)
		},
		Setup: func(env *testscript.Env) error {
			if python == "" {
				// T's methods are those of the lesson's own test.
				env.T().Log("the Python half is skipped: " + reason)
			}
			env.Vars = append(env.Vars, goenv...)
			// What a reader's own terminal has: testscript asks the
			// runtime to report its own goroutines as well.
			env.Setenv("GOTRACEBACK", "single")
			// Without paths in it, what go builds for a script is the
			// same in every temporary folder, and comes from its cache.
			env.Setenv("GOFLAGS", "-trimpath")
			env.Setenv("GOTOOLCHAIN", "local")
			return writeModule(env.WorkDir)
		},
		Cmds: map[string]func(*testScript, bool, []string){
			"go":          cmdGo,
			"match":       cmdMatch,
			"program":     cmdProgram,
			"python":      cmdPython(python),
			"staticcheck": cmdStaticcheck,
		},
	})
}

// mustHaveTools is true where a missing tool is a failure, not a skip:
// in CI.
func mustHaveTools() bool { return os.Getenv("REQUIRE_TOOLS") != "" }

// moduleLine is the line of go.mod that names the module.
var moduleLine = regexp.MustCompile(`(?m)^module .*$`)

// writeModule makes dir a module: the repository's go.mod and go.sum
// under another name, so that a lesson's programs use the versions that
// the examples use, without a network.
func writeModule(dir string) error {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	mod = moduleLine.ReplaceAll(mod, []byte("module lesson"))
	path := filepath.Join(dir, "go.mod")
	if err := os.WriteFile(path, mod, 0o666); err != nil {
		return err
	}
	return copyFile(
		filepath.Join(root, "go.sum"), filepath.Join(dir, "go.sum"))
}

// goEnv returns the named settings of the go command as name=value: a
// script has a home of its own, in which go would look for them in
// vain.
func goEnv(t *testing.T, names ...string) []string {
	t.Helper()
	args := append([]string{"env"}, names...)
	out, err := exec.Command("go", args...).Output()
	require.NoError(t, err)
	values := strings.Split(strings.TrimSpace(string(out)), "\n")
	vars := make([]string, len(names))
	for i, name := range names {
		vars[i] = name + "=" + values[i]
	}
	return vars
}
