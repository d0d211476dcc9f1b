"""`reportpack find`: where words were said or issued, newest first."""

from typing import Annotated

import typer

from reportpack.cli.options import EditionOption, InputsOption, JsonOption
from reportpack.cli.say import answer, answer_json, progress, remark
from reportpack.model.period import long_date


def find(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='All must be in the line; "several words" are a phrase.', show_default=False),
    ],
    edition: EditionOption = None,
    most: Annotated[int, typer.Option("--most", metavar="NUMBER", min=1, help="How many lines to show.")] = 20,
    inputs: InputsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find words in everything ever issued: packs, annexes, notes, the register's history, letters, papers. --edition: only what its readers have."""
    from reportpack.run.find import FindRequest, find_words
    from reportpack.run.folders import office_folders

    with progress() as said:
        found = find_words(office_folders(inputs, None, None), FindRequest(tuple(words), edition, most), said)
    if as_json:
        fields = ("words", "place", "title", "file", "day", "edition")
        answer_json([{name: str(getattr(one, name)) for name in fields} for one in found.passages])
        return
    for one in found.passages:
        answer(f"{long_date(one.day)}, {one.title} ({one.file}, {one.place}):")
        answer(f"  {one.words}")
    if found.more:
        remark(f"These are the newest {most}; --most shows more.")
    if not found.passages:
        remark("Nothing that was said or issued holds all of those words in one line.")
