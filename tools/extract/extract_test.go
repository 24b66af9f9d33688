package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/awaitless/awaitless/internal/scripttest"
	"github.com/awaitless/awaitless/internal/timeline/virtualtime"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"extract": main})
}

// TestScripts runs the real command, one script per rule. Beside testscript's own commands there
// are some to make files that an archive cannot hold, and
//
//	snap         remember the tree: the bytes, modes and times of all files and folders
//	snap files   the same without the times of folders, which temporary files change
//	same         fail unless the tree is as it was
func TestScripts(t *testing.T) {
	var snaps sync.Map // by work folder, since scripts run side by side
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") == "1",
		Setup: func(env *testscript.Env) error {
			repo, err := filepath.Abs("../..")
			if err != nil {
				return err
			}
			env.Setenv("REPO", repo)
			env.Setenv("REQUIRE_TOOLS", "")
			env.Setenv("GORACE", "atexit_sleep_ms=0") // a second per command adds up
			return scripttest.UseGo(env)
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			if cond == "python" {
				_, err := virtualtime.FindPython(context.Background())
				return err == nil || os.Getenv("REQUIRE_TOOLS") != "", nil
			}
			return false, fmt.Errorf("unknown condition %s", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"crlf": change(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }),
			"cr":   change(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("|"), []byte("\r")) }),
			"bom":  change(func(b []byte) []byte { return append([]byte("\ufeff"), b...) }),
			"chop": change(func(b []byte) []byte { return bytes.TrimSuffix(b, []byte("\n")) }),
			"sed": func(ts *testscript.TestScript, _ bool, args []string) {
				change(func(b []byte) []byte {
					return bytes.ReplaceAll(b, []byte(args[0]), []byte(args[1]))
				})(ts, false, args[2:])
			},
			"snap": func(ts *testscript.TestScript, _ bool, args []string) {
				snaps.Store(ts.Getenv("WORK"), tree(ts, len(args) > 0))
			},
			"same": func(ts *testscript.TestScript, _ bool, args []string) {
				was, _ := snaps.Load(ts.Getenv("WORK"))
				if now := tree(ts, len(args) > 0); now != was {
					ts.Fatalf("the tree differs; it was\n%s\nand is\n%s", was, now)
				}
			},
		},
	})
}

// change makes a command that changes the bytes of the files that it is given.
func change(how func([]byte) []byte) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, names []string) {
		for _, name := range names {
			name = ts.MkAbs(name)
			old, err := os.ReadFile(name)
			ts.Check(err)
			ts.Check(os.WriteFile(name, how(old), 0o666))
		}
	}
}

// tree is a picture of all files of the script, but not of what it keeps apart in .tmp.
func tree(ts *testscript.TestScript, filesOnly bool) string {
	var b strings.Builder
	work := ts.Getenv("WORK")
	ts.Check(filepath.WalkDir(work, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name == filepath.Join(work, ".tmp") {
			return fs.SkipDir
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s %v\n", strings.TrimPrefix(name, work), info.Mode())
		if !filesOnly || !e.IsDir() {
			fmt.Fprintf(&b, "%v\n", info.ModTime())
		}
		if info.Mode().IsRegular() {
			text, err := os.ReadFile(name)
			fmt.Fprintf(&b, "%q\n", text)
			return err
		}
		return nil
	}))
	return b.String()
}
