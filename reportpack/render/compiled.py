"""Compiled templates, kept as Python keeps compiled modules: only the program's own, and only while nothing they come from has changed."""

import hashlib
import marshal
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Any, Protocol

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from reportpack import __version__
from reportpack.render.templates import Templates

_COMPILERS = ("sandbox.py", "print_values.py")
"""The files of this room that decide what a template is compiled to."""


class Keeper(Protocol):
    """Where compiled templates are kept, by name; it may forget any of them."""

    def load(self, name: str) -> bytes | None:
        """What was kept."""

    def keep(self, name: str, data: bytes) -> None:
        """Keep it for the next run, if that can be done."""


class CompiledTemplates(BytecodeCache):
    """What Jinja asks before it compiles a template. An office's own are compiled anew: their folder may be open to many."""

    def __init__(self, templates: Templates, keeper: Keeper) -> None:
        self._templates = templates
        self._keeper = keeper
        room = b"".join(Path(__file__).with_name(name).read_bytes() for name in _COMPILERS)
        self._compiler = b"\0".join((MAGIC_NUMBER, jinja2.__version__.encode(), __version__.encode(), room))

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        """The place of one template; its checksum covers all that its code comes from, and the file that mistakes are named by."""
        known = b"\0".join((self._compiler, name.encode(), (filename or "").encode(), source.encode()))
        bucket = Bucket(environment, name, hashlib.sha256(known).hexdigest())
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept, if it was made from this very source."""
        checksum = bytes.fromhex(bucket.checksum)
        kept = self._keeper.load(bucket.key) if self._is_programs(bucket) else None
        if kept is not None and kept.startswith(checksum):
            try:
                bucket.code = marshal.loads(kept[len(checksum) :])  # noqa: S302 - whoever can write here can write the program too
            except (EOFError, ValueError, TypeError):
                return

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if self._is_programs(bucket):
            self._keeper.keep(bucket.key, bytes.fromhex(bucket.checksum) + marshal.dumps(bucket.code))

    def _is_programs(self, bucket: Bucket) -> bool:
        file = self._templates.file(bucket.key)
        return file is not None and not file.own
