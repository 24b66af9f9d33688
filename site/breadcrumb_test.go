package site

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestBreadcrumb walks up from a page of the deepest section.
func TestBreadcrumb(t *testing.T) {
	build(t)
	doc := parse(t, builtFile("/guides/pitfalls/cpu/"))
	var links []string
	for _, n := range all(doc) {
		if attr(n, "aria-label") == "Breadcrumb" {
			require.Equal(t, "nav", n.Data)
			for _, item := range all(n) {
				switch {
				case item.Data == "a":
					links = append(links, attr(item, "href"))
				case attr(item, "aria-current") == "page":
					links = append(links, "here")
				}
			}
		}
	}
	assert.Equal(t, []string{"/", "/guides/", "/guides/pitfalls/", "here"}, links)
}
