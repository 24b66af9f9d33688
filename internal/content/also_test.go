package content

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// alsoOf is what a home page with one heading says of itself.
func alsoOf(lines string) (map[string][]string, error) {
	site, err := Load(fstest.MapFS{"_index.md": &fstest.MapFile{Data: []byte(
		"---\ntitle: T\ndescription: D\n" + lines + "---\n\n## At most three\n")}}, nil)
	if err != nil {
		return nil, err
	}
	return site.Home().Also, nil
}

func TestAlso(t *testing.T) {
	got, err := alsoOf("also:\n  \"\": [worker pool, 429]\n  at-most-three: [throttle]\n")
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{"": {"worker pool", "429"}, "at-most-three": {"throttle"}}, got)
	got, err = alsoOf("")
	require.NoError(t, err)
	assert.Empty(t, got)

	for lines, want := range map[string]string{
		"also: [a]\n": "content/_index.md:4: also: not words by anchor; write also: {",
		"also:\n  \"\": [a]\n  at-mots-three: [b]\n": `content/_index.md:6: also: no heading "at-mots-three"; valid: at-most-three`,
		"weight: 1\nalso: {at-most-three: b}\n":      `content/_index.md:5: also: no list of words at "at-most-three"; write also: {`,
		"also: {\"\": []}\n":                         `content/_index.md:4: also: no list of words at ""; write also: {`,
	} {
		_, err := alsoOf(lines)
		assert.ErrorContains(t, err, want)
	}
}
