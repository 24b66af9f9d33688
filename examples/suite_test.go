package examples

import (
	"os"
	"testing"

	"github.com/awaitless/awaitless/internal/lesson"
)

// root is the repository, seen from this package.
const root = ".."

var suite = lesson.New(root)

func TestMain(m *testing.M) { os.Exit(suite.Main(m)) }

// TestLessons runs every script in testdata/scripts: what a person sees
// in the terminal. With -v, each step's comment is printed.
func TestLessons(t *testing.T) {
	t.Parallel()
	suite.Run(t)
}
