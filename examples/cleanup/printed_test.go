package cleanup

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

// A call after the end connects to nothing.
func TestConnectBeginsNothingTooLate(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errGone)
	got := rules.Printed(t, func() {
		conn, err := Connect(ctx, "db")
		assert.Equal(t, errGone, err)
		assert.Nil(t, conn, "nothing to close")
	})
	assert.Empty(t, got)
}

// Connect says what it begins, not what it has done.
func TestConnectSaysWhatItBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := rules.Printed(t, func() {
			conn, err := Connect(
				ending(t, 10*time.Millisecond), "db")
			assert.Equal(t, errGone, err)
			assert.Nil(t, conn, "nothing to close")
		})
		assert.Equal(t, "connecting to db\n", got)
	})
}
