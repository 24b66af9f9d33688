"""A pool in a file without a guard. Run: unguarded.py"""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

# What Windows and macOS do by default, for Linux as well.
SPAWN = multiprocessing.get_context("spawn")


async def main() -> None:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        print(await loop.run_in_executor(pool, abs, -7))


# The worker imports this file, so it comes by here, too.
asyncio.run(main())
