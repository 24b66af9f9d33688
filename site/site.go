// Package site is the website: layouts, styles and scripts for Hugo, and the tests
// that read what Hugo builds of them. To Go it offers only the styles of a
// timeline, so that one of tools/timeline looks as those of the pages do.
package site

import _ "embed"

// Tokens and TimelineCSS are the colours and the style of a timeline.
//
//go:embed assets/css/tokens.css
var Tokens string

//go:embed assets/css/timeline.css
var TimelineCSS string
