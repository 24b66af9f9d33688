package highlight

import (
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHTML(t *testing.T) {
	for _, c := range []struct{ language, code, want string }{
		{"go", `x := "a\"b" + y`, `x := <samp>"a\"b"</samp> + y`},
		{"go", "f(`a\n// b`, 'c')", "f(<samp>`a\n// b`</samp>, <samp>'c'</samp>)"},
		{"go", "// one\n// two\ng() /* three */\nvar s = \"// no\"",
			"<i>// one\n// two</i>\ng() <i>/* three */</i>\nvar s = <samp>\"// no\"</samp>"},
		{"go", "if a < b && c {", "if a &lt; b &amp;&amp; c {"},
		{"go", "}\n\"not closed", "}\n<samp>\"not closed</samp>"},
		{"python", `print(f"{a} 'b'", rb'\'')  # c`, `print(<samp>f"{a} 'b'"</samp>, <samp>rb'\''</samp>)  <i># c</i>`},
		{"python", "def f():\n    \"\"\"A # b\n    \"c\" \"\"\"\n", "def f():\n    <samp>\"\"\"A # b\n    \"c\" \"\"\"</samp>\n"},
		{"python", `perf"a"`, `perf<samp>"a"</samp>`},
		{"python", `"a" "b"`, `<samp>"a" "b"</samp>`},
		{"sh", "go test 'a b' # all", "go test <samp>'a b'</samp> <i># all</i>"},
		{"text", `"a" // <b>`, `"a" // &lt;b&gt;`},
		{"", "", ""},
	} {
		assert.Equal(t, c.want, HTML(c.language, c.code), "%s: %s", c.language, c.code)
	}
}

// Only what has colours is in the files.
func TestFiles(t *testing.T) {
	pages := fstest.MapFS{
		"_index.md":   {Data: []byte("---\ntitle: Home\ndescription: d\n---\n```text\n\"plain\"\n```\n")},
		"a/_index.md": {Data: []byte("---\ntitle: A\ndescription: d\n---\n")},
		"a/b.md":      {Data: []byte("---\ntitle: B\ndescription: d\n---\n- In a list:\n\n  ```go\n  f(\"x\") // y\n  ```\n\n```go\nf()\n```\n")},
	}
	site, err := content.Load(pages, []string{"a"})
	require.NoError(t, err)
	files := Files(site)
	require.Len(t, files, 1)
	var blocks map[string]string
	require.NoError(t, json.Unmarshal(files["a/b.json"], &blocks))
	assert.Equal(t, map[string]string{`f("x") // y`: `f(<samp>"x"</samp>) <i>// y</i>`}, blocks)
}
