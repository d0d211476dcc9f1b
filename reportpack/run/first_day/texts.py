"""The two settings files as the first day writes them: beside every line the file and the cell or line that it came from.

What stands in a file already stays as it is: an entry is added where the file has none that means the same.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, time
from enum import Enum
from typing import Any

from reportpack.model.edition import Audience, is_wider
from reportpack.model.inputs import Settings
from reportpack.model.office import AgendaItem, AreaKind, Office
from reportpack.model.period import long_date
from reportpack.model.problem import Source
from reportpack.model.recurrence import Recurrence
from reportpack.read.figures.labels import area_key
from reportpack.run.first_day.measures import DraftMeasure
from reportpack.run.first_day.office import Draft, rule_of
from reportpack.run.first_day.people import FORCE
from reportpack.run.measure_add import new_id
from reportpack.toml.edit import toml_value, with_keys

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
_KEYS = {"start": "from", "end": "to", "start_time": "time", "place_unit": "unit"}
"""Fields of records that a settings file calls otherwise."""


def office_text(draft: Draft, before: str, office: Office | None, today: date) -> str:
    """office.toml with what the draft adds to it."""
    head = (("name", *draft.name), ("force", *draft.force), ("short_name", "the office", ""))
    text = before or f"{_HEAD.format(day=long_date(today))}\n{''.join(_line(*one) for one in head)}{_EDITIONS}"
    for array, record, where in _new(draft, office):
        text += _entry(array, record, where)
    for _, series, where, agenda in draft.series:
        if office is None or office.series_of(series.id) is None:
            text += _entry("series", series, where)
            for item, at in agenda.items():
                text += _entry("series.agenda", replace(item, audience=draft.audience), {"number": at})
    tomllib.loads(text)
    return text


def _new(draft: Draft, office: Office | None) -> Iterator[tuple[str, object, Mapping[str, str]]]:
    areas = {area_key(name) for area in office.areas for name in area.names} if office else set()
    for area, where in draft.areas.items():
        if area_key(area.name) not in areas and not (office and area.kind is AreaKind.FORCE):
            yield "area", area, {"name": where}
    posts = {name.casefold() for post in office.posts for name in (post.title, post.id, post.abbreviation)} if office else set()
    for post, where in draft.posts.items():
        if posts.isdisjoint((post.title.casefold(), post.abbreviation.casefold())):
            yield "post", post, {"title": where, "side": "by its title"}
    people = {person.name.casefold() for person in office.people} if office else set()
    for person, where in draft.people.items():
        if person.name.casefold() not in people:
            yield "person", person, {"name": where, "from": "as far as the notes show", "to": "as far as the notes show"}
    topics = {name.casefold() for topic in office.topics for name in topic.names} if office else set()
    for topic, where in draft.topics.items():
        if topic.title.casefold() not in topics:
            aliases = tuple(alias for alias in topic.aliases if alias.casefold() not in topics)
            yield "topic", replace(topic, aliases=aliases, audience=draft.audience), {"title": where}
    known = {one.post for one in office.recipients} if office else set()
    for recipient, where in draft.recipients.items():
        if recipient.post not in known:
            yield "recipient", recipient, {"post": where}


def measures_text(measures: Sequence[DraftMeasure], audience: Audience, before: str, today: date) -> str:
    """measures.toml with these measures at its end."""
    text = before or _HEAD.format(day=long_date(today))
    for one in measures:
        keys = ("id", "title", "unit", "better", "topic", "decimals", "audience")
        new = replace(one.new, audience=audience)
        text += _entry("measure", new, {"title": one.where, "better": "looked over, not read"}, keys)
        places = [(new, "")] + [(more, "") for more in one.more] + [(new, "figures of other forces beside your own")] * one.peers
        for place, peers in places:
            text += _entry("measure.place", place, {}, ("file", "sheet", "table", "figure", "numerator", "denominator", "area"))
            text += _line("peers", True, peers) if peers else ""
    tomllib.loads(text)
    return text


def new_measures(measures: Sequence[DraftMeasure], settings: Settings | None) -> tuple[DraftMeasure, ...]:
    """Those whose figures no measure there takes yet, by the sheet, table and label that they stand under; with ids that are free."""
    there = settings.measures if settings is not None else ()
    force = settings.office.force_area.id if settings is not None else FORCE
    known = {(place.file, place.sheet, place.table, place.figure) for one in there for place in one.places}
    titles = {one.title.casefold() for one in there}
    ids = [one.id for one in there]
    found = []
    for one in measures:
        new = one.new
        if (new.file, new.sheet, new.table, new.figure) not in known and new.title.casefold() not in titles:
            ids.append(new_id(new.title, ids))
            found.append(replace(one, new=replace(new, id=ids[-1], area=force if new.area else "")))
    return tuple(found)


def with_later_answers(
    office: bytes, measures: bytes, settings: Settings, draft: Draft, given: Mapping[str, str]
) -> tuple[bytes, bytes]:
    """The files of an office that is there, as answers say that are given to it now; what is only added needs no change."""
    office = with_keys(office, "office.toml", {key: given[key] for key in ("name", "force") if key in given})
    if "meets" in given:
        words = rule_of(given["meets"]).words
        office = with_keys(office, "office.toml", {"recurrence": words, "time": None}, "as answered", ("series", 0))
    if "audience" in given:
        who = {"audience": None if not is_wider(draft.audience, Audience.OFFICE) else draft.audience.value}
        topics: list[tuple[str | int, ...]] = [("topic", at) for at in range(len(settings.office.topics))]
        every = enumerate(settings.office.series)
        for table in (*topics, *(("series", at, "agenda", line) for at, one in every for line in range(len(one.agenda)))):
            office = with_keys(office, "office.toml", who, "as answered", table)
        for at in range(len(settings.measures)):
            measures = with_keys(measures, "measures.toml", who, "as answered", ("measure", at))
    ways = {one.new.title: one.new.better.value for one in draft.measures.measures} if "better" in given else {}
    for at, one in enumerate(settings.measures):
        if one.title in ways:
            measures = with_keys(measures, "measures.toml", {"better": ways[one.title]}, "as answered", ("measure", at))
    return office, measures


def _entry(array: str, record: Any, where: Mapping[str, str], keys: Sequence[str] = ()) -> str:
    """The record as a table: what it has by itself is left out, and so are records inside it."""
    lines = [f"\n[[{array}]]\n"]
    for one in fields(record):
        value, key = getattr(record, one.name), _KEYS.get(one.name, one.name)
        skipped = isinstance(value, Source) or (isinstance(value, tuple) and value and isinstance(value[0], AgendaItem))
        if (one.name in keys if keys else value != one.default) and not skipped:
            lines.append(_line(key, value, where.get(key, "")))
    return "".join(lines)


def _line(key: str, value: Any, where: str) -> str:
    match value:
        case Recurrence():
            value = value.words
        case time():
            value = f"{value:%H:%M}"
        case Enum():
            value = value.value
        case tuple():
            value = [one.value if isinstance(one, Enum) else one for one in value]
    if value in ("", [], None, 0, Audience.OFFICE.value if key == "audience" else ""):
        return ""
    beside = "".join(one if one.isprintable() else "?" for one in where)
    return f"{key} = {toml_value(value)}{f'  # {beside}' if beside else ''}\n"
