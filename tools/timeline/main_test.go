package main

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/program"
	"github.com/awaitless/awaitless/internal/scripttest"
	"github.com/awaitless/awaitless/internal/timeline"
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
	tl, err := timeline.Record(context.Background(), scratch, timeline.Source{
		Name: "picture", Files: map[string][]byte{"main.go": p.Source},
	})
	require.NoError(t, err)
	got, err := (&drawing{name: shownExample, timeline: tl}).svg()
	require.NoError(t, err)
	if os.Getenv("UPDATE_SCRIPTS") == "1" {
		require.NoError(t, os.WriteFile(filepath.Join(root, shownPicture), got, 0o666))
	}
	want, err := os.ReadFile(filepath.Join(root, shownPicture))
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "%s is stale: UPDATE_SCRIPTS=1 go test ./tools/timeline", shownPicture)
}

// TestDraw draws each kind of event: well-formed, with a shape for each row, and with
// names that would break a file if they were not escaped.
func TestDraw(t *testing.T) {
	tl, err := timeline.Parse([]byte(`lane,from,to,state,at,note
main,0,1500,receive,m:1,send by <&> 2
main,1500,1500,print,m:2,"<b>""hi"" & ]]>"
main,1500,1500,print,m:2,b
main,1500,1500,cancel,m:3,
main,1500,1500,end,,
<&> 2,0,0,start,m:4,main
<&> 2,0,1500,sleep,m:5,timer
<&> 2,1500,,lock,m:6,
x,0,0,start,m:4,gone
x,0,1,select,m:7,deadline
x,1,,blocked,m:7,
`))
	require.NoError(t, err)
	d := &drawing{name: "n", timeline: tl, sources: []source{{"main.go", "package main // <b>"}}}
	svg, err := d.svg()
	require.NoError(t, err)
	classes, text := shapes(t, svg)
	assert.Equal(t, []string{
		"channel", "print", "print", "cancel", "end",
		"start", "clock", "sync never",
		"start", "clock channel", "sync never",
	}, classes)
	for _, word := range []string{"main", "<&> 2", "receive", "sleep", "never ends", "1.5 s", "0.5"} {
		assert.Contains(t, text, word)
	}
	assert.Contains(t, string(svg), "Timeline, 1.5 s: main ends at 1.5 s, &lt;&amp;&gt; 2 never ends: lock, x never ends: blocked")

	html, err := d.html()
	require.NoError(t, err)
	assert.Contains(t, string(html), "  1500 ms  &lt;b&gt;&#34;hi&#34; &amp; ]]&gt;\n")
	assert.NotContains(t, string(html), "<b>\"hi")
	assert.Contains(t, string(html), "package main // &lt;b&gt;")
}

// TestDrawNothing draws a program in which no time passes.
func TestDrawNothing(t *testing.T) {
	tl, err := timeline.Parse([]byte("lane,from,to,state,at,note\nmain,0,0,end,,\n"))
	require.NoError(t, err)
	svg, err := (&drawing{name: "n", timeline: tl}).svg()
	require.NoError(t, err)
	classes, _ := shapes(t, svg)
	assert.Equal(t, []string{"end"}, classes)
}

// shapes reads a file as XML: the classes of what stands for rows, and all text.
func shapes(t *testing.T, svg []byte) (classes, text []string) {
	t.Helper()
	r := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return classes, text
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.CharData:
			text = append(text, string(token))
		case xml.StartElement:
			for _, a := range token.Attr {
				if class, ok := strings.CutPrefix(a.Value, "e "); ok && a.Name.Local == "class" {
					classes = append(classes, class)
				}
			}
		}
	}
}
