package recorded

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/awaitless/awaitless/internal/rewrite"
	"github.com/awaitless/awaitless/internal/timeline"
)

// A cache is the folder of what was recorded, with a folder for each program.
type cache struct {
	root   string // of the module
	folder string
	tool   []byte // see toolKey
}

func openCache(ctx context.Context, root string) (*cache, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	tool, err := toolKey(ctx, root, exe)
	return &cache{root, filepath.Join(root, ".bin", "timelines"), tool}, err
}

// toolKey stands for all that makes a timeline besides the program: the executable of this
// command, the Go that builds the programs, and the versions of what they import. An executable
// that holds the commit it was built from is another after each commit; -buildvcs=false keeps the
// commit out.
func toolKey(ctx context.Context, root, exe string) ([]byte, error) {
	h := sha256.New()
	env := exec.CommandContext(ctx, "go", "env", "GOVERSION", "GOFLAGS")
	env.Dir, env.Stdout = root, h
	if err := env.Run(); err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	for _, path := range []string{exe, filepath.Join(root, "go.mod"), filepath.Join(root, "go.sum")} {
		f, err := os.Open(path)
		if os.IsNotExist(err) { // a module without dependencies has no go.sum
			continue
		}
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(h, f)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return h.Sum(nil), nil
}

// keep returns what an earlier run kept in a program's folder under the key, or records it. Only
// the last recording is kept. Other processes may do the same at the same time.
func keep(dir string, key []byte, record func() (*timeline.Timeline, error)) ([]byte, error) {
	kept := filepath.Join(dir, fmt.Sprintf("%x.csv", key[:12]))
	if text, err := os.ReadFile(kept); err == nil {
		return text, nil
	}
	t, err := record()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	if err := forget(dir); err != nil {
		return nil, err
	}
	text := t.CSV()
	return text, rewrite.File(kept, text)
}

// forget removes older recordings of a program. Another process may do so at the same time.
func forget(dir string) error {
	old, err := os.ReadDir(dir)
	for _, e := range old {
		if strings.HasSuffix(e.Name(), ".csv") {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
	return err
}
