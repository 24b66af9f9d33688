package failures

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"
)

func Example() {
	order, err := Load(context.Background(), 404)
	if errors.Is(err, ErrNotFound) {
		fmt.Println("missing:", err)
	} else if err != nil {
		fmt.Println("error:", err) // Python would raise it further
	} else {
		fmt.Println("got:", order)
	}
	// Output:
	// missing: order 404: not found
}

func ExampleLoad() {
	for _, id := range []int{7, 404, 429} {
		order, err := Load(context.Background(), id)
		// AsType finds an error by its type and hands it over.
		quota, limited := errors.AsType[*QuotaError](err)
		switch {
		case limited:
			fmt.Println("later:", quota.Wait)
		case errors.Is(err, ErrNotFound):
			fmt.Println("missing:", err)
		case err != nil:
			// Everything else, which Python would raise further.
			fmt.Println("error:", err)
		default:
			fmt.Println("got:", order)
		}
	}
	// Output:
	// got: order 7
	// missing: order 404: not found
	// later: 30s
}

func ExampleLoadAll() {
	ids := []int{7, 404, 429}
	orders, err := LoadAll(context.Background(), ids...)
	// An error beside a value: use what is there, report the rest.
	for _, id := range ids {
		if order, ok := orders[id]; ok {
			fmt.Println("got:", order)
		}
	}
	for _, failure := range Parts(err) {
		fmt.Println("failed:", failure)
	}
	// Output:
	// got: order 7
	// failed: order 404: not found
	// failed: quota exceeded, wait 30s
}

func ExampleParts() {
	_, err := LoadAll(context.Background(), 404, 429, 410)
	// Is and AsType stop at the first match. To handle each failure,
	// take the list apart.
	for _, failure := range Parts(err) {
		if quota, ok := errors.AsType[*QuotaError](failure); ok {
			fmt.Println("later:", quota.Wait)
		}
	}
	for _, failure := range Parts(err) {
		if errors.Is(failure, ErrNotFound) {
			fmt.Println("missing:", failure)
		}
	}
	// Output:
	// later: 30s
	// missing: order 404: not found
	// missing: order 410: not found
}

func ExampleInvoice() {
	_, err := Invoice(context.Background(), 404)
	fmt.Println("error:", err)
	fmt.Println("is not found:", errors.Is(err, ErrNotFound))
	// Output:
	// error: no invoice: order 404: not found
	// is not found: true
}

// average has a bug: nobody thought of an order without prices.
func average(prices []int) int {
	sum := 0
	for _, price := range prices {
		sum += price
	}
	return sum / len(prices)
}

func ExampleGuard() {
	begun := make(chan struct{})
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(Guard(ctx, func() error {
		<-begun // or the other might never begin
		fmt.Println("average:", average(nil))
		return nil
	}))
	g.Go(Guard(ctx, func() error {
		close(begun)
		<-ctx.Done() // stands in for a call that takes long
		// The panic has become an error, so it cancels the group.
		fmt.Println("cancelled:", context.Cause(ctx))
		return context.Cause(ctx)
	}))
	fmt.Println("error:", g.Wait())
	// Output:
	// cancelled: panic: runtime error: integer divide by zero
	// error: panic: runtime error: integer divide by zero
}
