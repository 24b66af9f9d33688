package main

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/picture"
	"github.com/awaitless/awaitless/site"
)

// A drawing is a timeline with what a file about it shows.
type drawing struct {
	name     string // of the program
	timeline *timeline.Timeline
	sources  []source
}

type source struct{ Name, Text string }

// Of a file of its own, in px: how wide the picture is, and the room around it.
const (
	fileWidth = 720
	margin    = 12
	axis      = 20 // below the lanes
	line      = 22 // of the legend
)

// svg is the picture as a file that stands alone. It does not know how wide it will be shown, so
// the layout of wide windows is fixed.
func (d *drawing) svg() []byte {
	gutter, pitch := layout(picture.NameLength(d.timeline))
	inner := picture.SVG(d.timeline, picture.Options{ID: "t", Width: fileWidth - gutter})
	below := picture.Rows(d.timeline)*pitch + axis
	legend, height := d.legend(below + line/2)
	w, h := fileWidth+2*margin, below+height+2*margin
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[2]d" `+
		`viewBox="%[3]d %[3]d %[1]d %[2]d">
<style><![CDATA[
%[4]s%[5]s.paper { fill: var(--bg); }
%[6]s]]></style>
<rect class="paper" x="%[3]d" y="%[3]d" width="%[1]d" height="%[2]d"/>
<g class="timeline" transform="translate(%[7]d)">
%[8]s</g>
<g class="timeline">
%[9]s</g>
</svg>
`, w, h, -margin, css(site.Tokens), css(site.TimelineCSS), fixed(gutter, pitch), gutter, inner, legend)
	return b.Bytes()
}

// legend explains the shapes of a picture below it, around the height y.
func (d *drawing) legend(y int) (text string, height int) {
	const swatch, letter, between = 24, 6, 18
	var b strings.Builder
	x := 0
	for _, k := range picture.Legend(d.timeline) {
		switch k.Class {
		case "start", "wake":
			fmt.Fprintf(&b, `<path class="%s" d="M%d %dv8m-3-4 3 4 3-4"/>`, k.Class, x+5, y-4)
		case "print":
			fmt.Fprintf(&b, `<rect class="print" x="%d" y="%d" width="5" height="5"/>`, x+8, y-3)
		case "cancel":
			fmt.Fprintf(&b, `<text class="cancel" x="%d" y="%d">×</text>`, x+10, y)
		case "sync":
			fmt.Fprintf(&b, `<rect class="sync" x="%d" y="%d" width="18" height="9" rx="2" fill="url(#t-lock)"/>`,
				x, y-5)
		default:
			fmt.Fprintf(&b, `<rect class="%s" x="%d" y="%d" width="18" height="9" rx="2"/>`, k.Class, x, y-5)
		}
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\">%s</text>\n", x+swatch, y, k.Text)
		x += swatch + letter*len(k.Text) + between
	}
	if remark := picture.Remark(d.timeline); remark != "" {
		y, height = y+line, line
		fmt.Fprintf(&b, "<text x=\"0\" y=\"%d\">%s</text>\n", y, template.HTMLEscapeString(remark))
	}
	return b.String(), height + line
}

// layout is how wide the gutter for names must be, and how high the lanes. Very long names stand
// over the lanes.
func layout(letters int) (gutter, pitch int) {
	const most, letter, edges = 20, 7.3, 14
	if letters > most {
		return 0, 38
	}
	return int(letter*float64(letters)) + edges, 24
}

// fixed says in CSS what the styles leave to the width of the window.
func fixed(gutter, pitch int) string {
	rule := fmt.Sprintf(".timeline > :is(path, .channel) { fill: none; }\n"+
		".timeline svg[class] { width: %dpx; font-size: %dpx; padding: 0; clip-path: none; }\n", fileWidth-gutter, pitch)
	if gutter > 0 {
		rule += ".timeline svg[class] .lane { text-anchor: end; transform: translate(-14px, 14px); }\n"
	}
	return rule
}

var comment = regexp.MustCompile(`(?s)/\*.*?\*/\n`)

func css(text string) string { return comment.ReplaceAllString(text, "") }

var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Timeline of {{ .Name }}</title>
<style>
{{ .Tokens }}{{ .CSS }}body { max-width: var(--measure); margin: 0 auto; padding: 1rem; font: 100%/1.5 system-ui, sans-serif; color: var(--ink); background: var(--bg); }
figure { margin: 0; }
h2 { font-size: 1rem; }
body > pre { font: .8125rem/1.6 var(--mono); background: var(--sunk); padding: .75rem; overflow-x: auto; tab-size: 4; }
</style>
</head>
<body>
<h1>{{ .Name }}</h1>
<figure class="timeline" data-timeline="{{ .Name }}" data-side="go">
<figcaption><b>Timeline</b> <span>{{ .Name }}</span> {{ .Total }}</figcaption>
{{ .Picture }}<p>{{ range .Legend }}{{ with .Glyph }}{{ . }}{{ else }}<i class="{{ .Class }}"></i>{{ end }}&nbsp;{{ .Text }}&emsp;{{ end }}{{ .Remark }}</p>
<details><summary>As text</summary><pre>{{ .Text }}</pre></details>
</figure>
{{ with .Printed }}<h2>Printed</h2>
<pre tabindex="0">{{ . }}</pre>
{{ end }}{{ range .Sources }}<h2>{{ .Name }}</h2>
<pre tabindex="0">{{ .Text }}</pre>
{{ end }}</body>
</html>
`))

// html is a page with the picture, the printed lines and the source.
func (d *drawing) html() ([]byte, error) {
	var b bytes.Buffer
	err := page.Execute(&b, map[string]any{
		"Name": d.name, "Total": picture.Total(d.timeline), "Legend": picture.Legend(d.timeline),
		"Remark": picture.Remark(d.timeline), "Printed": d.printed(), "Sources": d.sources,
		"Picture": template.HTML(picture.SVG(d.timeline, picture.Options{ID: "t"})), "Text": string(picture.Drawn(d.timeline).CSV()),
		"Tokens": template.CSS(css(site.Tokens)), "CSS": template.CSS(css(site.TimelineCSS)),
	})
	return b.Bytes(), err
}

// most is how many printed lines a page shows.
const most = 2000

// printed is what the program printed, each line with its time.
func (d *drawing) printed() string {
	var b strings.Builder
	for i, l := range d.timeline.Printed {
		if i == most {
			fmt.Fprintf(&b, "… and %d more lines\n", len(d.timeline.Printed)-most)
			break
		}
		fmt.Fprintf(&b, "%6d ms  %s\n", l.At, l.Text)
	}
	return b.String()
}
