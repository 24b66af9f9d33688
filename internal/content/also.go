package content

import (
	"fmt"
	"maps"
	"slices"

	"github.com/awaitless/awaitless/internal/finding"
)

const alsoForm = `write also: {"": [worker pool], an-anchor: [future, promise]}`

// also reads the words that search knows beside those of the page.
func (d *Document) also() (faults []error) {
	written := d.Front["also"]
	if written == nil {
		return nil
	}
	words, ok := written.(map[string]any)
	if !ok {
		return []error{Fault(d.Path, d.FrontLine("also"), "also: not words by anchor; %s", alsoForm)}
	}
	anchors := []string{""}
	for _, h := range d.Headings {
		anchors = append(anchors, h.Anchor)
	}
	d.Also = map[string][]string{}
	for _, anchor := range slices.Sorted(maps.Keys(words)) {
		list, ok := words[anchor].([]any)
		line := d.FrontLine("also", anchor)
		switch {
		case !slices.Contains(anchors, anchor):
			faults = append(faults, Fault(d.Path, line, "also: no heading %q; %s", anchor, finding.Valid(anchor, anchors[1:])))
		case !ok || len(list) == 0:
			faults = append(faults, Fault(d.Path, line, "also: no list of words at %q; %s", anchor, alsoForm))
		}
		for _, word := range list {
			d.Also[anchor] = append(d.Also[anchor], fmt.Sprint(word))
		}
	}
	return faults
}
