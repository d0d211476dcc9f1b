"""`reportpack find`: where words were said or issued, newest first."""

from typing import Annotated

import typer

from reportpack.cli.options import Asked, asks, named
from reportpack.cli.say import give, progress, remark
from reportpack.model.period import long_date


@asks("edition", "json")
def find(
    asked: Asked,
    words: Annotated[list[str], named("WORDS...", 'All must be in the line; "several words" are a phrase.')],
    most: Annotated[int, typer.Option("--most", metavar="NUMBER", min=1, help="How many lines to show.")] = 20,
) -> None:
    """Find words in everything ever issued: packs, annexes, notes, the register's history, letters, papers. --edition: only what its readers have."""
    from reportpack.run.find import FindRequest, find_words

    with progress() as said:
        found = find_words(asked.folders, FindRequest(tuple(words), asked.edition, most), said)
    lines = (f"{long_date(one.day)}, {one.title} ({one.file}, {one.place}):\n  {one.words}" for one in found.passages)
    give(found.passages, lines, as_json=asked.json)
    if found.more:
        remark(f"These are the newest {most}; --most shows more.")
    if not found.passages:
        remark("Nothing that was said or issued holds all of those words in one line.")
