package content

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOrder reads a site as a book orders it: by weight, those without last, then by name.
func TestOrder(t *testing.T) {
	head := func(title, more string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\ndescription: D.\n" + more + "---\n")}
	}
	s, err := Load(fstest.MapFS{
		"_index.md":          head("Home", ""),
		"g/_index.md":        head("Guides", ""),
		"g/b.md":             head("B", ""),
		"g/a.md":             head("A", ""),
		"g/z.md":             head("Z", "weight: 1\n"),
		"g/deep/_index.md":   head("Deep", "weight: 2\n"),
		"g/deep/below.md":    head("Below", ""),
		"lookup/_index.md":   head("Look up", ""),
		"lookup/tasks.md":    head("Tasks", ""),
		"lookup/drawing.svg": {Data: []byte("<svg/>")},
	}, []string{"g", "lookup"})
	require.NoError(t, err)
	titles := func(pages []*Document) (all []string) {
		for _, d := range pages {
			all = append(all, d.Title)
		}
		return all
	}
	assert.Equal(t, []string{"Home", "Z", "Deep", "Below", "A", "B", "Tasks"}, titles(s.Reading()))
	assert.Equal(t, []string{"Z", "A", "B"}, titles(s.Below(s.Section("g"), false)))
	assert.Equal(t, []string{"Tasks"}, titles(s.Tables()))
	assert.Empty(t, (&Site{}).Tables(), "a site without the section")
	assert.Equal(t, []string{"", "g/deep/below/", "g/deep/"}, []string{
		s.Home().Address(), s.ByPath["g/deep/below.md"].Address(), s.Section("g/deep").Address(),
	})
}

func TestResolve(t *testing.T) {
	d := &Document{Path: "g/deep/below.md"}
	for link, want := range map[string][2]string{
		"other.md#x": {"g/deep/other.md", "#x"},
		"../a.md":    {"g/a.md", ""},
		"#x":         {"g/deep/below.md", "#x"},
		"a.md#":      {"g/deep/a.md", "#"},
		"":           {"", ""},
		"/a.md":      {"", ""},
		"https://x":  {"", ""},
	} {
		name, anchor := d.Resolve(link)
		assert.Equal(t, want, [2]string{name, anchor}, link)
	}
}
