"""`reportpack find`, `why`, `register topic`, `doctor`, `guide` and `serve`: what shows something and changes nothing in the register."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, asks, flag, group, named, told, verb
from reportpack.cli.say import answer, give, plural, problems, remark, waited
from reportpack.errors import InputError, StrictError
from reportpack.model.edition import Audience, Claim, Part, Ruling, edition_title, shows
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.model.dossier import Dossier, DossierAction, DossierMatter
    from reportpack.run.why import WhyAnswer

_WIDTH = 100


@asks("edition", "json")
def find(
    asked: Asked,
    words: Annotated[list[str], named("WORDS...", 'All must be in the line; "several words" are a phrase.')],
    most: Annotated[int, typer.Option("--most", metavar="NUMBER", min=1, help="How many lines to show.")] = 20,
) -> None:
    """Find words in everything ever issued: packs, annexes, notes, the register's history, letters, papers. --edition: only what its readers have."""
    from reportpack.run.find import FindRequest, find_words

    found = waited(lambda said: find_words(asked.folders, FindRequest(tuple(words), asked.edition, most), said))
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


@asks("edition", "templates", "build", "on", "json")
def topic(
    asked: Asked,
    name: Annotated[list[str], named("NAME...", "The topic, by any of its names in office.toml.")],
    pdf: Annotated[bool, flag("--pdf", "Make it as a PDF and a web page in build/dossiers.")] = False,
    output: Annotated[Path | None, told("--output", "FILE", "Write the PDF here, and the web page beside it.")] = None,
) -> None:
    """Show the dossier of a topic: matters, promises, actions, questions, the trend, and each document that carried it. Without --edition: the office's."""
    from reportpack.run.dossier import DossierOrder, make_dossier

    edition = asked.edition or Audience.OFFICE
    order = DossierOrder(" ".join(name), edition, asked.today, asked.on, pdf or output is not None, output)
    made = waited(lambda say: make_dossier(asked.folders, order, say))
    give(made, made.paths or _dossier(made.dossier), as_json=asked.json)
    if shows(edition, Part.WORKINGS):
        remark("It holds what is for the office alone; --edition force or public makes one for others.")
    problems(made.problems)


def _dossier(dossier: "Dossier") -> Iterator[str]:
    yield dossier.title
    yield "; ".join(line.text for line in dossier.summary) + "."
    if dossier.names:
        yield f"Also called: {', '.join(dossier.names)}."
    if dossier.below:
        yield f"Topics under it: {', '.join(dossier.below)}."
    trends = []
    for measure in dossier.measures:
        facts = [f"{fact.label}: {fact.words.text}" for fact in measure.facts]
        each = measure.comparisons
        rows = (f"{one.span}: {one.now.text} ({one.now_period}); before, {one.then.text}. {one.change.text}" for one in each)
        trends.append([f"{measure.title}: {measure.finding.text}", *facts, *rows])
    yield from _part("What the figures say", trends)
    yield from _part("Matters", [list(_matter(one)) for one in dossier.matters])
    said = []
    for promise in dossier.commitments:
        who = ", ".join(filter(None, (promise.owner or "Nobody named", promise.said_at)))
        said.append([f"{promise.ref} {promise.verdict}: “{promise.words}”", who, promise.evidence.text])
    yield from _part("What was said would happen", said)
    yield from _part("Actions", [list(_action(one)) for one in dossier.actions])
    asked = []
    for question in dossier.questions:
        who = ", ".join(filter(None, (question.meeting, question.asked_by)))
        line = f"{who}: “{question.words}” {question.became}."
        asked.append([line, f"Answer: “{question.answer}”"] if question.answer else [line])
    yield from _part("Questions", asked)
    words = [[one.author, *(f"“{block.text}”" for block in one.blocks)] for one in dossier.statements]
    yield from _part("In people's words", words)
    carried = []
    for one in dossier.carried:
        note = f" ({one.note})" if one.note else ""
        carried.append([f"{one.document}, meeting of {one.meeting}: {one.edition}, made {long_date(one.made)}{note}"])
    yield from _part("Documents that carried it", carried)
    if dossier.withheld:
        ends = ((one, f"{one.ref} " if one.ref else "", f" {one.reason}" if one.reason else "") for one in dossier.withheld)
        left = [[f"{one.section}: {ref}{one.title}.{reason}"] for one, ref, reason in ends]
        yield from _part("Left out of this edition", left)


def _part(title: str, entries: list[list[str]]) -> Iterator[str]:
    yield ""
    yield title.upper()
    for first, *rest in entries:
        yield from textwrap.wrap(first, _WIDTH, initial_indent="- ", subsequent_indent="  ")
        for line in rest:
            yield from textwrap.wrap(" ".join(line.split()), _WIDTH, initial_indent="    ", subsequent_indent="    ")
    if not entries:
        yield "  None."


def _matter(matter: "DossierMatter") -> Iterator[str]:
    yield f"{matter.ref} {matter.title}: {matter.state}"
    yield f"{matter.origin}. {matter.due}." if matter.origin else f"{matter.due}."
    yield f"“{matter.words}”"
    if matter.said:
        yield f"Said and promised then: “{matter.said}”"
    if matter.condition:
        yield f"Condition: {matter.condition}. {matter.readiness.text}"
    yield from (f"Carried again: {one}" for one in matter.earlier)
    if matter.outcome:
        yield f"Outcome: {matter.outcome}"
    if matter.evidence:
        yield f"Evidence: {matter.evidence}"
    for row in matter.since:
        then, now = f"{row.then.text} ({row.then_period}) then", f"{row.now.text} ({row.now_period}) now"
        yield f"{row.measure}: {then}, {now}. {row.change.text}. {row.reading.text}."
    yield from (f"{long_date(step.day)}: {step.words}" for step in matter.life)


def _action(action: "DossierAction") -> Iterator[str]:
    line = action.line
    yield f"{line.ref} {line.title or line.words}: {line.state.text}"
    yield f"“{line.words}”"
    owner = line.owners or "No owner stated"
    yield "; ".join(filter(None, (f"{owner}{f', {action.holders}' if action.holders else ''}", line.due.text)))
    yield from (f"Re-dated: {one}" for one in action.redatings)
    if line.condition:
        yield f"Condition: {line.condition}. {line.readiness.text}"
    if line.update:
        yield f"Update: {line.update}"
    if line.evidence:
        yield f"Evidence offered: {line.evidence}"
    yield from (f"{long_date(step.day)}: {step.words}" for step in action.life)


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


theme_app = group("The office's own look.")


@verb(theme_app, "build", "templates", name="check")
def check_theme(asked: Asked) -> None:
    """Say what in the office's theme and templates is hard to read, too small, misnamed or without a glyph, and set every block as a specimen."""
    from reportpack.run.look import check_look

    done = check_look(asked.folders)
    problems(done.problems, everything=True)
    answer(done.path)


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
