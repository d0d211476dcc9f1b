"""Where a ledger can be: a file in a folder, or PostgreSQL on a real server that the tests start. The same tests run over both."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportpack.ledger import Ledger, open_ledger, restore_ledger
from reportpack.ledger.database import TABLES, Database, file_database, server_database


@dataclass(frozen=True)
class Store:
    """One office's ledger: its folder, and its URL where it is on a server."""

    folder: Path
    url: str = ""

    def open(self, register_number: int | None = None) -> Ledger:
        return open_ledger(self.folder, self.url, register_number=register_number)

    def restore(self, backup: Path) -> int:
        return restore_ledger(self.folder, backup, self.url)

    def database(self) -> Database:
        return server_database(self.url) if self.url else file_database(self.folder / "ledger.sqlite", "ledger.sqlite")

    def contents(self) -> dict[str, list[str]]:
        """Every row of every table, as it was given and not as it is stored."""
        database = self.database()
        with database.transaction() as session:
            found = {table.name: sorted(map(repr, session.rows(f"SELECT * FROM {table.name}"))) for table in TABLES}
        database.close()
        return found


Stores = Callable[[Path], Store]


@contextmanager
def server() -> Iterator[Stores]:
    """A server of its own in a folder of its own, which nobody reaches but through that; each store is a schema in it."""
    binaries = postgresql_binaries()
    assert binaries is not None
    place = Path(tempfile.mkdtemp(prefix="reportpack-pg-"))
    user = _not_root()
    if user:
        shutil.chown(place, user)
    data = place / "data"

    def run(program: str, *words: str) -> None:
        done = subprocess.run(
            [binaries / program, *words],
            user=user or None,
            capture_output=True,
            text=True,
            check=False,
            cwd=place,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stderr

    try:
        run("initdb", "-D", str(data), "-U", "office", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-D", str(data), "-w", "-l", str(place / "log"), "-o", f"-c listen_addresses= -k {place} -F", "start")
        numbers = itertools.count()
        url = f"postgresql://office@/postgres?host={place}"

        def at(folder: Path) -> Store:
            schema = f"office{next(numbers)}"
            database = server_database(url)
            with database.transaction() as session:
                session.execute(f"CREATE SCHEMA {schema}")
            database.close()
            return Store(folder, f"{url}&options=-csearch_path%3D{schema}")

        yield at
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(place, ignore_errors=True)


def postgresql_binaries() -> Path | None:
    """The newest server's programs: Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _not_root() -> str:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return ""
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
