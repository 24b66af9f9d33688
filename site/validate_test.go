package site

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHTMLValidates holds every built page to the rules in htmlvalidate.cjs.
func TestHTMLValidates(t *testing.T) {
	t.Parallel()
	validator := "node_modules/.bin/html-validate"
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "no node on PATH")
	}
	if !exists(validator) {
		missing(t, "no html-validate: run npm ci in site/")
	}
	report := filepath.Join(t.TempDir(), "report.json") // a pipe would be cut off at 64 KB
	dir := hosted(t)
	args := []string{"--config", "htmlvalidate.cjs", "--formatter", "json=" + report}
	for _, file := range builtFiles(t, dir, ".html") {
		// What Hugo writes at the old address of a page is a head alone.
		if path := filepath.Join(dir, file); !strings.Contains(readFile(t, path), "<meta http-equiv=refresh") {
			args = append(args, path)
		}
	}
	said, failed := exec.Command(validator, args...).CombinedOutput()
	text, err := os.ReadFile(report)
	require.NoError(t, err, "%s", said)
	var pages []struct {
		FilePath string `json:"filePath"`
		Messages []struct{ RuleID, Message, Selector string }
	}
	require.NoError(t, json.Unmarshal(text, &pages))
	for _, page := range pages {
		for _, m := range page.Messages {
			assert.Fail(t, m.RuleID+": "+m.Message, "%s: %s", page.FilePath, m.Selector)
		}
	}
	require.NoError(t, failed, "%s", said)
}
