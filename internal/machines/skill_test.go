package machines

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/awaitless/awaitless/internal/page"
)

// An agent loads SKILL.md whole, and a reference when it needs it.
const (
	maxLines     = 300
	maxTokens    = 4000 // at four bytes each
	maxReference = 5000 // tokens
)

// ours are the pages of this site.
func ours(t *testing.T) *content.Site {
	t.Helper()
	site, err := content.Load(os.DirFS("../../content"), []string{"patterns", "guides", "lookup"})
	require.NoError(t, err)
	return site
}

// published are the outputs of this site.
func published(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := Files(ours(t), Config{
		Title: "Awaitless", Repository: "https://r.test", Base: &url.URL{Path: "/"}, Go: "go1.26.1", Commit: strings.Repeat("a", 40),
	})
	require.NoError(t, err)
	return files
}

// unzipped are the files of the skill as an agent gets them, and their modes.
func unzipped(t *testing.T, archive []byte) (texts map[string]string, modes map[string]os.FileMode) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	require.NoError(t, err)
	texts, modes = map[string]string{}, map[string]os.FileMode{}
	for _, file := range r.File {
		f, err := file.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(f)
		require.NoError(t, err)
		texts[file.Name], modes[file.Name] = string(text), file.Mode()
	}
	return texts, modes
}

// specified says what of a skill is not as its specification wants it.
func specified(files map[string]string, modes map[string]os.FileMode, folder string) (faults []string) {
	fail := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	_, rest, _ := strings.Cut(files["SKILL.md"], "---\n")
	meta, body, found := strings.Cut(rest, "\n---\n")
	var head struct {
		Name, Description, License, Compatibility string
		Metadata                                  map[string]string
	}
	if err := yaml.UnmarshalWithOptions([]byte(meta), &head, yaml.Strict()); err != nil || !found {
		fail("SKILL.md: metadata: %v", err)
	}
	if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(head.Name) || len(head.Name) > 64 || head.Name != folder {
		fail("SKILL.md: name %q; lower-case words and hyphens, as the folder", head.Name)
	}
	if n := len(head.Description); n == 0 || n > 1024 {
		fail("SKILL.md: description of %d bytes", n)
	}
	if n := len(head.Compatibility); n == 0 || n > 500 {
		fail("SKILL.md: compatibility of %d bytes", n)
	}
	if n := strings.Count(files["SKILL.md"], "\n"); n > maxLines {
		fail("SKILL.md: %d lines", n)
	}
	for name, text := range files {
		tokens, most := len(text)/4, maxReference
		if name == "SKILL.md" {
			most = maxTokens
		}
		if tokens > most {
			fail("%s: %d tokens", name, tokens)
		}
		if depth := strings.Count(name, "/"); depth > 1 || path.Clean(name) != name || path.IsAbs(name) {
			fail("%s: not one level deep", name)
		}
		if executable := modes[name]&0o111 == 0o111; executable != strings.HasPrefix(name, "scripts/") || !modes[name].IsRegular() {
			fail("%s: mode %v", name, modes[name])
		}
		if name != "SKILL.md" && !strings.Contains(body, name) {
			fail("%s: SKILL.md does not name it", name)
		}
		for _, link := range page.Spans([]byte(text)) {
			if to := path.Join(path.Dir(name), link.Dest); !strings.Contains(link.Dest, ":") && !strings.HasPrefix(link.Dest, "/") && files[to] == "" {
				fail("%s: no file %s", name, to)
			}
		}
	}
	return faults
}

// TestSpecification checks the rules of agentskills.io and of the index.
func TestSpecification(t *testing.T) {
	files := published(t)
	texts, modes := unzipped(t, files[skillZip])
	assert.Empty(t, specified(texts, modes, skillName))
	for name, text := range texts {
		assert.Equal(t, text, string(files[skillFolder+"/"+name]), "%s: the zip and the folder", name)
	}
	t.Logf("SKILL.md: %d lines, %d tokens; %d files; zip of %d bytes", strings.Count(texts["SKILL.md"], "\n"),
		len(texts["SKILL.md"])/4, len(texts), len(files[skillZip]))

	var index struct {
		Schema string `json:"$schema"`
		Skills []struct{ Name, Type, Description, URL, Digest string }
	}
	require.NoError(t, json.Unmarshal(files[skillIndex], &index))
	assert.Equal(t, "https://schemas.agentskills.io/discovery/0.2.0/schema.json", index.Schema)
	require.Len(t, index.Skills, 1)
	one := index.Skills[0]
	assert.Equal(t, fmt.Sprintf("sha256:%x", sha256.Sum256(files[wellKnown+"/"+one.URL])), one.Digest)
	assert.Equal(t, []string{skillName, "archive"}, []string{one.Name, one.Type})
	assert.Contains(t, texts["SKILL.md"], "\ndescription: "+one.Description+"\n")
	assert.Equal(t, files, published(t), "equal pages give equal bytes")
}

func TestSpecificationCanFail(t *testing.T) {
	good := "---\nname: a\ndescription: b\ncompatibility: c\n---\n\n# A\n\n[b](references/b.md) scripts/c.sh\n"
	for want, change := range map[string]func(files map[string]string, modes map[string]os.FileMode){
		"": func(map[string]string, map[string]os.FileMode) {},
		`name "b"; lower-case words`: func(f map[string]string, _ map[string]os.FileMode) {
			f["SKILL.md"] = strings.Replace(good, "name: a", "name: b", 1)
		},
		"description of 0 bytes": func(f map[string]string, _ map[string]os.FileMode) {
			f["SKILL.md"] = strings.Replace(good, ": b", ":", 1)
		},
		"description of 1025 bytes": func(f map[string]string, _ map[string]os.FileMode) {
			f["SKILL.md"] = strings.Replace(good, ": b", ": "+strings.Repeat("b", 1025), 1)
		},
		"metadata: ": func(f map[string]string, _ map[string]os.FileMode) {
			f["SKILL.md"] = strings.Replace(good, ": c", ": c: d", 1)
		},
		"SKILL.md: 309 lines":          func(f map[string]string, _ map[string]os.FileMode) { f["SKILL.md"] = good + strings.Repeat("\n", 300) },
		"SKILL.md: 4022 tokens":        func(f map[string]string, _ map[string]os.FileMode) { f["SKILL.md"] = good + strings.Repeat("x", 16000) },
		"references/b.md: 5001 tokens": func(f map[string]string, _ map[string]os.FileMode) { f["references/b.md"] = strings.Repeat("x", 20004) },
		"SKILL.md: no file":            func(f map[string]string, _ map[string]os.FileMode) { delete(f, "references/b.md") },
		"references/b.md: no file":     func(f map[string]string, _ map[string]os.FileMode) { f["references/b.md"] = "[x](c.md)" },
		"references/d.md: SKILL.md": func(f map[string]string, m map[string]os.FileMode) {
			f["references/d.md"], m["references/d.md"] = "d", 0o644
		},
		"references/d/e.md: not one": func(f map[string]string, m map[string]os.FileMode) {
			f["references/d/e.md"], m["references/d/e.md"] = "d", 0o644
		},
		"scripts/c.sh: mode -rw-r--r--": func(_ map[string]string, m map[string]os.FileMode) { m["scripts/c.sh"] = 0o644 },
	} {
		files := map[string]string{"SKILL.md": good, "references/b.md": "b", "scripts/c.sh": "c"}
		modes := map[string]os.FileMode{"SKILL.md": 0o644, "references/b.md": 0o644, "scripts/c.sh": 0o755}
		change(files, modes)
		faults := specified(files, modes, "a")
		if want == "" {
			assert.Empty(t, faults)
			continue
		}
		assert.Contains(t, strings.Join(faults, "\n"), want)
	}
}

// TestReferences holds the code of the skill to the checked fences of the pages, and has a word
// for no value nowhere but where a program printed it.
func TestReferences(t *testing.T) {
	files := published(t)
	s := ours(t)
	blocks := 0
	for _, d := range s.Below(s.Section("patterns"), false) {
		text := files[skillFolder+"/references/"+d.Slug()+".md"]
		p, err := page.Parse(text)
		require.NoError(t, err, d.Path)
		blocks += len(p.Blocks)
		for i, b := range p.Blocks {
			same := func(o page.Block) bool { return o.Body == b.Body && o.Lang == b.Lang }
			assert.True(t, slices.ContainsFunc(d.Blocks, same), "%s: this block is on no page:\n%s", d.Path, b.Body)
			if i < len(d.Snippets) {
				assert.Equal(t, d.Find("snippet", d.Snippets[i]).Body, b.Body, d.Path)
			}
		}
	}
	assert.Greater(t, blocks, 100)
	assert.Contains(t, string(files[skillFolder+"/references/basics.md"]), "\nfunc sound(", "SKILL.md says so")
	for name, text := range files {
		if path.Ext(name) != ".zip" { // its bytes say anything, and its files are here
			assert.NotContains(t, string(text), "%!", name)
		}
		if strings.Contains(name, skillName) && path.Ext(name) == ".md" {
			for i, line := range strings.Split(string(text), "\n") {
				assert.False(t, strings.Contains(line, "<nil>") && !strings.Contains(line, "//"), "%s:%d: %s", name, i+1, line)
			}
		}
	}
}
