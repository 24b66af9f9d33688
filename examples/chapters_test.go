package examples

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A chapter is known by its slug: the name of its page, its package and
// its script.
type chapter struct{ page, pkg, script string }

// TestChapters checks that each slug has all three.
func TestChapters(t *testing.T) {
	found := chapters(t)
	require.NotEmpty(t, found)
	for slug, c := range found {
		t.Run(slug, func(t *testing.T) {
			for _, complaint := range missing(slug, c) {
				t.Error(complaint)
			}
		})
	}
}

func missing(slug string, c chapter) (complaints []string) {
	// One of the three is there, and says where the others are missed.
	here := "examples/" + slug
	if c.pkg == "" {
		here = strings.TrimPrefix(cmp.Or(c.page, c.script), root+"/")
	}
	complain := func(what, where string) {
		complaints = append(complaints, fmt.Sprintf(
			"%s has no %s; create %s", here, what, where))
	}
	if c.page == "" {
		complain("page", "content/patterns/"+slug+".md")
	}
	if c.pkg == "" {
		complain("package", "examples/"+slug+"/"+slug+".go")
	}
	if c.script == "" {
		complain("script", "testdata/scripts/"+slug+".txtar")
	}
	return complaints
}

// quoted finds a fence that names its source.
var quoted = regexp.MustCompile("(?m)^```+\\w+ \\{")

// chapters finds the pages, packages and scripts. A script's topic after
// "_" is not part of its slug: pitfalls_cpu.txtar belongs to pitfalls.
func chapters(t *testing.T) map[string]chapter {
	found := map[string]chapter{}
	each(t, "content/*/*.md", func(path, slug string) {
		if slug == "_index" {
			return
		}
		c := found[slug]
		if c.page != "" {
			t.Errorf("%s: the slug is taken by %s", path, c.page)
		}
		if !quoted.MatchString(read(t, path)) {
			return // a page that quotes no code needs no package
		}
		c.page = path
		found[slug] = c
	})
	each(t, "content/*/*/_index.md", func(path, _ string) {
		slug := filepath.Base(filepath.Dir(path))
		c := found[slug]
		c.page = path
		found[slug] = c
	})
	each(t, "examples/*/*.go", func(path, _ string) {
		slug := filepath.Base(filepath.Dir(path))
		c := found[slug]
		c.pkg = filepath.Dir(path)
		found[slug] = c
	})
	each(t, "testdata/scripts/*.txtar", func(path, name string) {
		slug, topic, _ := strings.Cut(name, "_")
		c := found[slug]
		if topic == "" || c.script == "" {
			c.script = path
		}
		found[slug] = c
	})
	return found
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

// each calls f with every file that fits the pattern, and with its name
// without the extension.
func each(t *testing.T, pattern string, f func(path, name string)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root, pattern))
	require.NoError(t, err)
	for _, path := range paths {
		name := filepath.Base(path)
		f(path, strings.TrimSuffix(name, filepath.Ext(name)))
	}
}

// TestTopics checks chapters of several pages: the page pitfalls/cpu.md
// and the script pitfalls_cpu.txtar belong together.
func TestTopics(t *testing.T) {
	parts := map[string][]string{}
	each(t, "content/*/*/*.md", func(path, topic string) {
		if topic != "_index" {
			slug := filepath.Base(filepath.Dir(path))
			parts[slug+"_"+topic] = append(parts[slug+"_"+topic], path)
		}
	})
	for slug, c := range chapters(t) {
		if filepath.Base(c.page) == "_index.md" {
			each(t, "testdata/scripts/"+slug+"_*.txtar", func(path, name string) {
				parts[name] = append(parts[name], path)
			})
		}
	}
	for name, found := range parts {
		assert.Len(t, found, 2, "%s needs a page and a script; have %s", name, found)
	}
}

// TestMissing shows that the check above can fail.
func TestMissing(t *testing.T) {
	assert.Empty(t, missing("x", chapter{"a", "b", "c"}))
	assert.Equal(t, []string{
		"examples/gather has no page; create content/patterns/gather.md",
	}, missing("gather", chapter{pkg: "p", script: "s"}))
	assert.Equal(t, []string{
		"content/patterns/x.md has no package; create examples/x/x.go",
		"content/patterns/x.md has no script; create testdata/scripts/x.txtar",
	}, missing("x", chapter{page: root + "/content/patterns/x.md"}))
}

// TestLeakChecks checks that each package looks for goroutines left behind
// after its last test and Example.
func TestLeakChecks(t *testing.T) {
	for slug, c := range chapters(t) {
		found := false
		each(t, "examples/"+slug+"/*_test.go", func(path, _ string) {
			found = found || strings.Contains(read(t, path), "goleak.VerifyTestMain(m)")
		})
		assert.True(t, found, "%s has no leak check; add a TestMain with goleak.VerifyTestMain", c.pkg)
	}
}

// TestOriginals checks that each pattern has its asyncio original. A
// guide may do without.
func TestOriginals(t *testing.T) {
	each(t, "content/patterns/*.md", func(path, slug string) {
		if slug == "_index" {
			return
		}
		_, err := os.Stat(originalPath(slug + ".py"))
		assert.NoError(t, err, "%s has no asyncio original; create examples/%[2]s/%[2]s.py", path, slug)
	})
}
