package highlight

import (
	"encoding/json"
	"strings"

	"github.com/awaitless/awaitless/internal/content"
)

// Files are what Hugo places: for each page with code, at its path with .json for .md, an object
// from the text of a block to its HTML, both without the last newline.
func Files(site *content.Site) map[string][]byte {
	files := map[string][]byte{}
	for _, d := range site.Pages {
		blocks := map[string]string{}
		for _, b := range d.Blocks {
			code := strings.TrimSuffix(b.Body, "\n")
			if coloured := HTML(b.Lang, code); coloured != escape(code) {
				blocks[code] = coloured
			}
		}
		if len(blocks) == 0 {
			continue
		}
		text, err := json.Marshal(blocks)
		if err != nil {
			panic(err) // strings can be written
		}
		files[strings.TrimSuffix(d.Path, ".md")+".json"] = text
	}
	return files
}
