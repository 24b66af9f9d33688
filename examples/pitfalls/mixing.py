"""Hold a lock while waiting, on purpose. Run: mixing.py mixed"""

import asyncio
import sys
import threading


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


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
