package finding

import (
	"cmp"
	"slices"
	"strings"
)

// mostListed names fit into a line that somebody reads, such as all packages or all files.
const mostListed = 40

// Valid words the second half of an error about an unknown name: the few valid names nearest to
// it, or all of them when none is near and a line can hold them.
func Valid(name string, names []string) string {
	if len(names) == 0 {
		return "none exist"
	}
	near := Near(name, names)
	if len(near) == 0 {
		if len(names) > mostListed {
			return "no name is near it"
		}
		near = names
	}
	return "valid: " + strings.Join(near, ", ")
}

// Near returns up to three names within a small edit distance, the nearest first.
func Near(name string, names []string) []string {
	type scored struct {
		name string
		d    int
	}
	var all []scored
	low := strings.ToLower(name)
	for _, n := range names {
		d := distance(low, strings.ToLower(n))
		if d <= max(2, len(name)/3) {
			all = append(all, scored{n, d})
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.d, b.d), cmp.Compare(a.name, b.name))
	})
	var out []string
	for _, s := range slices.CompactFunc(all, func(a, b scored) bool { return a.name == b.name }) {
		out = append(out, s.name)
	}
	return out[:min(len(out), 3)]
}

// distance is the Levenshtein distance, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diag
			if a[i] != b[j] {
				cost = 1 + min(diag, row[j], row[j+1])
			}
			diag, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
