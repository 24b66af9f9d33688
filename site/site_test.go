// The tests prove the website: they build it as `make site` does, serve it with
// the headers of netlify.toml, and look at every page of the sitemap, as bytes
// and in a real browser.
//
// A test that needs a browser or axe-core is skipped where there is none, and
// fails instead where REQUIRE_TOOLS is set.

package site

import (
	"encoding/xml"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// public is where the build of the website under test stands, publicHosted a
// second build for a host and a base path of its own.
var public, publicHosted string

const host = "http://awaitless.test/docs/"

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "awaitless-site-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	public, publicHosted = filepath.Join(dir, "site"), filepath.Join(dir, "hosted")
	code := m.Run()
	closeBrowser()
	os.RemoveAll(dir)
	os.Exit(code)
}

var buildOnce = sync.OnceValue(func() error {
	for _, dir := range []string{"../content", "../examples", "../internal", "../tools", "assets", "layouts"} {
		if err := touch(dir); err != nil {
			return err
		}
	}
	extract := exec.Command("go", "run", "./tools/extract", "-programs", programs)
	extract.Dir = ".."
	if out, err := extract.CombinedOutput(); err != nil {
		return fmt.Errorf("extract -programs: %w\n%s", err, out)
	}
	return hugo(public, "/")
})

// touch opens every file below dir. What only a child process reads is unknown
// to go test, which would answer "(cached)" after it changed.
func touch(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		_, err = os.ReadFile(path)
		return err
	})
}

// build makes the website once for all tests.
func build(t *testing.T) {
	t.Helper()
	require.NoError(t, buildOnce())
}

var hostOnce = sync.OnceValue(func() error {
	if err := buildOnce(); err != nil {
		return err
	}
	return hugo(publicHosted, host)
})

// hosted returns the website as it is built for its host, below a base path.
func hosted(t *testing.T) string {
	t.Helper()
	require.NoError(t, hostOnce())
	return publicHosted
}

// What extract makes, and a copy of the site needs, too: whole programs, and
// the pictures of timelines.
const (
	programs = ".bin/site/programs"
	drawn    = ".bin/site/timelines"
)

func hugo(dir, baseURL string) error { return hugoIn(".", dir, baseURL) }

// hugoIn builds the website whose hugo.toml stands in source.
func hugoIn(source, dir, baseURL string) error {
	_, err := hugoSays(source, dir, baseURL)
	return err
}

// hugoSays builds as hugoIn does, and returns what Hugo prints.
func hugoSays(source, dir, baseURL string) (string, error) {
	root := filepath.Join(source, "..")
	if err := run("go", "run", "../tools/pack", "-machines", root, baseURL); err != nil {
		return "", err
	}
	args := []string{"tool", "hugo"}
	name := "go"
	if path := os.Getenv("HUGO"); path != "" {
		name, args = path, nil
	}
	args = append(args, "--minify", "--panicOnWarning", "--printPathWarnings",
		"--baseURL", baseURL, "--destination", dir)
	build := exec.Command(name, args...)
	build.Dir = source
	// make exports its own answer, which is about another folder.
	build.Env = append(os.Environ(), fmt.Sprintf("HUGO_ENABLEGITINFO=%t", hasHistory(source)))
	out, err := build.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("hugo: %w\n%s", err, out)
	}
	return string(out), run("go", "run", "../tools/pack", dir, baseURL)
}

// hasHistory says whether git can date the pages, as the Makefile does.
func hasHistory(source string) bool {
	git := exec.Command("git", "rev-parse", "--is-shallow-repository")
	git.Dir = source
	shallow, err := git.Output()
	return err == nil && strings.TrimSpace(string(shallow)) == "false"
}

func run(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}

// pages returns the path of each page in the sitemap, such as /patterns/gather/.
func pages(t *testing.T) []string {
	t.Helper()
	build(t)
	var sitemap struct {
		Locs []string `xml:"url>loc"`
	}
	text, err := os.ReadFile(filepath.Join(public, "sitemap.xml"))
	require.NoError(t, err)
	require.NoError(t, xml.Unmarshal(text, &sitemap))
	var paths []string
	for _, loc := range sitemap.Locs {
		u, err := url.Parse(loc)
		require.NoError(t, err)
		paths = append(paths, u.Path)
	}
	require.NotEmpty(t, paths)
	return append(paths, "/404.html")
}

// builtFile returns the file that answers for the path of a page.
func builtFile(path string) string { return fileIn(public, path) }

// fileIn is builtFile for the site in dir.
func fileIn(dir, path string) string {
	if strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	return filepath.Join(dir, filepath.FromSlash(path))
}

// missing skips a test that lacks a tool, or fails it where the tools are
// promised to be there.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("REQUIRE_TOOLS") != "" {
		t.Fatalf("REQUIRE_TOOLS is set, but %s", what)
	}
	t.Skip(what)
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}
