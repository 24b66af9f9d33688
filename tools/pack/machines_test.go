package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMachines makes the outputs of a copy of this site, for another address and repository.
func TestMachines(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(root, "content"), os.DirFS("../../content")))
	settings, err := os.ReadFile("../../site/hugo.toml")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(root, programsDir), 0o755))
	require.NoError(t, os.MkdirAll(filepath.Join(root, "site"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, "site/hugo.toml"), settings, 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(root, programsDir, "gather.ExampleAll.go"), nil, 0o644))
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(root, machinesDir, name))
		require.NoError(t, err)
		return string(text)
	}
	t.Setenv("HUGO_PARAMS_REPOSITORY", "")
	t.Setenv("HUGO_PARAMS_COMMIT", "")
	t.Setenv("HUGO_CONTENTDIR", "")
	require.NoError(t, writeMachines(root, "/"))
	assert.Contains(t, read("llms.txt"), "# Awaitless\n")
	assert.Contains(t, read("llms.txt"), "repository, https://github.com/awaitless/awaitless.")
	assert.Contains(t, read("llms.txt"), "(/patterns/gather.md)")
	assert.Contains(t, read("patterns/gather.md"), "Source: gather.All, [whole program](/programs/gather.ExampleAll.go)\n")
	assert.NotContains(t, read("SKILL.md"), "commit:")

	t.Setenv("HUGO_PARAMS_REPOSITORY", "https://r.test")
	t.Setenv("HUGO_PARAMS_COMMIT", "abc")
	require.NoError(t, os.Remove(filepath.Join(root, "content/patterns/queues.svg")))
	assert.ErrorContains(t, writeMachines(root, "/"), "no file patterns/queues.svg; link to")
	require.NoError(t, os.WriteFile(filepath.Join(root, "content/patterns/queues.svg"), nil, 0o644))
	require.NoError(t, writeMachines(root, "https://x.test/docs"), "no slash at the end of the address")
	assert.Contains(t, read("llms.txt"), "repository, https://r.test.")
	assert.Contains(t, read("llms.txt"), "(https://x.test/docs/patterns/gather.md)")
	assert.Contains(t, read("SKILL.md"), "\n  commit: \"abc\"\n")

	t.Setenv("HUGO_CONTENTDIR", t.TempDir())
	assert.ErrorContains(t, writeMachines(root, "/"), "content/_index.md: no such page")
	assert.ErrorContains(t, writeMachines(t.TempDir(), "/"), "hugo.toml")
}
