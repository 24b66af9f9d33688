//go:build ignore

// Base draws base.png, the ground of the Open Graph pictures: the wordmark and
// two bars, amber for asyncio and teal for Go. Hugo writes the text of each
// page over it. Run it here, after a change of the identity: go run base.go
package main

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The ground has no margins: Hugo pads it to 1200 by 630 at the end, and has
// fewer pixels to copy until then. It breaks lines 20 pixels before the edge.
const (
	width, height = 1044, 500
	right         = width - 20
)

var (
	quiet = color.RGBA{0x56, 0x60, 0x69, 0xff}
	amber = color.RGBA{0xf0, 0xb8, 0x60, 0xff}
	teal  = color.RGBA{0x00, 0x64, 0x7b, 0xff}
)

func main() {
	ground := image.NewRGBA(image.Rect(0, 0, width, height))
	fill(ground, ground.Bounds(), color.White)
	fill(ground, image.Rect(0, height-8, right/2-4, height), amber)
	fill(ground, image.Rect(right/2+4, height-8, right, height), teal)

	end := write(ground, goregular.TTF, "Await", 0, quiet)
	write(ground, gobold.TTF, "less", end, teal)
	fill(ground, image.Rect(0, 25, end, 30), amber)

	file, err := os.Create("base.png")
	if err != nil {
		log.Fatal(err)
	}
	small := png.Encoder{CompressionLevel: png.BestCompression}
	if err := small.Encode(file, ground); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

// write returns where the text ends.
func write(to draw.Image, ttf []byte, text string, x int, ink color.Color) int {
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		log.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 48, DPI: 72})
	if err != nil {
		log.Fatal(err)
	}
	pen := font.Drawer{Dst: to, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, 40)}
	pen.DrawString(text)
	return pen.Dot.X.Round()
}

func fill(to draw.Image, area image.Rectangle, ink color.Color) {
	draw.Draw(to, area, image.NewUniform(ink), image.Point{}, draw.Src)
}
