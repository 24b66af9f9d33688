"""Fetch pages from a local server. Run: httpclient.py several"""

import asyncio
import sys

import aiohttp
from aiohttp import test_utils, web

LIMIT = 1 << 20  # bytes that a page may have


async def page(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name == "slow":
        # Never answers, but lets the server end.
        await request.app["ends"].wait()
    if name == "large":
        return web.Response(body=bytes(2 * LIMIT))
    return web.Response(text=f"page {name}")


async def status(request: web.Request) -> web.Response:
    return web.Response(status=int(request.match_info["code"]))


def serve() -> test_utils.TestServer:
    app = web.Application()
    ends = app["ends"] = asyncio.Event()

    async def end(_: web.Application) -> None:
        ends.set()

    app.on_shutdown.append(end)
    app.router.add_get("/{name}", page)
    app.router.add_get("/status/{code}", status)
    return test_utils.TestServer(app)


async def get(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(url) as response:
        response.raise_for_status()
        return await response.text()


async def show(url: str) -> None:
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        print(await get(session, url))


async def single() -> None:
    async with serve() as server:
        await show(server.make_url("/1"))


async def several() -> None:
    async with serve() as server, aiohttp.ClientSession() as session:
        urls = [server.make_url(f"/{n}") for n in (1, 2, 3)]
        pages = await asyncio.gather(
            *(get(session, url) for url in urls)
        )
        for text in pages:
            print(text)


async def unchecked() -> None:
    async with serve() as server, aiohttp.ClientSession() as session:
        url = server.make_url("/status/500")
        async with session.get(url) as response:
            print("status:", response.status)


async def checked() -> None:
    async with serve() as server, aiohttp.ClientSession() as session:
        for code in 500, 304, 204:
            url = server.make_url(f"/status/{code}")
            try:
                print("text:", repr(await get(session, url)))
            except aiohttp.ClientResponseError as error:
                print("status:", error.status)


async def limited() -> None:
    timeout = aiohttp.ClientTimeout(total=0.1)
    async with (
        serve() as server,
        aiohttp.ClientSession(timeout=timeout) as session,
    ):
        try:
            await get(session, server.make_url("/slow"))
        except asyncio.TimeoutError:
            print("timed out")


async def defaults() -> None:
    async with aiohttp.ClientSession() as session:
        print("total timeout:", session.timeout.total)
        print("connections:", session.connector.limit)


async def unclosed() -> None:
    session = aiohttp.ClientSession()
    print("closed:", session.closed)
    del session  # collected now, and aiohttp complains


async def large() -> None:
    async with serve() as server, aiohttp.ClientSession() as session:
        async with session.get(server.make_url("/large")) as response:
            try:
                await response.content.readexactly(LIMIT + 1)
                print("page too large")
            except asyncio.IncompleteReadError as end:
                print("bytes:", len(end.partial))  # it fits


class Throttle:
    """Gives out turns, one per interval (in seconds)."""

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self.free = 0.0  # when the next turn begins

    async def turn(self) -> None:
        now = asyncio.get_running_loop().time()
        at = max(now, self.free)
        self.free = at + self.interval
        await asyncio.sleep(at - now)


async def throttled() -> None:
    throttle = Throttle(0.1)

    async def get_in_turn(url: str) -> str:
        await throttle.turn()
        return await get(session, url)

    start = asyncio.get_running_loop().time()
    async with serve() as server, aiohttp.ClientSession() as session:
        urls = [server.make_url(f"/{n}") for n in (1, 2, 3)]
        pages = await asyncio.gather(*map(get_in_turn, urls))
    print("fetched:", len(pages))
    if asyncio.get_running_loop().time() - start > 0.15:
        print("not all at once")


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
