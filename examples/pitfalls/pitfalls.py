"""What goes wrong in asyncio, on purpose. Run: pitfalls.py forgotten"""

import asyncio
import sys


async def save(report: str) -> None:
    await asyncio.sleep(0.1)  # stands in for the disk
    print("saved", report)


async def forgotten() -> None:
    save("report")  # builds a coroutine; nobody runs it
    print("main returns")


async def awaited() -> None:
    await save("report")
    print("main returns")


async def uncalled() -> None:
    try:
        asyncio.create_task(save)  # the function, not a coroutine
    except TypeError:
        print("TypeError, but only here, as it runs")


async def busy() -> None:
    beats = 0

    async def heartbeat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0)
            beats += 1

    task = asyncio.create_task(heartbeat())
    await asyncio.sleep(0)  # the heartbeat starts
    sum(i * i for i in range(1_000_000))
    print("beats during the sum:", beats)
    task.cancel()


async def stubborn() -> None:
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("not now")  # swallowed: no raise
    await asyncio.sleep(60)


async def deaf() -> None:
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task], timeout=30)
    print("done 30 s after cancel:", task.done())


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
