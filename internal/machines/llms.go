package machines

import (
	"fmt"
	"strings"
)

// llms is llms.txt: each page in a line, see https://llmstxt.org.
func (s *site) llms() string {
	var b strings.Builder
	home := s.home()
	fmt.Fprintf(&b, "# %s\n\n> %s\n\n", s.Title, home.description)
	fmt.Fprintf(&b, "Each page stands beside its HTML as Markdown. Every block of code in it was compiled, run "+
		"and checked; the line above a block names its source in the repository, %s. Copied alone, a block needs "+
		"`go 1.26` in go.mod. [All asyncio names and their Go](%s) is the place to look one up.\n",
		s.Repository, s.url(home.markdownPath()))
	for _, name := range s.Sections {
		section := s.section(name)
		fmt.Fprintf(&b, "\n## %s\n\n%s", section.linkTitle, s.list(s.below(section, false)))
		for _, sub := range s.below(section, true) {
			if sub.isSection() {
				fmt.Fprintf(&b, "\n## %s\n\n%s%s", sub.linkTitle, s.list([]*document{sub}), s.list(s.below(sub, false)))
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
	for _, d := range s.reading() {
		texts = append(texts, fmt.Sprintf("# %s\n\nPage: %s\n\n%s\n\n%s\n",
			d.title, s.url(d.address()), d.description, d.markdown))
	}
	return strings.Join(texts, "\n")
}

// reading is every page but the lists of sections, as a book would order them.
func (s *site) reading() []*document {
	pages := []*document{s.home()}
	for _, name := range s.Sections {
		for _, d := range s.below(s.section(name), true) {
			pages = append(pages, d)
			if d.isSection() {
				pages = append(pages, s.below(d, false)...)
			}
		}
	}
	return pages
}
