"""The two settings files as the first day writes them: beside every line the file and the cell or line that it came from.

What stands in a file already stays as it is: an entry is added where the file has none that means the same.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportpack.model.edition import Audience
from reportpack.model.inputs import Settings
from reportpack.model.office import AreaKind, Office, Side
from reportpack.model.period import long_date
from reportpack.read.figures.labels import area_key
from reportpack.run.first_day.drafts import Draft, SeriesSays
from reportpack.run.first_day.measures import FORCE, DraftMeasure
from reportpack.run.first_day.places import Place
from reportpack.run.measure_add import NewMeasure, new_id
from reportpack.toml.edit import Value, toml_value

Lines = Sequence[tuple[str, Value, str]]
"""Keys with their values, and where each was found; an empty value is left out."""
_HEAD = """# Drafted from an office's own files on {day}. Beside each line stands where it was found; change what is not true.
# docs/settings.md says what every key means. Running init again adds what is new and changes nothing here.
"""
_EDITIONS = """
[[edition]]
audience = "office"
marking = "OFFICIAL"
hide_small = false

[[edition]]
audience = "force"
marking = "OFFICIAL"
hide_small = false

[[edition]]
audience = "public"
hide_small = true
"""


def office_text(draft: Draft, before: str, office: Office | None, today: date) -> str:
    """office.toml with what the draft adds to it."""
    text = before or _begun(draft, today)
    known = office is not None
    places = _new_places(draft.places, office)
    parts = [
        *(_entry("area", _area(one)) for one in places),
        *(_entry("post", lines) for lines in _posts(draft, office)),
        *(_entry("person", lines) for lines in _people(draft, office)),
        *(_entry("topic", lines) for lines in _topics(draft, office)),
        *(_series(one, draft.audience) for one in draft.series if not (known and office and office.series_of(one.series.id))),
        *(_entry("recipient", lines) for lines in _recipients(draft, office)),
    ]
    return _checked(text + "".join(parts))


def measures_text(measures: Sequence[DraftMeasure], audience: Audience, before: str, today: date) -> str:
    """measures.toml with these measures at its end."""
    text = before or _HEAD.format(day=long_date(today))
    return _checked(text + "".join(_measure(one, audience) for one in measures))


def new_measures(measures: Sequence[DraftMeasure], settings: Settings | None) -> tuple[DraftMeasure, ...]:
    """Those whose figures no measure there takes yet, by the sheet, table and label that they stand under; with ids that are free."""
    there = settings.measures if settings is not None else ()
    known = {(place.file, place.sheet, place.table, place.figure) for one in there for place in one.places}
    titles = {one.title.casefold() for one in there}
    ids = [one.id for one in there]
    found = []
    for one in measures:
        new = one.new
        if (new.file, new.sheet, new.table, new.figure) in known or new.title.casefold() in titles:
            continue
        ids.append(new_id(new.title, ids))
        found.append(replace(one, new=replace(new, id=ids[-1])))
    return tuple(found)


def _begun(draft: Draft, today: date) -> str:
    said = (("name", draft.name, draft.name_where), ("force", draft.force, draft.force_where), ("short_name", "the office", ""))
    return f"{_HEAD.format(day=long_date(today))}\n{''.join(_line(*one) for one in said)}{_EDITIONS}"


def _new_places(places: Sequence[Place], office: Office | None) -> list[Place]:
    known = {area_key(name) for area in office.areas for name in area.names} if office is not None else set()
    return [one for one in places if area_key(one.name) not in known and not (office is not None and one.kind is AreaKind.FORCE)]


def _area(one: Place) -> Lines:
    force = one.kind is AreaKind.FORCE
    name, kind = (FORCE if force else new_id(one.name, [FORCE])), ("" if one.kind is AreaKind.PART else one.kind.value)
    return (("id", name, ""), ("name", one.name, one.where), ("kind", kind, ""), ("aliases", list(one.aliases), ""))


def _posts(draft: Draft, office: Office | None) -> Iterator[Lines]:
    known = {post.title.casefold() for post in office.posts} if office is not None else set()
    for one in draft.posts:
        if one.title.casefold() not in known:
            side = one.side.value if one.side is not Side.OTHER else ""
            yield (
                ("id", one.id, ""), ("title", one.title, one.where), ("abbreviation", one.short, ""), ("side", side, "by its title" if side else ""),
                ("aliases", list(one.aliases), ""),
            )  # fmt: skip


def _people(draft: Draft, office: Office | None) -> Iterator[Lines]:
    known = {person.name.casefold() for person in office.people} if office is not None else set()
    emails = {post: address for post, address, _ in draft.recipients}
    for one in draft.people:
        if one.name.casefold() not in known:
            dates = [
                (key, day, "as far as the notes show") for key, day in (("from", one.start), ("to", one.end)) if day is not None
            ]
            email = emails.get(one.post, "") if one.end is None else ""
            yield ("name", one.name, one.where), ("post", one.post, ""), *dates, ("email", email, "as answered")


def _topics(draft: Draft, office: Office | None) -> Iterator[Lines]:
    known = {name.casefold() for topic in office.topics for name in topic.names} if office is not None else set()
    for one in draft.topics:
        if one.title.casefold() not in known:
            aliases = [alias for alias in one.aliases if alias.casefold() not in known]
            yield ("id", one.id, ""), ("title", one.title, one.where), ("aliases", aliases, ""), *_who(draft.audience)


def _series(one: SeriesSays, audience: Audience) -> str:
    start = f"{one.start:%H:%M}" if one.start is not None else ""
    lines: Lines = (
        ("id", one.series.id, ""), ("title", one.series.title, one.where), ("chair", one.chair, one.where), ("note_taker", one.note_taker, one.where),
        ("venue", one.venue, one.where), ("time", start, one.where), ("recurrence", one.rule, one.rule_where),
        ("expected", list(one.expected), "whom the latest notes name"),
    )  # fmt: skip
    agenda = (
        _entry(
            "series.agenda",
            (("number", line.number, line.where), ("title", line.title, ""), ("topic", line.topic, ""), *_who(audience)),
        )
        for line in one.agenda
    )
    return _entry("series", lines) + "".join(agenda)


def _recipients(draft: Draft, office: Office | None) -> Iterator[Lines]:
    known = {one.post for one in office.recipients} if office is not None else set()
    for post, _, edition in draft.recipients:
        if post not in known:
            yield ("post", post, "as answered"), ("edition", edition, "as answered"), ("gets", ["pack", "annex", "calendar"], "")


def _measure(one: DraftMeasure, audience: Audience) -> str:
    new = one.new
    lines: Lines = (
        ("id", new.id, ""), ("title", new.title, one.where), ("unit", new.unit.value, ""), ("better", new.better.value, "looked over, not read"),
        ("topic", new.topic, ""), *([("decimals", new.decimals, "")] if new.decimals else []), *_who(audience),
    )  # fmt: skip
    places = [_entry("measure.place", _place(place)) for place in (new, *one.more)]
    peers = [
        _entry("measure.place", (*_place(new), ("peers", True, "figures of other forces beside your own"))) if one.peers else ""
    ]
    return "".join((_entry("measure", lines), *places, *peers))


def _place(new: NewMeasure) -> Lines:
    keys: Sequence[tuple[str, Callable[[NewMeasure], str]]] = (
        ("file", lambda one: one.file), ("sheet", lambda one: one.sheet), ("table", lambda one: one.table), ("figure", lambda one: one.figure),
        ("numerator", lambda one: one.numerator), ("denominator", lambda one: one.denominator), ("area", lambda one: one.area),
    )  # fmt: skip
    return tuple((key, value(new), "") for key, value in keys)


def _who(audience: Audience) -> Lines:
    return () if audience is Audience.OFFICE else (("audience", audience.value, "as answered"),)


def _entry(array: str, lines: Lines) -> str:
    return f"\n[[{array}]]\n" + "".join(_line(*one) for one in lines)


def _line(key: str, value: Value, where: str) -> str:
    if value in ("", []):
        return ""
    beside = "".join(one if one.isprintable() else "?" for one in where)
    return f"{key} = {toml_value(value)}{f'  # {beside}' if beside else ''}\n"


def _checked(text: str) -> str:
    """As it is, once it reads as TOML."""
    said: Mapping[str, object] = tomllib.loads(text)
    assert said  # noqa: S101 - what was just written says something
    return text
