package page

import (
	"fmt"
	"strings"
	"testing"
)

// FuzzAttributes reads any info string, writes what it read as one, and reads that again.
func FuzzAttributes(f *testing.F) {
	for _, seed := range []string{
		"", "go", `go {snippet="p.f"}`, `text {output="p.Example" order="any" title="a \"b\" \\ c"}`,
		`csv {timeline="x.py:f"  title=""}`, `text {file="a" file="b"}`, `{}`, `go {a="b"c="d"}`, `go {snippet="a}`, "go\t{}",
	} {
		f.Add(seed)
	}
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	f.Fuzz(func(t *testing.T, info string) {
		a, err := ParseInfo([]byte(info))
		if err != nil {
			return
		}
		_ = a.CheckUnmanaged()
		again := a.Lang + " {"
		if a.Kind != "" {
			again += fmt.Sprintf(` %s="%s"`, a.Kind, escape.Replace(a.Source))
		}
		if a.Any {
			again += ` order="any"`
		}
		if a.Side != "" {
			again += fmt.Sprintf(` side="%s"`, a.Side)
		}
		if a.Title != "" {
			again += fmt.Sprintf(` title="%s"`, escape.Replace(a.Title))
		}
		again += "}"
		b, err := ParseInfo([]byte(again))
		if err != nil || a != b {
			t.Fatalf("%q is %+v, and %q is %+v, %v", info, a, again, b, err)
		}
	})
}
