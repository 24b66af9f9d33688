package site

import (
	"net/http"
	"net/http/httptest"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// told waits until the page says a sentence that begins so, to the eye and to
// the ear.
func (b *tab) told(sentence string) {
	b.t.Helper()
	b.until(`(() => {
		const said = document.querySelector("[data-announce]");
		const { top, bottom, width } = said.getBoundingClientRect();
		return said.textContent.startsWith("` + sentence + `") && top >= 0 && bottom <= innerHeight && width > 100;
	})()`)
}

// losing serves the site without the files whose names begin with what is
// stored, as through has them.
func losing(t *testing.T, prefix string) (*httptest.Server, *atomic.Value) {
	lost := new(atomic.Value)
	lost.Store(prefix)
	return through(t, func(name string, w http.ResponseWriter) bool {
		if strings.HasPrefix(name, lost.Load().(string)) {
			http.Error(w, "gone", http.StatusNotFound)
			return false
		}
		return true
	}), lost
}

const shownButtons = `[...document.querySelectorAll("button:not([popovertarget])")]
	.filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => e.textContent)`

// TestWithoutMain shows no button that only the first script serves, where that
// script is lost or late. It comes into room that was kept for it.
func TestWithoutMain(t *testing.T) {
	startBrowser(t)
	lost, _ := losing(t, "main.")
	for _, width := range []int64{390, 1280} {
		main := make(chan bool)
		late := through(t, func(name string, _ http.ResponseWriter) bool {
			if name == "main.js" {
				<-main
			}
			return true
		})
		tab := openTab(t, view{width: width, scheme: "light"})
		for _, path := range []string{chapter, "/404.html"} {
			tab.open(lost.URL + path)
			assert.Empty(t, eval[[]string](tab, shownButtons), path)
		}
		_, err := chromedp.Run(tab.ctx, chromedp.Evaluate[any](`location.assign("`+late.URL+chapter+`")`))
		require.NoError(t, err)
		tab.until(`location.origin === "` + late.URL + `" && document.querySelector("footer") && performance.getEntriesByName("first-contentful-paint").length`)
		assert.Empty(t, eval[[]string](tab, shownButtons), "painted before the script")
		close(main)
		tab.until(`document.querySelector("[data-copy] button")`)
		assert.Greater(t, len(eval[[]string](tab, shownButtons)), 5)
		assert.Zero(t, eval[float64](tab, layoutShift))
	}
}

// TestToolsTryAgain loses the second script: who presses what it answers is
// told, and the next press finds it.
func TestToolsTryAgain(t *testing.T) {
	startBrowser(t)
	for name, use := range ways {
		t.Run(name, func(t *testing.T) {
			server, lost := losing(t, "tools.js")
			tab := openTab(t, view{width: 390, scheme: "light"})
			tab.open(server.URL + chapter)
			use(tab, ".sides [value=go]")
			tab.told("This part of the site could not be fetched.")
			eval[any](tab, `document.querySelector("[data-announce]").textContent = ""`) // or the first message stands for the second
			use(tab, ".search-button")
			tab.told("This part of the site could not be fetched.")
			lost.Store("nothing")
			use(tab, ".search-button")
			tab.until(searchIsOpen)
			tab.do(chromedp.KeyEvent(kb.Escape))
			use(tab, ".theme")
			tab.until(`document.querySelector(".theme span").textContent === "light"`)
			use(tab, ".sides [value=go]")
			tab.until(`document.documentElement.dataset.show === "go"`)
			assert.Equal(t, "unseen", eval[string](tab, `document.querySelector("[data-announce]").className`))
		})
	}
}

// TestQuietMoves says nothing to a reader who only scrolls.
func TestQuietMoves(t *testing.T) {
	startBrowser(t)
	server, _ := losing(t, "tools.js")
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + chapter)
	eval[any](tab, `scrollTo(0, 900)`)
	tab.until(`performance.getEntriesByType("resource").filter((e) => e.name.includes("/tools.") && e.responseEnd).length === 2`)
	// Each press asks again, once the answer to the one before is there.
	tab.until(`(dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" })),
		performance.getEntriesByType("resource").filter((e) => e.name.includes("/tools.") && e.responseEnd).length > 2)`)
	assert.Empty(t, eval[string](tab, `document.querySelector("[data-announce]").textContent`))
}

// TestTimelinesTryAgain loses what plays the timelines.
func TestTimelinesTryAgain(t *testing.T) {
	startBrowser(t)
	server, lost := losing(t, "timeline.")
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/patterns/gather/")
	tab.do(chromedp.KeyEvent(kb.Shift))
	tab.told("What plays the timelines could not be fetched.")
	lost.Store("nothing")
	tab.tap("[data-timeline] svg")
	tab.until(`document.querySelector("[data-timeline] button")`)
}

// TestOpenTab keeps a tab open while the site changes: the files of its build
// are gone, and those that took their place serve it.
func TestOpenTab(t *testing.T) {
	startBrowser(t)
	site := serve(t).Config.Handler
	var changed atomic.Bool
	build := map[string]bool{}
	for _, file := range builtFiles(t, filepath.Join(public, "assets")) {
		build[file] = strings.Count(file, ".") == 2 // it has a hash
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if changed.Load() && build[path.Base(r.URL.Path)] {
			http.Error(w, "gone", http.StatusNotFound)
			return
		}
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/patterns/gather/")
	changed.Store(true)
	tab.press(".search-button")
	tab.until(searchIsOpen)
	tab.do(chromedp.KeyEvent("gather"))
	tab.finds("gather")
	tab.do(chromedp.KeyEvent(kb.Escape + kb.Escape))
	tab.until(`document.querySelector("[data-timeline] button")`)
	tab.press(".proof")
	tab.until(`document.querySelector(".proof-card:popover-open")`)
}
