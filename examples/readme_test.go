package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/page"
)

var makeTarget = regexp.MustCompile(`(?m)^([a-z]+):`)

// TestDocuments checks that each command and path in the README and in
// CONTRIBUTING exists. It runs none of them: what they do is tested
// where they are defined.
func TestDocuments(t *testing.T) {
	for _, name := range []string{"README.md", "CONTRIBUTING.md"} {
		t.Run(name, func(t *testing.T) {
			text := read(t, filepath.Join(root, name))
			for _, complaint := range unknownIn(t, text) {
				t.Errorf("%s: %s", name, complaint)
			}
		})
	}
}

// unknownIn says what a document names that is not there.
func unknownIn(t *testing.T, text string) (complaints []string) {
	complain := func(unknown, where string) {
		if unknown != "" {
			complaints = append(complaints,
				strings.TrimSpace(where)+": "+unknown)
		}
	}
	doc, err := page.Parse([]byte(text))
	if err != nil {
		return []string{err.Error()}
	}
	for _, block := range doc.Blocks {
		for line := range strings.Lines(block.Body) {
			if block.Lang == "sh" {
				complain(unknownCommand(t, line), line)
			}
		}
	}
	for _, link := range doc.Links {
		target, _, _ := strings.Cut(link, "#")
		if target != "" && !strings.Contains(target, ":") {
			complain(unknownPath(target), link)
		}
	}
	for _, code := range doc.Code {
		complain(unknownSpan(t, code.Text), code.Text)
	}
	return complaints
}

// TestDocumentsCanFail shows what the check above finds.
func TestDocumentsCanFail(t *testing.T) {
	assert.NotEmpty(t, unknownCommand(t, "make nothing"))
	assert.NotEmpty(t, unknownCommand(t, "go test ./nowhere/..."))
	assert.NotEmpty(t, unknownCommand(t,
		"go run ./tools/extract -program gather.ExampleNone"))
	assert.NotEmpty(t, unknownCommand(t, "hugo server"))
	assert.NotEmpty(t, unknownSpan(t, "examples/nowhere"))
	assert.NotEmpty(t, unknownSpan(t, "make nothing"))
	assert.Equal(t, []string{
		"make nothing: no such target in the Makefile: nothing",
		"nowhere.md#a: no such path: nowhere.md",
		"site/nowhere: no such path: site/nowhere",
	}, unknownIn(t, "See [it](nowhere.md#a) and `site/nowhere`.\n\n"+
		"```sh\nmake test\nmake nothing\n```\n"))
}

// unknownCommand says what a line of a shell block names that is not
// there.
func unknownCommand(t *testing.T, line string) string {
	line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
	words := strings.Fields(line)
	if len(words) == 0 {
		return ""
	}
	switch words[0] {
	case "make":
		return unknownTarget(t, words[1:])
	case "go", "npm":
		for _, word := range words[1:] {
			if word == "./path/to/main" { // the reader's own program
				continue
			}
			if complaint := unknownWord(t, word); complaint != "" {
				return complaint
			}
		}
		return ""
	case "git", "cd":
		return ""
	}
	return "no such command here: " + words[0]
}

func unknownTarget(t *testing.T, names []string) string {
	makefile := read(t, filepath.Join(root, "Makefile"))
	targets := makeTarget.FindAllStringSubmatch(makefile, -1)
	for _, name := range names {
		found := false
		for _, m := range targets {
			found = found || m[1] == name
		}
		if !found {
			return "no such target in the Makefile: " + name
		}
	}
	return ""
}

// unknownWord looks at arguments that name a package or an Example.
func unknownWord(t *testing.T, word string) string {
	if path, ok := strings.CutPrefix(word, "./"); ok {
		return unknownPath(strings.TrimSuffix(path, "/..."))
	}
	if pkg, example, ok := strings.Cut(word, ".Example"); ok {
		for _, l := range exampleDocs(t) {
			if l.name == pkg+".Example"+example {
				return ""
			}
		}
		return "no such Example: " + word
	}
	return ""
}

// unknownSpan looks at code in a sentence: commands, and paths below
// the folders of this repository.
func unknownSpan(t *testing.T, span string) string {
	for _, start := range []string{"make ", "go ", "npm "} {
		if strings.HasPrefix(span, start) {
			return unknownCommand(t, span)
		}
	}
	if strings.Contains(span, "<") {
		// A name in angle brackets stands for the reader's own.
		return ""
	}
	for _, dir := range []string{
		"content/", "examples/", "site/", "testdata/", "tools/", ".ci/",
	} {
		if strings.HasPrefix(span, dir) {
			return unknownPath(span)
		}
	}
	return ""
}

func unknownPath(path string) string {
	if _, err := os.Stat(filepath.Join(root, path)); err != nil {
		return "no such path: " + path
	}
	return ""
}
