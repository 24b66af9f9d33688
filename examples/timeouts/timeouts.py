"""End work by the clock or on request. Run: timeouts.py limited"""

import asyncio
import sys
import threading


async def work(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "completed"


async def limited() -> None:
    try:
        print(await asyncio.wait_for(work(5), timeout=0.2))
    except TimeoutError:  # asyncio.TimeoutError before Python 3.11
        print("timed out")


async def block() -> None:
    try:
        async with asyncio.timeout(0.2):  # Python 3.11
            await work(5)
    except TimeoutError:
        print("timed out")


async def builtin() -> None:
    print("the same class:", asyncio.TimeoutError is TimeoutError)


async def beat() -> None:
    try:
        while True:
            print("working")
            await asyncio.sleep(5)
    except asyncio.CancelledError:
        print("cleaning up")
        raise  # without it, the task would not count as cancelled


async def stopped() -> None:
    task = asyncio.create_task(beat())
    await asyncio.sleep(1)
    task.cancel("shutting down")
    try:
        await task
    except asyncio.CancelledError as error:
        print("confirmed:", error)


async def early() -> None:
    task = asyncio.create_task(beat())
    task.cancel("shutting down")
    try:
        await task
    except asyncio.CancelledError:
        print("confirmed")


async def stubborn() -> str:
    try:
        return await work(0.5)
    except asyncio.CancelledError:
        return await work(0.4)  # swallowed: tries once more


async def swallowed() -> None:
    loop = asyncio.get_running_loop()
    start = loop.time()
    print(await asyncio.wait_for(stubborn(), timeout=0.2))
    print(f"after {loop.time() - start:.1f} s; the limit was 0.2 s")


async def connect() -> None:
    async with asyncio.timeout(0.1):
        await work(10)


async def whose() -> None:
    try:
        async with asyncio.timeout(5) as limit:
            await connect()
    except TimeoutError:
        if limit.expired():
            print("my limit of 5 s")
        else:
            print("somebody else's limit")


async def budget() -> None:
    try:
        async with asyncio.timeout(1.5):
            takes = 0.1
            for step in (1, 2, 3):
                await work(takes)
                print("step", step)
                takes *= 50  # the next one is slow
    except TimeoutError:
        print("no time for the rest")


async def abandoned() -> None:
    release = threading.Event()

    def deaf() -> None:
        release.wait()
        print("it ends anyway")

    try:
        await asyncio.wait_for(asyncio.to_thread(deaf), timeout=0.2)
    except TimeoutError:
        print("gave up: too slow")
    release.set()
    # asyncio.run waits for the thread before it returns.


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
