package site

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/stretchr/testify/require"
)

type headerRule struct {
	For    string            `toml:"for"`
	Values map[string]string `toml:"values"`
}

// rulesFor reads the headers that the host will send with the site in dir.
func rulesFor(t *testing.T, dir string) []headerRule {
	t.Helper()
	rules := headerRules(t)
	for line := range strings.Lines(readFile(t, filepath.Join(dir, "_headers"))) {
		line = strings.TrimSuffix(line, "\n")
		if name, value, found := strings.Cut(strings.TrimPrefix(line, "  "), ": "); found {
			rules[len(rules)-1].Values[name] = value
		} else {
			rules = append(rules, headerRule{line, map[string]string{}})
		}
	}
	return rules
}

// headerRules reads those that hold for every build.
func headerRules(t *testing.T) []headerRule {
	t.Helper()
	text, err := os.ReadFile("../netlify.toml")
	require.NoError(t, err)
	var config struct {
		Headers []headerRule `toml:"headers"`
	}
	require.NoError(t, toml.Unmarshal(text, &config))
	require.NotEmpty(t, config.Headers)
	return config.Headers
}

// serve serves the built website as the host does: its headers, its 404 page.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	build(t)
	rules := rulesFor(t, public)
	files := http.FileServer(http.Dir(public))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, rule := range rules {
			if strings.HasPrefix(r.URL.Path, strings.TrimSuffix(rule.For, "*")) {
				for name, value := range rule.Values {
					w.Header().Set(name, value)
				}
			}
		}
		if _, err := os.Stat(filepath.Join(public, path.Clean(r.URL.Path))); err != nil {
			page, _ := os.ReadFile(filepath.Join(public, "404.html"))
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			w.Write(page)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestHeaders(t *testing.T) {
	server := serve(t)
	get := func(path string) *http.Response {
		response, err := server.Client().Get(server.URL + path)
		require.NoError(t, err)
		response.Body.Close()
		return response
	}

	page := get("/").Header
	policy := page.Get("Content-Security-Policy")
	for _, directive := range []string{"script-src 'self'", "style-src 'self'", "connect-src 'self'", "worker-src 'self'"} {
		require.Contains(t, policy, directive+";")
	}
	for _, never := range []string{"font", "media", "object", "frame", "manifest"} {
		require.Contains(t, policy, never+"-src 'none';")
	}
	for _, never := range []string{"base-uri", "form-action", "frame-ancestors"} {
		require.Contains(t, policy, never+" 'none'")
	}
	require.NotContains(t, policy, "unsafe")
	require.NotContains(t, policy, "http", "a third party")
	require.Equal(t, "nosniff", page.Get("X-Content-Type-Options"))

	styles := assets(parse(t, builtFile("/")))[0]
	require.Contains(t, get(styles).Header.Get("Cache-Control"), "immutable")
	for _, changes := range []string{"/assets/tools.js", "/assets/main.0123456789ab.js", "/assets/"} {
		require.NotContains(t, get(changes).Header.Get("Cache-Control"), "immutable", changes)
	}
	require.Equal(t, http.StatusNotFound, get("/nothing/here").StatusCode)

	if programs, _ := filepath.Glob(filepath.Join(public, "programs", "*.go")); len(programs) > 0 {
		kind := get("/programs/" + filepath.Base(programs[0])).Header.Get("Content-Type")
		require.Equal(t, "text/plain; charset=utf-8", kind)
	}
}

// TestBuildIsReproducible builds again without the cache of pictures.
func TestBuildIsReproducible(t *testing.T) {
	first, again := hosted(t), t.TempDir()
	t.Setenv("HUGO_RESOURCEDIR", t.TempDir())
	require.NoError(t, hugo(again, host))
	for _, file := range builtFiles(t, first) {
		one, err := os.ReadFile(filepath.Join(first, file))
		require.NoError(t, err)
		two, err := os.ReadFile(filepath.Join(again, file))
		require.NoError(t, err)
		require.True(t, bytes.Equal(one, two), "%s differs between two builds", file)
	}
}

// through serves the site, but lets between have the say on files of a name.
func through(t *testing.T, between func(name string, w http.ResponseWriter) bool) *httptest.Server {
	t.Helper()
	handler := serve(t).Config.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := strings.Cut(path.Base(r.URL.Path), ".")
		if between(name+path.Ext(r.URL.Path), w) {
			handler.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server
}
