package page

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSources(t *testing.T) {
	const text = "# Title\n\n- ~~~go {snippet=\"p.F\"}\n  ~~~\n\n```sh\nmake\n```\n\n```go {snippet=p.G}\n```\n\n" +
		"````text\n```csv {timeline=\"p.no\"}\n````\n\n```csv {timeline=\"p.T\"}\n```\n"
	want := []Attrs{{Lang: "go", Kind: "snippet", Source: "p.F"}, {Lang: "csv", Kind: "timeline", Source: "p.T"}}
	assert.Equal(t, want, Sources([]byte(text)))
	assert.Equal(t, want, Sources([]byte(text+"```go {snippet=\"p.open\"}\n")), "up to what is not closed")
	assert.Empty(t, Sources([]byte("---\ntitle: x\n")))
}
