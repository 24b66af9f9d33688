package program

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWarnings says what may let a program print something else than its Example. What the
// program has no part of, such as an init that sets a flag of another package, needs no word.
func TestWarnings(t *testing.T) {
	s, err := Load(writeTree(t, map[string]string{
		"go.mod":                  "module m\n\ngo 1.26\n",
		"examples/p/data.txt":     "data",
		"examples/p/p.go":         "package p\n\ntype E struct{}\n\nfunc (E) Error() string { return \"e\" }\n",
		"examples/p/setup.go":     "package p\n\nimport (\n\t\"expvar\"\n\t\"log\"\n\t_ \"image/png\"\n\t\"time\"\n)\n\nfunc init() {\n\tlog.SetFlags(0)\n\ttime.Local = time.UTC\n\texpvar.Publish(\"x\", nil)\n}\n",
		"examples/p/main_test.go": "package p\n\nimport (\n\t\"log\"\n\t\"os\"\n\t\"testing\"\n)\n\nfunc TestMain(m *testing.M) {\n\tlog.SetPrefix(\"p\")\n\tos.Exit(m.Run())\n}\n",
		"examples/p/p_test.go": "package p\n\nimport (\n\t\"fmt\"\n\t\"log\"\n\t\"os\"\n\t\"time\"\n)\n\nfunc Example() {\n\tlog.Print(time.Now())\n}\n\n" +
			"func Example_names() {\n\tfmt.Printf(\"%T\", E{})\n\t// Output: p.E\n}\n\nfunc Example_reads() {\n\tb, _ := os.ReadFile(\"data.txt\")\n\tfmt.Println(string(b))\n\t// Output: data\n}\n",
	}), "./...")
	require.NoError(t, err)
	const png = "examples/p/setup.go:6: blank import of image/png is no part of the program; import it in the file of the Example"
	for name, want := range map[string][]string{
		"p.Example": {
			"examples/p/setup.go:11: acts on package log before the Example, and is no part of its program; call it in the Example",
			"examples/p/setup.go:12: acts on package time before the Example, and is no part of its program; call it in the Example",
			"examples/p/main_test.go:10: acts on package log before the Example, and is no part of its program; call it in the Example",
			png,
		},
		"p.Example_names": {png, "examples/p/p_test.go:14: its output names p.E, which a program prints in another way"},
		"p.Example_reads": {png, "examples/p/p_test.go:20: names data.txt, a file beside the test; a program stands alone"},
	} {
		p, err := s.Program(name)
		require.NoError(t, err)
		assert.ElementsMatch(t, want, p.Warnings, name)
	}
}
