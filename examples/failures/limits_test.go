package failures

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
)

// 99 is the last order that exists.
func TestOrdersEndBelowAHundred(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		order, err := Load(t.Context(), 99)
		assert.NoError(t, err)
		assert.Equal(t, "order 99", order)
		_, err = Load(t.Context(), 100)
		assert.ErrorIs(t, err, ErrNotFound)
	})
}
