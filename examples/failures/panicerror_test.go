package failures

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A panic that was called with an error is that error for errors.Is,
// and with anything else, none.
func TestPanicErrorUnwraps(t *testing.T) {
	bug := errors.New("bug")
	assert.ErrorIs(t, &PanicError{Value: bug}, bug)
	err := &PanicError{Value: "bug"}
	assert.NoError(t, errors.Unwrap(err))
	assert.EqualError(t, err, "panic: bug")
}
