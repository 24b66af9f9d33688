package site

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/pelletier/go-toml/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type workflow struct {
	Permissions map[string]string
	Jobs        map[string]struct {
		Permissions map[string]string
		Timeout     int `yaml:"timeout-minutes"`
		Steps       []struct {
			Uses, Run string
			With      map[string]any
			Env       map[string]string
		}
	}
}

var pinned = regexp.MustCompile(`^actions/[\w-]+@v\d+$`)

// TestWorkflows holds every workflow to the least that it needs.
func TestWorkflows(t *testing.T) {
	files, err := filepath.Glob("../.github/workflows/*.yml")
	require.NoError(t, err)
	require.Len(t, files, 2)
	for _, file := range files {
		var w workflow
		require.NoError(t, yaml.Unmarshal([]byte(readFile(t, file)), &w), file)
		require.NotNil(t, w.Permissions, "%s: permissions of the whole workflow", file)
		for name, job := range w.Jobs {
			assert.NotZero(t, job.Timeout, "%s: %s", file, name)
			for scope, access := range job.Permissions {
				publishes := name == "deploy" && (scope == "pages" || scope == "id-token")
				assert.True(t, access == "read" || publishes, "%s: %s: %s: %s", file, name, scope, access)
			}
			for _, step := range job.Steps {
				if step.Uses != "" {
					assert.Regexp(t, pinned, step.Uses, file)
				}
				if step.Run == "make site" {
					assert.True(t, strings.HasSuffix(step.Env["HUGO_BASEURL"], "/"), file)
					assert.NotEmpty(t, step.Env["HUGO_PARAMS_REPOSITORY"], file)
				}
				if name == "build" && strings.HasPrefix(step.Uses, "actions/checkout") {
					assert.EqualValues(t, 0, step.With["fetch-depth"], "the dates need the history")
				}
			}
		}
	}
}

// TestRepository gives make an address as git and hosts write it. Pages link to
// the one that a browser opens, and never show what unlocks it.
func TestRepository(t *testing.T) {
	for address, want := range map[string]string{
		"":                                      "",
		"https://github.com/a/b":                "https://github.com/a/b",
		"https://github.com/a/b.git":            "https://github.com/a/b",
		"https://github.com/a/b/":               "https://github.com/a/b",
		"https://x:secret@gitlab.com/a/b/c.git": "https://gitlab.com/a/b/c",
		"http://localhost:3000/a/b":             "http://localhost:3000/a/b",
		"git@github.com:a/b.git":                "https://github.com/a/b",
		"ssh://git@github.com:22/a/b.git":       "https://github.com/a/b",
		"git://github.com/a/b.git":              "https://github.com/a/b",
	} {
		make := exec.Command("make", "-s", "-C", "..", "--eval", "setting:\n\t@echo $$HUGO_PARAMS_REPOSITORY", "setting")
		make.Env = append(os.Environ(), "HUGO_PARAMS_REPOSITORY="+address)
		out, err := make.Output()
		require.NoError(t, err)
		assert.Equal(t, want, strings.TrimSpace(string(out)), address)
	}
}

// TestNetlify checks what every context builds, and the headers that keep
// readers safe.
func TestNetlify(t *testing.T) {
	type build struct{ Command, Publish string }
	var config struct {
		Build   build
		Context map[string]build
	}
	require.NoError(t, toml.Unmarshal([]byte(readFile(t, "../netlify.toml")), &config))
	assert.Equal(t, "site/public", config.Build.Publish)
	commands := []string{config.Build.Command}
	for _, name := range []string{"deploy-preview", "branch-deploy"} {
		commands = append(commands, config.Context[name].Command)
	}
	for _, command := range commands {
		assert.Regexp(t, `^HUGO_BASEURL=\$\w+/ HUGO_PARAMS_REPOSITORY=\$\w+ make site$`, command)
	}

	values := map[string]map[string]string{}
	for _, rule := range headerRules(t) {
		values[rule.For] = rule.Values
	}
	for _, name := range []string{
		"Content-Security-Policy", "Strict-Transport-Security", "Cross-Origin-Opener-Policy",
		"Cross-Origin-Resource-Policy", "Referrer-Policy", "Permissions-Policy",
	} {
		assert.NotEmpty(t, values["/*"][name], name)
	}
	assert.Equal(t, "no-cache", values["/sw.js"]["Cache-Control"])
	assert.Equal(t, "*", values["/.well-known/agent-skills/*"]["Access-Control-Allow-Origin"])
}

// TestAddresses finds every address that was ever published: a page, or an
// alias of one that has moved. testdata/addresses.txt lists them.
func TestAddresses(t *testing.T) {
	text, err := os.ReadFile("../testdata/addresses.txt")
	require.NoError(t, err)
	published := strings.Fields(string(text))
	now := pages(t)
	for _, path := range published {
		assert.FileExists(t, builtFile(path), "testdata/addresses.txt: %s is gone; give the page that took its place aliases: [%s]", path, path)
	}
	for _, path := range now {
		assert.True(t, slices.Contains(published, path), "testdata/addresses.txt: no line %s; add it", path)
	}
	assert.Greater(t, len(now), 20)
}
