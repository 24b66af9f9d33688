// Package examples is the learning suite of Awaitless.
//
// Each folder below this one is one chapter: a Go package, its Examples
// (what readers see run), its tests (what the chapter promises), and
// the asyncio original. Run all the lessons and their proofs with
//
//	go test ./examples -v
//	go test -race ./examples/...
//
// The suite holds no code of its own. Its tests run every script in
// testdata/scripts, check that each chapter has a page, a package and a
// script, and build, vet and run the whole program of every Example.
package examples
