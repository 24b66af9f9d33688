package playback

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestUnframed(t *testing.T) {
	frame := func(size byte, text string) string {
		return "\x00\x00PB" + strings.Repeat("t", 8) + "\x00\x00\x00" + string(size) + text
	}
	for in, want := range map[string]string{
		"":                                    "",
		"plain\n":                             "plain\n",
		frame(2, "a\n"):                       "a\n",
		frame(1, "a") + frame(2, "b\n"):       "ab\n",
		frame(2, "a\n") + "a crash":           "a\na crash",
		frame(9, "cut"):                       "cut",
		"\x00\x00PB":                          "\x00\x00PB",
		frame(0, "") + frame(4, "\x00\x00PB"): "\x00\x00PB",
	} {
		assert.Equal(t, want, string(Unframed([]byte(in))), "%q", in)
	}
}

// TestFrames: each write has its time; what follows the frames has none.
func TestFrames(t *testing.T) {
	in := "\x00\x00PB\x00\x00\x00\x00\x00\x00\x01\x02\x00\x00\x00\x02a\n" + "rest"
	assert.Equal(t, []Frame{{258, []byte("a\n")}, {0, []byte("rest")}}, Frames([]byte(in)))
}
