package main

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/program"
	"github.com/awaitless/awaitless/internal/scripttest"
	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/virtualtime"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"timeline": main})
}

// TestScripts runs the real command in modules of its own.
func TestScripts(t *testing.T) {
	cache := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") == "1",
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", cache)
			return scripttest.UseGo(env)
		},
	})
}

// The README shows this Example, drawn by the command.
const (
	shownExample = "queues.ExampleShare"
	shownPicture = "tools/timeline/timeline.svg"
)

// TestPicture draws the picture in the README again. UPDATE_SCRIPTS=1 writes it.
func TestPicture(t *testing.T) {
	root := filepath.Join("..", "..")
	set, err := program.Load(root, "./examples/...")
	require.NoError(t, err)
	p, err := set.Program(shownExample)
	require.NoError(t, err)
	scratch := filepath.Join(root, ".bin", "timelines") // in the module, for what it imports
	tl, err := virtualtime.Record(context.Background(), scratch, virtualtime.Source{
		Name: "picture", Files: map[string][]byte{"main.go": p.Source},
	})
	require.NoError(t, err)
	got := (&drawing{name: shownExample, timeline: tl}).svg()
	if os.Getenv("UPDATE_SCRIPTS") == "1" {
		require.NoError(t, os.WriteFile(filepath.Join(root, shownPicture), got, 0o666))
	}
	want, err := os.ReadFile(filepath.Join(root, shownPicture))
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "%s is stale: UPDATE_SCRIPTS=1 go test ./tools/timeline", shownPicture)
}

// TestDraw makes files of a timeline whose names would break them if they were not escaped.
func TestDraw(t *testing.T) {
	tl, err := timeline.Parse([]byte(`lane,from,to,state,at,note
main,0,1500,receive,m:1,send by <&> 2
main,1500,1500,print,m:2,"<b>""hi"" & ]]>"
main,1500,1500,end,,
<&> 2,0,0,start,m:4,main
<&> 2,0,1500,sleep,m:5,timer
`))
	require.NoError(t, err)
	tl.Printed = []timeline.Line{{At: 1500, Text: `<b>"hi" & ]]>`}, {At: 1500, Text: "more"}}
	d := &drawing{name: "n", timeline: tl, sources: []source{{"main.go", "package main // <b>"}}}
	svg := string(d.svg())
	wellFormed(t, svg)
	assert.Contains(t, svg, `width="744" height="114" viewBox="-12 -12 744 114"`, "two lanes of 24 px")
	assert.Contains(t, svg, "width: 670px; font-size: 24px", "with a gutter")

	html, err := d.html()
	require.NoError(t, err)
	assert.Contains(t, string(html), "  1500 ms  &lt;b&gt;&#34;hi&#34; &amp; ]]&gt;\n  1500 ms  more\n")
	assert.NotContains(t, string(html), "<b>\"hi")
	assert.Contains(t, string(html), "package main // &lt;b&gt;")
	assert.Contains(t, string(html), `<p><i class="clock"></i>&nbsp;timer&emsp;<i class="channel"></i>&nbsp;channel&emsp;`)

	assert.Contains(t, svg, `<rect class="clock" x="0" y="74" width="18" height="9" rx="2"/><text x="24" y="79">timer</text>`, "a legend")
	tl.Steps = true
	svg = string((&drawing{name: "n", timeline: tl}).svg())
	wellFormed(t, svg)
	assert.Contains(t, svg, "the axis counts steps")

	tl.Lanes[0].Name = "a name that no gutter can hold"
	svg = string((&drawing{name: "n", timeline: tl}).svg())
	wellFormed(t, svg)
	assert.Contains(t, svg, "width: 720px; font-size: 38px", "names over the lanes")
}

func wellFormed(t *testing.T, text string) {
	t.Helper()
	r := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := r.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

// TestTidy: the cache keeps what was used of late, and not too much of it.
func TestTidy(t *testing.T) {
	base, now := t.TempDir(), time.Now()
	age := func(i int) time.Time { return now.Add(-time.Duration(i) * 24 * time.Hour / 4) }
	for i := range 80 {
		dir := filepath.Join(base, fmt.Sprint(i))
		require.NoError(t, os.Mkdir(dir, 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "program"), nil, 0o666))
		require.NoError(t, os.Chtimes(dir, age(i), age(i)))
	}
	tidy(filepath.Join(base, "79"), now)
	left, err := os.ReadDir(base)
	require.NoError(t, err)
	assert.Len(t, left, keptPrograms)
	assert.DirExists(t, filepath.Join(base, "79"), "used now")
	assert.DirExists(t, filepath.Join(base, "18"))
	assert.NoDirExists(t, filepath.Join(base, "19"))

	for i := range 5 { // of those that stay, some get old
		require.NoError(t, os.Chtimes(filepath.Join(base, fmt.Sprint(i)), now.Add(-15*24*time.Hour), now.Add(-15*24*time.Hour)))
	}
	tidy(filepath.Join(base, "79"), now)
	left, err = os.ReadDir(base)
	require.NoError(t, err)
	assert.Len(t, left, keptPrograms-5)
}
