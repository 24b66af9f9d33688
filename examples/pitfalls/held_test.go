package pitfalls

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// beside calls a, and a second later b, in goroutines that stay until
// both are done: the race detector forgets who has ended. All but a
// sleep that brings two goroutines in order would hide from the
// detector that they share no lock. There is no assertion in a and b,
// since it would lock something, too.
func beside(a, b func()) {
	over := make(chan struct{})
	var done, ended sync.WaitGroup
	for i, do := range []func(){a, b} {
		done.Add(1)
		ended.Go(func() {
			time.Sleep(time.Duration(i) * time.Second)
			do()
			done.Done()
			<-over
		})
	}
	done.Wait()
	close(over)
	ended.Wait()
}

// Who reads takes the lock, and keeps it while it reads. If one does
// not, the race detector reports this test. Each pair is tried in both
// orders, and has a Hits or an Account that nobody has used yet: the
// detector sees only who makes the map, not what maps.Clone reads.
func TestReadersTakeTheLock(t *testing.T) {
	ctx := t.Context()
	add := func(h *Hits) { _ = h.Add(ctx, "home") }
	pages := func(h *Hits) { h.Pages() }
	deposit := func(a *Account) { a.add(1) }
	var seen [2]int // or the compiler need not read
	var pairs sync.WaitGroup
	for i := range seen {
		try := func(a, b func()) {
			if i == 1 {
				a, b = b, a
			}
			pairs.Go(func() { beside(a, b) })
		}
		var looked, counted Hits
		try(func() { add(&looked) }, func() { pages(&looked) })
		try(func() { add(&counted) }, func() { add(&counted) })
		var read, changed Account
		try(func() { deposit(&read) },
			func() { seen[i] = read.Balance() })
		try(func() { deposit(&changed) }, func() { deposit(&changed) })
	}
	pairs.Wait()
	assert.Subset(t, []int{0, 1}, seen)
}

// A visit whose ctx ends while it waits for the lock does not count
// either: Add looks when it has the lock.
func TestAddLooksUnderTheLock(t *testing.T) {
	var hits Hits
	ctx := endsAtLook{t.Context(), func() {
		if hits.mu.TryLock() {
			hits.mu.Unlock()
			t.Error("a look without the lock")
		}
	}}
	assert.NoError(t, hits.Add(ctx, "home"))
}

// Ten deposits at the same time: each sends the balance that it made.
// A lock that somebody who has waited for long finds taken again, goes
// from one to the next: nobody gets it twice before all had it once. So
// a balance that is read later is that of all ten. On one thread, this
// test is the one that takes it again.
func TestDepositSendsItsOwnBalance(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var account Account
	news := make(chan int, 10)
	var depositors sync.WaitGroup
	account.mu.Lock()
	for range cap(news) {
		depositors.Go(func() {
			assert.NoError(t, account.Deposit(t.Context(), 1, news))
		})
	}
	for range 2 {
		time.Sleep(unit)
		account.mu.Unlock()
		account.mu.Lock()
	}
	account.mu.Unlock()
	depositors.Wait()
	close(news)
	var balances []int
	for balance := range news {
		balances = append(balances, balance)
	}
	want := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	assert.ElementsMatch(t, want, balances)
}

// Pages hands out a copy: what its caller does to it changes nothing.
func TestPagesIsACopy(t *testing.T) {
	var hits Hits
	assert.NoError(t, hits.Add(t.Context(), "home"))
	hits.Pages()["home"] = 9
	assert.Equal(t, map[string]int{"home": 1}, hits.Pages())
}

// A hundred jobs of a second each take one second.
func TestRunAllRunsAllAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		job := func() error { time.Sleep(time.Second); return nil }
		start := time.Now()
		err := RunAll(slices.Repeat([]func() error{job}, 100)...)
		assert.NoError(t, err)
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// A failure ends no other job, not even one that has yet to begin.
func TestRunAllRunsAllAfterAFailure(t *testing.T) {
	var ran atomic.Int32
	fail := func() error { ran.Add(1); return io.EOF }
	err := RunAll(slices.Repeat([]func() error{fail}, 100)...)
	assert.Equal(t, io.EOF, err)
	assert.EqualValues(t, 100, ran.Load())
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

// There is a step at the end of every interval, to the nanosecond, even
// if each step takes half of one. A step that takes longer, here the
// first, delays the next, and skips none.
func TestPollKeepsTheInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(),
			3500*time.Millisecond)
		defer cancel()
		var steps []time.Duration
		start := time.Now()
		_ = Poll(ctx, time.Second, func() {
			steps = append(steps, time.Since(start))
			time.Sleep(500 * time.Millisecond)
			if len(steps) == 1 {
				time.Sleep(time.Second)
			}
		})
		want := []time.Duration{1 * time.Second,
			2500 * time.Millisecond, 3 * time.Second}
		assert.Equal(t, want, steps)
	})
}

// A sender whose receiver has gone ends with its context, when there is
// no more room for the next number.
func TestCountEndsWhileNobodyReceives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		numbers := make(chan int, 100)
		start := time.Now()
		Count(ctx, numbers)
		assert.Equal(t, time.Second, time.Since(start))
		next := 0
		for n := range numbers {
			assert.Equal(t, next, n)
			next++
		}
		assert.Equal(t, 100, next)
	})
}

// The context ends in the middle of the body: Get returns the cause,
// and an error that has nothing to do with it stays as it is.
func TestGetReportsHalfABody(t *testing.T) {
	gone := errors.New("caller is gone")
	broken := errors.New("broken")
	caller, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	for _, want := range []error{broken, gone} {
		client := &http.Client{Transport: trip(func(
			req *http.Request,
		) (*http.Response, error) {
			read := failing(func() error {
				if want == gone {
					cancel(gone)
					return req.Context().Err()
				}
				return want
			})
			return &http.Response{
				StatusCode: http.StatusOK, Body: &body{Reader: read},
			}, nil
		})}
		_, err := Get(caller, client, "http://example.com")
		assert.Equal(t, want, err)
	}
}

// failing is a Reader that fails.
type failing func() error

func (f failing) Read([]byte) (int, error) { return 0, f() }

// A panic while the body is read closes it.
func TestGetClosesTheBodyAfterAPanic(t *testing.T) {
	body := &body{Reader: failing(func() error { panic("boom") })}
	client := &http.Client{Transport: trip(func(
		*http.Request,
	) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusOK, Body: body,
		}, nil
	})}
	assert.PanicsWithValue(t, "boom", func() {
		_, _ = Get(t.Context(), client, "http://example.com")
	})
	assert.True(t, body.closed)
}

// An end that has come already goes first, also where there is nothing
// to count. There is no count beside the cause.
func TestCountPrimesLooksFirst(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	for _, n := range []int{0, 1, 10} {
		count, err := CountPrimes(ctx, n)
		assert.Equal(t, gone, err)
		assert.Zero(t, count)
	}
}

// The page says so.
func TestABodyMayHaveAMegabyte(t *testing.T) {
	assert.Equal(t, 1<<20, maxBody)
}
