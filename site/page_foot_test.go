package site

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPageFoot reads the link to edit each page, and asks whether its file
// is there.
func TestPageFoot(t *testing.T) {
	for _, path := range pages(t) {
		for _, n := range all(parse(t, builtFile(path))) {
			_, file, edit := strings.Cut(attr(n, "href"), "/edit/main/")
			if !edit {
				continue
			}
			assert.Equal(t, filepath.Clean(markdown(path)), filepath.Join("..", file))
			assert.FileExists(t, filepath.Join("..", file))
		}
	}
}

// TestDates builds the pages in a repository that dates them, then in a shallow
// clone of it, as `make site` would. See TestBuildsWithoutGit for the rest.
func TestDates(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"git", "make"} {
		if _, err := exec.LookPath(tool); err != nil {
			missing(t, "no "+tool)
		}
	}
	origin := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		command := exec.Command("git", append([]string{"-C", origin, "-c", "user.name=a", "-c", "user.email=a@b.c"}, args...)...)
		command.Env = append(os.Environ(), "GIT_AUTHOR_DATE=2020-02-03T23:30:00-0500", "GIT_COMMITTER_DATE=2020-02-03T23:30:00-0500")
		out, err := command.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	for _, dir := range []string{"content", "site/layouts", "site/assets", drawn} {
		require.NoError(t, os.CopyFS(filepath.Join(origin, dir), os.DirFS(filepath.Join("..", dir))))
	}
	for _, file := range []string{"site/hugo.toml", "go.mod", "go.sum", "Makefile"} {
		require.NoError(t, os.WriteFile(filepath.Join(origin, file), []byte(readFile(t, filepath.Join("..", file))), 0o644))
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "one")

	foot := func(repository string) string {
		t.Helper()
		out, err := exec.Command("make", "-s", "-C", repository, "-f", "Makefile", "--eval", "setting:\n\t@echo $$HUGO_ENABLEGITINFO", "setting").Output()
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprint(hasHistory(repository)), strings.TrimSpace(string(out)), "the Makefile knows")
		public := t.TempDir()
		require.NoError(t, hugoIn(filepath.Join(repository, "site"), public, "/"))
		return readFile(t, filepath.Join(public, "patterns/queues/index.html"))
	}
	assert.Contains(t, foot(origin), "<time datetime=2020-02-03>Changed 3 February 2020</time>")
	shallow := t.TempDir()
	git("clone", "-q", "--depth=1", "file://"+origin, shallow)
	assert.NotContains(t, foot(shallow), "<time")
}
