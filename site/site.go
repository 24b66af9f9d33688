// Package site is the website: layouts, styles and scripts for Hugo, and the tests
// that read what Hugo builds of them. To Go it offers only what draws a timeline,
// so that tools/timeline draws as the pages do.
package site

import _ "embed"

// Timeline is the template of a timeline, for Hugo and html/template alike.
//
//go:embed layouts/_partials/timeline.html
var Timeline string

// Tokens and TimelineCSS are the colours and the style of what it draws.
//
//go:embed assets/css/tokens.css
var Tokens string

//go:embed assets/css/timeline.css
var TimelineCSS string
