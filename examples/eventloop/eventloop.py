"""Drive an event loop by hand. Run: eventloop.py classic"""

import asyncio
import inspect
import sys


async def later() -> None:
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    loop.call_soon(print, "soon")
    loop.call_later(0.1, over.set)
    await over.wait()
    print("later")


async def step(n: int) -> None:
    print("step", n)


async def both() -> None:
    await asyncio.gather(step(2), step(3))


def classic() -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.call_soon(print, "callback")
        loop.call_later(3600, print, "delayed")
        loop.run_until_complete(step(1))
        loop.run_until_complete(both())
    finally:
        loop.close()  # and "delayed"?


def delivered() -> None:
    loop = asyncio.new_event_loop()
    delayed = asyncio.Event()
    try:
        loop.call_soon(print, "callback")
        loop.run_until_complete(step(1))
        loop.run_until_complete(both())
        loop.call_later(0.4, print, "delayed")
        loop.call_later(0.5, delayed.set)
        # The loop runs only as long as it is told to.
        loop.run_until_complete(delayed.wait())
    finally:
        loop.close()


def runner() -> None:
    with asyncio.Runner() as run:  # Python 3.11
        run.run(step(1))
        run.run(step(2))


async def again() -> None:
    loop = asyncio.get_running_loop()
    over = asyncio.Event()

    def first() -> None:
        print("first")
        loop.call_soon(second)

    def second() -> None:
        print("second")
        over.set()

    loop.call_soon(first)
    await over.wait()


async def stopped() -> None:
    loop = asyncio.get_running_loop()
    handle = loop.call_later(3600, print, "later")
    handle.cancel()
    if handle.cancelled():
        print("stopped")


async def elsewhere() -> None:
    loop = asyncio.get_running_loop()
    numbers: list[int] = []

    def worker(start: int) -> None:  # in a thread
        for n in range(start, start + 100):
            # call_soon would not wake the loop, and is not safe here.
            loop.call_soon_threadsafe(numbers.append, n)

    await asyncio.gather(
        asyncio.to_thread(worker, 0), asyncio.to_thread(worker, 100)
    )
    print("numbers:", len(numbers))


if __name__ == "__main__":
    call = globals()[sys.argv[1]]
    if inspect.iscoroutinefunction(call):
        asyncio.run(call())
    else:
        call()
