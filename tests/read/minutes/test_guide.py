"""docs/minutes.md lists every kind of query that is asked, and no other."""

import re
from pathlib import Path

from reportpack.read.minutes.queries.sentences import SENTENCES

ROOT = Path(__file__).parents[3]


def test_the_guide_lists_every_kind_of_query() -> None:
    asked = {kind.partition(":")[0] for kind in SENTENCES}
    guide = (ROOT / "docs/minutes.md").read_text(encoding="utf-8").split("## Queries for the note taker")[1].split("\n## ")[0]
    listed = {kind for row in re.findall(r"^- (`.*?)(?::| \()", guide, re.MULTILINE) for kind in re.findall(r"`([a-z-]+)`", row)}
    assert listed == asked
