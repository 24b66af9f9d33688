// Package failures tells errors apart, collects the errors of several
// calls, and keeps a panic from ending the process.
package failures

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// ErrNotFound reports an order that does not exist. A caller only needs
// to recognise it, so a value is enough.
var ErrNotFound = errors.New("not found")

// A QuotaError reports too many calls. A caller needs to know more than
// that it happened, so it is a type.
type QuotaError struct {
	Wait time.Duration // until the next call may succeed
}

func (e *QuotaError) Error() string {
	return fmt.Sprint("quota exceeded, wait ", e.Wait)
}

// Load stands in for a query that takes 100 ms. There are orders below
// 100; the others show what can go wrong.
func Load(ctx context.Context, id int) (string, error) {
	select {
	case <-time.After(100 * time.Millisecond):
	case <-ctx.Done():
	}
	// If both are ready, select takes either. The end goes first.
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	switch {
	case id < 100:
		return fmt.Sprint("order ", id), nil
	case id == 429:
		return "", &QuotaError{Wait: 30 * time.Second}
	}
	// The text says which order, the %w says what kind of failure.
	return "", fmt.Errorf("order %d: %w", id, ErrNotFound)
}

// Invoice makes the invoice for an order.
func Invoice(ctx context.Context, id int) (string, error) {
	order, err := Load(ctx, id)
	if err != nil {
		// %w keeps err in the chain; %v would only keep its text.
		return "", fmt.Errorf("no invoice: %w", err)
	}
	return "invoice for " + order, nil
}

// LoadAll loads the orders at the same time, lets each call finish
// whatever happens to the others, and returns what it got, by id. Its
// error is errors.Join of all failures, in the order of ids; or, if ctx
// has ended before, the cause alone.
func LoadAll(
	ctx context.Context, ids ...int,
) (map[int]string, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // even without ids
	}
	orders := make([]string, len(ids))
	failures := make([]error, len(ids))
	var loads sync.WaitGroup
	for i, id := range ids {
		loads.Go(func() {
			failures[i] = sound(ctx, func() (err error) {
				orders[i], err = Load(ctx, id)
				return err
			})()
		})
	}
	loads.Wait()
	got := map[int]string{}
	for i, id := range ids {
		// Not order != "": an order may be empty, and be there.
		if failures[i] == nil {
			got[id] = orders[i]
		}
	}
	// Join leaves out the nils, and returns nil if all are nil.
	return got, errors.Join(failures...)
}

// Parts returns the errors that errors.Join has made into err. Only the
// top level counts as a list; an error of fmt.Errorf with two %w looks
// the same there, and comes apart as well. Only nil has no parts.
func Parts(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) == 0 {
		return []error{err}
	}
	// Not the list itself: it belongs to err.
	return slices.Clone(joined.Unwrap())
}
