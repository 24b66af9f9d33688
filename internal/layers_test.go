package internal

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/awaitless/awaitless/"

// layers are the packages from the top down. One imports only what stands in a line below its
// own, so that a reader of it need not know what is above.
var layers = [][]string{
	{"highlight", "lesson", "machines", "recorded", "search"},
	{"content", "program", "source", "timeline/virtualtime", "schedule", "mutate/runner"},
	{"timeline/exectrace", "timeline/picture", "timeline/asyncio", "page", "source/python", "source/syntax", "playback", "mutate/check"},
	{"rewrite", "timeline", "timeline/instrument", "mutate/operator", "mutate/schema"},
	{"mutate", "mutate/mutatetest"},
	{"edit", "finding", "rules", "rewrite/rewritetest", "scripttest"},
}

// TestImportsGoDown reads the imports of every file below internal.
func TestImportsGoDown(t *testing.T) {
	depth := map[string]int{}
	for i, names := range layers {
		for _, name := range names {
			depth[name] = i + 1
		}
	}
	met := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "testdata" || e.Name()[0] == '_') {
			return filepath.SkipDir // go build looks at neither
		}
		if filepath.Ext(path) != ".go" || filepath.Dir(path) == "." {
			return nil
		}
		from := filepath.ToSlash(filepath.Dir(path))
		met[from] = true
		assert.NotZero(t, depth[from], "internal/%s has no layer; give it one in internal/layers_test.go", from)
		for _, to := range imports(t, path) {
			name, inside := strings.CutPrefix(to, "internal/")
			assert.True(t, inside, "%s imports %s; only what is below internal may be imported there", path, to)
			assert.Greater(t, depth[name], depth[from], "%s imports %s, which does not stand below it", path, to)
		}
		return nil
	})
	require.NoError(t, err)
	for name := range depth {
		assert.True(t, met[name], "internal/%s is a layer and no package", name)
	}
}

// imports are those of a file that belong to this module.
func imports(t *testing.T, path string) (own []string) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	require.NoError(t, err)
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		require.NoError(t, err)
		if rest, ok := strings.CutPrefix(name, module); ok {
			own = append(own, rest)
		}
	}
	return own
}
