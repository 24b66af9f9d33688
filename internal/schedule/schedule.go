// Package schedule runs a program under many orders, each chosen by a seed, in virtual time.
//
// An order is everything that Go leaves open: which of the goroutines that can run does, how far
// it comes before another one goes on, which of several ready cases a select takes, which of
// several timers fires first that are due at one instant, and the order of a map. A goroutine can
// lose the processor at each statement of the program, and in the library at each operation on a
// channel, a mutex, an atomic value or a timer, before each go statement and each write to a
// file: where a second processor could act. Between two such places other goroutines see no
// difference, as long as the program has no data race.
//
// A program is built with -tags faketime and an overlay of a few of Go's own files, which is made
// when it is needed from the files of the Go that builds. Each change must fit exactly; see
// overlay.go. One processor takes all decisions from one generator of random numbers, nobody
// watches in real time, and there is no collection of garbage. So one seed of one binary gives
// the same output each time, however busy the machine is.
//
// What no seed decides is left out: see Excluded. A run takes no processor time in virtual time,
// so an order that depends on how long a computation takes does not come up. An order that is
// rare may need more seeds than were tried.
package schedule

import "fmt"

// Seeds is how many orders go test tries for each Example; pages say so.
const Seeds = 100

// Claim says in a sentence what go test proves of the orders of an Example's program.
func Claim(source []byte, unordered bool) string {
	switch reason := Excluded(source); {
	case reason != "":
		return "Its program is not run under other orders: " + reason + "."
	case unordered:
		return fmt.Sprintf("Its program prints these lines, in some order, under each of %d orders of goroutines, select, timers and maps.", Seeds)
	}
	return fmt.Sprintf("Its program prints this under each of %d orders of goroutines, select, timers and maps.", Seeds)
}
