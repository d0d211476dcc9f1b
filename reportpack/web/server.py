"""The desk started and stopped: a socket on this machine alone, the address with its token, and an end when nobody has looked for a while."""

import asyncio
import errno
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import uvicorn

from reportpack.errors import OutputError
from reportpack.run.office_files import Folders
from reportpack.web.app import make_app
from reportpack.web.desk import Desk
from reportpack.web.guard import Guard
from reportpack.web.sessions import Sessions

HERE = "127.0.0.1"
"""Never another address: a desk on the network is another day's work."""
_LOOKS = 5.0


def serve_desk(
    folders: Folders,
    clock: Callable[[], datetime],
    say: Callable[[str], None],
    *,
    port: int,
    browser: bool,
    who: str,
    idle: float,
) -> None:
    """Serve until somebody stops it, or for `idle` seconds nobody has asked for a page. `say` is given the address, once."""
    with _bound(port) as listening, suppress(KeyboardInterrupt):
        address = f"{HERE}:{listening.getsockname()[1]}"
        sessions, desk = Sessions(who), Desk(folders, clock)
        heard = _Heard()
        app = Guard(make_app(desk, sessions, address), address, sessions, heard)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                access_log=False,
                ws="none",
                server_header=False,
                date_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=5,
                limit_concurrency=64,
            )
        )
        entry = f"http://{address}/enter/{sessions.token}"
        say(entry)
        if browser:
            threading.Thread(target=_open, args=(entry,), daemon=True).start()
        asyncio.run(_serve(server, listening, heard, desk, idle))


class _Heard:
    """When a page was asked for last."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self) -> None:
        self.last = time.monotonic()


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HERE, port))
        listening.listen()  # before the address is said: a quick browser waits, and is not refused
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise OutputError(
                f"The port {port} of this machine is in use, perhaps by a desk that is open already.",
                "Go to its window, or give another with --port; without --port a free one is found.",
            ) from error
        raise OutputError(
            f"The port {port} cannot be used: {error.strerror}.", "Give another with --port; without it a free one is found."
        ) from error
    return listening


async def _serve(server: uvicorn.Server, listening: socket.socket, heard: _Heard, desk: Desk, idle: float) -> None:
    async def watch() -> None:
        while not server.should_exit:
            await asyncio.sleep(min(_LOOKS, idle / 4))
            if time.monotonic() - heard.last > idle and not desk.is_busy:
                server.should_exit = True

    watching = asyncio.create_task(watch())
    try:
        await server.serve(sockets=[listening])
    finally:
        watching.cancel()


def _open(address: str) -> None:
    """The browser that the person has; where there is none the printed address stands."""
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)
