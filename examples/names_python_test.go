package examples

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	markdown "github.com/awaitless/awaitless/internal/page"
)

// TestPythonNames checks that a reader can look up what a Python block
// uses: each top-level name of its original is shown by a block of the
// same page, or named in the prose, as in `told`.
func TestPythonNames(t *testing.T) {
	t.Parallel()
	originals := map[string]string{}
	each(t, "examples/*/*.py", func(file, _ string) {
		originals[originalName(file)] = read(t, file)
	})
	assert.True(t, tops(originals["queues.py"])["store"], "not read")
	pages := map[string]string{}
	eachPage(t, func(page, text string) { pages[page] = text })
	for _, complaint := range unexplained(originals, pages) {
		t.Error("content/" + complaint)
	}
}

// unexplained complains of the names that the pages are missing.
func unexplained(originals, pages map[string]string) (found []string) {
	for page, text := range pages {
		for _, name := range missingPython(originals, text) {
			found = append(found, fmt.Sprintf("%s: %s is used and not "+
				"shown; show it, or say in the prose what `%s` is",
				page, name, afterColon(name)))
		}
	}
	return found
}

// originalName is what a page calls a file: pools.py,
// pitfalls/sleep.py.
func originalName(file string) string {
	dir, base := path.Split(filepath.ToSlash(file))
	if dir = path.Base(dir); dir+".py" != base {
		return dir + "/" + base
	}
	return base
}

func afterColon(name string) string {
	_, rest, _ := strings.Cut(name, ":")
	return rest
}

var (
	pyTop = regexp.MustCompile(
		`(?m)^(?:(?:async )?def |class )?([A-Za-z_]\w*)(?: *[(:=]|:)`)
	pyUse   = regexp.MustCompile(`(?:^|[^.\w])([A-Za-z_]\w*)`)
	pyQuiet = regexp.MustCompile(`#[^\n]*|"[^"\n]*"`)
)

// missingPython lists the names, as file.py:name, that the blocks of a
// page use, and that the page neither shows nor explains.
func missingPython(originals map[string]string, page string) []string {
	known, uses := map[string]bool{}, map[string]bool{}
	explained := map[string]bool{}
	parsed, err := markdown.Parse([]byte(page))
	if err != nil {
		return []string{err.Error()}
	}
	for _, code := range parsed.Code {
		explained[code.Text] = true
	}
	for _, block := range parsed.Blocks {
		if block.Lang != "python" || block.Kind != "snippet" {
			continue
		}
		known[block.Source] = true
		file, _, part := strings.Cut(block.Source, ":")
		if !part {
			continue // all of the file is there
		}
		top := tops(originals[file])
		code := pyQuiet.ReplaceAllString(block.Body, "")
		for _, use := range pyUse.FindAllStringSubmatch(code, -1) {
			if top[use[1]] {
				uses[file+":"+use[1]] = true
			}
		}
	}
	var found []string
	for name := range uses {
		if !known[name] && !explained[afterColon(name)] {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

// tops are the names that a program defines at the top level.
func tops(program string) map[string]bool {
	names := map[string]bool{}
	for _, m := range pyTop.FindAllStringSubmatch(program, -1) {
		names[m[1]] = true
	}
	return names
}

// TestPythonNamesCanFail shows what the check above finds.
func TestPythonNamesCanFail(t *testing.T) {
	originals := map[string]string{"a.py": "LIMIT = 3\n\n\n" +
		"class Gauge:\n    pass\n\n\nasync def told() -> None:\n" +
		"    print(LIMIT)\n\n\ndef use() -> None:\n    told()\n"}
	block := func(name, code string) string {
		return "```python {snippet=\"a.py:" + name + "\"}\n" + code +
			"\n```\n"
	}
	use := block("use", "def use():\n    told(LIMIT, Gauge())")
	missing := func(page string) []string {
		return missingPython(originals, page)
	}
	assert.Equal(t, []string{"a.py:Gauge", "a.py:LIMIT", "a.py:told"},
		missing(use))
	assert.Len(t,
		unexplained(originals, map[string]string{"x.md": use}), 3)
	assert.Equal(t, []string{"a.py:Gauge", "a.py:LIMIT"},
		missing(use+block("told", "async def told(): ...")))
	assert.Equal(t, []string{"a.py:told"},
		missing(use+"\n`LIMIT` is three, and `Gauge` counts.\n"))
	whole := "```python {snippet=\"a.py\"}\n" +
		originals["a.py"] + "```\n"
	assert.Empty(t, missing(whole))
	assert.Empty(t, missing(block("use",
		"def use():  # not told\n    x.told(\"LIMIT\", Gauges)")))
}
