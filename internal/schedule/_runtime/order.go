// Package runtime gets this file, and a few changed lines, when a program is built to run under
// seeded orders. The file belongs to Awaitless; see package internal/schedule.

package runtime

import (
	"internal/stringslite"
	"unsafe"
)

// orderState is the state of the generator that takes every decision. Only code that holds the
// one processor draws from it, so the draws come in the same order in each run.
var orderState uint64

// orderShift says how often a goroutine that could go on lets others go first: once in
// 1<<orderShift points. Both extremes are needed: with rare switches the goroutines run one
// after another, in any order, and with many they interleave. Never would not do, since a
// goroutine may spin until another one acts.
var orderShift uint32

// orderRanked is set for seeds that give each goroutine a rank, and let the highest run: then a
// goroutine can be far ahead of another one, or far behind. orderSalt makes the ranks; a new one
// comes now and then.
var (
	orderRanked bool
	orderSalt   uint64
)

// orderQueue holds the goroutines that can run. Any of the first orderLen may be next.
var (
	orderQueue *[1 << 26]guintptr
	orderLen   uint32
	orderCap   uint32
)

// orderInit takes the seed from the environment, long before package os can, and replaces the
// random seed of maps and of package math/rand.
func orderInit(random *[32]byte) {
	seed := orderSeed()
	orderState = seed
	orderShift = [...]uint32{10, 3, 1, 0}[seed%4]
	orderRanked = orderShift == 0
	orderSalt = orderDraw()
	for i := range random {
		random[i] = byte(orderDraw())
	}
}

// orderSeed reads the decimal number of AWAITLESS_SEED; without one it is 0.
func orderSeed() (seed uint64) {
	const name = "AWAITLESS_SEED="
	env := argc + 1
	for i := env; argv_index(argv, i) != nil; i++ {
		p := argv_index(argv, i)
		s := unsafe.String(p, findnull(p))
		if !stringslite.HasPrefix(s, name) {
			continue
		}
		for _, c := range []byte(s[len(name):]) {
			seed = 10*seed + uint64(c-'0')
		}
	}
	return seed
}

// orderDraw is a random number (splitmix64).
//
//go:nosplit
func orderDraw() uint64 {
	orderState += 0x9e3779b97f4a7c15
	return orderMix(orderState)
}

// orderMix is a number that looks random, and depends on z alone.
//
//go:nosplit
func orderMix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// orderDrawn is a random number below n.
//
//go:nosplit
func orderDrawn(n uint32) uint32 {
	return uint32((orderDraw() >> 32) * uint64(n) >> 32)
}

// orderOwns reports whether the caller is a goroutine, which holds the processor; threads
// without one must not draw, since nobody knows when they come.
//
//go:nosplit
func orderOwns() bool {
	gp := getg()
	return gp == gp.m.curg && gp.m.p != 0
}

// orderPoint is called where another processor could act before the calling goroutine goes on:
// the seed decides whether it does.
//
//go:linkname orderPoint
func orderPoint() {
	mp := getg().m
	if !orderOwns() || !canPreemptM(mp) {
		return
	}
	pp := mp.p.ptr()
	if runqempty(pp) && sched.runq.empty() && !orderDue(pp) && !orderSignaled() {
		return
	}
	if orderDraw()>>(64-orderShift) == 0 {
		mcall(gosched_m)
	}
}

// orderDue reports whether a timer's instant has come.
func orderDue(pp *p) bool {
	next := pp.timers.wakeTime()
	return next != 0 && next <= nanotime()
}

// orderPick chooses what happens next: a goroutine that can run runs, or a timer whose instant
// has come fires. It returns nil if there is neither. The caller holds the processor.
//
//go:yeswritebarrierrec
func orderPick(pp *p) *g {
	for {
		orderGather(pp)
		due := orderTimers(&pp.timers)
		if orderLen+due == 0 {
			return nil
		}
		k := orderChoose(due)
		if k < orderLen {
			orderLen--
			gp := orderQueue[k].ptr()
			orderQueue[k] = orderQueue[orderLen]
			return gp
		}
		orderFire(&pp.timers, k-orderLen)
	}
}

// orderChoose chooses a goroutine of the queue, or a number beyond them for a timer.
func orderChoose(due uint32) (chosen uint32) {
	n := orderLen + due
	if !orderRanked || n > orderWindow {
		return orderDrawn(n)
	}
	if orderDrawn(32) == 0 {
		orderSalt = orderDraw()
	}
	highest := uint64(0)
	for i := uint32(0); i < n; i++ {
		id := uint64(i) << 32 // of a timer
		if i < orderLen {
			id = orderQueue[i].ptr().goid
		}
		if rank := orderMix(orderSalt + id); rank >= highest {
			highest, chosen = rank, i
		}
	}
	return chosen
}

// orderGather moves the goroutines of both run queues to ours.
func orderGather(pp *p) {
	if orderSignaled() {
		gp := orderSignalWaiter.ptr()
		orderSignalWaiter = 0
		ready(gp, 0, false)
	}
	for {
		gp, _ := runqget(pp)
		if gp == nil {
			break
		}
		orderPut(gp)
	}
	lock(&sched.lock)
	for !sched.runq.empty() {
		orderPut(globrunqget())
	}
	unlock(&sched.lock)
}

func orderPut(gp *g) {
	if orderLen == orderCap {
		bigger := max(1024, 2*orderCap)
		to := persistentalloc(uintptr(bigger)*unsafe.Sizeof(guintptr(0)), 0, &memstats.other_sys)
		if orderLen > 0 {
			memmove(to, unsafe.Pointer(orderQueue), uintptr(orderLen)*unsafe.Sizeof(guintptr(0)))
		}
		orderQueue, orderCap = (*[1 << 26]guintptr)(to), bigger
	}
	orderQueue[orderLen].set(gp)
	orderLen++
}

// orderWindow is how far into a heap of timers we look: every order of so many.
const orderWindow = 1024

// orderTimers counts the timers that can fire now.
func orderTimers(ts *timers) (due uint32) {
	now := nanotime()
	next := ts.wakeTime()
	if next == 0 || next > now {
		return 0
	}
	ts.lock()
	ts.adjust(now, false)
	if len(ts.heap) > 0 && ts.heap[0].when <= now {
		for i := 0; i < min(len(ts.heap), orderWindow); i++ {
			if ts.heap[i].when == ts.heap[0].when {
				due++
			}
		}
	}
	ts.unlock()
	return due
}

// orderFire fires the timer that orderTimers counted as number k.
func orderFire(ts *timers, k uint32) {
	ts.lock()
	for i := range ts.heap {
		if ts.heap[i].when != ts.heap[0].when {
			continue
		}
		if k == 0 { // equal timers may change places in the heap
			ts.heap[0], ts.heap[i] = ts.heap[i], ts.heap[0]
			break
		}
		k--
	}
	ts.run(nanotime(), nil)
	ts.unlock()
}

// orderSignalWaiter is the goroutine of package os/signal, while it waits. On a thread of its
// own, as usual, it would come back when the kernel likes.
var orderSignalWaiter guintptr

func orderSignalWait() {
	gopark(func(gp *g, _ unsafe.Pointer) bool {
		orderSignalWaiter.set(gp)
		return true
	}, nil, waitReasonZero, traceBlockGeneric, 1)
}

// orderSignaled reports whether there is a signal for the waiter. The handler of signals has
// left a note; a program gets its own signals before the call that sends them returns.
func orderSignaled() bool {
	return orderSignalWaiter != 0 && sig.note.key != 0
}
