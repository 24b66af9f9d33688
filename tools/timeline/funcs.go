package main

import (
	"fmt"
	"html/template"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// funcs mean here what they mean to Hugo, for the arguments that the site's template of a
// timeline gives them.
var funcs = template.FuncMap{
	"add":       func(a, b any) (any, error) { return calculate(a, b, func(a, b float64) float64 { return a + b }) },
	"sub":       func(a, b any) (any, error) { return calculate(a, b, func(a, b float64) float64 { return a - b }) },
	"mul":       func(a, b any) (any, error) { return calculate(a, b, func(a, b float64) float64 { return a * b }) },
	"div":       func(a, b float64) float64 { return a / b },
	"int":       toInt,
	"float":     toFloat,
	"slice":     func(all ...any) []any { return all },
	"append":    func(item any, all []any) []any { return append(all, item) },
	"dict":      dict,
	"in":        slices.Contains[[]any],
	"split":     strings.Split,
	"strings":   func() stringFuncs { return stringFuncs{} },
	"delimit":   delimit,
	"replaceRE": func(pattern, to, s string) string { return regexp.MustCompile(pattern).ReplaceAllString(s, to) },
}

// calculate gives an int for two ints, and a float64 otherwise.
func calculate(a, b any, f func(a, b float64) float64) (any, error) {
	x, err := toFloat(a)
	if err != nil {
		return nil, err
	}
	y, err := toFloat(b)
	if err != nil {
		return nil, err
	}
	if reflect.TypeOf(a).Kind() == reflect.Int && reflect.TypeOf(b).Kind() == reflect.Int {
		return int(f(x, y)), nil
	}
	return f(x, y), nil
}

func toFloat(a any) (float64, error) {
	switch a := a.(type) {
	case int:
		return float64(a), nil
	case float64:
		return a, nil
	case string:
		return strconv.ParseFloat(a, 64)
	}
	return 0, fmt.Errorf("%v is no number", a)
}

func toInt(a any) (int, error) {
	f, err := toFloat(a)
	return int(f), err
}

func dict(all ...any) (map[string]any, error) {
	d := map[string]any{}
	for i := 0; i+1 < len(all); i += 2 {
		key, ok := all[i].(string)
		if !ok {
			return nil, fmt.Errorf("%v is no key", all[i])
		}
		d[key] = all[i+1]
	}
	return d, nil
}

func delimit(all []any, between string) string {
	words := make([]string, len(all))
	for i, a := range all {
		words[i] = fmt.Sprint(a)
	}
	return strings.Join(words, between)
}

type stringFuncs struct{}

func (stringFuncs) Contains(s, part string) bool { return strings.Contains(s, part) }
