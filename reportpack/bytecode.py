"""What can be made again and is kept beside the program under Python's own rules for `__pycache__`: where it may not write, nothing is kept."""

import atexit
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_LARGEST = 3_000_000


class Compiled:
    """What a module has compiled, by what it was compiled from: read when first asked for, and kept when the run ends if something was added."""

    def __init__(self, module: str) -> None:
        self._path = Path(cache_from_source(f"{module.removesuffix('.py')}.compiled.py"))
        self._known: dict[Any, Any] | None = None
        self._added = False
        self._asked: set[Any] = set()

    def get(self, source: Any, compiled: Callable[[], Any]) -> Any:
        """Of that source, as an earlier run kept it or as it is compiled now."""
        if self._known is None:
            self._known = self._read()
        self._asked.add(source)
        if source not in self._known:
            self._known[source] = compiled()
            if not self._added:
                self._added = True
                atexit.register(self._keep)
        return self._known[source]

    def _read(self) -> dict[Any, Any]:
        try:
            maker, known = marshal.loads(self._path.read_bytes())  # noqa: S302 - whoever can write here can write the program too
        except (OSError, EOFError, ValueError, TypeError):
            return {}
        return known if maker == sys.version else {}

    def _keep(self) -> None:
        data = marshal.dumps((sys.version, self._known))
        if len(data) > _LARGEST and self._known is not None:  # of earlier versions too: what this run did not ask for goes
            data = marshal.dumps((sys.version, {one: self._known[one] for one in self._asked}))
        keep(self._path, data)


def keep(path: Path, data: bytes) -> None:
    """Written whole or not at all, so that runs at the same time never read half of it."""
    if sys.dont_write_bytecode:
        return
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
