package site

import (
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAlone opens pages and moves on them: nothing but the site is asked, and
// no cookie is set.
func TestAlone(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	var mu sync.Mutex
	var foreign []string
	require.NoError(t, chromedp.Listen(tab.ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			if url := e.Request.URL; !strings.HasPrefix(url, server.URL) && !strings.HasPrefix(url, "data:") {
				mu.Lock()
				defer mu.Unlock()
				foreign = append(foreign, url)
			}
		}
	}))
	for _, path := range []string{"/", chapter, "/guides/pitfalls/"} {
		tab.open(server.URL + path)
		tab.do(chromedp.KeyEvent(kb.Tab))
		tab.until(`document.querySelector("link[rel=stylesheet][href*=tools]")?.sheet`)
		assert.Empty(t, eval[string](tab, `document.cookie`), path)
		assert.Empty(t, tab.complaints(), "%s: what the policy forbids", path)
	}
	mu.Lock()
	assert.Empty(t, foreign, "asked elsewhere")
	mu.Unlock()
	for _, rule := range headerRules(t) {
		assert.NotContains(t, rule.Values, "Set-Cookie")
	}
}
