"""A queue between producer and consumers. Run: queues.py shared"""

import asyncio
import sys
from asyncio import Queue


async def produce(queue: Queue, count: int) -> None:
    for item in range(count):
        await asyncio.sleep(0.2)
        await queue.put(item)  # waits while the queue is full


async def consume(queue: Queue) -> None:
    while (item := await queue.get()) is not None:
        await asyncio.sleep(0.3)
        print("processed", item)
        queue.task_done()
    queue.task_done()  # the sentinel counts as an item


async def brief() -> None:
    queue = Queue(maxsize=2)
    consumers = [asyncio.create_task(consume(queue)) for _ in "AB"]
    await produce(queue, 3)
    for _ in consumers:
        await queue.put(None)  # one sentinel for each
    await asyncio.gather(*consumers)
    print("all processed")


async def shared() -> None:
    queue = Queue(maxsize=2)
    consumers = [asyncio.create_task(consume(queue)) for _ in "AB"]
    await produce(queue, 4)
    await queue.join()  # every item has its task_done
    for _ in consumers:
        await queue.put(None)  # one sentinel for each
    await asyncio.gather(*consumers)
    print("all processed")


async def held() -> None:
    queue = Queue(maxsize=1)
    consumer = asyncio.create_task(consume(queue))
    for item in (0, 1, 2, None):
        await queue.put(item)
    await consumer
    print("all processed")


async def leftover() -> None:
    queue = Queue(maxsize=5)
    consumers = [asyncio.create_task(consume(queue)) for _ in "AB"]
    await queue.put(None)  # the producer says that it is done
    await queue.join()
    for _ in consumers:
        await queue.put(None)  # and so does main, to each
    await asyncio.gather(*consumers)
    print("left in the queue:", queue.qsize())
    try:
        async with asyncio.timeout(60):
            await queue.join()
    except TimeoutError:
        print("a second join still waits after 60 s")


async def store(queue: Queue) -> None:
    while True:
        item = await queue.get()
        if item == 1:
            raise OSError("disk is full")
        queue.task_done()


async def failing() -> None:
    queue = Queue(maxsize=2)
    consumers = [asyncio.create_task(store(queue)) for _ in "AB"]
    for item in range(4):
        await queue.put(item)
    try:
        async with asyncio.timeout(60):
            await queue.join()
    except TimeoutError:
        print("join still waits after 60 s")
    for task in consumers:
        if task.done():
            print("a task holds:", task.exception())


async def grouped() -> None:
    queue = Queue(maxsize=2)
    try:
        async with asyncio.TaskGroup() as group:  # Python 3.11
            tasks = [group.create_task(store(queue)) for _ in "AB"]
            for item in range(4):
                await queue.put(item)
            await queue.join()
            for task in tasks:
                task.cancel()
    except* OSError as failures:
        print("error:", failures.exceptions[0])


async def sentinel() -> None:
    queue: Queue[int] = Queue()
    await queue.put(None)  # nothing checks the annotation
    print("got:", await queue.get())


async def unbounded() -> None:
    queue = Queue()
    for item in range(1000):
        queue.put_nowait(item)
    print("waiting in the queue:", queue.qsize())


async def full() -> None:
    queue = Queue(maxsize=2)
    for item in range(3):
        try:
            queue.put_nowait(item)
            print("queued", item)
        except asyncio.QueueFull:
            print("dropped", item)


async def batches() -> None:
    queue = Queue(maxsize=2)

    async def work() -> None:
        while True:
            print("processed", await queue.get())
            queue.task_done()

    worker = asyncio.create_task(work())
    for batch in ("ab", "cd"):
        for item in batch:
            await queue.put(item)
        await queue.join()
        print("batch is done")
    worker.cancel()


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
