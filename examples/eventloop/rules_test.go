package eventloop

import (
	"context"
	"testing"
	"time"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"Serve": {
			Jobs: true, Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				calls := make(chan func(), 3)
				for range cap(calls) {
					calls <- func() { _ = w.Job(ctx) }
				}
				return Serve(ctx, calls)
			},
			AllOrNothing: "it has no result",
			Nothing: func(ctx context.Context) error {
				none := make(chan func())
				close(none)
				return Serve(ctx, none)
			},
		},
		"Later": {
			Call: func(ctx context.Context, w *rules.Work) error {
				calls := make(chan func(), 1)
				err := Later(ctx, time.Hour, calls, nil)
				if len(calls) > 0 {
					w.Step()
				}
				return err
			},
			AllOrNothing: "a call is received, or dropped",
			Counts:       TestLaterWithoutADelay,
		},
		"sound": rules.Sound(sound),
	})
}
