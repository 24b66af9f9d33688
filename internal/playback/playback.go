// Package playback reads what a program writes in virtual time (go build -tags faketime).
package playback

import "bytes"

// Unframed is what was written, without the frames that faketime puts around each write: a
// magic number, the time, the length (see time_fake.go in Go's package runtime).
func Unframed(out []byte) []byte {
	const head = 4 + 8 + 4
	var b bytes.Buffer
	for len(out) >= head && bytes.HasPrefix(out, []byte{0, 0, 'P', 'B'}) {
		size := int(out[12])<<24 | int(out[13])<<16 | int(out[14])<<8 | int(out[15])
		out = out[head:]
		b.Write(out[:min(size, len(out))])
		out = out[min(size, len(out)):]
	}
	b.Write(out)
	return b.Bytes()
}
