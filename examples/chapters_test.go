package examples

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/lesson"
	"github.com/awaitless/awaitless/internal/page"
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

// chapters finds the pages, packages and scripts. A script's topic
// after "_" is not part of its slug: pitfalls_cpu.txtar belongs to
// pitfalls.
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
		quotes := func(b page.Block) bool { return b.Kind != "" }
		if !slices.ContainsFunc(parsePage(t, path).Blocks, quotes) {
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

// parsePage reads a page.
func parsePage(t *testing.T, path string) *page.Page {
	t.Helper()
	p, err := page.Parse([]byte(read(t, path)))
	require.NoError(t, err, path)
	return p
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
			pattern := "testdata/scripts/" + slug + "_*.txtar"
			each(t, pattern, func(path, name string) {
				parts[name] = append(parts[name], path)
			})
		}
	}
	for name, found := range parts {
		assert.Len(t, found, 2,
			"%s needs a page and a script; have %s", name, found)
	}
}

// TestMissing shows that the check above can fail.
func TestMissing(t *testing.T) {
	assert.Empty(t, missing("x", chapter{"a", "b", "c"}))
	assert.Equal(t, []string{
		"examples/locks has no page; create content/patterns/locks.md",
	}, missing("locks", chapter{pkg: "p", script: "s"}))
	page := "content/patterns/x.md"
	assert.Equal(t, []string{
		page + " has no package; create examples/x/x.go",
		page + " has no script; create testdata/scripts/x.txtar",
	}, missing("x", chapter{page: root + "/" + page}))
}

// TestLeakChecks checks that each package looks for goroutines left
// behind after its last test and Example.
func TestLeakChecks(t *testing.T) {
	for slug := range chapters(t) {
		found := false
		each(t, "examples/"+slug+"/*_test.go", func(path, _ string) {
			found = found || leakCheck.MatchString(read(t, path))
		})
		assert.True(t, found, "examples/%s/%[1]s_test.go: no leak "+
			"check; add func TestMain(m *testing.M) "+
			"{ goleak.VerifyTestMain(m) }", slug)
	}
	const line = "func TestMain(m *testing.M) " +
		"{ goleak.VerifyTestMain(m) }"
	assert.True(t, leakCheck.MatchString("\n"+line+"\n"))
	assert.True(t, leakCheck.MatchString("func TestMain"+
		"(m *testing.M) {\n\tgoleak.VerifyTestMain(m)\n}\n"))
	assert.False(t, leakCheck.MatchString("\n// "+line+"\n"))
}

// leakCheck is the function that the chapters have, in one line or in
// three, and not in a comment.
var leakCheck = regexp.MustCompile(
	`(?m)^func TestMain\(m \*testing\.M\) ` +
		`\{\s*goleak\.VerifyTestMain\(m\)\s*\}$`)

// TestOriginals checks that each pattern has its asyncio original. A
// guide may do without.
func TestOriginals(t *testing.T) {
	looked := 0
	each(t, "content/patterns/*.md", func(path, slug string) {
		if slug == "_index" {
			return
		}
		looked++
		original := lesson.OriginalPath(slug + ".py")
		_, err := os.Stat(original)
		assert.NoError(t, err,
			"%s has no asyncio original; create examples/%s",
			path, filepath.ToSlash(original))
	})
	assert.Positive(t, looked)
}

// maxColumns is what fits beside Python and on a phone.
const maxColumns = 72

// TestColumns checks the width of all code in examples, of the suite's
// own too. The extractor checks what the pages quote.
func TestColumns(t *testing.T) {
	checked := 0
	visit := func(path string, _ fs.DirEntry, err error) error {
		switch filepath.Ext(path) {
		case ".go", ".py":
			checked++
			text := read(t, filepath.Join(root, path))
			for _, complaint := range tooWide(path, text) {
				t.Error(complaint)
			}
		}
		return err
	}
	err := fs.WalkDir(os.DirFS(root), "examples", visit)
	require.NoError(t, err)
	assert.Positive(t, checked)
}

// tooWide finds the lines that have too many columns: a tab takes four,
// any other character one.
func tooWide(path, text string) (complaints []string) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n")
		line = strings.ReplaceAll(line, "\t", "    ")
		columns := utf8.RuneCountInString(line)
		if columns > maxColumns {
			complaints = append(complaints, fmt.Sprintf(
				"%s:%d: %d columns; valid are at most %d",
				path, number, columns, maxColumns))
		}
	}
	return complaints
}

// TestColumnsCanFail shows what the check above finds.
func TestColumnsCanFail(t *testing.T) {
	full := strings.Repeat("…", 72)
	assert.Empty(t, tooWide("a.py", full+"\r\n"+full))
	assert.Equal(t, []string{
		"a.go:2: 73 columns; valid are at most 72",
		"a.go:4: 76 columns; valid are at most 72",
	}, tooWide("a.go", "\n"+full+"x\n"+full+"\n\t"+full))
}
