package schedule

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/awaitless/awaitless/internal/rewrite"
)

// A Program is one file, a package main, with what it prints.
type Program struct {
	Name      string // such as gather.ExampleAll
	Source    []byte
	Output    string // what go test compares with
	Unordered bool   // its lines may come in any order
}

// A Binary is a program that runs under the order that a seed chooses.
type Binary struct {
	Program
	path string
}

// ErrUnsupported is the error of Build where Go's runtime has no virtual time.
var ErrUnsupported = errors.New("no orders on Windows: its Go runtime has no faketime")

// Build builds the programs with the Go that the environment chooses. It works in a folder below
// scratch, which must be inside a module that has what the programs import; what is there from
// an earlier call makes the next one quick. Calls take turns, in other processes too.
func Build(ctx context.Context, scratch string, programs []Program) ([]Binary, error) {
	if runtime.GOOS == "windows" {
		return nil, ErrUnsupported
	}
	release, err := findRelease(ctx, scratch)
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(filepath.Join(scratch, release.version))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, "lock")).Lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	overlay, err := writeOverlay(release.goroot, filepath.Join(dir, "overlay"))
	if err != nil {
		return nil, err
	}
	return release.build(ctx, dir, overlay, programs)
}

// build builds all programs with one command: package by package is much slower.
func (r *release) build(ctx context.Context, dir, overlay string, programs []Program) ([]Binary, error) {
	args := []string{"build", "-tags", "faketime", "-overlay", overlay, "-ldflags", "-s -w", "-o", filepath.Join(dir, "bin") + string(filepath.Separator)}
	var binaries []Binary
	for _, p := range programs {
		source, err := instrument(p.Name, p.Source)
		if err != nil {
			return nil, err
		}
		folder := filepath.Join(dir, "programs", p.Name)
		if err := rewrite.File(filepath.Join(folder, "main.go"), source); err != nil {
			return nil, err
		}
		if err := rewrite.File(filepath.Join(folder, "point.go"), []byte(programPoints)); err != nil {
			return nil, err
		}
		args = append(args, "./programs/"+p.Name)
		binaries = append(binaries, Binary{p, filepath.Join(dir, "bin", p.Name)})
	}
	if out, err := r.command(ctx, dir, args...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, bytes.TrimSpace(out))
	}
	return binaries, nil
}

// A release is a Go that builds programs.
type release struct {
	version, goroot string
	env             []string
}

// findRelease asks the go command which Go it is in this module.
func findRelease(ctx context.Context, scratch string) (*release, error) {
	if err := os.MkdirAll(scratch, 0o777); err != nil {
		return nil, err
	}
	ask := exec.CommandContext(ctx, "go", "env", "GOVERSION", "GOROOT", "GOMODCACHE")
	ask.Dir = scratch
	out, err := ask.Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	said := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(said) != 3 {
		return nil, fmt.Errorf("go env: %q; valid is a line each for GOVERSION, GOROOT and GOMODCACHE", out)
	}
	r := &release{said[0], said[1], append(os.Environ(), "CGO_ENABLED=0", "GOTOOLCHAIN=local")}
	if !strings.HasPrefix(r.goroot, said[2]) {
		return r, nil
	}
	// A Go that go itself has downloaded stands in the module cache, of which an overlay may
	// replace nothing. Under another name the cache is not above it.
	alias, err := filepath.Abs(filepath.Join(scratch, "modcache"))
	if err != nil {
		return nil, err
	}
	if err := os.Symlink(said[2], alias); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	r.env = append(r.env, "GOMODCACHE="+alias)
	return r, nil
}

func (r *release) command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, filepath.Join(r.goroot, "bin", "go"), args...)
	c.Dir = dir
	c.Env = r.env
	return c
}
