"""A slow link in front of a server: so many bytes a second and so much delay, each way."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

SEGMENT = 1400
"""Bytes of a TCP segment, as outside of one machine: without it the sender keeps megabytes."""
QUEUE = 256 * 1024
"""Bytes that wait where the link is narrow, as many routers let them."""
KERNEL_QUEUE = 16 * 1024
"""Bytes that wait on this machine besides; the rest waits with the sender."""
PIECE = 512
"""Bytes that are carried at once: small, so that the flow is even."""


@dataclass(frozen=True)
class Link:
    """Bytes a second and seconds of delay, each way."""

    rate: float
    delay: float


@contextmanager
def slow_link(link: Link, port: int) -> Iterator[int]:
    """A port that leads to that one of this machine by way of the link."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        loop = asyncio.new_event_loop()
        thread = Thread(target=loop.run_forever, daemon=True, name="slow-link")
        thread.start()
        serving = asyncio.run_coroutine_threadsafe(_serve(link, server, port), loop)
        try:
            yield server.getsockname()[1]
        finally:
            serving.cancel()
            asyncio.run_coroutine_threadsafe(_all_ended(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()


async def _all_ended() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def _serve(link: Link, server: socket.socket, port: int) -> None:
    loop = asyncio.get_running_loop()
    connections = set()
    while True:
        client, _ = await loop.sock_accept(server)
        connections.add(loop.create_task(_connect(link, client, port)))


async def _connect(link: Link, client: socket.socket, port: int) -> None:
    with client, socket.socket() as server:
        for end in (client, server):
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KERNEL_QUEUE)
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
        await asyncio.get_running_loop().sock_connect(server, ("127.0.0.1", port))
        await asyncio.gather(_carry(link, client, server), _carry(link, server, client))


async def _carry(link: Link, source: socket.socket, target: socket.socket) -> None:
    """One direction: a piece is taken when there is room for it in the queue."""
    loop = asyncio.get_running_loop()
    on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def arrive() -> None:
        # who has gone hears nothing any more
        with suppress(ConnectionError):
            while True:
                due, data = await on_the_way.get()
                await asyncio.sleep(due - loop.time())
                if not data:
                    break
                await loop.sock_sendall(target, data)
            target.shutdown(socket.SHUT_WR)

    arriving = loop.create_task(arrive())
    through, data = 0.0, b"-"
    while data:
        try:
            data = await loop.sock_recv(source, PIECE)
        except ConnectionError:
            data = b""
        through = max(through, loop.time()) + len(data) / link.rate
        await asyncio.sleep(through - loop.time() - QUEUE / link.rate)
        on_the_way.put_nowait((through + link.delay, data))
    await arriving
