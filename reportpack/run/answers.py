"""What a verb answers, for machines: one JSON form for each kind of record, whoever asks (`--json`, a page, a script, pack.json)."""

from collections.abc import Callable, Mapping
from datetime import date, time
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from reportpack import patterns as re
from reportpack.errors import Remedy

Json: TypeAlias = dict[str, object]

_FORMS = Path(__file__).with_name("answers.txt").read_text("utf-8")
"""By the record: the keys, each with the field that it shows where that is called otherwise. What ends in ? is null where
it says nothing, and what ends in # is a number where it is one. A key that is no field is made below."""

FORMS: Mapping[str, str] = dict(re.findall(r"^([\w.]+): (.*(?:\n .*)*)", _FORMS, re.MULTILINE))
_MADE: Mapping[str, Callable[[Any], Json]] = {
    "run.analyse_csv.CsvAnalysis": lambda one: {"judged": as_json(one.judged) | {"words": list(one.sentences)}},
    "model.correction.Correction": lambda one: {"settled": one.settled and as_json(one.settled) | {"by": one.by}},
    "run.doctor.Examined": lambda one: {"parts": dict(one.parts)},
    "run.due.facts.Deed": lambda one: {"became": "failed", "said": one.failed.found} if one.failed is not None else {},
    "run.due.inbox.WaitingReply": lambda one: {
        "from": {"name": one.kept.name, "address": one.kept.address, "post": one.kept.post or None, "known": one.known}
    },
    "run.meetings.listing.MeetingLine": lambda one: {"proposed": False, "papers": len(one.meeting.papers)},
    "model.minutes.Minutes": lambda one: {"queries": _queries(one)},
    "model.answer.AskedQuery": lambda one: {"asked": one.cause.name != "MARKED"},
    "model.minutes.NotedAction": lambda one: (
        {"confidence": round(one.confidence, 2)} | ({"due": {"meeting": one.due_meeting}} if one.due_meeting else {})
    ),
    "model.pack.MeasurePage": lambda one: {"facts": {fact.label: fact.words.text for fact in one.facts}},
    "render.element.PrintedNumber": lambda one: {"value": float(one.value)},
    "model.problem.Problem": lambda one: {"action": _action(one.remedy)},
    "run.letters.proposal.Releasing": lambda one: {"new": not one.nothing_new},
    "run.letters.proposal.Proposed": lambda one: {
        "files": {file.role.value: file.sha256 for file in one.release.files if not file.post}
    },
    "model.recurrence.ProposedDay": lambda one: (
        {"id": None, "proposed": True} | ({"by_rule": f"{one.by_rule:%Y-%m}"} if one.month_only else {})
    ),
    "model.edition.Ruling": lambda one: {"because": [as_json(each) for each in (one.claims if one.shown else one.closed_by)]},
    "run.why.WhyAnswer": lambda one: {
        "editions": [
            as_json(each) | {"shown": each.shown or each.edition in one.released_to, "released": each.edition in one.released_to}
            for each in one.rulings
        ]
    },
}


def as_json(answer: object) -> Json:
    """The answer as a JSON object; TypeError for what is no answer of a verb."""
    name = _name_of(answer)
    if name not in FORMS:
        raise TypeError(f"{name} has no JSON form")
    made = _MADE[name](answer) if name in _MADE else {}
    return {key: made[key] if key in made else _shown(answer, path, marks) for key, path, marks in keys_of(FORMS[name])}


def _name_of(noun: object) -> str:
    return f"{type(noun).__module__}.{type(noun).__qualname__}".removeprefix("reportpack.")


@cache
def keys_of(form: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Each key of a form, the fields that lead to what it shows, and its marks."""
    found = []
    for word in form.split():
        key, _, path = word.rstrip("?#").partition("=")
        found.append((key, tuple((path or key).split(".")), word[len(word.rstrip("?#")) :]))
    return tuple(found)


def _shown(answer: object, path: tuple[str, ...], marks: str) -> object:
    value: Any = answer
    for name in path:
        if isinstance(value, tuple):
            value = value[int(name)] if name.isdigit() else tuple(getattr(one, name) for one in value)
        elif value is not None:
            value = getattr(value, name)
    if "?" in marks and not value:
        return None
    return _plain(_number(value) if "#" in marks else value)


def _number(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_number(one) for one in value)
    return int(value) if isinstance(value, bool) or (isinstance(value, str) and value.isdigit()) else value


_IN_A_WORD = {"model.meeting.Meeting": "id", "model.words.Sentence": "text"}  # nouns that show as one of their fields


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping) and not all(isinstance(key, Path) for key in value):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | Mapping):
        return [_plain(one) for one in value]
    if (name := _name_of(value)) in _IN_A_WORD:
        return getattr(value, _IN_A_WORD[name])
    return str(value) if isinstance(value, Path) else as_json(value)


def _queries(minutes: Any) -> list[Json]:
    from reportpack.merge.noted_corrections import group_queries

    return [as_json(one) for one in group_queries(minutes)]


def _action(remedy: str) -> Json | None:
    if not isinstance(remedy, Remedy):
        return None
    verb, about, options = remedy.action
    return {"verb": verb, "about": list(about), "options": dict(options)}
