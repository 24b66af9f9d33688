package practices

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// save stands in for work in the background. It takes 100 ms.
func save() bool {
	time.Sleep(100 * time.Millisecond)
	return true
}

func TestSave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		saved := false
		go func() { saved = save() }()
		time.Sleep(100 * time.Millisecond) // takes no real time
		synctest.Wait()                    // save has had its turn
		assert.True(t, saved)
	})
}
