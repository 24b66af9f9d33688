"""A name that only an annotation uses, and that nobody imported."""

from contextlib import asynccontextmanager


@asynccontextmanager
async def connection(addr: str) -> AsyncIterator[str]:
    yield f"connection to {addr}"


# Up to Python 3.13 the definition itself fails. Later versions look up
# annotations when somebody asks for them.
print(connection.__annotations__)
