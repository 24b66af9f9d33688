"""Wait for all, for the first, for a while. Run: gather.py ordered"""

import asyncio
import sys


async def work(n: int) -> int:
    await asyncio.sleep(n / 10)  # stands in for the network
    return n


async def refuse() -> int:
    raise ConnectionError("connection refused")


async def ordered() -> None:
    values = await asyncio.gather(work(3), work(1), work(2))
    for value in values:
        print(value)


async def settled() -> None:
    results = await asyncio.gather(
        work(2), refuse(), work(1), return_exceptions=True
    )
    for result in results:
        if isinstance(result, BaseException):
            print("failed:", result)
        else:
            print("value:", result)


async def lose(n: int) -> int:
    await asyncio.sleep(n / 10)
    raise ConnectionError("connection lost")


async def lost() -> None:
    try:
        await asyncio.gather(work(4), lose(2), work(1))
    except ConnectionError as error:
        print("error:", error)
    await asyncio.sleep(0.3)  # the program goes on


async def first() -> None:
    tasks = [asyncio.create_task(work(n)) for n in (50, 1, 30)]
    done, pending = await asyncio.wait(
        tasks, return_when=asyncio.FIRST_COMPLETED
    )
    print("first:", done.pop().result())
    for task in pending:
        task.cancel()
    # cancel only asks; this second wait sees them gone.
    await asyncio.wait(pending)


async def timeout() -> None:
    release = asyncio.Event()

    async def hold() -> int:
        await release.wait()  # knows nothing of the timeout
        return 3

    jobs = (work(0), work(0), hold())
    tasks = [asyncio.create_task(job) for job in jobs]
    done, pending = await asyncio.wait(tasks, timeout=1)
    print("done:", len(done), "pending:", len(pending))

    release.set()
    print("late:", await pending.pop())


async def again() -> None:
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(work(n)) for n in (1, 30, 50)]
    done, pending = await asyncio.wait(
        tasks, return_when=asyncio.FIRST_COMPLETED
    )
    for task in pending:
        task.cancel()
    start = loop.time()
    done, pending = await asyncio.wait(tasks, timeout=2)
    cancelled = sum(task.cancelled() for task in done)
    print("done:", len(done), "of them cancelled:", cancelled)
    print("pending:", len(pending))
    print(f"waited {loop.time() - start:.0f} of 2 seconds")


async def raises() -> None:
    task = asyncio.create_task(refuse())
    done, _ = await asyncio.wait([task])
    print("wait raised nothing")
    print("the task holds:", done.pop().exception())


async def coroutines() -> None:
    coroutine = work(1)
    try:
        await asyncio.wait([coroutine])
    except TypeError as error:
        print("TypeError:", error)
    coroutine.close()


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
