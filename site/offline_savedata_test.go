package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSaveData reads as someone who pays for each byte: nothing is fetched
// ahead, and only what was visited is kept.
func TestSaveData(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	h := serveBelow(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	saves := true
	call(tab, emulation.SetDataSaverOverride, emulation.SetDataSaverOverrideParams{DataSaverEnabled: &saves})
	// It holds for the whole process, which other tabs share, but does not
	// reach the worker.
	defer call(tab, emulation.SetDataSaverOverride, emulation.SetDataSaverOverrideParams{})
	worker := filepath.Join(h.dir, "sw.js")
	const override = `Object.defineProperty(NetworkInformation.prototype, "saveData", { get: () => true });`
	require.NoError(t, os.WriteFile(worker, []byte(override+readFile(t, worker)), 0o644))

	tab.open(h.URL + "/docs" + chapter)
	tab.kept()
	tab.do(chromedp.Focus(chromedp.CSS(".pager [rel=prev]")))
	assert.Zero(t, eval[int](tab, `document.querySelectorAll("link[rel=prefetch]").length`))

	keys := eval[[]string](tab, `caches.keys()
		.then(([name]) => caches.open(name)).then((cache) => cache.keys())
		.then((all) => all.map((request) => new URL(request.url).pathname))`)
	var pages []string
	for _, key := range keys {
		if !strings.HasSuffix(key, ".css") && !strings.HasPrefix(key, "/docs/.") {
			pages = append(pages, key)
		}
	}
	assert.ElementsMatch(t, []string{"/docs/404.html", "/docs" + chapter}, pages)
	assert.Empty(t, tab.complaints())
}
