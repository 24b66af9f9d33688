package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/awaitless/awaitless/internal/page"
	"github.com/awaitless/awaitless/internal/source"
)

// fuzzSource is what the pages of the fuzz test quote: blank lines, runs of fence characters,
// nothing at all.
const fuzzSource = `package p

func f() {
	g()

	g()
}

func g() {}

const fences = ` + "`\n` + \"```\" + `\n~~~~\n`" + `

func Example_none() {}
`

// newPages makes a checker of pages with fuzzSource as the package p.
func newPages(tb testing.TB) *pages {
	tb.Helper()
	dir := tb.TempDir()
	file := filepath.Join(dir, "examples", "p", "p_test.go")
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(fuzzSource), 0o666); err != nil {
		tb.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { root.Close() })
	r := &report{stdout: io.Discard, stderr: io.Discard}
	src, broken := source.Load(root)
	if len(broken) > 0 {
		tb.Fatal(broken)
	}
	return &pages{root: root, sources: src, report: r}
}

// rewrite returns the page as it should be.
func (p *pages) rewrite(text []byte) []byte {
	p.page = text
	if p.sync("page.md") {
		return bytes.Clone(p.fresh)
	}
	return text
}

// outside is what a rewrite may not touch: the page without the runs of fence characters and
// the bodies of managed fences.
func outside(p *pages, text []byte) (parts [][]byte) {
	var s page.Scanner
	done := 0
	for fault := s.Reset(text); fault == nil; {
		var f *page.Fence
		if f, fault = s.Next(); f == nil {
			break
		}
		if b, _ := p.wanted("page.md", f); b != nil {
			parts = append(parts, text[done:f.Open], text[f.Open+f.Size:f.Body], text[f.End:f.Close])
			done = f.Close + f.CloseLen
		}
	}
	return append(parts, text[done:])
}

// FuzzPage rewrites any page, and wants the bytes outside of managed bodies to be the same, and
// a second rewrite to change nothing.
func FuzzPage(f *testing.F) {
	for _, seed := range []string{
		"", "\n", "text", "\ufeff---\ntitle: x\n---\n", "+++\r\n+++\r\n",
		"```go {snippet=\"p.f\"}\n```\n",
		"```go {snippet=\"p.f\"}\r\nold\r\n```",
		"\ufeff```go {snippet=\"p.fences\"}\n```\r",
		"- ```go {snippet=\"p.f\"}\n  ```\n- > ~~~go {snippet=\"p.fences\"}\n  > old\n  > ~~~~~~~ \n",
		"1.\t~~~go {snippet=\"p.g\"}\n\t~~~\n2)      code\n",
		">\t\t```go {snippet=\"p.g\"}\n>```\n>> ```go {snippet=\"p.f\"}\n>> ```\n",
		"-\n  ```go {snippet=\"p.Example_none\"}\n  old\n\n  ```\n* * *\n",
		"<!--\n```go {snippet=\"p.f\"}\n-->\n   ```go {snippet=\"p.f\"}\n```\n",
		"````text\n```go {snippet=\"p.f\"}\n````\n```sh\n```go\n",
		">```go {snippet=\"p.f\"}\n>```\n>-\t```go {snippet=\"p.f\"}\n>    ```\n",
		"- text\nlazy\n===\n    ```go {snippet=\"p.f\"}\n  ```\n# h\n<b>\n2. x\n",
		"> text\n>\n> ```go {snippet=\"p.fences\"}\n> ```\n\n1. ~~~go {snippet=\"p.f\"}\n   ~~~\n",
		"```go {snippet=\"p.f\"}\n# Heading\n```\n-\n\n  ```go {snippet=\"p.g\"}\n```\nx\r```go {snippet=\"p.g\"}\n",
		" -\t> 3.  ```go {snippet=\"p.f\"}\n \t>     ```\n",
	} {
		f.Add([]byte(seed))
	}
	p := newPages(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		fresh := p.rewrite(text)
		was, is := outside(p, text), outside(p, fresh)
		if len(was) != len(is) {
			t.Fatalf("%d parts became %d:\n%q\n%q", len(was), len(is), text, fresh)
		}
		for i := range was {
			if !bytes.Equal(was[i], is[i]) {
				t.Fatalf("outside of the bodies, %q became %q:\n%q\n%q", was[i], is[i], text, fresh)
			}
		}
		compareWithGoldmark(t, p, fresh)
		if again := p.rewrite(fresh); !bytes.Equal(again, fresh) {
			t.Fatalf("a second rewrite changes the page:\n%q\n%q\n%q", text, fresh, again)
		}
	})
}
