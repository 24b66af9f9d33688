"""Sleep where nobody can wake up, on purpose. Run: sleep.py blocked"""

import asyncio
import sys
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


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
