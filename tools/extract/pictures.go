package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/awaitless/awaitless/internal/page"
	"github.com/awaitless/awaitless/internal/rewrite"
	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/picture"
	"github.com/awaitless/awaitless/internal/timeline/virtualtime"
)

// pictures is the folder of the drawn timelines, which Hugo mounts: a folder for each page.
const pictures = ".bin/site/timelines"

// A drawn is a timeline of a page, with what its picture needs to know of the page.
type drawn struct {
	name     string
	timeline *timeline.Timeline
	picture  picture.Options
}

// A caption is what a page says beside a picture.
type caption struct {
	Total  string        `json:"total"`
	Legend []picture.Key `json:"legend"`
	Remark string        `json:"remark"`
}

// writePictures draws the timelines of all pages, from the text that the pages hold.
func writePictures(ctx context.Context, rootDir string) error {
	root, err := os.OpenRoot(rootDir)
	if err != nil {
		return err
	}
	defer root.Close()
	files := map[string][]byte{}
	err = eachPage(root, func(name string, text []byte) error { return drawPage(name, text, files) })
	if err != nil {
		return err
	}
	if _, err := root.Stat(pictures); os.IsNotExist(err) && len(files) == 0 {
		return nil
	}
	return rewrite.Folder(ctx, rootDir, pictures, files, isPicture)
}

// isPicture reports whether extract wrote the file.
func isPicture(name string, _ []byte) bool {
	return strings.HasSuffix(name, ".svg") || strings.HasSuffix(name, ".json")
}

// drawPage adds the pictures of one page to the files.
func drawPage(name string, text []byte, files map[string][]byte) error {
	all, err := timelinesOf(name, text)
	if err != nil {
		return err
	}
	folder := strings.TrimSuffix(strings.TrimPrefix(name, contentDir+"/"), ".md")
	for _, d := range all {
		base := path.Join(folder, virtualtime.Folder(d.name))
		if files[base+".svg"] != nil {
			return fmt.Errorf("%s: the timeline %s stands twice; show it once", name, d.name)
		}
		files[base+".svg"] = picture.SVG(d.timeline, d.picture)
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(caption{picture.Total(d.timeline), picture.Legend(d.timeline), picture.Remark(d.timeline)}); err != nil {
			return err
		}
		files[base+".json"] = b.Bytes()
	}
	return nil
}

// timelinesOf finds the timelines of a page. Two that follow each other share their axis, the
// longer one's, and the gutter for names, so that a millisecond is as long in both. What is
// wrong with a page is for the check to report.
func timelinesOf(name string, text []byte) (all []*drawn, err error) {
	p, err := page.Parse(text)
	if err != nil {
		return nil, nil
	}
	before, paired := false, false // the block before is a timeline; it shares its axis already
	for _, b := range p.Blocks {
		if b.Kind != "timeline" {
			before, paired = false, false
			continue
		}
		t, err := timeline.Parse([]byte(b.Body))
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %s: %w", name, b.Line, b.Source, err)
		}
		d := &drawn{b.Source, t, picture.Options{ID: fmt.Sprintf("timeline%d", len(all)+1)}}
		paired = before && b.Follows && !paired
		if paired && t.Steps == all[len(all)-1].timeline.Steps {
			d.share(all[len(all)-1])
		}
		all = append(all, d)
		before = true
	}
	return all, nil
}

// share gives two pictures one axis.
func (d *drawn) share(other *drawn) {
	axis := max(d.timeline.End, other.timeline.End)
	letters := max(picture.NameLength(d.timeline), picture.NameLength(other.timeline))
	for _, p := range []*drawn{d, other} {
		p.picture.Axis, p.picture.Names = axis, letters
	}
}
