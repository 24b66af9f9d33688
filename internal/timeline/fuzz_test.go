package timeline

import (
	"bytes"
	"testing"
)

// FuzzCSV reads any text as that of a timeline, writes it, and reads it again.
func FuzzCSV(f *testing.F) {
	const head = "lane,from,to,state,at,note\n"
	for _, seed := range []string{
		"", head, head + "main,0,,send,a:1,\n", head + "main,0,1,print,,\"a \"\"b\"\"\nc\"\nx,1,1,end,,\nmain,2,2,end,,\n",
		head + "\"\r\n\",-1,-1,\"\r\", ,\r\n", "lane,from,to,state,at,note\r\n,0,0,,,\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if tl, err := Parse(text); err == nil {
			roundTrip(t, tl)
		}
	})
}

func roundTrip(t *testing.T, tl *Timeline) {
	t.Helper()
	text := tl.CSV()
	again, err := Parse(text)
	if err != nil {
		t.Fatalf("%v:\n%q", err, text)
	}
	if !bytes.Equal(text, again.CSV()) {
		t.Fatalf("%q became %q", text, again.CSV())
	}
}
