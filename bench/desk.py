"""What the desk's screens cost an office with twenty years in its ledger (240 meetings, 2,000 actions, 30,000 events, 500,000 figures), in CPU
seconds: each looked at first, again with nothing changed, and once more after a step was recorded.

A number after it (python -m bench desk 0.05) is the most that a second look may cost.
"""

import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.types import Message

from bench.memory import ACTIONS, Month, months
from reportpack.errors import ReportpackError
from reportpack.model.event import Event, RowChange
from reportpack.model.register_row import CellChange
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import update_row
from reportpack.run.steps.recording import Change
from reportpack.web.guard import Session, Sessions
from reportpack.web.server import make_app
from reportpack.web.visit import Desk

ROOT = Path(__file__).parent.parent
MEETING = "2019-05-28-assurance"
NOW = datetime(2019, 5, 24, 16, 40, tzinfo=ZoneInfo("Europe/London"))
EARLIER = timedelta(days=7 * 365)
"""The made-up years begin in 2006; they are to end before the example's meeting."""
OPEN = 40
ROUNDS = 5
M = f"/m/{MEETING}"
SCREENS = {
    "Today": "/",
    "Figures": f"{M}/figures",
    "a workbook": f"{M}/figures/5",
    "Pack": f"{M}/pack?page=topic-satisfaction",
    "a page in its frame": f"{M}/pack/page/topic-satisfaction",
    "a number's cell": f"{M}/pack?page=topic-satisfaction&number=0",
    "What the force will not see": f"{M}/pack/left-out/force",
    "Words": f"{M}/words/2.1.2",
    "Papers": f"{M}/papers",
    "Notes": f"{M}/notes",
    "Queries": f"{M}/annex/queries",
    "Corrections": f"{M}/annex/corrections",
    "Issue": f"{M}/annex/issue",
    "Release and send": f"{M}/send",
    "Receipts": f"{M}/send/receipts",
    "Inbox": "/inbox",
    "Register": "/register",
    "a row": "/register/1-2019",
    "Calendar": "/calendar",
    "Find": "/find",
    "a topic": "/topic/satisfaction",
    "People and measures": "/people",
}


def main() -> None:
    """The office is made, then each screen is looked at in turn."""
    most = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0
    with tempfile.TemporaryDirectory() as temporary:
        folders = _office(Path(temporary) / "office")
        sessions, desk = Sessions("Ellis Wainfleet"), Desk(folders, lambda: NOW)
        app = make_app(desk, sessions, "127.0.0.1:1")
        session = Session()
        session.who = "Ellis Wainfleet"
        print(f"{'':<30} {'first':>8} {'again':>8} {'after a step':>14}   (s CPU)")
        slow = []
        for number, (name, path) in enumerate(SCREENS.items()):
            first = _cost(app, session, path)
            again = min(_cost(app, session, path) for _ in range(ROUNDS))
            update_row(folders, "1/2019", [("Update", f"Number {number}.")], Change(NOW, "Ellis Wainfleet", ""))
            after = _cost(app, session, path)
            print(f"{name:<30} {first:8.3f} {again:8.3f} {after:14.3f}", flush=True)
            slow += [name] if most and again > most else []
    if slow:
        sys.exit(f"more than {most} s: {', '.join(slow)}")


def _office(place: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", place / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    folders = Folders(place / "inputs", place / "build")
    build_pack(folders, Order(MEETING, None, None, NOW, NOW.date()), lambda _: None)
    with open_memory(folders) as ledger:
        with ledger.held():
            for month in months(random.Random(5)):  # noqa: S311 - no secret
                ledger.record([*_changes(month), *(replace(one, recorded=one.recorded - EARLIER) for one in month.builds)])
        print(f"{ledger.size():,} events")
    build_pack(folders, Order(MEETING, None, None, NOW, NOW.date()), lambda _: None)
    return folders


def _changes(month: Month) -> Iterator[Event]:
    """What changed in the register, each row under a year before the example's own; all but the last rows are closed where they begin."""
    for one in month.changes:
        if isinstance(one.what, RowChange):
            number, year = one.what.ref.split("/")
            what, moment = replace(one.what, ref=f"{number}/{int(year) - 13}"), one.recorded - EARLIER
            if what.is_new:
                what = replace(what, changes=(replace(what.changes[0], after=what.ref), *what.changes[1:]))
            yield Event(what, moment)
            if what.is_new and int(number) <= ACTIONS - OPEN:
                ended = (CellChange("Evidence", "", "the minutes"), CellChange("State", "open", "closed"))
                yield Event(RowChange(what.sheet, what.ref, ended, "annex"), moment)


def _cost(app: Starlette, session: Session, path: str) -> float:
    """CPU seconds of this process for one page, and what went wrong with it as a stop."""
    address, _, query = path.partition("?")
    scope: dict[str, object] = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": address,
        "raw_path": address.encode(),
    }
    scope |= {"query_string": query.encode(), "headers": [], "scheme": "http", "server": ("127.0.0.1", 1), "root_path": ""}
    scope["state"] = {"session": session}
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    began = time.process_time()
    asyncio.run(app(scope, receive, send))
    cost = time.process_time() - began
    body = b"".join(one.get("body", b"") for one in said)
    if said[0]["status"] != 200 or b"a fault of its own" in body or b"cannot be shown" in body:
        raise ReportpackError(f"{path}: {said[0]['status']} {body[:300]!r}", "")
    return cost


if __name__ == "__main__":
    main()
