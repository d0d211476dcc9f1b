"""docs/minutes.md lists every kind of query that is asked, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_guide_lists_every_kind_of_query() -> None:
    room = ROOT / "reportpack/read/minutes"
    source = "".join(path.read_text(encoding="utf-8") for path in (room / "slips.py", *sorted((room / "queries").glob("*.py"))))
    asked = set(re.findall(r'Query\(\s*"([a-z-]+)"', source))
    guide = (ROOT / "docs/minutes.md").read_text(encoding="utf-8").split("## Queries for the note taker")[1].split("\n## ")[0]
    listed = {kind for row in re.findall(r"^\| (`.*?) \|", guide, re.MULTILINE) for kind in re.findall(r"`([a-z-]+)`", row)}
    assert listed == asked
