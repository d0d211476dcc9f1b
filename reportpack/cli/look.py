"""`reportpack find`, `why`, `doctor`, `guide` and `serve`: what shows something and changes nothing in the register."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, asks, flag, named, told
from reportpack.cli.say import answer, give, plural, problems, progress, remark
from reportpack.errors import InputError, StrictError
from reportpack.model.edition import Claim, Ruling, edition_title
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.run.why import WhyAnswer


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


@asks("edition", "json")
def why(
    asked: Asked,
    ref: Annotated[list[str], named("REF...", "A reference such as 4/2019, the number of an agenda item, a measure or a topic.")],
    meeting: Annotated[str, told("--meeting", "MEETING", "Whose agenda is meant (default: the next).")] = "",
) -> None:
    """Say whether something stands in an edition, and which setting in which file says so. Without --edition, for all of them."""
    from reportpack.run.why import WhyRequest
    from reportpack.run.why import why as ask

    found = ask(asked.folders, WhyRequest(" ".join(ref), asked.edition, meeting, asked.today))
    lines = (f"  {line}" for ruling in found.rulings for line in _why(ruling, found))
    give(found, (f"{found.name}:", *lines), as_json=asked.json)


def _why(ruling: Ruling, found: "WhyAnswer") -> Iterator[str]:
    edition = edition_title(ruling.edition)
    if ruling.shown:
        yield f"{edition}: shown, because {_and(ruling.claims)}."
    elif ruling.edition in found.released_to:
        yield f"{edition}: shown, because a person released it word by word; otherwise {_and(ruling.closed_by)}."
    else:
        yield f"{edition}: withheld, because {_and(ruling.closed_by)}."
        if found.public_title:
            yield f'In its place stands "{found.public_title}".'
        if ruling.reason:
            yield f'The reason that its readers are told: "{ruling.reason}"'
        else:
            yield "No reason is told, for nobody has given one: `withheld` at its topic, agenda line, paper or measure."


def _and(claims: tuple[Claim, ...]) -> str:
    return ", and ".join(f'{one.what} is for "{one.audience}" ({one.where or "no file says otherwise"})' for one in claims)


@asks("build", "json", "strict")
def doctor(asked: Asked, dry_run: Annotated[bool, flag("--dry-run", "Say what is wrong, and mend nothing.")] = False) -> None:
    """Hold the office against what was recorded: ledger, kept files, register, pages, letters, backups. What can be mended is."""
    from reportpack.run.doctor import examine_office

    found = examine_office(asked.folders, asked.moment, asked.today, mend=not dry_run)
    give(found, (f"{name:<12} {state}" for name, state in found.parts), as_json=asked.json)
    if found.mended:
        remark(f"{plural(len(found.mended), 'fault')} mended:")
        problems(found.mended, everything=True)
    problems(found.problems, everything=True)
    if found.problems and asked.strict:
        raise StrictError("The office is not whole.", "What is wrong stands above, with what to do.")


def guide(name: Annotated[str, typer.Argument(metavar="[NAME]", help="A guide (default: which there are).")] = "") -> None:
    """Show a guide, or say which there are."""
    from reportpack.run.program import guides

    known = {one: path.read_text(encoding="utf-8") for one, path in guides().items()}
    if not name:
        answer(*(f"{one:20} {text.partition(chr(10))[0].lstrip('# ')}" for one, text in known.items()))
    elif name.casefold() in known:
        answer(known[name.casefold()])
    else:
        raise InputError(f'There is no guide called "{name}".', f"There are: {', '.join(known)}.")


@asks("templates", "build")
def serve(
    asked: Asked,
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Its port (0: a free one).")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address alone.")] = False,
    by: Annotated[str, told("--by", "NAME", "Who is at the desk (default: it asks).")] = "",
    idle: Annotated[
        float, typer.Option("--idle", metavar="MINUTES", min=0.01, help="Stop when nobody looked for so long.")
    ] = 120,
) -> None:
    """Open the desk in the browser, on this machine alone. It stops with Ctrl+C, or when nobody has looked for two hours."""
    from reportpack.run.office_files import gather_meetings
    from reportpack.web.server import serve_desk

    gather_meetings(asked.folders)  # what cannot be used at all is said here, not in a browser

    def say(address: str) -> None:
        answer(address)
        remark("The desk is open on this machine alone. The address opens it once; Ctrl+C stops it.")

    serve_desk(asked.folders, asked.clock, say, port=port, browser=not no_browser, who=" ".join(by.split()), idle=idle * 60)
    remark("The desk is closed.")
