package cleanup

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
)

// One resource per name, in the order of the names, which stay the
// caller's. They are all open until use is done, and then the last one
// closes first.
func TestWithAllLendsOnePerName(t *testing.T) {
	for _, n := range []int{0, 1, 100} {
		var names []string
		for i := range n {
			names = append(names, strconv.Itoa(i))
		}
		given := slices.Clone(names)
		var lent, closed []string
		used := false
		err := WithAll(t.Context(), given,
			func(_ context.Context, name string) (named, error) {
				return named{name, &closed}, nil
			},
			func(_ context.Context, all []named) error {
				for _, c := range all {
					lent = append(lent, c.name)
				}
				assert.Empty(t, closed)
				used = true
				return nil
			})
		assert.NoError(t, err)
		assert.True(t, used, "also without names")
		assert.Equal(t, names, lent)
		assert.Equal(t, names, given)
		slices.Reverse(closed)
		assert.Equal(t, names, closed)
	}
}

// named is a resource that says when it is closed.
type named struct {
	name   string
	closed *[]string
}

func (n named) Close(context.Context) error {
	*n.closed = append(*n.closed, n.name)
	return nil
}

// The caller's end comes while use runs. What use makes of it is its
// own affair: a success stays one, and an error says more than the
// cause.
func TestUseHasTheLastWord(t *testing.T) {
	for _, want := range []error{nil, errors.New("half of it sent")} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			err := WithConn(ctx, "db",
				func(context.Context, *Conn) error {
					cancel()
					return want
				})
			assert.Equal(t, want, err)

			ctx, cancel = context.WithCancel(t.Context())
			err = WithAll(ctx, []string{"db"}, Connect,
				func(context.Context, []*Conn) error {
					cancel()
					return want
				})
			assert.Equal(t, want, err)
		})
	}
}
