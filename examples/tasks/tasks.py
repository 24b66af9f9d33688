"""Start work, hold a handle, ask it. Run: tasks.py three"""

import asyncio
import gc
import sys


async def process(item: str, delay: float) -> str:
    await asyncio.sleep(delay)
    return f"processed {item}"


async def later() -> None:
    task = asyncio.create_task(process("A", 1))
    print("other work")
    print(await task)


async def three() -> None:
    a = asyncio.create_task(process("A", 0.3))
    b = asyncio.create_task(process("B", 0.1))
    c = asyncio.create_task(process("C", 0.2))
    print("tasks started")

    # The slowest one is awaited first; the others are ready by then.
    print(await a)
    print(await b)
    print(await c)


async def scope() -> None:
    async with asyncio.TaskGroup() as tasks:  # Python 3.11
        a = tasks.create_task(process("A", 0.3))
        b = tasks.create_task(process("B", 0.1))
        c = tasks.create_task(process("C", 0.2))
        print("tasks started")
    for task in (a, b, c):
        print(task.result())


async def handles() -> None:
    a = asyncio.create_task(process("A", 0.2))
    b = asyncio.create_task(process("B", 0.1))
    print("other work")

    print(await a)
    print(await b)


async def resize() -> str:
    print("working as", asyncio.current_task().get_name())
    return await process("images", 0.1)


async def named() -> None:
    task = asyncio.create_task(resize(), name="resize-images")

    print(await task)


async def status() -> None:
    task = asyncio.create_task(
        process("images", 0.3), name="resize-images"
    )
    print("name:", task.get_name())
    if not task.done():
        print("still running")

    await task
    if task.done():
        print("done")


async def background() -> None:
    # The loop holds tasks weakly. This set keeps them alive.
    running = set()
    for user in ("ann", "bob"):
        task = asyncio.create_task(process(user, 0.1))
        running.add(task)
        task.add_done_callback(running.discard)
    print("requests answered")
    await asyncio.gather(*running)
    print("mails sent")


async def started() -> None:
    beats = []

    async def beat() -> None:
        beats.append("beat")

    task = asyncio.create_task(beat())
    sum(i * i for i in range(100_000))  # no await in here
    print("before the await:", len(beats))
    await task
    print("after the await:", len(beats))


async def forever() -> None:
    await asyncio.get_running_loop().create_future()


async def collected() -> None:
    asyncio.create_task(forever())  # nobody keeps the task
    await asyncio.sleep(0)
    gc.collect()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    print("left:", len(others))


async def fail() -> None:
    raise OSError("disk full")


async def unseen() -> None:
    asyncio.create_task(fail(), name="resize-images")
    await asyncio.sleep(0)  # it fails, and nobody asks how it went


async def impatient() -> None:
    task = asyncio.create_task(process("images", 0.4))
    try:
        await asyncio.wait_for(task, 0.1)
    except TimeoutError:
        print("first waiter: timeout")
    try:
        print("second waiter:", await task)
    except asyncio.CancelledError:
        print("second waiter: the task was cancelled")


async def shielded() -> None:
    task = asyncio.create_task(process("images", 0.4))
    try:
        await asyncio.wait_for(asyncio.shield(task), 0.1)
    except TimeoutError:
        print("first waiter: timeout")
    print("second waiter:", await task)


mails: set[asyncio.Task] = set()


async def send(user: str) -> None:
    await asyncio.sleep(0.1)
    print("mail sent to", user)


async def signup(user: str) -> str:  # a handler of your framework
    task = asyncio.create_task(send(user))
    mails.add(task)
    task.add_done_callback(mails.discard)
    return f"welcome, {user}"


async def answered() -> None:
    print(await signup("ann"))
    # On shutdown, or the loop cancels them.
    await asyncio.gather(*mails)
    print("bye")


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
