package main

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A diskPage is a page on its way to a reader's disk. There, links must be
// relative and name files. Scripts stay away: browsers refuse to load modules
// from disk, and the pages can be read without.
type diskPage struct {
	at, base *url.URL
	linked   map[string]string // files that pages link to, with one of these
}

func (p diskPage) rewrite(text []byte) ([]byte, error) {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(text))
	inScript := false
	for z.Next() != html.ErrorToken {
		raw := bytes.Clone(z.Raw()) // Token changes what it shows
		token := z.Token()
		switch {
		case token.Data == "script" && token.Type != html.TextToken:
			inScript = token.Type == html.StartTagToken
		case inScript:
		case token.Data == "link" && attr(token, "rel") != "stylesheet" && attr(token, "rel") != "icon":
			// for machines, on the web
		case p.change(&token):
			out.WriteString(token.String())
		default:
			out.Write(raw)
		}
	}
	if err := z.Err(); !errors.Is(err, io.EOF) {
		return nil, err
	}
	return out.Bytes(), nil
}

// change makes the addresses of a tag relative, and reports whether it had any.
func (p diskPage) change(token *html.Token) bool {
	if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
		return false
	}
	changed := false
	for i, a := range token.Attr {
		if a.Key != "href" && a.Key != "src" || strings.HasPrefix(a.Val, "#") {
			continue
		}
		if link, ok := p.relative(a.Val); ok {
			token.Attr[i].Val = link
			changed = true
		}
	}
	if !changed {
		return false
	}
	token.Attr = slices.DeleteFunc(token.Attr, func(a html.Attribute) bool {
		// Neither a hash that is not checked on disk, nor a link to the zip itself.
		return a.Key == "integrity" || a.Key == "href" && a.Val == ""
	})
	return true
}

// relative returns the link as it must be on disk, or false if it leads elsewhere.
func (p diskPage) relative(link string) (string, bool) {
	target, err := p.at.Parse(link)
	if err != nil || target.Host != p.base.Host || target.Scheme != p.base.Scheme {
		return "", false
	}
	name, below := strings.CutPrefix(target.Path, p.base.Path)
	if !below {
		return "", false
	}
	if name == zipName {
		return "", true
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	page := strings.TrimPrefix(p.at.Path, p.base.Path)
	p.linked[name] = page
	rel, err := filepath.Rel(filepath.FromSlash(path.Dir(page)), filepath.FromSlash(name))
	if err != nil {
		return "", false
	}
	relative := url.URL{Path: filepath.ToSlash(rel), RawQuery: target.RawQuery, Fragment: target.Fragment}
	return relative.String(), true
}

func attr(token html.Token, key string) string {
	for _, a := range token.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
