// Package edit replaces parts of a text.
package edit

import "slices"

// An Edit puts New where a text has its bytes From to To.
type Edit struct {
	From, To int
	New      string
}

// Apply makes the edits, which do not overlap. Those of one place stay in their order.
func Apply(text []byte, edits []Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.From - b.From })
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(out, text[at:e.From]...)
		out = append(out, e.New...)
		at = e.To
	}
	return append(out, text[at:]...)
}
