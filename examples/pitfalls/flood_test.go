package pitfalls

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A thousand calls of a second each, ten at a time, take 100 seconds,
// and never more than ten run.
func TestEachHoldsItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running sync.Mutex
		now, peak := 0, 0
		count := func(by int) {
			running.Lock()
			defer running.Unlock()
			now += by
			peak = max(peak, now)
		}
		start := time.Now()
		err := Each(make([]string, 1000), 10, func(string) error {
			count(1)
			defer count(-1)
			time.Sleep(time.Second)
			return nil
		})
		require.NoError(t, err)
		assert.Equal(t, 10, peak)
		assert.Equal(t, 100*time.Second, time.Since(start))
	})
}

// A limit below 1 is a limit of 1, and not a wait for ever.
func TestEachWithoutALimit(t *testing.T) {
	for _, limit := range []int{1, 0, -1} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			err := Each(make([]string, 3), limit, func(string) error {
				time.Sleep(time.Second)
				return nil
			})
			assert.NoError(t, err)
			assert.Equal(t, 3*time.Second, time.Since(start))
		})
	}
}

// The first error is the one that is returned, and ends no other call.
func TestEachReturnsTheError(t *testing.T) {
	var called []string
	err := Each([]string{"/a", "/b", "/c"}, 1, func(url string) error {
		called = append(called, url) // one at a time
		return errors.New("refused " + url)
	})
	assert.EqualError(t, err, "refused /a")
	assert.Equal(t, []string{"/a", "/b", "/c"}, called)
}

// The first error is the one that comes first, wherever its job stands,
// and it is returned when the last job has ended.
func TestTheFirstErrorComesAfterTheLastJob(t *testing.T) {
	fail := func(after string) error {
		d, err := time.ParseDuration(after)
		time.Sleep(d)
		return errors.Join(err, errors.New(after))
	}
	for name, call := range map[string]func(after ...string) error{
		"Each": func(after ...string) error {
			return Each(after, len(after), fail)
		},
		"RunAll": func(after ...string) error {
			var jobs []func() error
			for _, a := range after {
				jobs = append(jobs, func() error { return fail(a) })
			}
			return RunAll(jobs...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				assert.EqualError(t, call("2s", "1s", "3s"), "1s")
				assert.Equal(t, 3*time.Second, time.Since(start))
			})
		})
	}
}
