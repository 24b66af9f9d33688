package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/site"
)

var picture = template.Must(template.New("timeline").Funcs(funcs).Parse(site.Timeline))

// A drawing is a timeline with what a file about it shows.
type drawing struct {
	name     string // of the program
	timeline *timeline.Timeline
	sources  []source
}

type source struct{ Name, Text string }

// draw makes the picture, as a figure with its text or as an SVG element alone.
func (d *drawing) draw(bare bool, width string) (template.HTML, error) {
	text := d.timeline.CSV()
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = picture.Execute(&b, map[string]any{
		"rows": rows[1:], "csv": string(text), "name": d.name, "title": d.name,
		"id": "arrow", "side": "go", "width": width, "bare": bare,
	})
	return template.HTML(b.String()), err
}

// Of a file of its own: how wide the picture is, and the room around it.
const (
	fileWidth = 720
	margin    = 12
)

var svgHeight = regexp.MustCompile(`^<svg [^>]*height="(\d+)"`)

// svg is the picture as a file that stands alone.
func (d *drawing) svg() ([]byte, error) {
	inner, err := d.draw(true, strconv.Itoa(fileWidth))
	if err != nil {
		return nil, err
	}
	height, err := strconv.Atoi(svgHeight.FindStringSubmatch(string(inner))[1])
	if err != nil {
		return nil, err
	}
	w, h := fileWidth+2*margin, height+2*margin
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[2]d" viewBox="%[3]d %[3]d %[1]d %[2]d">
<style><![CDATA[
%[4]s%[5]s.paper { fill: var(--bg); }
]]></style>
<rect class="paper" x="%[3]d" y="%[3]d" width="%[1]d" height="%[2]d"/>
<g class="timeline">
%[6]s
</g>
</svg>
`, w, h, -margin, css(site.Tokens), css(site.TimelineCSS), strings.TrimSpace(string(inner)))
	return b.Bytes(), nil
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
{{ .Picture }}
{{ with .Printed }}<h2>Printed</h2>
<pre tabindex="0">{{ . }}</pre>
{{ end }}{{ range .Sources }}<h2>{{ .Name }}</h2>
<pre tabindex="0">{{ .Text }}</pre>
{{ end }}</body>
</html>
`))

// html is a page with the picture, the printed lines and the source.
func (d *drawing) html() ([]byte, error) {
	picture, err := d.draw(false, "100%")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, map[string]any{
		"Name": d.name, "Picture": picture, "Printed": d.printed(), "Sources": d.sources,
		"Tokens": template.CSS(css(site.Tokens)), "CSS": template.CSS(css(site.TimelineCSS)),
	})
	return b.Bytes(), err
}

// printed is what the lanes printed, each line with its time.
func (d *drawing) printed() string {
	var all []timeline.Event
	for _, lane := range d.timeline.Lanes {
		for _, e := range lane.Events {
			if e.State == "print" {
				all = append(all, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b timeline.Event) int { return a.From - b.From })
	var b strings.Builder
	for _, e := range all {
		fmt.Fprintf(&b, "%6d ms  %s\n", e.From, e.Note)
	}
	return b.String()
}
