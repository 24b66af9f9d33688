package locks

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sync/semaphore"

	"github.com/awaitless/awaitless/internal/rules"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const unit = 100 * time.Millisecond

// Ten fetches of 200 ms, three at a time: four rounds.
func TestFetchAllKeepsTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var gauge Gauge
		start := time.Now()
		pages, err := FetchAll(t.Context(), urls, 3, fetching(&gauge))
		require.NoError(t, err)
		assert.Equal(t, 800*time.Millisecond, time.Since(start))
		assert.Equal(t, 3, gauge.Peak())
		assert.Equal(t, "data from example.com/9", pages[9])
	})
}

func TestFetchAllStopsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := errors.New("connection refused")
		fetch := fetching(new(Gauge))
		start := time.Now()
		pages, err := FetchAll(t.Context(), urls, 3,
			func(ctx context.Context, url string) (string, error) {
				if url == urls[2] {
					return "", refused
				}
				return fetch(ctx, url)
			})
		assert.Equal(t, refused, err)
		assert.Nil(t, pages)
		assert.Zero(t, time.Since(start))
	})
}

// Three fetches are held inside; seven urls wait. SetLimit keeps them
// in the caller's loop, a semaphore in goroutines that already exist.
func TestSetLimitBoundsGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hold := func(ctx context.Context, _ string) (string, error) {
			<-ctx.Done()
			return "", context.Cause(ctx)
		}
		count := func(limit int, fetch Fetcher) int {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var begun Counter
			go FetchAll(ctx, urls, limit,
				func(ctx context.Context, url string) (string, error) {
					begun.Add() // in a goroutine of its own
					return fetch(ctx, url)
				})
			synctest.Wait() // until each of them waits
			return begun.Value()
		}
		assert.Equal(t, 3, count(3, hold))
		assert.Equal(t, 10, count(10, NewGate(3, hold).Fetch))
	})
}

// Two groups of five share three slots: ten fetches, four rounds.
func TestGateSharesOneLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var gauge Gauge
		gate := NewGate(3, fetching(&gauge))
		start := time.Now()
		var groups sync.WaitGroup
		for _, part := range [][]string{urls[:5], urls[5:]} {
			groups.Go(func() {
				_, err := FetchAll(t.Context(), part, 5, gate.Fetch)
				assert.NoError(t, err)
			})
		}
		groups.Wait()
		assert.Equal(t, 3, gauge.Peak())
		assert.Equal(t, 8*unit, time.Since(start))
	})
}

// A caller that waits for a slot gives up when its context ends.
func TestGateGivesUpWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hold := func(context.Context, string) (string, error) {
			time.Sleep(time.Hour)
			return "", nil
		}
		gate := NewGate(1, hold)
		go gate.Fetch(t.Context(), urls[0])
		synctest.Wait() // the only slot is taken

		hurry := errors.New("too slow")
		ctx, cancel := context.WithTimeoutCause(
			t.Context(), unit, hurry)
		defer cancel()
		start := time.Now()
		_, err := gate.Fetch(ctx, urls[1])
		assert.Equal(t, hurry, err)
		assert.Equal(t, unit, time.Since(start))
		time.Sleep(time.Hour) // the first one ends
	})
}

// A fetch that panics gives its slot back: somebody may recover.
func TestGateKeepsItsSlotsInAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := true
		fetch := func(context.Context, string) (string, error) {
			if broken {
				panic("broken page")
			}
			return "data", nil
		}
		gate := NewGate(1, fetch)
		assert.Panics(t, func() { _, _ = gate.Fetch(t.Context(), "") })

		broken = false
		ctx, cancel := context.WithTimeout(t.Context(), unit)
		defer cancel()
		page, err := gate.Fetch(ctx, "")
		assert.NoError(t, err)
		assert.Equal(t, "data", page)
	})
}

// A caller that has gone takes no lock, although it is free.
func TestLockIsNotTakenTooLate(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	lock := NewLock()
	for range 100 {
		require.Equal(t, gone, lock.Acquire(ctx))
	}
	assert.NoError(t, lock.Acquire(t.Context()), "it is free")
}

// watching is a context that knows whether the lock was taken when
// somebody looked at it.
type watching struct {
	context.Context
	lock  Lock
	taken *bool
}

func (c watching) Err() error {
	*c.taken = *c.taken || len(c.lock) > 0
	return c.Context.Err()
}

// Not even for a moment: somebody else may try to take it.
func TestLockIsLeftAloneAfterTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	lock, taken := NewLock(), false
	for range 100 {
		err := lock.Acquire(watching{ctx, lock, &taken})
		require.Equal(t, context.Canceled, err)
	}
	assert.False(t, taken)
}

// ctx ends when Acquire has looked at it, and the lock is free. Whoever
// gets an error does not hold it.
func TestLockIsGivenBackAtTheEnd(t *testing.T) {
	lock := NewLock()
	for range 100 {
		require.Equal(t, rules.ErrEnded,
			lock.Acquire(rules.EndsInDone(t)))
		require.Empty(t, lock)
	}
}

// What nobody holds cannot be given back. What somebody else holds can:
// one more gets in, and a release of those two is one too many.
func TestReleaseOnceTooOften(t *testing.T) {
	lock, slots := NewLock(), semaphore.NewWeighted(1)
	for _, l := range []struct{ acquire, release func() }{
		{func() {
			require.NoError(t, lock.Acquire(t.Context()))
		}, lock.Release},
		{func() {
			require.NoError(t, slots.Acquire(t.Context(), 1))
		}, func() { slots.Release(1) }},
	} {
		l.acquire()
		assert.NotPanics(t, l.release, "not the holder's")
		l.acquire() // beside the holder
		assert.NotPanics(t, l.release)
		assert.Panics(t, l.release) // nobody holds it
	}
}

// A reader takes the lock as well. If one does not, the race detector
// reports this test. An assertion in the goroutines would lock
// something, too, and hide from the detector what it looks for.
func TestCountsMayBeReadMeanwhile(t *testing.T) {
	const rounds = 1000
	twice := func(do func()) {
		var done, ended sync.WaitGroup
		over := make(chan struct{})
		done.Add(2)
		for range 2 {
			ended.Go(func() {
				for range rounds {
					do()
				}
				done.Done()
				<-over // the detector forgets who has ended
			})
		}
		done.Wait()
		close(over)
		ended.Wait()
	}
	var counter Counter
	twice(func() {
		counter.Add()
		_ = counter.Value()
	})
	assert.Equal(t, 2*rounds, counter.Value())
	var gauge Gauge
	twice(func() {
		gauge.Enter()
		_ = gauge.Peak()
	})
	assert.Equal(t, 2*rounds, gauge.Peak())
}

// A hundred holders of 10 ms each, one after the other: one second.
// Nobody reads between the read and the write of another one.
func TestLockHeldOverAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lock, value := NewLock(), 0
		start := time.Now()
		var adders sync.WaitGroup
		for range 100 {
			adders.Go(func() {
				if !assert.NoError(t, lock.Acquire(t.Context())) {
					return
				}
				defer lock.Release()
				read := value
				time.Sleep(10 * time.Millisecond)
				value = read + 1
			})
		}
		adders.Wait()
		assert.Equal(t, 100, value)
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// An atomic makes one call safe, not two. Both goroutines load 0 before
// either stores: no data race, and one update is lost.
func TestTwoAtomicStepsLoseAnUpdate(t *testing.T) {
	var value atomic.Int64
	var loaded, adders sync.WaitGroup
	loaded.Add(2)
	for range 2 {
		adders.Go(func() {
			read := value.Load()
			loaded.Done()
			loaded.Wait()
			value.Store(read + 1)
		})
	}
	adders.Wait()
	assert.EqualValues(t, 1, value.Load())
}
