"""Register: the rows that stand, one row's life, and what a person records of it by the same steps as the command line has."""

import shlex
from collections.abc import Callable, Mapping

from starlette.responses import Response

from reportpack.errors import InputError
from reportpack.model.edition import EDITIONS
from reportpack.model.register_columns import TABLES, Heading, table_of
from reportpack.model.statement import Passage
from reportpack.run.find import FindRequest, find_words
from reportpack.run.register import rows as verbs
from reportpack.run.register.rows import RegisterLines, RowLine, Updated, known_by, refuse_changed, register_lines
from reportpack.web.frame import counted, edition_called, office_of, page
from reportpack.web.visit import Done, Visit

_MOST = 200


def register(visit: Visit) -> Response:
    """The rows that fit what was asked for; open ones first thought of."""
    found = _lines(visit)
    kind = visit.typed("kind") or visit.asked.get("kind", "") or "action"
    state = visit.typed("state") or visit.asked.get("state", "") or "open"
    words, owner = visit.typed("words"), visit.typed("owner")
    of_kind = (one for one in found.lines if kind in ("all", one.kind) and owner in ("", one.owner))
    rows = [one for one in of_kind if state == "all" or one.is_open]
    if words:
        holding = set(map(id, verbs.find_rows([one.row for one in rows], words)))
        rows = [one for one in rows if id(one.row) in holding]
    visit.runs("register find" if words else "register list", *(words.split() or ()))
    what = {"all": "row"}.get(kind, kind)
    return page(visit, "register.jinja", "register")(
        title=f"Register: {counted(len(rows), f'{state} {what}' if state == 'open' else what)}",
        found=found,
        rows=rows[:_MOST],
        more=len(rows) - _MOST,
        kind=kind,
        state=state,
        words=words,
        owner=owner,
        owners=sorted({one.owner for one in found.lines if one.owner}),
        kinds=[one.singular for one in TABLES],
    )


def look_for(visit: Visit) -> Done:
    """The words go with the page, and stay out of its address."""
    return Done(typed=visit.every_word())


def row(visit: Visit) -> Response:
    """One row: its words, its life, how it stands, and what can be recorded of it."""
    line = _line(visit)
    found = line.row
    events = visit.desk.look(f"row {found.ref}", lambda: verbs.history_of(visit.folders, found))
    visit.runs("register history", found.ref)
    table = table_of(found.sheet)
    return page(visit, "row.jinja", "register")(
        title=f"{found.ref}: {line.name}",
        row=found,
        line=line,
        words=found.text(table.words),
        facts=[(header, text) for header, text in found.texts.items() if text and header != table.words],
        steps=verbs.steps_of(events),
        seen=known_by(found),
        kind=table.singular,
        meetings=[one for one in office_of(visit)[1] if not one.cancelled],
        columns=[one for one in table.columns if one.heading != table.columns[0].heading],
    )


def record(visit: Visit) -> Done:
    """One step of the row's life, by its own verb."""
    known, step = _line(visit).row, visit.typed("step")
    visit.by()
    refuse_changed(known, visit.typed("seen"), verbs.history_of(visit.folders, known))
    take = _STEPS.get(step)
    if take is None:
        raise InputError("That is no step of a row.", "Choose one of those on its page.")
    updated = take(visit, known.ref)
    after = verbs.steps_of(verbs.history_of(visit.folders, known))
    number = after[-1].event.number if after else 0
    unwritten = "".join(f" {one.found} {one.remedy}" for one in updated.problems[:1])
    state = updated.row.text(Heading.STATE) or updated.row.text(Heading.ANSWERED) or "open"
    said, where = f"Recorded as {number}: {known.ref} is {state}.{unwritten}", f"/register/{known.ref.replace('/', '-')}"
    return Done(said, where, undo=number)


def new(visit: Visit) -> Response:
    """A form for a new row of a kind."""
    kind = visit.asked.get("kind", "") or "action"
    table = table_of(verbs.sheet_called(kind))
    needed = {heading for heading, _ in verbs.needed_for(table.name, {})}
    return page(visit, "new_row.jinja", "register")(
        title=f"A new {table.singular}",
        kind=table.singular,
        columns=[
            one for one in table.columns[1 if table.has_references else 0 :] if one.heading in needed or one.heading in _OFFERED
        ],
        needed=needed,
        kinds=[one.singular for one in TABLES],
    )


def add(visit: Visit) -> Done:
    """The new row, under the next reference."""
    visit.by()
    sheet = verbs.sheet_called(visit.typed("kind"))
    words = [(one.heading, text) for one in table_of(sheet).columns if (text := visit.typed(f"column {one.heading}"))]
    updated = verbs.add_row(visit.folders, sheet, words, visit.change(), lambda _: visit.typed("again") == "yes")
    visit.runs("register add", table_of(sheet).singular)
    return Done(f"Recorded: {updated.row.ref}.", f"/register/{updated.row.ref.replace('/', '-')}")


_OFFERED = {Heading.TITLE, Heading.TOPIC, Heading.DUE, Heading.DUE_AT_MEETING, Heading.CONDITION, Heading.RAISED_AT}
_OFFERED |= {Heading.AUDIENCE}


def _lines(visit: Visit) -> RegisterLines:
    return visit.desk.look("register", lambda: register_lines(visit.folders, visit.today))


def _line(visit: Visit) -> RowLine:
    """The row of `1/2019`, for `1-2019` of the address."""
    head, _, year = visit.named["ref"].rpartition("-")
    lines = _lines(visit).lines
    row = verbs.find_row([one.row for one in lines], f"{head}/{year}")
    return next(one for one in lines if one.row is row)


def _changed(visit: Visit, ref: str, words: Mapping[str, str], why: str = "") -> Updated:
    visit.runs("register update", ref, *(f"{heading}={text}" for heading, text in words.items()), why=why)
    return verbs.update_row(visit.folders, ref, [*words.items()], visit.change(why))


def _another_heading(visit: Visit, ref: str) -> Updated:
    heading = visit.typed("heading")
    if not heading:
        raise InputError("No heading was chosen.", "Choose what is to change.")
    return _changed(visit, ref, {heading: visit.typed("words")}, visit.typed("why"))


def _ended(visit: Visit, ref: str) -> Updated:
    if visit.typed("how") == "withdrawn":
        why: dict[str, str] = {Heading.UPDATE: visit.typed("outcome")} if visit.typed("outcome") else {}
        return _changed(visit, ref, {Heading.STATE: "withdrawn", **why})
    visit.runs("register close", ref, evidence=visit.typed("evidence"))
    return verbs.close_row(visit.folders, ref, visit.typed("evidence"), visit.typed("outcome"), visit.change())


_STEPS: dict[str, Callable[[Visit, str], Updated]] = {
    "accept": lambda visit, ref: verbs.accept(visit.folders, ref, visit.typed("meeting"), visit.change()),
    "dispute": lambda visit, ref: verbs.dispute(visit.folders, ref, visit.typed("meeting"), visit.change(visit.typed("why"))),
    "propose": lambda visit, ref: verbs.propose_complete(
        visit.folders, ref, visit.typed("evidence"), visit.typed("update"), visit.change()
    ),
    "carry": lambda visit, ref: verbs.carry(
        visit.folders, ref, visit.typed("to"), visit.typed("condition"), visit.change(visit.typed("why"))
    ),
    "settle": lambda visit, ref: verbs.settle(
        visit.folders, ref, visit.typed("became"), visit.typed("meeting"), visit.change(visit.typed("why"))
    ),
    "redate": lambda visit, ref: _changed(visit, ref, {Heading.DUE: visit.typed("due")}, visit.typed("why")),
    "end": _ended,
    "change": _another_heading,
}


_PLACES = 40


def find(visit: Visit) -> Response:
    """What holds all of the words: rows of the register first, then everything issued, noted and sent."""
    words, edition = visit.typed("words"), visit.typed("edition")
    phrases = _phrases(words)
    passages: tuple[Passage, ...] = ()
    more, rows = False, list[RowLine]()
    if phrases:
        audience = edition_called(edition)
        found = find_words(visit.folders, FindRequest(phrases, audience, _PLACES), lambda _: None)
        passages, more = found.passages, found.more
        lines = _lines(visit).lines if not audience else ()
        holding = {id(one) for one in verbs.find_rows([one.row for one in lines], words.replace('"', ""))}
        rows = [one for one in lines if id(one.row) in holding]
        visit.runs("find", *phrases)
    count = len(rows) + len(passages)
    return page(visit, "find.jinja", "find")(
        title=f"“{words}”: {counted(count, 'place')}{' and more' if more else ''}" if phrases else "Find words",
        words=words,
        phrases=[one.casefold() for one in phrases],
        edition=edition,
        editions=[one.audience for one in EDITIONS],
        rows=rows,
        passages=passages,
        more=more,
    )


def _phrases(words: str) -> tuple[str, ...]:
    """Words, and what stands between quotation marks as one."""
    try:
        return tuple(shlex.split(words.replace("“", '"').replace("”", '"').replace("'", "\\'")))
    except ValueError:
        return tuple(words.replace('"', " ").split())
