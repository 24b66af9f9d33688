"""Limit what runs at once, guard what is shared. Run: locks.py torn"""

import asyncio
import sys


class Gauge:
    def __init__(self) -> None:
        self.now = self.peak = 0

    def __enter__(self) -> None:
        self.now += 1
        self.peak = max(self.peak, self.now)

    def __exit__(self, *_: object) -> None:
        self.now -= 1


URLS = [f"example.com/{n}" for n in range(10)]
gauge = Gauge()


async def call() -> None:
    await asyncio.sleep(0.1)  # stands in for the network


async def brief() -> None:
    async def one() -> None:
        async with slots:
            await call()

    slots = asyncio.Semaphore(2)
    await asyncio.gather(*(one() for _ in range(5)))
    print("all done")


async def fetch(url: str) -> str:
    with gauge:  # counts who is inside
        await asyncio.sleep(0.2)
    return f"data from {url}"


async def gated(url: str, slots: asyncio.Semaphore) -> str:
    async with slots:
        return await fetch(url)


async def fetch_all(urls: list[str], limit: int) -> list[str]:
    slots = asyncio.Semaphore(limit)
    return await asyncio.gather(*(gated(url, slots) for url in urls))


async def limited() -> None:
    pages = await fetch_all(URLS, 3)
    print("fetched:", len(pages))
    print("at most at once:", gauge.peak)


async def several() -> None:
    slots = asyncio.Semaphore(3)
    await asyncio.gather(
        asyncio.gather(*(gated(url, slots) for url in URLS[:5])),
        asyncio.gather(*(gated(url, slots) for url in URLS[5:])),
    )
    print("at most at once:", gauge.peak)


async def waiting() -> None:
    slots = asyncio.Semaphore(3)
    tasks = [asyncio.create_task(gated(url, slots)) for url in URLS]
    await asyncio.sleep(0.05)
    print("inside:", gauge.now)
    print("tasks:", sum(not task.done() for task in tasks))
    await asyncio.gather(*tasks)


class Counter:
    def __init__(self) -> None:
        self.value = 0
        self.lock = asyncio.Lock()

    async def add(self) -> None:
        async with self.lock:
            value = self.value
            await asyncio.sleep(0.01)  # the others run here
            self.value = value + 1


async def counted() -> None:
    counter = Counter()
    await asyncio.gather(*(counter.add() for _ in range(100)))
    print("value:", counter.value)


async def unlocked() -> None:
    value = 0

    async def add() -> None:
        nonlocal value
        value += 1  # no await: no other task can run here

    await asyncio.gather(*(add() for _ in range(100)))
    print("value:", value)


async def torn() -> None:
    value = 0

    async def add() -> None:
        nonlocal value
        read = value
        await asyncio.sleep(0.01)  # everybody reads 0
        value = read + 1

    await asyncio.gather(*(add() for _ in range(100)))
    print("value:", value)


async def impatient() -> None:
    lock = asyncio.Lock()
    await lock.acquire()  # somebody holds it
    try:
        async with asyncio.timeout(0.1):
            await lock.acquire()
    except TimeoutError:
        print("gave up: lock is busy")


async def nested() -> None:
    slots = asyncio.Semaphore(1)
    async with slots:
        try:
            async with asyncio.timeout(60):
                await slots.acquire()
        except TimeoutError:
            print("still waiting after 60 s")


async def released() -> None:
    slots = asyncio.Semaphore(3)
    slots.release()  # one that nobody had acquired
    taken = 0
    while not slots.locked():
        await slots.acquire()
        taken += 1
    print("slots:", taken)
    try:
        asyncio.BoundedSemaphore(3).release()
    except ValueError as error:
        print("ValueError:", error)


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
