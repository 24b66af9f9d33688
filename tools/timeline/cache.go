package main

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// How much stays on disk: so many programs, some 3 MB each, for so long.
const (
	keptPrograms = 20
	keptFor      = 14 * 24 * time.Hour
)

// cacheFolder holds a folder for each program that was drawn.
func cacheFolder() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "awaitless", "timeline")
}

// scratchFor is where the changed copy of a folder's program is built. What is there from an
// earlier run makes the next one quick.
func scratchFor(dir string) string {
	return filepath.Join(cacheFolder(), fmt.Sprintf("%x", sha256.Sum256([]byte(dir)))[:16])
}

// tidy marks a folder of the cache as used now, and removes those that nobody has used for long,
// or that are too many. The rest of a run does not depend on it.
func tidy(scratch string, now time.Time) {
	_ = os.MkdirAll(scratch, 0o777)
	_ = os.Chtimes(scratch, now, now)
	base := filepath.Dir(scratch)
	entries, err := os.ReadDir(base)
	if err != nil {
		return
	}
	used := map[string]time.Time{}
	var names []string
	for _, e := range entries {
		if info, err := e.Info(); err == nil && e.IsDir() {
			names = append(names, e.Name())
			used[e.Name()] = info.ModTime()
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(used[b].Compare(used[a]), cmp.Compare(a, b))
	})
	for i, name := range names {
		old := i >= keptPrograms && now.Sub(used[name]) > time.Hour // or it may be at work
		if old || now.Sub(used[name]) > keptFor {
			_ = os.RemoveAll(filepath.Join(base, name))
		}
	}
}
