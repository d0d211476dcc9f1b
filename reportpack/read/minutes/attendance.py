"""Who was there, who sent apologies, and whom the layout leaves open: names and capacities are never paired by order alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.minutes import Attendance, Attended
from reportpack.read.documents.lines import Fact
from reportpack.read.minutes.labels import SECTION, action_label, is_header
from reportpack.read.minutes.people import looks_like_name, plain_name
from reportpack.read.minutes.persons import (
    ROLE_WORDS,
    SEPARATORS,
    bare_name,
    first_words,
    names_inline,
    people_in,
    read_person,
)
from reportpack.read.minutes.wraps import Passage
from reportpack.records import dataclass

_SECTION_LINE = re.compile(
    rf"\W{{0,2}}{SECTION.pattern}(?: \([A-Z ]{{4,40}}\))?\W{{0,2}}\s?(?:[:;]|\s[-\u2013\u2014]|$)\s*(?P<rest>.*)", re.IGNORECASE
)
_APOLOGIES_FROM = re.compile(
    r"apologies(?: for absence)? (?:were |was |had been |have been )?(?:received|given|noted|sent|accepted)?\s*(?:from|by)\s+(?P<names>[^.;]{3,400})",
    re.IGNORECASE,
)
_INLINE_SECTION = re.compile(
    r"(?:\.|\)|\u2013|-)\s*(?P<label>apologies(?: from)?|ex officio|in attendance|observers|secretariat)\s*(?::|\u2013|-)\s*",
    re.IGNORECASE,
)
_CAPACITY = re.compile(r"(?P<title>[A-Z][^()]{3,60}?)\s*\((?P<short>[A-Z]{2,6})\){1,2}")
_STACKED = frozenset(
    {"name", "names", "capacity", "organisation", "role", "title", "position", "affilliation", "affiliation", "post"}
)


@dataclass(frozen=True, slots=True)
class Attendances:
    """Everybody named, and the passages that say so."""

    entries: tuple[Attendance, ...]
    passages: frozenset[int]


def read_attendance(passages: Sequence[Passage], facts: Sequence[Fact] = ()) -> Attendances:
    """From the sections at the head of the notes, else from what the file itself declares; later sentences add apologies."""
    walker = _Walker()
    for at, passage in enumerate(passages[:400]):
        if walker.finished:
            break
        walker.step(at, passage, passages[at + 1] if at + 1 < len(passages) else None)
    if not walker.entries:
        walker.entries.extend(_declared(facts))
    if not walker.entries:
        _bulleted(passages, walker)
    entries = [*walker.entries, *_said_apologies(passages, {plain_name(one.name or "") for one in walker.entries})]
    if walker.capacities and len(walker.capacities) == len(walker.plain_names):
        entries = [replace(one, post=None) for one in entries]
    entries.extend(Attendance(None, title, Attended.UNKNOWN, line) for title, line in walker.capacities)
    return Attendances(tuple(entries), frozenset(walker.used))


def _declared(facts: Sequence[Fact]) -> Iterator[Attendance]:
    """People under the fields of front matter: `directors`, `present`, `apologies`."""
    for fact in facts:
        label = SECTION.fullmatch(fact.key)
        person = read_person(fact.value) if label is not None else None
        if label is not None and person is not None:
            yield Attendance(person[0], person[1] or None, _status(label["label"]), fact.line)


def _bulleted(passages: Sequence[Passage], walker: "_Walker") -> None:
    """People listed at the head under no heading: that they were there is not said."""
    for at, passage in enumerate(passages[:60]):
        person = read_person(passage.text) if passage.mark and len(passage.text) < 120 else None
        if person is not None and ("(" in passage.text or person[1]):
            walker.entries.append(Attendance(person[0], person[1] or None, Attended.UNKNOWN, passage.line))
            walker.used.add(at)


_NUMBERED_SECTION = re.compile(r"^\d{1,4}(?:/\d{2,4})?[.):]?\s+(?=(?:apologies|present|attendance|welcome)\b)", re.IGNORECASE)
_INTRODUCED = re.compile(r"welcome(?:,? (?:and|&) introductions?|, introductions? and apologies)?\W*", re.IGNORECASE)
_STATUS_HEAD = re.compile(
    r"present(?:[ ,/]+(?:or )?apologies.*| or)?|attended\??|attendance|status|present\?|apologies", re.IGNORECASE
)
_TICKS_HEAD = re.compile(r"present or apologies|apologies", re.IGNORECASE)
_PRESENT = re.compile(r"present|yes|[yp]\b|attended|in attendance|here|x\b|[\u2611\u2612\u2713\u2714]")
_ABSENT = re.compile(r"apol|absent|no\b|[na]\b|sent ")
_BODY = re.compile(
    r"(?:agenda|meeting|minutes|notes|discussion|items?|business|introduction|welcome\b.{0,40})\W{0,2}|item\s+discussion.*",
    re.IGNORECASE,
)


class _Walker:
    """Goes down the head of the notes, section by section."""

    def __init__(self) -> None:
        self.entries: list[Attendance] = []
        self.used: set[int] = set()
        self.pending: list[int] = []
        self.status: Attended | None = None
        self.stacked: list[Attended] = []
        self.names_seen = 0
        self.mode = ""
        self.plain_names: list[str] = []
        self.capacities: list[tuple[str, str]] = []
        self.misses = 0
        self.finished = False
        self.columns: list[Attended] = []
        self.status_column = 0
        self.status_table = 0

    def step(self, at: int, passage: Passage, after: Passage | None) -> None:
        if self.entries and _BODY.fullmatch(passage.text.strip()) and not passage.mark:
            self.finished = True
            return
        if self.mode == "ticks" and not passage.cells and self._ticked(at, passage):
            return
        if passage.cells and self._row(at, passage):
            return
        if _TICKS_HEAD.fullmatch(passage.text) and (
            (self.mode in ("names", "capacities") and not self.capacities) or self.status_column
        ):
            self.mode, self.status = "" if self.status_column else "ticks", self.status or Attended.UNKNOWN
            self.used.add(at)
            return
        text = _NUMBERED_SECTION.sub("", passage.text)
        section = _SECTION_LINE.fullmatch(text) if not passage.mark and len(text) < 4000 else None
        if _INTRODUCED.fullmatch(text) and after is not None and not self.entries and read_person(after.text) is not None:
            self.status, self.mode = Attended.PRESENT, ""
            return
        if section is not None and self._is_section(section, passage, after):
            self._open(at, section, passage)
        elif self.status is not None or self.mode:
            self._entry(at, passage)

    def _ticked(self, at: int, passage: Passage) -> bool:
        """Name, post and whether they were there, each on a line of its own, as a table becomes when it is flattened; what is left empty is unknown."""
        text = passage.text.strip()
        person = read_person(text) if len(text) < 90 else None
        last = self.entries[-1] if self.entries else None
        if person is not None:
            self.entries.append(Attendance(person[0], person[1] or None, Attended.UNKNOWN, passage.line))
            self.names_seen += 1
        elif last is not None and last.status is Attended.UNKNOWN and len(text) < 25 and (told := _told(text)):
            self.entries[-1] = replace(last, status=told)
        elif last is not None and last.post is None and len(text) < 90:
            self.entries[-1] = replace(last, post=text)
        else:
            self.mode, self.status = "", None
            return False
        self.used.add(at)
        return True

    def _is_section(self, section: re.Match[str], passage: Passage, after: Passage | None) -> bool:
        rest = section["rest"]
        label = section["label"].lower()
        if label in ("cabinet office", "secretary", "staff", "panel", "directors") and not rest and self.status is None:
            return False
        if rest:
            return any(mark in passage.text[: len(label) + 6] for mark in ":;") or bool(names_inline(rest))
        return after is not None and len(passage.text) < 60

    def _open(self, at: int, section: re.Match[str], passage: Passage) -> None:
        status = _status(section["label"])
        if not section["rest"]:
            self.pending = [one for one in self.pending if at - one <= 3] + [at]
        else:
            self.used.add(at)
            self._inline(section["rest"], status, passage.line, chairs=section["label"].lower() == "in the chair")
            self.status = None if self.status is None else status
            self.misses = 0
            return
        if self.status is not None and not self.names_seen and self.status is not status:
            self.stacked = [self.status, status]
        elif self.names_seen and not (self.stacked and status is Attended.PRESENT):
            self.stacked = []
        self.status, self.misses, self.mode = status, 0, ""
        self.names_seen = 0 if not self.stacked else self.names_seen

    def _inline(self, text: str, status: Attended, line: str, *, chairs: bool = False) -> None:
        if chairs:
            self.names_seen += 1
            self.entries.extend(Attendance(name, "Chair", status, line) for name, _ in names_inline(text)[:1])
            return
        at = 0
        for match in _INLINE_SECTION.finditer(text):
            self._people(text[at : match.start() + 1], status, line)
            status, at = _status(match["label"]), match.end()
        self._people(text[at:], status, line)

    def _people(self, text: str, status: Attended, line: str) -> None:
        for name, post in names_inline(text):
            self.names_seen += 1
            self.entries.append(Attendance(name, post or None, status, line))

    def _entry(self, at: int, passage: Passage) -> None:
        text = passage.text.strip()
        plain = text.rstrip(":").strip().lower()
        if len(plain.split()) > 1 and all(word in _STACKED for word in plain.split()):
            self.mode = "words"
            self.used.add(at)
            return
        if plain in _STACKED:
            self.mode = "capacities" if plain in ("capacity", "role", "post", "position") else self.mode or "names"
            self.used.add(at)
            return
        capacity = _CAPACITY.fullmatch(text)
        if capacity is not None and ROLE_WORDS.search(text) and self.mode == "capacities":
            self.capacities.append((text.replace("))", ")"), passage.line))
            self.used.update({at, *self.pending})
            return
        if self.mode == "capacities" and self.capacities:
            self.status, self.mode, self.finished = None, "", True
            return
        several = people_in(text) if self.status is not None and not self.stacked and len(text) < 400 else []
        if several and self.status is not None:
            self.entries.extend(Attendance(name, post or None, self.status, passage.line) for name, post in several)
            self.names_seen, self.misses = self.names_seen + len(several), 0
            self.used.update({at, *self.pending})
            return
        person = read_person(text) if len(text) < 120 and not action_label(text) and not is_header(text) else None
        if self.mode == "words":
            person = first_words(text) or person
        if person is None:
            self.misses += 1
            far = self.misses > 3 or len(text) > 120 or text[:1].isdigit()
            if self.names_seen and (far or passage.strong or passage.level):
                self.status, self.stacked, self.mode = None, [], ""
            return
        if self.status is None:
            return
        name, post = person
        status = Attended.UNKNOWN if self.stacked else self.status
        self.used.update(self.pending)
        self.pending = []
        self.entries.append(Attendance(name, post or None, status, passage.line))
        self.plain_names.append(name)
        self.names_seen += 1
        self.misses = 0
        self.used.add(at)

    def _row(self, at: int, passage: Passage) -> bool:
        """A row of an attendance table: headings turn a column, names fill it."""
        cells = [cell.strip() for cell in passage.cells]
        labels = [SECTION.fullmatch(cell.rstrip(":").strip()) for cell in cells]
        if any(labels) and all(
            label or not cell or read_person(cell.split("\n")[0]) for label, cell in zip(labels, cells, strict=True)
        ):
            width = max(len(cells), len(self.columns))
            self.columns = (self.columns + [self.status or Attended.PRESENT] * width)[:width]
            alone = labels[0] if labels and not any(cells[1:]) else None
            if alone is not None:
                self.columns = [_status(alone["label"])] * width
            for number, (label, cell) in enumerate(zip(labels, cells, strict=True)):
                if label is not None:
                    self.columns[number] = _status(label["label"])
                elif cell:
                    self._cell(cell, self.columns[number], passage.line)
            self.used.add(at)
            return True
        status_at = next((at for at, cell in enumerate(cells) if _STATUS_HEAD.fullmatch(cell)), None)
        if status_at and cells[0].lower() in _STACKED:
            self.status_column, self.status_table = status_at, passage.table
            self.status = self.status or Attended.UNKNOWN
            self.used.add(at)
            return True
        if self.status_column and passage.table == self.status_table and (passage.table or read_person(cells[0]) is not None):
            self.used.add(at)
            self._ticked_row(cells, passage.line)
            return True
        if cells and cells[0].lower() in _STACKED and all(cell.lower() in _STACKED or len(cell) < 30 for cell in cells):
            self.used.add(at)
            return self.status is not None
        if self.columns and any(read_person(cell.split("\n")[0]) for cell in cells if cell):
            for number, cell in enumerate(cells):
                self._cell(cell, self.columns[number] if number < len(self.columns) else self.columns[-1], passage.line)
            self.used.add(at)
            return True
        if self.status is not None and looks_like_name(cells[0].split("\n")[0]) and max(map(len, cells)) < 80:
            self.entries.append(
                Attendance(bare_name(cells[0]), ", ".join(cell for cell in cells[1:] if cell) or None, self.status, passage.line)
            )
            self.names_seen += 1
            self.used.add(at)
            return True
        return False

    def _ticked_row(self, cells: list[str], line: str) -> None:
        """A row of a table that says of each whether they were there; what is not said is unknown."""
        name, post = cells[0], ", ".join(cell for cell in cells[1 : self.status_column] if cell)
        said = cells[self.status_column] if len(cells) > self.status_column else ""
        if not name and not (post and said):
            return
        there = _told(said) or Attended.UNKNOWN
        self.entries.append(Attendance(name or None, post or None, there, line))
        self.names_seen += 1

    def _cell(self, cell: str, status: Attended, line: str) -> None:
        lines = [part for part in cell.split("\n") if part.strip()]
        person = read_person(lines[0]) if lines else None
        if person is not None:
            more = [part for part in lines[1:] if not part[:1].isdigit()]
            post = ", ".join(part for part in (person[1], *more) if part)
            self.entries.append(Attendance(person[0], post or None, status, line))
            self.names_seen += 1


def _told(said: str) -> Attended | None:
    """What a cell or a tick says of somebody; None where it says nothing."""
    words = said.strip().lower()
    return Attended.PRESENT if _PRESENT.match(words) else Attended.APOLOGIES if _ABSENT.match(words) else None


def _status(label: str) -> Attended:
    return Attended.APOLOGIES if label.lower().startswith(("apolog", "absent", "regret")) else Attended.PRESENT


def _said_apologies(passages: Sequence[Passage], known: set[str]) -> Iterator[Attendance]:
    """`Apologies were received from Councillors Aldous and Benn.`"""
    for passage in passages:
        if "pologies" not in passage.text:
            continue
        for match in _APOLOGIES_FROM.finditer(passage.text[:6000]):
            for part in SEPARATORS.split(re.sub(r"\([^()]*\)", "", match["names"])):
                name = re.sub(r"^(?:councillors?|cllrs?|members?)\s+", "", part.strip(), flags=re.IGNORECASE).strip()
                if re.fullmatch(r"[A-Z][\w'\u2019.-]*(?:\s+[A-Z][\w'\u2019.-]*){0,4}", name) and plain_name(name) not in known:
                    yield Attendance(name, None, Attended.APOLOGIES, passage.line)
