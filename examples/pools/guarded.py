"""The same pool, guarded. Run: guarded.py"""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

SPAWN = multiprocessing.get_context("spawn")


async def main() -> None:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        print(await loop.run_in_executor(pool, abs, -7))


# In a worker, the name is "__mp_main__".
if __name__ == "__main__":
    asyncio.run(main())
