package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// TestShots writes a picture of every page in every view to the folder named
// by SHOTS, for a person to look at.
func TestShots(t *testing.T) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		t.Skip("SHOTS names no folder for screenshots")
	}
	server := serve(t)
	for _, path := range pages(t) {
		for _, v := range []view{{width: 390, scheme: "light"}, {width: 390, scheme: "dark"}, {width: 1024, scheme: "light"}, {width: 1280, scheme: "light"}, {width: 1280, scheme: "dark"}, {width: 1440, scheme: "light"}, {width: 1920, scheme: "dark"}} {
			tab := openTab(t, v)
			tab.open(server.URL + path)
			png, err := chromedp.Run(tab.ctx, chromedp.FullScreenshot(100))
			require.NoError(t, err)
			name := strings.ReplaceAll(strings.Trim(path, "/")+" "+v.String(), "/", "-")
			require.NoError(t, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644))
		}
	}
}
