"""Twenty years of one office in the ledger (240 meetings, 2,000 actions, 30,000 events, 500,000 figures): what a run costs then.

Beside it, in the same run: the same events as JSON in plain sqlite3, without schema, checks or backups; and the register as a text file in
git, a commit a meeting.
"""

import csv
import io
import json
import random
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from reportpack.ledger import Ledger, open_ledger, restore_ledger
from reportpack.ledger.event_text import store
from reportpack.merge.register_rows import standing_rows
from reportpack.model.edition import Audience
from reportpack.model.event import Build, BuildFile, Event, FileRole, RegisterSeen, RowChange, WorkbookSeen
from reportpack.model.observation import Observation, Status
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register_row import CellChange, RegisterRow

MEETINGS = 240
ACTIONS = 2_000
EVENTS = 30_000
FIGURES = 500_000
BUILDS = 5
"""For each meeting: drafts as they were, then the one that was sent."""
START = datetime(2006, 1, 31, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Month:
    """What one meeting leaves: what changed in the register, and its builds."""

    meeting: str
    changes: tuple[Event, ...]
    builds: tuple[Event, ...]


def months(chance: random.Random) -> Iterator[Month]:
    """The office's life, meeting by meeting; the same every time."""
    a_month = ACTIONS // MEETINGS + 1
    others = MEETINGS * (BUILDS + 2)
    changes = (EVENTS - others - ACTIONS) // MEETINGS
    new = FIGURES // (MEETINGS * BUILDS) + 1
    figures: list[Observation] = []
    refs: list[str] = []
    for number in range(MEETINGS):
        moment = START + timedelta(days=30 * number)
        meeting = f"{moment.date().isoformat()}-assurance"
        added = [f"{len(refs) + one + 1}/{moment.year}" for one in range(min(a_month, ACTIONS - len(refs)))]
        refs += added
        happened = [Event(_added(ref), moment) for ref in added]
        happened += [Event(_changed(chance.choice(refs[-200:]), number), moment) for _ in range(changes)]
        happened.append(Event(RegisterSeen(f"{number:064x}", number, f"{number:064x}"), moment))
        happened.append(Event(WorkbookSeen(f"performance/{number}.xlsx", f"{number:064x}"), moment))
        builds = []
        for build in range(BUILDS):
            figures = [*figures[-1300:], *_figures(number, build, new, moment.date())]
            builds.append(Event(_build(meeting, moment.date(), tuple(figures)), moment + timedelta(hours=build)))
        yield Month(meeting, tuple(happened), tuple(builds))


def _added(ref: str) -> RowChange:
    words = {
        "Reference": ref,
        "Action": f"Chief Constable to report on the matter numbered {ref}",
        "Owner": "CC",
        "State": "open",
    }
    return RowChange("Actions", ref, tuple(CellChange(header, "", text) for header, text in words.items()), "annex")


def _changed(ref: str, number: int) -> RowChange:
    text = f"Update at meeting {number}: the work goes on, and figures follow at the next meeting."
    return RowChange("Actions", ref, (CellChange("Update", "", text),), "the workbook", Source("register.xlsx", "Actions", "H7"))


def _figures(number: int, build: int, count: int, day: date) -> list[Observation]:
    place = Source(f"performance/{number}.xlsx", "Monthly", "C7", f"{number:064x}", day)
    period = Period.month(day.year, day.month)
    return [
        Observation(
            f"measure-{one % 40}", f"area-{one % 12}", period, one + build / 7, Status.NUMBER, place, raw=f"{one}.{build}"
        )
        for one in range(count)
    ]


def _build(meeting: str, day: date, figures: tuple[Observation, ...]) -> Build:
    files = tuple(BuildFile(FileRole.INPUT, f"performance/{one}.xlsx", f"{one:064x}", day) for one in range(40))
    return Build(meeting, "briefing-pack", Audience.OFFICE, day, "0.1.0", files, figures)


class Clock:
    """CPU seconds of this process and its children's, by what they were for."""

    def __init__(self) -> None:
        self.costs: dict[str, float] = {}

    def time(self, name: str, step: Callable[[], object], times: int = 1) -> object:
        """Print what the step cost, and give what it gave."""
        began = time.process_time()
        for _ in range(times):
            result = step()
        self.costs[name] = (time.process_time() - began) / times
        print(f"  {name:<58} {self.costs[name]:8.3f} s CPU")
        return result


def main() -> None:
    """Fill, then measure what one run does; last the peers, as ratios."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "memory"
        print(f"{MEETINGS} meetings, {ACTIONS:,} actions, {EVENTS:,} events, {FIGURES:,} figures")
        whole = list(months(random.Random(5)))  # noqa: S311 - no secret
        clock.time(f"filling it, a run and a backup for each of {MEETINGS} meetings", lambda: _fill(folder, whole))
        _measure(clock, folder, Path(temporary), whole[-1])
        _peers(clock, Path(temporary), whole)


def _fill(folder: Path, whole: Sequence[Month]) -> None:
    with open_ledger(folder) as ledger:
        for month in whole:
            with ledger.held():
                ledger.record(month.changes)
                for build in month.builds:
                    ledger.record([build])


def _measure(clock: Clock, folder: Path, place: Path, last: Month) -> None:
    clock.time("opening it", lambda: open_ledger(folder).close(), 5)
    with open_ledger(folder) as ledger:
        clock.time("the register as it stands", lambda: _standing(ledger), 3)
        clock.time("the last build of a meeting, and its figures", lambda: _last(ledger, last.meeting), 5)
        clock.time("the last build of a meeting of ten years ago", lambda: _last(ledger, "2016-02-08-assurance"), 5)
        clock.time("the register's last copy, workbooks seen, last write", lambda: _small_questions(ledger), 3)
        new = last.builds[-1]
        again = [
            Event(Build(last.meeting, "briefing-pack", Audience.OFFICE, date(2027, 1, one + 1), "0.1.0"), new.recorded)
            for one in range(3)
        ]
        clock.time("recording a build: backup before it, figures that are known", lambda: _record(ledger, again[0], new), 1)
        clock.time("the next one", lambda: _record(ledger, again[1], new), 1)
        clock.time("a whole backup", lambda: ledger.back_up(place / "all.jsonl"))
        print(
            f"  {ledger.size():,} events; {_size(folder / 'ledger.sqlite')}, whole backup {_size(place / 'all.jsonl')},", end=" "
        )
    backups = sorted((folder / "backups").iterdir())
    print(f"{len(backups)} backups of runs {sum(one.stat().st_size for one in backups) / 2**20:.0f} MB")
    clock.time("restoring it", lambda: restore_ledger(place / "restored", place / "all.jsonl"))
    clock.time("restoring the newest backup of a run", lambda: restore_ledger(place / "again", backups[-1]))


def _standing(ledger: Ledger) -> tuple[RegisterRow, ...]:
    rows = standing_rows(ledger.register_events())
    assert len(rows) == ACTIONS  # noqa: S101 - a benchmark of the wrong thing is none
    return rows


def _last(ledger: Ledger, meeting: str) -> object:
    found = ledger.last_build(meeting, Audience.OFFICE)
    return ledger.figures_of(found) if found is not None else None


def _small_questions(ledger: Ledger) -> object:
    return ledger.snapshots(10**9), ledger.happened(WorkbookSeen), ledger.last_write()


def _record(ledger: Ledger, event: Event, like: Event) -> object:
    assert isinstance(event.what, Build)  # noqa: S101
    assert isinstance(like.what, Build)  # noqa: S101
    what = Build(event.what.meeting, "briefing-pack", Audience.OFFICE, event.what.on, "0.1.0", like.what.files, like.what.figures)
    return ledger.record([Event(what, event.recorded)])


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 2**20:.0f} MB"


def _peers(clock: Clock, place: Path, whole: Sequence[Month]) -> None:
    stored = [(one, store(one)) for month in whole for one in month.changes]
    database = sqlite3.connect(place / "plain.sqlite")
    database.execute(
        "CREATE TABLE event (number INTEGER PRIMARY KEY, kind TEXT, subject TEXT, recorded TEXT, who TEXT, body TEXT)"
    )
    database.executemany(
        "INSERT INTO event (kind, subject, recorded, who, body) VALUES (?, ?, ?, ?, ?)",
        [(one.kind, one.subject, one.recorded, one.who, one.body) for _, one in stored],
    )
    database.commit()
    clock.time("plain sqlite3: the register's events read as dicts and folded", lambda: _fold_plainly(database), 3)
    database.close()
    began = time.perf_counter()
    _into_git(place / "git", whole)
    print(f"  git: a commit a meeting of the register as csv: {time.perf_counter() - began:.1f} s in all")
    ours, plain = (
        clock.costs["the register as it stands"],
        clock.costs["plain sqlite3: the register's events read as dicts and folded"],
    )
    print(f"  the register as it stands, ours to plain sqlite3: {ours / plain:.1f} times")


def _fold_plainly(database: sqlite3.Connection) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for subject, body in database.execute("SELECT subject, body FROM event WHERE kind = 'register row' ORDER BY number"):
        for header, _, after in json.loads(body)["changes"]:
            rows.setdefault(subject, {})[header] = after
    return rows


def _into_git(folder: Path, whole: Sequence[Month]) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x@example.org", *words], check=True, capture_output=True
        )

    folder.mkdir()
    git("init", "-q")
    rows: dict[str, dict[str, str]] = {}
    for month in whole:
        for one in month.changes:
            if isinstance(one.what, RowChange):
                rows.setdefault(one.what.ref, {}).update({change.header: change.after for change in one.what.changes})
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerows([ref, *words.values()] for ref, words in rows.items())
        (folder / "register.csv").write_text(out.getvalue(), encoding="utf-8")
        git("add", ".")
        git("commit", "-q", "-m", month.meeting)


if __name__ == "__main__":
    main()
