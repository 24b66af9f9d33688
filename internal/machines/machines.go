// Package machines makes what programs read of the site from its pages: the Markdown of each page
// at the page's address, llms.txt, llms-full.txt, and the agent skill.
//
// It reads pages with internal/page and goldmark, never with regular expressions. What a page
// lacks for an output is a finding "path:line: what is wrong; what is valid".
//
// # The skill
//
// The form is that of https://agentskills.io/specification: a folder with SKILL.md, which an agent
// loads whole, references/, of which it loads what it needs, and scripts/. It is published as files
// and as a zip below .well-known/agent-skills, with the index that
// https://github.com/cloudflare/agent-skills-discovery-rfc asks for. These come from the pages:
//
//	SKILL.md                  from the home page, the guide "when", and a line per chapter,
//	                          practice and pitfall
//	references/SLUG.md        a chapter: the snippets that its `skill:` names, the other
//	                          declarations on the page, its claims (headings of "What is different")
//	references/names.md       the tables of the section "lookup"
//	references/practices.md   each practice with its first sentences
//	references/pitfalls.md    each pitfall with its row of the table and its **The fix**
//	scripts/check.sh          this package's check.sh
package machines

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/awaitless/awaitless/internal/content"
)

// A Config is what a site says of itself.
type Config struct {
	Title      string
	Repository string   // where its code is shown
	Base       *url.URL // where the site will be; its path ends with a slash
	Go         string   // the release that the code was proved with, such as go1.26.1
	Commit     string   // that was proved, or ""
	Programs   fs.FS    // the whole programs, as NAME.go, or nil
}

// A site is its pages with what it says of itself.
type site struct {
	*content.Site
	Config
	texts map[string]string // of the page with the path, for a reader elsewhere
}

// Files makes all outputs of the pages. Each name is a path below the site's root.
func Files(pages *content.Site, config Config) (map[string][]byte, error) {
	s := &site{pages, config, map[string]string{}}
	files := map[string][]byte{}
	var faults []error
	for _, p := range s.Pages {
		text, err := s.markdown(p)
		s.texts[p.Path] = text
		faults = append(faults, err)
		files[p.MarkdownPath()] = []byte(s.twin(p))
	}
	files["llms.txt"] = []byte(s.llms())
	files["llms-full.txt"] = []byte(s.everything())
	skill, err := s.skill()
	faults = append(faults, err)
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	maps.Copy(files, publish(skill))
	return files, nil
}

// Write makes dir hold the files and nothing else. It leaves alone what is there already: a server
// that watches the folder builds the site again for each file that is written.
func Write(dir string, files map[string][]byte) error {
	if err := removeOthers(dir, files); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, files[name]) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, files[name], mode(name)); err != nil {
			return err
		}
	}
	return nil
}

// removeOthers removes what stands in dir and is none of the files, nor a folder of one.
func removeOthers(dir string, files map[string][]byte) error {
	wanted := map[string]bool{".": true}
	for name := range files {
		for ; !wanted[name]; name = path.Dir(name) {
			wanted[name] = true
		}
	}
	return filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		_, isFile := files[name]
		if wanted[name] && e.IsDir() != isFile {
			return nil
		}
		if err := os.RemoveAll(file); err != nil || !e.IsDir() {
			return err
		}
		return fs.SkipDir
	})
}

// mode is the one of a file: scripts are run.
func mode(name string) fs.FileMode {
	if path.Ext(name) == ".sh" {
		return 0o755
	}
	return 0o644
}
