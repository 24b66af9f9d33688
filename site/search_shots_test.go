package site

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

func TestSearchShots(t *testing.T) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		t.Skip("SHOTS names no folder for screenshots")
	}
	server := serve(t)
	shot := func(tab *tab, name string, v view) {
		png, err := chromedp.Run(tab.ctx, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "search "+name+" "+v.String()+".png"), png, 0o644))
	}
	for _, v := range []view{{width: 320, scheme: "light"}, {width: 390, scheme: "light"}, {width: 390, scheme: "dark"}, {width: 1280, scheme: "light"}, {width: 1280, scheme: "dark"}} {
		tab := openTab(t, v)
		tab.open(server.URL + "/")
		shot(tab, "home", v)
		tab.do(chromedp.KeyEvent("/"))
		tab.until(`document.activeElement.role === "combobox"`)
		shot(tab, "hint", v)
		tab.do(chromedp.KeyEvent("gather"))
		tab.until(`document.querySelector(".find")`)
		shot(tab, "gather", v)
		tab.do(chromedp.KeyEvent("xyzq"))
		tab.until(`document.querySelector(".finder-hint li")`)
		shot(tab, "nothing", v)
		tab.do(chromedp.KeyEvent(kb.Escape))
		tab.open(server.URL + "/patterns/gahter/")
		shot(tab, "404", v)
		require.NotEmpty(t, tab.complaints())
	}
}
