"""More that goes wrong in asyncio, on purpose. Run: more.py undone"""

import asyncio
import contextlib
import inspect
import sys
import threading
import time


async def blocked() -> None:
    async def beat() -> None:
        for _ in range(3):
            await asyncio.sleep(0)  # lets the others run
            print("beat")

    async def nap() -> None:
        time.sleep(1)  # stops the loop, not only this coroutine
        print("awake")

    await asyncio.gather(beat(), nap())


async def flood() -> None:
    now = peak = 0

    async def fetch(url: str) -> None:
        nonlocal now, peak
        now += 1
        peak = max(peak, now)
        await asyncio.sleep(1)
        now -= 1

    urls = [f"/{n}" for n in range(1000)]
    await asyncio.gather(*map(fetch, urls))
    print("fetches at the same time:", peak)


async def unreleased() -> None:
    # A queue with one connection stands in for a session's pool.
    pool: asyncio.Queue[str] = asyncio.Queue()
    pool.put_nowait("connection")
    print("first:", await pool.get())  # nobody puts it back
    try:
        async with asyncio.timeout(1):
            print("second:", await pool.get())
    except TimeoutError:
        print("second: no connection is free")


async def rows():
    try:
        yield "a"
        yield "b"
    finally:
        print("closed")


async def unfinished() -> None:
    async for row in rows():
        print(row)
        break
    print("after the loop")
    await asyncio.sleep(0.1)  # now the loop finds time to close


async def finished() -> None:
    async with contextlib.aclosing(rows()) as opened:
        async for row in opened:
            print(row)
            break
    print("after the loop")


async def mixed() -> None:
    lock = threading.Lock()

    async def holder() -> None:
        with lock:
            await asyncio.sleep(0.1)

    task = asyncio.create_task(holder())
    await asyncio.sleep(0)  # the holder takes the lock
    # This stops the loop, and with it the holder.
    print("got the lock:", lock.acquire(timeout=0.3))
    await task


async def refresh() -> None:
    raise ValueError("boom")


async def background() -> None:
    task = asyncio.create_task(refresh())
    await asyncio.sleep(1)
    print("still running; refresh is done:", task.done())


async def undone() -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    queue.put_nowait("copy")
    print("got", await queue.get())  # no task_done
    try:
        async with asyncio.timeout(1):
            await queue.join()
    except TimeoutError:
        print("join still waits")


async def twice() -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    queue.put_nowait("copy")
    print("got", await queue.get())
    queue.task_done()
    try:
        queue.task_done()
    except ValueError as error:
        print(error)


async def page(name: str) -> str:
    return name


def shared() -> None:
    loop = asyncio.new_event_loop()  # a global in a larger program
    print(loop.run_until_complete(page("first")))
    loop.close()  # tidies up after itself, and after everybody
    second = page("second")
    try:
        print(loop.run_until_complete(second))
    except RuntimeError as error:
        print(error)
    second.close()  # or Python warns that nobody awaited it


if __name__ == "__main__":
    chosen = globals()[sys.argv[1]]
    if inspect.iscoroutinefunction(chosen):
        asyncio.run(chosen())
    else:
        chosen()
