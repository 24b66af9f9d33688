package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const maxDrawingGzip = 1 << 10

// TestDrawings reads each drawing as a reader on a phone does, and as one who
// hears its name.
func TestDrawings(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	files, err := filepath.Glob("../content/*/*.svg")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		assert.LessOrEqual(t, gzipSize(t, file), maxDrawingGzip, file)
		text := readFile(t, file)
		assert.NotContains(t, text, "<style", file)
		for _, line := range strings.Split(text, "\n") { // alone, it has no tokens
			for _, token := range strings.SplitAfter(line, "var(")[1:] {
				assert.Regexp(t, `^--\w+, #[0-9a-f]{3,6}\)`, token, file)
			}
		}
	}
	tab := openTab(t, view{width: 390, scheme: "dark"})
	drawn := 0
	for _, path := range pages(t) {
		if source, err := os.ReadFile(markdown(path)); err != nil || !strings.Contains(string(source), ".svg)") {
			continue
		}
		tab.open(server.URL + path)
		drawings := eval[[]struct {
			Name     string
			Smallest float64
			Colours  int
		}](tab, `[...document.querySelectorAll("main p svg")].map((svg) => {
			const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
			const texts = [...svg.querySelectorAll("text")];
			return {
				name: svg.getAttribute("role") === "img" ? svg.getAttribute("aria-label") : "",
				smallest: Math.min(...texts.map((e) => parseFloat(getComputedStyle(e).fontSize) * scale)),
				colours: texts.filter((e) => getComputedStyle(e).fill === "rgb(118, 131, 144)").length,
			};
		})`)
		for _, d := range drawings {
			drawn++
			assert.Greater(t, len(d.Name), 20, "%s: a name that says what is drawn", path)
			assert.GreaterOrEqual(t, d.Smallest, 12.0, "%s: text in px", path)
			assert.Zero(t, d.Colours, "%s: texts that ignore the theme", path)
		}
		assert.Empty(t, tab.complaints())
	}
	assert.Equal(t, len(files), drawn)
}
