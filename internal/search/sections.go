package search

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/awaitless/awaitless/internal/page"
)

// A part is a heading with the blocks up to the next one.
type part struct {
	anchor, heading string
	nodes           []ast.Node
}

// cut divides a page at its headings. What stands before the first is a part, too.
func cut(d *content.Document) []part {
	parts := []part{{}}
	for _, n := range d.Nodes() {
		if n.Kind() == ast.KindHeading {
			heading := page.TextOf(n, d.Text)
			parts = append(parts, part{page.Anchor(heading), heading, nil})
			continue
		}
		last := &parts[len(parts)-1]
		last.nodes = append(last.nodes, n)
	}
	return parts
}

func sections(d *content.Document) (all []Section) {
	known := map[string]bool{}
	for i, part := range cut(d) {
		s := Section{Anchor: part.anchor, Heading: part.heading, Also: d.Also[part.anchor]}
		var texts []string
		if i == 0 {
			texts = append(texts, page.Plain(d.Description))
		}
		for _, n := range part.nodes {
			if n.Kind() != east.KindTable || path.Dir(d.Path) != content.Lookup { // which are found as rows
				texts = append(texts, textOf(n, d.Text))
			}
			s.Names = strings.TrimSpace(s.Names + " " + strings.Join(namesIn(n, d.Text, known), " "))
		}
		s.Text = strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
		all = append(all, s)
	}
	return all
}

// textOf is the prose in a block: no code and no head of a table, a dot between the cells of a row.
func textOf(n ast.Node, src []byte) string {
	switch n.Kind() {
	case ast.KindFencedCodeBlock, ast.KindCodeBlock, ast.KindHTMLBlock, ast.KindImage, east.KindTableHeader:
		return ""
	case ast.KindParagraph, ast.KindTextBlock, east.KindTableCell:
		return page.TextOf(n, src)
	}
	var parts []string
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		parts = append(parts, textOf(child, src))
	}
	if n.Kind() == east.KindTableRow {
		return strings.Join(parts, " · ") + ";"
	}
	return strings.Join(parts, " ")
}

var (
	word = regexp.MustCompile(`[A-Za-z_]\w+(?:\.\w+)*`)
	// Nobody looks for a variable; an API's name has a dot, a capital or a _.
	telling = regexp.MustCompile(`\w[._A-Z]|[A-Z]`)
)

// namesIn are the names in the code of a block that are not known yet. Then they are.
func namesIn(n ast.Node, src []byte, known map[string]bool) (names []string) {
	if fence, ok := n.(*ast.FencedCodeBlock); ok {
		for _, name := range word.FindAllString(withoutProse(fence, src), -1) {
			if telling.MatchString(name) && !known[name] {
				known[name] = true
				names = append(names, name)
			}
		}
		return names
	}
	if n.Type() == ast.TypeBlock {
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			names = append(names, namesIn(child, src, known)...)
		}
	}
	return names
}

// withoutProse is code without its comments, keywords and strings, which are no names. A timeline
// has none.
func withoutProse(fence *ast.FencedCodeBlock, src []byte) string {
	lang := string(fence.Language(src))
	code := string(fence.Lines().Value(src))
	lexer := lexers.Get(lang)
	if lang == "csv" {
		return ""
	}
	if lexer == nil {
		return code
	}
	tokens, err := lexer.Tokenise(nil, code)
	if err != nil {
		return code
	}
	var b strings.Builder
	for token := range tokens.Stdlib() {
		b.WriteString(bare(token))
	}
	return b.String()
}

var keywords = []chroma.TokenType{chroma.Keyword, chroma.KeywordDeclaration, chroma.KeywordNamespace, chroma.KeywordReserved}

// bare is what of a token may be part of a name.
func bare(token chroma.Token) string {
	if token.Type.InCategory(chroma.Comment) || token.Type.InSubCategory(chroma.LiteralString) || slices.Contains(keywords, token.Type) {
		return " "
	}
	return token.Value
}
