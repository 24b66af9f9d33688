package site

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// One browser serves all tests; each test opens its own tabs.
var (
	browserMutex   sync.Mutex
	browserContext context.Context
	closeBrowser   = func() {}
)

// patience bounds what should take milliseconds.
const patience = 10 * time.Second

func startBrowser(t *testing.T) context.Context {
	t.Helper()
	browserMutex.Lock()
	defer browserMutex.Unlock()
	if browserContext != nil {
		return browserContext
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		missing(t, "no chromium or google-chrome on PATH")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	if os.Getuid() == 0 || os.Getenv("CI") != "" {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	require.NoError(t, chromedp.Do(ctx))
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name},
			Setting:    browser.PermissionSettingGranted,
		})
		require.NoError(t, err)
	}
	browserContext, closeBrowser = ctx, func() { cancel(); stop() }
	return ctx
}

// A view is how a reader looks at a page.
type view struct {
	width  int64
	scheme string // light or dark
	noJS   bool
}

func (v view) String() string { return fmt.Sprintf("%d %s", v.width, v.scheme) }

// A tab is a page in the browser, with all that it complained about.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	problems []string
	requests int
}

// atStart runs before each page's own scripts: it keeps what can be known
// only while the page loads.
const atStart = `
	window.layoutShift = 0;
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) window.layoutShift += entry.value;
	}).observe({ type: "layout-shift", buffered: true });
	new MutationObserver((_, observer) => {
		if (!document.body) return;
		window.themeAtFirstPaint = document.documentElement.dataset.theme ?? "system";
		window.sideAtFirstPaint = document.documentElement.dataset.show ?? "both";
		observer.disconnect();
	}).observe(document, { childList: true, subtree: true });`

// layoutShift is what has moved under the reader, two frames from now.
const layoutShift = `new Promise((resolve) => {
	requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.layoutShift)));
})`

func openTab(t *testing.T, v view) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(startBrowser(t))
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	require.NoError(t, chromedp.Do(ctx))
	require.NoError(t, chromedp.Listen(ctx, b.listen))
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	b.resize(v.width, 900)
	b.prefers(v.scheme)
	call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.noJS})
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: atStart})
	return b
}

// prefers sets what the reader chose for all pages: a colour scheme, and little
// motion.
func (b *tab) prefers(scheme string) {
	b.t.Helper()
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		},
	})
}

// resize gives the window a size.
func (b *tab) resize(width, height int64) {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1,
	})
}

func call[P, R any](b *tab, command cdp.Command[P, R], params P) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, command, params)
	require.NoError(b.t, err)
}

func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	complain := func(format string, args ...any) {
		b.problems = append(b.problems, fmt.Sprintf(format, args...))
	}
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		complain("console.%s", e.Type)
	case *runtime.EventExceptionThrown:
		complain("exception: %s", e.ExceptionDetails.Text)
	case *log.EventEntryAdded: // network errors and CSP violations among them
		complain("%s %s: %s %s", e.Entry.Source, e.Entry.Level, e.Entry.Text, e.Entry.URL)
	case *network.EventLoadingFailed:
		complain("request failed: %s", e.ErrorText)
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") {
			b.requests++
		}
	}
}

// do runs steps that must succeed, in time.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	require.NoError(b.t, chromedp.Do(ctx, steps...))
}

// open loads a page and waits until it is complete. What the page before it
// complained about is forgotten.
func (b *tab) open(address string) {
	b.t.Helper()
	b.mu.Lock()
	b.problems, b.requests = nil, 0
	b.mu.Unlock()
	b.do(chromedp.Navigate(address))
}

// eval evaluates an expression, awaiting it where it is a promise.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(b.t, err)
	return value
}

// until waits for a condition in the page.
func (b *tab) until(condition string) {
	b.t.Helper()
	poll := chromedp.Poll[bool](`Boolean(`+condition+`)`, chromedp.WithPollingTimeout(patience))
	_, err := chromedp.Run(b.ctx, poll)
	for range 2 { // one page gives way to another: Chromium says it in two ways
		if err == nil || !strings.Contains(err.Error(), "Cannot find context") && !strings.Contains(err.Error(), "navigated or closed") {
			break
		}
		_, err = chromedp.Run(b.ctx, poll)
	}
	require.NoError(b.t, err, condition)
}

func (b *tab) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.problems...)
}
