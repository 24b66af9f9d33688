package python

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzCutPython cuts all definitions out of any Python file. They are runs of its lines, one
// after the other; and so are its comments and strings, of its bytes.
func FuzzCutPython(f *testing.F) {
	originals, err := filepath.Glob("../../../examples/*/*.py")
	if err != nil || len(originals) == 0 {
		f.Fatal(originals, err)
	}
	for _, name := range originals {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, seed := range []string{
		"@a\n\n# c\n@b(\n)\ndef f(): pass\nclass C[T](X):\n  x = '''\ndef g():\n'''\n\n# end\n",
		"async def f(x=\"\\\n\"):\n    return (1,\n2)\n\\\ndef g(): pass",
		"#!x\n#y\ndef f():\n\r\n\tpass\r\ndef f(): 'a\ndef h(): pass",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file := Parse("p.py", src)
		last := 0
		for _, d := range file.defs {
			if d.from < last || d.to <= d.from {
				t.Fatalf("%s is at %d to %d, after %d", d.name, d.from, d.to, last)
			}
			last = d.to
			text, line, err := file.Find(d.name)
			if err != nil { // another has the name
				continue
			}
			if line != d.from+1 || !bytes.Contains(file.Text, text) {
				t.Fatalf("%s at line %d: %q", d.name, line, text)
			}
			file.Locate(d.line)
		}
		if _, _, err := file.Find(""); err != nil {
			t.Fatal(err)
		}
		last = 0
		for _, m := range Marks(src) {
			if m.From < last || m.To <= m.From || m.To > len(src) {
				t.Fatalf("a mark from %d to %d, after %d", m.From, m.To, last)
			}
			last = m.To
		}
	})
}
