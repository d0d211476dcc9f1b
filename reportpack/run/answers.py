"""What a verb answers, for machines: one JSON form for each kind of answer, whoever asks (`--json`, a page, a script)."""

from functools import singledispatch
from typing import TypeAlias

from reportpack.model.answer import AskedQuery
from reportpack.model.correction import Correction
from reportpack.model.problem import Problem
from reportpack.model.register_row import RegisterRow
from reportpack.run.check import Checked
from reportpack.run.minutes.annex_pages import BuiltAnnex
from reportpack.run.minutes.annex_returned import Corrections
from reportpack.run.minutes.notes_answers import Queries
from reportpack.run.pack import Built
from reportpack.run.steps.as_json import problem_json, row_json

Json: TypeAlias = dict[str, object]


@singledispatch
def as_json(answer: object) -> Json:
    """The answer as a JSON object; TypeError for what is no answer of a verb."""
    raise TypeError(f"{type(answer).__name__} has no JSON form")


as_json.register(Problem, problem_json)
as_json.register(RegisterRow, row_json)


@as_json.register
def _(built: Built) -> Json:
    return {
        "paths": [str(path) for path in built.paths],
        "meeting": built.meeting.id,
        "edition": built.edition.value,
        "on": built.on.isoformat(),
        "pages": built.pages,
        "again": built.again,
        "made_by": built.made_by or None,
        "problems": [problem_json(one) for one in built.problems],
    }


@as_json.register
def _(checked: Checked) -> Json:
    return {
        "meeting": checked.meeting.id,
        "problems": [problem_json(one) for one in checked.problems],
        "accepted": [problem_json(one) for one in checked.accepted],
        "queries": [str(path) for path in checked.queries],
    }


@as_json.register
def _(built: BuiltAnnex) -> Json:
    return {
        "paths": [str(path) for path in built.paths],
        "meeting": built.meeting.id,
        "edition": built.edition.value,
        "version": built.version,
        "pages": built.pages or None,
        "actions": built.actions,
        "queries": built.queries,
        "blocking": built.blocking,
        "corrections": built.corrections,
        "given": [{"sheet": one.sheet, "ref": one.ref, "words": one.words} for one in built.given],
        "problems": [problem_json(one) for one in built.problems],
    }


@as_json.register
def _(found: Corrections) -> Json:
    return {
        "meeting": found.meeting.id,
        "corrections": [as_json(one) for one in found.corrections],
        "changed": [one.number for one in found.changed],
        "register": [{"sheet": one.sheet, "ref": one.ref} for one in found.rows],
        "problems": [problem_json(one) for one in found.problems],
    }


@as_json.register
def _(one: Correction) -> Json:
    found, settled = one.proposed.found, one.settled
    before, after = one.reading
    return {
        "number": one.number,
        "kind": found.kind.value,
        "author": found.author or None,
        "date": found.made.isoformat() if found.made is not None else None,
        "tracked": found.tracked,
        "resolved": found.resolved,
        "section": found.place.section or None,
        "heading": found.place.heading or None,
        "row": found.place.row or None,
        "column": found.place.column or None,
        "item": found.place.item or None,
        "line": int(found.place.line) if found.place.line.isdigit() else found.place.line or None,
        "before": before or None,
        "after": after or None,
        "comment": found.comment or None,
        "reply_to": found.reply_to or None,
        "version": one.proposed.version,
        "file": one.proposed.file,
        "settled": None
        if settled is None
        else {
            "accepted": settled.accepted,
            "by": one.by,
            "on": settled.on.isoformat(),
            "why": settled.why or None,
            "words": settled.words or None,
        },
    }


@as_json.register
def _(one: AskedQuery) -> Json:
    query, said = one.query, one.answer
    return {
        "number": one.number,
        "key": one.key,
        "kind": query.kind,
        "line": int(query.line) if query.line.isdigit() else query.line,
        "found": query.found,
        "remedy": query.remedy,
        "suggested": query.suggested or None,
        "blocking": query.blocking,
        "answer": None
        if said is None
        else {
            "verdict": said.given.verdict.value,
            "words": said.given.words or None,
            "why": said.given.why or None,
            "by": said.by,
            "on": said.given.on.isoformat(),
        },
    }


@as_json.register
def _(found: Queries) -> Json:
    return {
        "meeting": found.meeting.id,
        "queries": [as_json(one) for one in found.asked],
        "changed": [one.number for one in found.changed],
        "problems": [problem_json(one) for one in found.problems],
    }
