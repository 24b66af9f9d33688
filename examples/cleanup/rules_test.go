package cleanup

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"Ask": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Ask(ctx, "db", "life")
				return begun(w, err)
			},
			Grace:        2 * grace,
			AllOrNothing: "it has one answer",
		},
		"WithConn": {
			Jobs: true, Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return WithConn(ctx, "db",
					func(ctx context.Context, _ *Conn) error {
						return w.Job(ctx)
					})
			},
			Grace:        2 * grace,
			AllOrNothing: "its result is the one of use",
		},
		"WithAll": {
			Jobs: true, Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return WithAll(ctx, []string{"a", "b"},
					func(ctx context.Context, _ string) (*Conn, error) {
						return &Conn{}, w.Job(ctx)
					}, func(ctx context.Context, _ []*Conn) error {
						return w.Job(ctx)
					})
			},
			Grace:        2 * grace,
			AllOrNothing: "its result is the one of use",
			Nothing: func(ctx context.Context) error {
				return WithAll[*Conn](ctx, nil, nil, nil)
			},
		},
		"Connect": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Connect(ctx, "db")
				return begun(w, err)
			},
			AllOrNothing: "it has one connection",
		},
		"Conn.Query": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := new(Conn).Query(ctx, "life")
				return begun(w, err)
			},
			AllOrNothing: "it has one answer",
		},
		"Conn.Close": {
			Call: func(ctx context.Context, w *rules.Work) error {
				return begun(w, new(Conn).Close(ctx))
			},
			AllOrNothing: "it has no result",
		},
		"network": {
			Call: func(ctx context.Context, w *rules.Work) error {
				return begun(w, network(ctx))
			},
			AllOrNothing: "it has no result",
		},
		"sound": rules.Sound(sound),
		"Close": closing,
	})
}

// closing is Close, whose work begins after the end, and not with the
// ctx of the caller: the rules about those do not apply.
var closing = rules.Func{
	Jobs: true, Outlives: true, Grace: grace,
	Call: func(ctx context.Context, w *rules.Work) (err error) {
		Close(ctx, closeFunc(w.Job), &err)
		return err
	},
	Finished: func(t *testing.T) {
		// Closed in the last moment is closed.
		synctest.Test(t, func(t *testing.T) {
			var err error
			Close(t.Context(), closeFunc(func(context.Context) error {
				time.Sleep(2*grace - 1)
				return nil
			}), &err)
			assert.NoError(t, err)
		})
	},
}

// begun notes a step if there was a success.
func begun(w *rules.Work, err error) error {
	if err == nil {
		w.Step()
	}
	return err
}
