// Package playback reads what a program writes in virtual time (go build -tags faketime).
package playback

import (
	"bytes"
	"encoding/binary"
)

// A Frame is one write.
type Frame struct {
	Time int64 // ns since 1970; 0 for what was written without a frame
	Text []byte
}

// Frames takes apart what was written: faketime puts a magic number, the time and the length
// before each write (see time_fake.go in Go's package runtime).
func Frames(out []byte) (all []Frame) {
	const head = 4 + 8 + 4
	for len(out) >= head && bytes.HasPrefix(out, []byte{0, 0, 'P', 'B'}) {
		f := Frame{Time: int64(binary.BigEndian.Uint64(out[4:]))}
		size := int(binary.BigEndian.Uint32(out[12:]))
		out = out[head:]
		f.Text = out[:min(size, len(out))]
		all = append(all, f)
		out = out[len(f.Text):]
	}
	if len(out) > 0 {
		all = append(all, Frame{Text: out})
	}
	return all
}

// Unframed is what was written, without the frames.
func Unframed(out []byte) []byte {
	var b bytes.Buffer
	for _, f := range Frames(out) {
		b.Write(f.Text)
	}
	return b.Bytes()
}
