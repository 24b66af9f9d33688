package program

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// A testCase is one archive of testdata: a package, and the program of its Example or the fault
// that keeps it from becoming one.
type testCase struct {
	name  string
	files map[string]string
	want  string // want.go
	fault string
}

// goMod lets the packages import something that is not of the standard library.
const goMod = "\n\ngo 1.26\n\nrequire example.test/go-lib v0.0.0\n\nreplace example.test/go-lib => "

func readCases(t *testing.T) (cases []testCase) {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		c := testCase{name: strings.TrimSuffix(filepath.Base(name), ".txtar"), files: map[string]string{}}
		for _, f := range archive.Files {
			switch f.Name {
			case "want.go":
				c.want = string(f.Data)
			case "fault":
				c.fault = strings.TrimSuffix(string(f.Data), "\n")
			default:
				c.files["examples/"+c.name+"/"+f.Name] = string(f.Data)
			}
		}
		cases = append(cases, c)
	}
	return cases
}

// writeTree writes files below a new folder.
func writeTree(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	return dir
}

// loadCases loads all cases as one module.
func loadCases(t *testing.T, cases []testCase) (s *Set, lib string) {
	t.Helper()
	lib = writeTree(t, map[string]string{
		"go.mod":     "module example.test/go-lib\n\ngo 1.26\n",
		"lib.go":     "package lib\n\nconst Name = \"lib\"\n",
		"dot/dot.go": "package dot\n\nconst Dotted = \" dotted\"\n",
	})
	files := map[string]string{
		"go.mod":     "module m" + goMod + lib + "\n",
		"lib/lib.go": "package lib\n\nvar V int\n",
	}
	for _, c := range cases {
		for name, text := range c.files {
			files[name] = text
		}
	}
	s, err := Load(writeTree(t, files), "./examples/...")
	require.NoError(t, err)
	return s, lib
}

// TestProgram makes the program of each case, builds all of them at once in a module of their
// own, runs them, and compares what they print with the Examples.
func TestProgram(t *testing.T) {
	cases := readCases(t)
	s, lib := loadCases(t, cases)
	mains := map[string]string{"go.mod": "module pasted" + goMod + lib + "\n"}
	programs := map[string]*Program{}
	for _, c := range cases {
		p, err := s.Program(c.name + ".Example")
		if c.fault != "" {
			t.Run(c.name, func(t *testing.T) { assert.EqualError(t, err, c.fault) })
			continue
		}
		require.NoError(t, err)
		mains[c.name+"/main.go"] = string(p.Source)
		programs[c.name] = p
	}
	dir := writeTree(t, mains)
	cmd := exec.Command("go", "build", "-o", dir+"/bin/", "./...")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	for _, c := range cases {
		p := programs[c.name]
		if p == nil {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, string(p.Source))
			assert.True(t, p.HasOutput)
			assert.True(t, IsProgram(p.Source, p.Name))
			out, err := exec.Command(filepath.Join(dir, "bin", c.name)).Output()
			require.NoError(t, err)
			assert.Equal(t, p.Output, strings.TrimSpace(string(out)))
		})
	}
}

// TestNames lists Examples by folder and function, with and without output.
func TestNames(t *testing.T) {
	s, err := Load(writeTree(t, map[string]string{
		"go.mod":                        "module example.test/m\n\ngo 1.26\n",
		"root_test.go":                  "package m\n\nfunc ExampleRoot() {}\n",
		"lib/lib_test.go":               "package lib\n\nfunc ExampleLib() {}\n",
		"examples/deep/er/er_test.go":   "package er\n\nfunc ExampleB_one() {\n\t// unordered output: b\n\t// a\n}\n\nfunc Example() {}\n",
		"examples/deep/er/not_test.go":  "package er\n\nfunc Examples() {}\n\nfunc ExampleArg(int) {}\n\nfunc ExampleOf[T any]() {}\n\nfunc ExampleResult() int { return 1 }\n\ntype T int\n\nfunc (T) Example() {}\n",
		"examples/deep/er/plain.go":     "package er\n\nfunc ExamplePlain() {}\n",
		"examples/empty/doc.go":         "package empty\n",
		"examples/external/ext_test.go": "package external_test\n\nfunc Example() {}\n",
	}), "./...")
	require.NoError(t, err)
	assert.Equal(t, []string{"deep/er.Example", "deep/er.ExampleB_one", "external.Example", "lib.ExampleLib", "m.ExampleRoot"}, s.Names())

	p, err := s.Program("deep/er.ExampleB_one")
	require.NoError(t, err)
	assert.Equal(t, "b\na", p.Output)
	assert.True(t, p.Unordered)
	assert.Equal(t, "examples/deep/er/er_test.go:3:1", p.Pos.String())

	p, err = s.Program("deep/er.Example")
	require.NoError(t, err)
	assert.False(t, p.HasOutput)

	_, err = s.Program("deep/er.Exmple")
	assert.EqualError(t, err, "no Example deep/er.Exmple; valid: deep/er.Example")
	_, err = s.Program("nothing.at.all.like.it")
	assert.EqualError(t, err, "no Example nothing.at.all.like.it; valid: deep/er.Example, deep/er.ExampleB_one, external.Example, lib.ExampleLib, m.ExampleRoot")
	_, err = (&Set{}).Program("x.Example")
	assert.EqualError(t, err, "no Example x.Example; none exist")
}

// TestLoadErrors shows what is wrong with the code, each error once and with its place.
func TestLoadErrors(t *testing.T) {
	const mod = "module m\n\ngo 1.26\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"type": {
			map[string]string{"go.mod": mod, "examples/p/p.go": "package p\n\nvar x int = \"\"\n\nvar y = z\n", "examples/p/p_test.go": "package p\n"},
			"examples/p/p.go:3: cannot use \"\" (untyped string constant) as int value in variable declaration\nexamples/p/p.go:5: undefined: z",
		},
		"collision": {
			map[string]string{"go.mod": mod, "examples/p/a.go": "package p\n\nimport \"fmt\"\n\nvar _ = fmt.Sprint()\n", "examples/p/b.go": "package p\n\nfunc fmt() {}\n"},
			"fmt already declared through import of package",
		},
		"syntax": {
			map[string]string{"go.mod": mod, "examples/p/p.go": "package p\n\nfunc {\n"},
			"examples/p/p.go:3: expected 'IDENT', found '{'",
		},
		"dependency": {
			map[string]string{"go.mod": mod, "examples/p/p.go": "package p\n\nimport _ \"m/lib\"\n", "lib/lib.go": "package lib\n\nvar x = y\n"},
			"lib/lib.go:3: undefined: y",
		},
		"missing": {
			map[string]string{"go.mod": mod, "examples/p/p.go": "package p\n\nimport _ \"example.test/none\"\n"},
			"examples/p/p.go:3: ",
		},
		"module": {
			map[string]string{"go.mod": "module\n"},
			"go.mod:1: ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(writeTree(t, c.files), "./...")
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.want)
		})
	}
}

// TestLoadNothing wants the words of go list where it cannot read the module. A folder without
// files to build is none.
func TestLoadNothing(t *testing.T) {
	files := map[string]string{
		"go.mod":                 "module m\n\ngo 1.26\n",
		"examples/p/p_test.go":   "package p\n\nfunc Example() {}\n",
		"examples/q/q.go":        "//go:build never\n\npackage q\n",
		"examples/r/only.s":      "",
		"examples/n/go.mod":      "module n\n",
		"examples/n/n.go":        "package n\n",
		"examples/_x/x.go":       "package x\n",
		"examples/testdata/x.go": "package x\n",
	}
	s, err := Load(writeTree(t, files), "./examples/...")
	require.NoError(t, err)
	assert.Equal(t, []string{"p.Example"}, s.Names())

	lib := writeTree(t, map[string]string{"go.mod": "module lib\n\ngo 1.26\n\nrequire lib2 v1.2.0\n", "lib.go": "package lib\n", "two/go.mod": "module lib2\n"})
	files["examples/p/p_test.go"] = "package p\n\nimport _ \"lib\"\n\nfunc Example() {}\n"
	files["go.mod"] = "module m\n\ngo 1.26\n\nrequire lib v1.0.0\n\nrequire lib2 v1.0.0\n\nreplace lib => " + lib + "\n\nreplace lib2 => " + lib + "/two\n"
	for _, pattern := range []string{"./examples/...", "./examples/p"} {
		_, err = Load(writeTree(t, files), pattern)
		assert.ErrorContains(t, err, "updates to go.mod needed")
	}
}

// TestCgo keeps C out of programs.
func TestCgo(t *testing.T) {
	out, err := exec.Command("go", "env", "CGO_ENABLED", "CC").Output()
	require.NoError(t, err)
	enabled, cc, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	if _, err := exec.LookPath(strings.Fields(cc + " cc")[0]); enabled != "1" || err != nil {
		if os.Getenv("REQUIRE_TOOLS") != "" {
			t.Fatal("no C compiler")
		}
		t.Skip("skipped: no C compiler")
	}
	s, err := Load(writeTree(t, map[string]string{
		"go.mod":               "module m\n\ngo 1.26\n",
		"examples/p/p.go":      "package p\n\n// int one() { return 1; }\nimport \"C\"\n\nfunc One() int { return int(C.one()) }\n",
		"examples/p/p_test.go": "package p\n\nfunc Example() { One() }\n\nfunc Example_other() {}\n",
	}), "./...")
	require.NoError(t, err)
	_, err = s.Program("p.Example")
	assert.EqualError(t, err, "examples/p/p.go:6: reached through cgo; a program must be Go alone")
	_, err = s.Program("p.Example_other")
	assert.NoError(t, err)
}

// TestConcurrentUse asks one Set from several goroutines, as parallel tests do.
func TestConcurrentUse(t *testing.T) {
	s, _ := loadCases(t, readCases(t))
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() {
			p, err := s.Program("generics.Example")
			if err == nil && len(p.Source) == 0 {
				err = errors.New("no source")
			}
			errs[i] = err
		})
	}
	wg.Wait()
	assert.NoError(t, errors.Join(errs...))
}
