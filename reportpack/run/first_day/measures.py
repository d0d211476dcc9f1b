"""Measures from the workbooks, by what `measure add` proposes: the latest workbook of a kind says what there is, a pattern names the next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportpack import patterns as re
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Unit
from reportpack.model.office import Area, AreaKind, Topic
from reportpack.read.figures.labels import area_key
from reportpack.read.workbook.opening import is_named
from reportpack.records import Record
from reportpack.run.first_day.folder import FileReading
from reportpack.run.first_day.people import FORCE
from reportpack.run.measure_add import Candidate, file_pattern, lasting, new_id

MOST_OF_ONE = 24  # Kinds of figures that one kind of workbook gives; a larger one is an extract that a person chooses from.
_DERIVED = re.compile(
    r"\b(?:change|difference|diff|variance|target|previous|prior|last (?:year|month)|same period|trend|rag|direction|average|mean|ytd|"
    r"year to date|rolling|(?<!per 1,000 )(?<!per 1000 )population|rank(?:ed|ing)? of|forces ranked|cumulative|forecast|trajectory|percentile|ucl|lcl|denominator|numerator|base)\b|%? ?\+/-",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?i)(?:%|per ?cent|percentage|number|no|count|total|rate|value|figure|all|rank|volume|offences|satisfied|agree|yes|actual|score)s?(?: .{0,24})?|[^a-z]*"
)
_BY_PLACE = re.compile(
    r"(?i)[\s,:(-]*\b(?:by|across|for each|per)\s+(?:local )?(?:policing )?(?:district|area|borough|lpa|division|bcu|command|ward|force|region|locality)\w*(?: .*)?$"
)
_TAIL = re.compile(r"(?i)(?: /|:)? *(?:per ?cent|percentage|number|count|total|%|\(%\))$")
_LOWER = re.compile(
    r"(?i)crime|offence|robber|burglar|theft|violen|assault|harass|stalk|arson|damage|knife|weapon|killed|collision|casualt|complaint|sickness|absen|vacanc|repeat|victims\b|missing|anti-?social|\basb\b|wait|average time|delay|abandon|backlog|overdue|hate|outcome 16|no further action|reoffend|days lost"
)
_HIGHER = re.compile(
    r"(?i)satisf|confiden|answered|within|solved|positive|detect|charge|cleared|quality|complian|meeting the|trust|agree|attend|on time|trained|strength|conviction|success|safe\b"
)
_SHEET = re.compile(r"(?i)(?:sheet|data|table|extract|report|ranking|figures|results|summary) ?\d*")
_WORD = re.compile(r"[a-z0-9]+")


class DraftMeasure(Record):
    """A measure as it will stand in measures.toml, whether figures of other forces stand beside its own, and the cell that it was found at."""

    new: Measure
    peers: bool
    where: str
    placeless: bool = False


class Drafted(Record):
    """The measures, and for each workbook how many kinds of its figures were taken, and the labels of those that were not."""

    measures: tuple[DraftMeasure, ...]
    taken: Mapping[str, int]
    left: Mapping[str, tuple[str, ...]]


def draft_measures(books: Mapping[str, tuple[str, FileReading]], places: Sequence[Area], topics: Sequence[Topic]) -> Drafted:
    """From workbooks by the name that they will have in performance/, each with the name it has now."""
    kinds = {area_key(name): place.kind for place in places for name in (place.name, *place.aliases)}
    whole = [name for place in places if place.kind is AreaKind.FORCE for name in (place.name, *place.aliases)]
    families: dict[str, list[str]] = {}
    for name in sorted(books):
        families.setdefault(file_pattern(name), []).append(name)
    made: dict[str, DraftMeasure] = {}
    taken: dict[str, int] = {}
    left: dict[str, tuple[str, ...]] = {}
    for pattern, names in families.items():
        latest = max(names, key=lambda name: (books[name][1].last or date.min, books[name][1].as_at or date.min, name))
        source, reading = books[latest]
        fitting = list(_chosen(reading.figures, kinds))[:MOST_OF_ONE]
        own = pattern if all(name in names for name in books if is_named(name, pattern)) else latest
        for one in fitting:
            drafted = _draft(one, own, source, reading, topics, kinds, whole)
            known = made.get(drafted.new.title.casefold())
            if known is None:
                made[drafted.new.title.casefold()] = drafted
            elif known.new.unit is drafted.new.unit and known.new.places[0].file != own:
                both = replace(known.new, places=(*known.new.places, *drafted.new.places))
                made[drafted.new.title.casefold()] = replace(known, new=both)
            else:
                titled = replace(drafted.new, title=f"{one.sheet}: {drafted.new.title}")
                made.setdefault(titled.title.casefold(), replace(drafted, new=titled))
        used = {label for one in fitting for label in (one.label, one.numerator, one.denominator)}
        taken |= dict.fromkeys(names, len(fitting))
        left[latest] = tuple(dict.fromkeys(one.label or one.sheet for one in reading.figures if one.label not in used))
    ids: list[str] = []
    done = []
    for drafted in made.values():
        ids.append(new_id(drafted.new.title, ids))
        done.append(replace(drafted, new=replace(drafted.new, id=ids[-1])))
    order = {topic.id: place for place, topic in enumerate(topics)}
    return Drafted(tuple(sorted(done, key=lambda one: order.get(one.new.topic, len(order)))), taken, left)


def _chosen(figures: Sequence[Candidate], kinds: Mapping[str, AreaKind]) -> Iterator[Candidate]:
    """Those whose unit is told, of places of the office or of none by name; without the counts behind a per cent, and without what others give:
    targets, changes, populations."""
    behind = {(one.sheet, one.table, label) for one in figures for label in (one.numerator, one.denominator) if label}
    for one in figures:
        own = not one.areas or any(_kind(name, kinds) in (AreaKind.FORCE, AreaKind.PART) for name in one.areas)
        derived = (one.sheet, one.table, one.label) in behind or _DERIVED.search(one.label)
        if own and one.periods and one.unit is not Unit.UNKNOWN and not derived:
            yield one


def _kind(name: str, kinds: Mapping[str, AreaKind]) -> AreaKind | None:
    return next((kinds[key] for part in (name, *reversed(name.split(" / "))) if (key := area_key(part)) in kinds), None)


def _draft(
    one: Candidate,
    file: str,
    source: str,
    reading: FileReading,
    topics: Sequence[Topic],
    kinds: Mapping[str, AreaKind],
    names: Sequence[str],
) -> DraftMeasure:
    title = title_of(one)
    for name in names:
        title = title.partition(f": {name}")[0]
    better = Better.LOWER if one.unit is Unit.RANK else likely_better(title)
    place = one.place(file, reading.sheets, "" if one.areas else FORCE)
    decimals = min(one.decimals, 1 if one.unit is Unit.PER_CENT else 2)
    topic = _topic(f"{title} {one.heading} {one.sheet}", topics)
    new = Measure("", title, unit=one.unit, better=better, topic=topic, decimals=decimals, places=(place,))
    peers = sum(_kind(name, kinds) is AreaKind.PEER for name in one.areas) > 1
    return DraftMeasure(new, peers, ", ".join(filter(None, (source, one.sheet, one.cell))), not one.areas)


def title_of(one: Candidate) -> str:
    """Its label; with the sheet's name, or the table's title, where a label such as `% agree` says too little."""
    label = _TAIL.sub("", _BY_PLACE.sub("", _TAIL.sub("", lasting(one.title).strip(" :")))).strip(" ,:;-")
    if len(label) > 2 and not _BARE.fullmatch(label):
        return _begun(label)
    heading = _BY_PLACE.sub("", lasting(one.heading)).strip(" ,:;-")
    around = heading if not one.sheet.strip() or _SHEET.fullmatch(one.sheet.strip()) else lasting(one.sheet)
    said = lasting(one.title).strip()
    parts = (around.strip(), "" if said.casefold() == heading.casefold() else said)
    return _begun(": ".join(dict.fromkeys(filter(None, parts))) or one.sheet)


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def says_measure(label: str) -> bool:
    """Whether a heading counts something, or gives what other figures do: then it is no place."""
    counts = likely_better(label) is not Better.NEITHER or _BARE.fullmatch(label) is not None
    named = all(word[:1].isupper() for word in re.findall(r"[^\W\d_]{4,}", label))
    return counts or _DERIVED.search(label) is not None or not named


def likely_better(title: str) -> Better:
    """Which way it should most likely move, by its words: a suggestion that a person is asked about."""
    if _HIGHER.search(title):
        return Better.HIGHER
    return Better.LOWER if _LOWER.search(title) else Better.NEITHER


def _topic(text: str, topics: Sequence[Topic]) -> str:
    words = {word[:6] for word in _WORD.findall(text.lower())}
    named = ((name, topic.id) for topic in topics for name in (topic.title, *topic.aliases) if len(name) > 2)
    fitting = [(len(name), of) for name, of in named if {word[:6] for word in _WORD.findall(name.lower())} <= words]
    return max(fitting, default=(0, ""))[1]
