package page

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Attrs is what the info string of a fence says.
type Attrs struct {
	Lang   string
	Kind   string // snippet, output, file, timeline, or "" for a fence without a source
	Source string // the selector
	Any    bool   // order="any"
	Title  string
	Side   string // both, go or asyncio, where no kind implies it
}

const attrHelp = `write LANG {key="value"}`

// ParseInfo reads an info string: a language and, between braces, key="value" pairs.
func ParseInfo(info []byte) (Attrs, error) {
	var a Attrs
	lang, rest, _ := bytes.Cut(info, []byte(" "))
	a.Lang = string(lang)
	rest = bytes.TrimSpace(rest)
	if strings.ContainsAny(a.Lang, `{}="`) {
		return a, fmt.Errorf("bad attribute syntax in %q; %s", info, attrHelp)
	}
	if len(rest) == 0 {
		return a, nil
	}
	if len(rest) < 2 || rest[0] != '{' || rest[len(rest)-1] != '}' {
		return a, fmt.Errorf("bad attribute syntax in %q; %s", info, attrHelp)
	}
	seen := ""
	for rest = rest[1 : len(rest)-1]; ; {
		rest = bytes.TrimLeft(rest, " \t")
		if len(rest) == 0 {
			return a, a.check()
		}
		key, value, tail, ok := pair(rest)
		if !ok {
			return a, fmt.Errorf("bad attribute syntax in %q; %s", info, attrHelp)
		}
		if strings.Contains(seen, " "+key+" ") {
			return a, fmt.Errorf("attribute %s twice; give it once", key)
		}
		seen += " " + key + " "
		if err := a.set(key, value); err != nil {
			return a, err
		}
		rest = tail
	}
}

// pair reads key="value"; a backslash takes the character after it as it is.
func pair(text []byte) (key, value string, tail []byte, ok bool) {
	k, rest, ok := bytes.Cut(text, []byte(`="`))
	if !ok || len(k) == 0 || bytes.ContainsAny(k, " \t\"{}=") {
		return "", "", nil, false
	}
	var v []byte
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			if i++; i == len(rest) {
				return "", "", nil, false
			}
			v = append(v, rest[i])
		case '"':
			tail = rest[i+1:]
			if len(tail) > 0 && tail[0] != ' ' && tail[0] != '\t' {
				return "", "", nil, false
			}
			return string(k), string(v), tail, true
		default:
			v = append(v, rest[i])
		}
	}
	return "", "", nil, false
}

func (a *Attrs) set(key, value string) error {
	switch key {
	case "snippet", "output", "file", "timeline":
		if a.Kind != "" {
			return fmt.Errorf("two sources, %s and %s; give one", a.Kind, key)
		}
		a.Kind, a.Source = key, value
	case "order":
		if value != "any" {
			return fmt.Errorf(`order=%q; the only order to name is "any"`, value)
		}
		a.Any = true
	case "side":
		if value != "both" && value != "go" && value != "asyncio" {
			return fmt.Errorf(`side=%q; valid are "both", "go" and "asyncio"`, value)
		}
		a.Side = value
	case "title":
		a.Title = value
	default:
		return fmt.Errorf("unknown attribute %s; valid: snippet, output, file, timeline, order, side, title", key)
	}
	return nil
}

// check refuses what no fence may be.
func (a *Attrs) check() error {
	if a.Any && a.Kind != "output" {
		return errors.New(`order="any" without an output; only an output has an order`)
	}
	return nil
}

// On is the side of the page that the block belongs to: asyncio, go or both, or "" for neither.
// What the block is says it, unless the fence does. A section of a script begins with the name of
// its side.
func (a *Attrs) On() string {
	_, section, _ := strings.Cut(a.Source, ":")
	switch {
	case a.Side != "" || a.Kind == "":
		return a.Side
	case a.Lang == "python", strings.Contains(a.Source, ".py:"), a.Kind == "file" && strings.HasPrefix(section, "asyncio"):
		return "asyncio"
	case a.Lang == "go", a.Kind == "output", a.Kind == "timeline", a.Kind == "file" && strings.HasPrefix(section, "go-"):
		return "go"
	}
	return ""
}

// CheckUnmanaged refuses a fence without a source, unless its language is one of prose.
func (a *Attrs) CheckUnmanaged() error {
	switch a.Lang {
	case "sh", "text", "diff":
		return nil
	case "":
		return errors.New("fence without a language; name one, and a source unless it is sh, text or diff")
	}
	return fmt.Errorf("%s fence without a source; add snippet, output, file or timeline, or use sh, text or diff", a.Lang)
}
