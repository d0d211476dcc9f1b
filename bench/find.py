"""Finding words in twenty years of packs: CPU seconds of a search, after start-up, in an index made for it."""

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

from reportpack.ledger import open_index
from reportpack.model.edition import Audience
from reportpack.model.statement import Findable, Line
from reportpack.run.find import FindRequest, find_words
from reportpack.run.office_files import Folders

MEETINGS, LINES, MOST = 240, 1_000, 0.2
WORDS = [
    "crime",
    "rural",
    "police",
    "area",
    "survey",
    "victims",
    "confidence",
    "figures",
    "pack",
    "meeting",
    "action",
    "owner",
    "due",
    "month",
    "satisfied",
    "vehicle",
    "patrol",
]
QUERIES = (("rural crime",), ("crime",), ("crimes", "patrols"), ("zymurgy",))


def main() -> None:
    """Each meeting's pack in two editions."""
    chance = Random(1)  # noqa: S311 - made-up lines, no secret
    with tempfile.TemporaryDirectory() as folder:
        folders = Folders(Path(folder), Path(folder) / "build")
        folders.memory.mkdir()
        with open_index(folders.memory) as index:
            index.take((_record(number, edition, chance) for number in range(MEETINGS) for edition in list(Audience)[:2]), 1)
        for phrases in QUERIES:
            begun = time.process_time()
            found = find_words(folders, FindRequest(phrases, None, 20), lambda _: None)
            cost = time.process_time() - begun
            print(f"{' + '.join(phrases):24} {len(found.passages):3} lines {cost:6.3f} s")
            if cost > MOST:
                raise SystemExit(f"more than {MOST} s")


def _record(number: int, edition: Audience, chance: Random) -> Findable:
    day = date(2006, 1, 15) + timedelta(days=30 * number)
    lines = tuple(Line(" ".join(chance.choices(WORDS, k=12)), f"line {line}") for line in range(LINES))
    return Findable(f"release {number} {edition}", f"pack of {day}", "briefing-pack", day, edition, lines)


if __name__ == "__main__":
    main()
