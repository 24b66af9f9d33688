package machines

import (
	"strings"
	"unicode"
)

// sentences splits prose. A dot ends a sentence before white space, and not in code.
func sentences(prose string) []string {
	var all []string
	start, code := 0, false
	for i, r := range prose {
		switch {
		case r == '`':
			code = !code
		case r == '.' && !code && (i+1 == len(prose) || prose[i+1] == ' '):
			all = append(all, strings.TrimSpace(prose[start:i+1]))
			start = i + 1
		}
	}
	if rest := strings.TrimSpace(prose[start:]); rest != "" {
		all = append(all, rest)
	}
	return all
}

// pointing are words by which a sentence shows that it leans on its page: on a block, on a test.
var pointing = []string{
	"above", "below", "the test", "a test", "a bubble of", "this page", "this test", "next two",
}

// leans reports whether a text can be read only on its page.
func leans(text string) bool {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	}), " ") + " "
	for _, word := range pointing {
		if strings.Contains(words, " "+word+" ") {
			return true
		}
	}
	return false
}

// alone is the part of prose that can stand without its page, at most so many sentences: none that
// leans on it, no name of a test between brackets, no colon at the end.
func alone(prose string, most int) string {
	var kept []string
	for _, s := range sentences(withoutTests(prose)) {
		if s = withoutLeaning(s); s != "" && len(kept) < most {
			kept = append(kept, s)
		}
	}
	text := strings.Join(kept, " ")
	if rest, ok := strings.CutSuffix(text, ":"); ok {
		text = rest + "."
	}
	return text
}

// withoutLeaning drops a sentence that leans on its page, or those of its clauses, set apart by
// semicolons, that do.
func withoutLeaning(sentence string) string {
	clauses := strings.Split(sentence, "; ")
	if leans(clauses[0]) {
		return ""
	}
	kept := clauses[:1]
	for _, clause := range clauses[1:] {
		if !leans(clause) {
			kept = append(kept, clause)
		}
	}
	text := strings.Join(kept, "; ")
	if len(kept) < len(clauses) && !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

// withoutTests drops the names of tests between brackets: (`TestFirst`).
func withoutTests(prose string) string {
	for {
		before, rest, found := strings.Cut(prose, " (`Test")
		_, after, closed := strings.Cut(rest, "`)")
		if !found || !closed {
			return prose
		}
		prose = before + after
	}
}
