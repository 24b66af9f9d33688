package rewrite

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/awaitless/awaitless/internal/finding"
)

// Folder makes a folder hold the files, by their paths below it, and removes those of its own that
// are no longer among them. Own tells which of the others those are; the rest stays. A dir that is
// relative is below root.
func Folder(ctx context.Context, root, dir string, files map[string][]byte, own func(name string, text []byte) bool) error {
	folder, err := openFolder(root, dir)
	if err != nil {
		return fmt.Errorf("%s: %s", dir, finding.Reason(err))
	}
	defer folder.Close()
	release, locked := Lock(ctx, folder)
	defer release()
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted; nothing was written to %s", dir)
	}
	if err := writeFiles(folder, files); err != nil {
		return err
	}
	return removeStale(folder, files, own, locked)
}

// removeStale removes the files of our own that are no longer wanted, and what a killed run left.
func removeStale(folder *os.Root, files map[string][]byte, own func(name string, text []byte) bool, locked bool) error {
	return fs.WalkDir(folder.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if temporary.MatchString(e.Name()) {
			return Sweep(folder, name, e, locked)
		}
		if _, wanted := files[name]; wanted || !e.Type().IsRegular() {
			return nil
		}
		text, err := folder.ReadFile(name)
		if err != nil || !own(name, text) {
			return err
		}
		return folder.Remove(name)
	})
}

// openFolder opens the folder and makes it if need be. A relative path stays inside
// the root, links included; an absolute one, such as a test's temporary folder, is taken as it is.
func openFolder(rootDir, dir string) (*os.Root, error) {
	if filepath.IsAbs(dir) {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
		return os.OpenRoot(dir)
	}
	root, err := os.OpenRoot(rootDir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if err := root.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	return root.OpenRoot(dir)
}

// writeFiles writes the files that differ, so that tools that watch the folder see only those.
// Each is replaced in one step: on a full disk the old one stays.
func writeFiles(folder *os.Root, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if old, err := folder.ReadFile(name); err == nil && bytes.Equal(old, files[name]) {
			continue
		}
		if err := folder.MkdirAll(path.Dir(name), 0o777); err != nil {
			return fmt.Errorf("%s: %s", path.Dir(name), finding.Reason(err))
		}
		if err := writeFile(folder, name, files[name]); err != nil {
			return fmt.Errorf("%s: cannot be written: %s", name, finding.Reason(err))
		}
	}
	return nil
}

func writeFile(folder *os.Root, name string, text []byte) error {
	dir, err := folder.OpenRoot(path.Dir(name))
	if err != nil {
		return err
	}
	defer dir.Close()
	return replaceFile(dir, path.Base(name), text, 0o644)
}
