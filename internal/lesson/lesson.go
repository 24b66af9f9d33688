// Package lesson runs the lessons of testdata/scripts: what a person sees in the terminal. They are
// scripts of testscript with some commands more; testdata/scripts/README.md names them. It also
// builds and runs the whole program of each Example, which the lessons use.
package lesson

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
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// A Suite is the lessons of a repository, with the programs that they run. What is built stays in
// .bin/lessons; what takes long is done once for all tests.
type Suite struct {
	root    string // of the repository
	home    string // in .bin, for this release of Go: two may be at work at the same time
	scratch string // gone after the tests
	update  bool   // sections of scripts that are not what is printed become it
	mu      sync.Mutex
	updates map[string]map[string]string // by script and section
	sources func() (string, error)
	builder builder
	runs    sync.Map // by name: the func() Run that runs the program once
	// Most of their time the programs sleep; but they have to wake in time.
	running chan struct{}
}

// New makes the suite of the repository at root, a path from the folder of the test.
func New(root string) *Suite {
	s := &Suite{
		root:    root,
		home:    filepath.Join(root, ".bin", "lessons", runtime.Version()),
		builder: builder{built: map[string]error{}},
		running: make(chan struct{}, 16),
		update:  os.Getenv("UPDATE_SCRIPTS") != "",
		updates: map[string]map[string]string{},
	}
	s.sources = sync.OnceValues(s.makeSources)
	return s
}

// Main runs the tests, with a folder for what they build, and more of them at the same time than
// there are processors: they wait for other processes, often for ones that sleep.
func (s *Suite) Main(m *testing.M) int {
	dir, err := os.MkdirTemp("", "awaitless")
	if err != nil {
		log.Print(err)
		return 1
	}
	defer os.RemoveAll(dir)
	s.scratch = dir
	flag.Parse()
	parallel := strconv.Itoa(2 * runtime.GOMAXPROCS(0))
	if err := flag.Set("test.parallel", parallel); err != nil {
		log.Print(err)
		return 1
	}
	return m.Run()
}

func (s *Suite) scripts() string { return filepath.Join(s.root, "testdata", "scripts") }

// Run runs every script. With -v, each step's comment is printed.
func (s *Suite) Run(t *testing.T) {
	goenv := goEnv(t, "GOCACHE", "GOMODCACHE", "GOROOT", "GOPROXY")
	python, reason := findPython()
	if python == "" && MustHaveTools() {
		t.Fatal(reason)
	}
	deadline, _ := t.Deadline()
	testscript.RunT(lessonT{t, s}, testscript.Params{
		Dir:                s.scripts(),
		Deadline:           deadline,
		RequireUniqueNames: true,
		UpdateScripts:      s.update,
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
			return s.writeModule(env.WorkDir)
		},
		Cmds: s.commands(python),
	})
}

// commands are those that a script has beside testscript's own, by name. The README of the scripts
// says what each does.
func (s *Suite) commands(python string) map[string]func(*testScript, bool, []string) {
	return map[string]func(*testScript, bool, []string){
		"go":          s.cmdGo,
		"match":       s.cmdMatch,
		"program":     s.cmdProgram,
		"python":      s.cmdPython(python),
		"staticcheck": s.cmdStaticcheck,
	}
}

// MustHaveTools is true where a missing tool is a failure, not a skip:
// in CI.
func MustHaveTools() bool { return os.Getenv("REQUIRE_TOOLS") != "" }

// moduleLine is the line of go.mod that names the module.
var moduleLine = regexp.MustCompile(`(?m)^module .*$`)

// writeModule makes dir a module: the repository's go.mod and go.sum
// under another name, so that a lesson's programs use the versions that
// the examples use, without a network.
func (s *Suite) writeModule(dir string) error {
	mod, err := os.ReadFile(filepath.Join(s.root, "go.mod"))
	if err != nil {
		return err
	}
	mod = moduleLine.ReplaceAll(mod, []byte("module lesson"))
	path := filepath.Join(dir, "go.mod")
	if err := os.WriteFile(path, mod, 0o666); err != nil {
		return err
	}
	return Copy(
		filepath.Join(s.root, "go.sum"), filepath.Join(dir, "go.sum"))
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
