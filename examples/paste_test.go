package examples

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/lesson"
)

// TestPaste does what the head of a program tells a reader to do: in an
// empty folder, go mod init x, go mod tidy, go run . It does so for one
// program of the standard library alone, and for others until each
// import from elsewhere was met; all of them are built and run by
// TestPrograms, and built for other go lines by TestGoLines.
//
// Go finds those modules in a proxy made of files, so that the test
// needs no network, and in the versions of go.mod.
func TestPaste(t *testing.T) {
	t.Parallel()
	src, err := suite.Sources()
	require.NoError(t, err)
	if suite.PassedBefore(t) {
		return
	}
	imports := map[string][]string{}
	all := exampleDocs(t)
	for _, l := range all {
		program := filepath.Join(src, l.name, "main.go")
		imports[l.name] = foreignImports(t, program)
	}
	// Those that import the most come first.
	slices.SortStableFunc(all, func(a, b example) int {
		return len(imports[b.name]) - len(imports[a.name])
	})
	met := map[string]bool{}
	t.Cleanup(func() {
		assert.Contains(t, met, "nothing")
		assert.Contains(t, met, "golang.org/x/sync/errgroup")
	})
	unmet := func(path string) bool { return !met[path] }
	for _, l := range all {
		needs := imports[l.name]
		if len(needs) == 0 {
			needs = []string{"nothing"}
		}
		if !slices.ContainsFunc(needs, unmet) {
			continue
		}
		for _, path := range needs {
			met[path] = true
		}
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			program := filepath.Join(src, l.name, "main.go")
			main := filepath.Join(dir, "main.go")
			require.NoError(t, lesson.Copy(program, main))
			proxy := fileProxy(t, imports[l.name])
			env := append(os.Environ(), "GOPROXY="+proxy,
				"GOMODCACHE="+t.TempDir(), "GOSUMDB=off",
				// Without paths in it, what is built comes from the
				// cache next time.
				"GOFLAGS=-modcacherw -trimpath", "GOWORK=off")
			goIn(t, dir, env, "mod", "init", "x")
			goIn(t, dir, env, "mod", "edit", "-go="+lesson.GoLines[0])
			goIn(t, dir, env, "mod", "tidy")
			out := goIn(t, dir, env, "run", ".")
			assert.Equal(t, outputLines(l.Output), outputLines(out))

			// What is imported may ask for a newer line.
			line := "\ngo " + lesson.GoLines[0] + "\n"
			mod := read(t, filepath.Join(dir, "go.mod"))
			raised := !strings.Contains(mod, line)
			assert.Equal(t, len(imports[l.name]) > 0, raised, mod)
		})
	}
}

func goIn(
	t *testing.T, dir string, env []string, args ...string,
) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Env = dir, env
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	require.NoError(t, err, "%s:\n%s", cmd, errs.String())
	return string(out)
}

// foreignImports lists what a file imports from outside of the standard
// library, whose paths have no dot before the first slash.
func foreignImports(t *testing.T, file string) (foreign []string) {
	t.Helper()
	f, err := parser.ParseFile(
		token.NewFileSet(), file, nil, parser.ImportsOnly)
	require.NoError(t, err)
	for _, spec := range f.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		require.NoError(t, err)
		first, _, _ := strings.Cut(name, "/")
		if strings.Contains(first, ".") {
			foreign = append(foreign, name)
		}
	}
	return foreign
}

// fileProxy makes a module proxy of the modules that hold the imports,
// as they lie in the module cache, and returns its address.
func fileProxy(t *testing.T, imports []string) string {
	t.Helper()
	proxy := t.TempDir()
	for _, name := range imports {
		out := goIn(t, root, os.Environ(), "list", "-f",
			"{{.Module.Path}} {{.Module.Version}} {{.Module.GoMod}}",
			name)
		fields := strings.Fields(out)
		require.Len(t, fields, 3, name)
		module, version, mod := fields[0], fields[1], fields[2]

		home := filepath.Join(proxy, filepath.FromSlash(module), "@v")
		require.NoError(t, os.MkdirAll(home, 0o777))
		for _, ext := range []string{".mod", ".zip"} {
			from := strings.TrimSuffix(mod, ".mod") + ext
			to := filepath.Join(home, version+ext)
			require.NoError(t, lesson.Copy(from, to))
		}
		for file, text := range map[string]string{
			"list":            version + "\n",
			version + ".info": `{"Version":"` + version + `"}`,
		} {
			to := filepath.Join(home, file)
			require.NoError(t, os.WriteFile(to, []byte(text), 0o666))
		}
	}
	return "file://" + filepath.ToSlash(proxy)
}
