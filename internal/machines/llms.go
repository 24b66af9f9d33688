package machines

import (
	"fmt"
	"strings"

	"github.com/awaitless/awaitless/internal/content"
)

// llms is llms.txt: each page in a line, see https://llmstxt.org.
func (s *site) llms() string {
	var b strings.Builder
	home := s.Home()
	fmt.Fprintf(&b, "# %s\n\n> %s\n\n", s.Title, home.Description)
	fmt.Fprintf(&b, "Each page stands beside its HTML as Markdown. Every block of code in it was compiled, run "+
		"and checked; the line above a block names its source in the repository, %s. Copied alone, a block needs "+
		"`go 1.26` in go.mod. [All asyncio names and their Go](%s) is the place to look one up.\n",
		s.Repository, s.url(content.Lookup+"/index.md"))
	for _, name := range s.Sections {
		section := s.Section(name)
		fmt.Fprintf(&b, "\n## %s\n\n%s", section.LinkTitle, s.list(s.Below(section, false)))
		for _, sub := range s.Below(section, true) {
			if sub.IsSection() {
				fmt.Fprintf(&b, "\n## %s\n\n%s%s", sub.LinkTitle, s.list([]*content.Document{sub}), s.list(s.Below(sub, false)))
			}
		}
	}
	fmt.Fprintf(&b, "\n## Optional\n\n- [Everything in one file](%s): all pages in reading order.\n"+
		"- [Agent skill](%s): the patterns, practices and pitfalls as a skill of an agent; [all of it as a zip](%s).\n",
		s.url("llms-full.txt"), s.url(skillFolder+"/SKILL.md"), s.url(skillZip))
	return b.String()
}

// everything is llms-full.txt: all pages in one.
func (s *site) everything() string {
	var texts []string
	for _, d := range s.Reading() {
		texts = append(texts, fmt.Sprintf("# %s\n\nPage: %s\n\n%s\n\n%s\n",
			d.Title, s.url(d.Address()), d.Description, s.texts[d.Path]))
	}
	return strings.Join(texts, "\n")
}

// list is pages as llms.txt wants them.
func (s *site) list(pages []*content.Document) string {
	var b strings.Builder
	for _, d := range pages {
		fmt.Fprintf(&b, "- [%s](%s): %s\n", d.Title, s.url(d.MarkdownPath()), d.Description)
	}
	return b.String()
}

// url is the whole address of what stands below the site's root.
func (s *site) url(name string) string {
	if name == "" {
		return s.Base.String()
	}
	return s.Base.JoinPath(name).String()
}
