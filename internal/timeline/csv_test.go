package timeline

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"a,b,c,d,e,f\n": "line 1 is",
		"lane,from\n":   "line 1 is",
		"lane,from,to,state,at,note\nmain,0,1,end\n":             "wrong number of fields",
		"lane,from,to,state,at,note,order\nmain,0,0,print,,,x\n": "line 2: order is not a number",
		"lane,from,to,state,at,note\nmain,x,1,,,\n":              "line 2: from is not a number",
		"lane,from,to,state,at,note\nmain,1,x,,,\n":              "line 2: to is not a number",
	} {
		_, err := Parse([]byte(text))
		assert.ErrorContains(t, err, want)
	}
}
