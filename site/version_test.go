package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// changed publishes a site in which a page says ", again" in its title, and
// returns what puts the old or the new page there.
func (h *farHost) changed(t *testing.T) (old, again func()) {
	t.Helper()
	page := filepath.Join(h.dir, chapter, "index.html")
	texts := []string{readFile(t, page)}
	texts = append(texts, strings.Replace(texts[0], "</h1>", ", again</h1>", 1))
	// The server knows changes by the second, and these are quick ones.
	later := time.Now()
	write := func(name, text string) {
		later = later.Add(time.Minute)
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		require.NoError(t, os.Chtimes(name, later, later))
	}
	write(page, texts[1])
	require.NoError(t, run("go", "run", "../tools/pack", h.dir, h.URL+"/docs/"))
	worker := filepath.Join(h.dir, "sw.js")
	write(worker, readFile(t, worker))
	return func() { write(page, texts[0]) }, func() { write(page, texts[1]) }
}

// worker is the state of the newest worker that is installed, as far as known.
const worker = `(navigator.serviceWorker.getRegistration().then((r) => { window.worker = r.waiting ? "waiting" : r.active.state; }), window.worker)`

const title = `document.querySelector("h1").textContent`

// TestFirstVisitIsNew returns after the site has changed, and reads the new
// page at once and without a bar; so does who comes without a network later.
func TestFirstVisitIsNew(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	h, tab := visited(t)
	tab.open(h.URL + "/docs/guides/pitfalls/cpu/")
	tab.open("about:blank")
	h.changed(t)

	tab.open(h.URL + "/docs" + chapter)
	assert.Contains(t, eval[string](tab, title), ", again")
	tab.do(chromedp.KeyEvent(kb.Shift))
	tab.until(worker + ` === "waiting"`)
	tab.until(`document.querySelector(".keep-all")`)
	assert.False(t, eval[bool](tab, `Boolean(document.querySelector(".update"))`), "a bar")

	tab.open(h.URL + "/docs" + chapter) // the new version takes over
	tab.until(worker + ` === "activated"`)
	tab.offline(h, isThere, "/guides/pitfalls/cpu/", chapter)
	assert.Contains(t, eval[string](tab, title), ", again")
	assert.Empty(t, tab.complaints())
}

// TestSlowHost reads on when the host does not answer.
func TestSlowHost(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	h, tab := visited(t)
	tab.open("about:blank")
	slow := make(chan bool)
	defer close(slow)
	h.slow.Store(&slow)
	tab.open(h.URL + "/docs" + chapter)
	assert.True(t, isThere(eval[string](tab, title)))
}

// TestNewVersion changes a page under a reader with two tabs: nothing moves
// until they press Reload. The host answers with the old page for a while,
// which must not be kept as the new one.
func TestNewVersion(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	for name, use := range ways {
		t.Run(name, func(t *testing.T) { checkNewVersion(t, use) })
	}
}

func checkNewVersion(t *testing.T, use func(b *tab, selector string)) {
	h := serveBelow(t)
	tab, other := openTab(t, view{width: 390, scheme: "light"}), openTab(t, view{width: 390, scheme: "light"})
	tab.open(h.URL + "/docs" + chapter)
	tab.kept()
	other.open(h.URL + "/docs/patterns/gather/")
	old, again := h.changed(t)
	old()

	tab.open(h.URL + "/docs" + chapter)
	tab.do(chromedp.KeyEvent(kb.Shift))
	tab.until(`document.querySelector(".update button")`)
	use(tab, ".update button:last-child")
	tab.until(`!document.querySelector(".update")`)

	tab.open(h.URL + "/docs" + chapter) // it asks again
	tab.do(chromedp.KeyEvent(kb.Shift))
	tab.until(`document.querySelector(".update button")`)
	assert.Contains(t, eval[string](tab, `document.querySelector(".update").textContent`), "A new version of this site is ready.")
	tab.until(`document.querySelector("[data-announce]").textContent === "A new version of this site is ready."`)
	assert.NotContains(t, eval[string](tab, title), ", again")
	assert.Zero(t, eval[float64](tab, layoutShift))

	again()
	eval[any](tab, `window.old = true;0`)
	use(tab, ".update button")
	require.Eventually(t, func() bool {
		fresh, err := chromedp.Run(tab.ctx, chromedp.Evaluate[bool](title+`.endsWith(", again") && !window.old`))
		return err == nil && fresh
	}, patience, tick)
	assert.Empty(t, tab.complaints())

	// The other tab still shows the version before, and has all that it needs.
	other.do(chromedp.KeyEvent("/"))
	other.until(searchIsOpen)
	assert.Empty(t, other.complaints())
}
