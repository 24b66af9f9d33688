package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// attrs is what the info string of a fence says.
type attrs struct {
	lang   string
	kind   string // snippet, output, file, timeline, or "" for a fence without a source
	source string // the selector
	any    bool   // order="any"
}

const attrHelp = `write LANG {key="value"}`

// parseInfo reads an info string: a language and, between braces, key="value" pairs.
func parseInfo(info []byte) (attrs, error) {
	var a attrs
	lang, rest, _ := bytes.Cut(info, []byte(" "))
	a.lang = string(lang)
	rest = bytes.TrimSpace(rest)
	if strings.ContainsAny(a.lang, `{}="`) {
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

func (a *attrs) set(key, value string) error {
	switch key {
	case "snippet", "output", "file", "timeline":
		if a.kind != "" {
			return fmt.Errorf("two sources, %s and %s; give one", a.kind, key)
		}
		a.kind, a.source = key, value
	case "order":
		if value != "any" {
			return fmt.Errorf(`order=%q; the only order to name is "any"`, value)
		}
		a.any = true
	case "title":
	default:
		return fmt.Errorf("unknown attribute %s; valid: snippet, output, file, timeline, order, title", key)
	}
	return nil
}

// check refuses what no fence may be.
func (a *attrs) check() error {
	if a.any && a.kind != "output" {
		return errors.New(`order="any" without an output; only an output has an order`)
	}
	return nil
}

// checkUnmanaged refuses a fence without a source, unless its language is one of prose.
func (a *attrs) checkUnmanaged() error {
	switch a.lang {
	case "sh", "text", "diff":
		return nil
	case "":
		return errors.New("fence without a language; name one, and a source unless it is sh, text or diff")
	}
	return fmt.Errorf("%s fence without a source; add snippet, output, file or timeline, or use sh, text or diff", a.lang)
}
