"""Who was there, who sent apologies, and whom the layout leaves open: names and capacities are never paired by order alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.minutes import Attendance, Attended
from reportpack.read.documents.lines import Fact
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import has, words_of
from reportpack.read.minutes.labels import SECTION, action_label, is_header
from reportpack.read.minutes.people import ROLES, looks_like_name, names_inline, parted, people_in, plain_name, read_person
from reportpack.read.minutes.wraps import Passage

_SECTION_LINE = re.compile(
    rf"(?i)(?:(?:[A-Z]{{1,4}}/)?\d{{1,4}}(?:[./-]\d{{1,4}})*[.):]?\s*(?=(?:\w+ )?apolog|absent|present|attend|participants|members present|observers present))?\W{{0,2}}(?:[a-z]+\s?/\s?)?{SECTION.pattern}(?:\s?/\s?[a-z]+)?(?: \([A-Z ]{{4,40}}\))?\W{{0,2}}\s?(?:[:;][-\u2013\u2014]?|\s[-\u2013\u2014]|$|(?<=\s)(?-i:(?=[A-Z])))\s*(?P<rest>.*)"
)
_APOLOGIES_FROM = re.compile(
    r"(?i)apolog(?:ies|y)(?: for absence)? (?:were |was |had been |have been )?(?:received|given|noted|sent|accepted|intimated|tendered|recorded)?(?: and \w+)?\s*(?:from|by|on behalf of)\s+(?:councillors?\s+|cllrs?\s+|members?\s+)?(?P<names>(?:[^.;]|(?<=\b[A-Z])\.){3,400})"
)
_INLINE_SECTION = re.compile(
    r"(?i)(?:[.),]|\u2013|-)\s*(?P<label>apologies(?: from(?= [A-Z]))?|ex officio|in attendance|by invitation|also present|observers|secretariat)\s*(?::|\u2013|-|(?<=from ))\s*"
)
_LABEL = re.compile(
    r"(?i)(?:present|attend\w*|in attendance|apologies|absent|observ\w+|guests|(?:minute|note)[ -]taker|chair)\s?:"
)
_GROUP = re.compile(
    r"(?!(?i:proposed|seconded|moved|actions?|lead|owner|agreed|minutes|decisions?|resolved|update|distribution|circulat\w+|copies|cc|to|from|contacts?|authors?|prepared|nominat\w+|appoint\w+|all|next)\b)[A-Z][\w&,.'\u2019 -]{2,70}(?:\([A-Z]{2,8}\))?\s?:"
    r"\s+(?P<people>[A-Z].{5,600})"
)
"""`Essex Police Force: Mark Gilmartin (MG); Denise Breckon (DB)`: a body and who came from it."""
_SENT = re.compile(
    r"(?P<names>[A-Z][^.:;]{3,200}?)\s+(?:had |have |has )?(?:sent|gave|given|tendered|offered)(?: (?:his|her|their))? apologies\b"
)
_CAPACITY = re.compile(r"(?P<title>[A-Z][^()]{3,60}?)\s*\((?P<short>[A-Z]{2,6})\){1,2}")
_HEADINGS = listed("name names capacity organisation organization company role title position affilliation affiliation post")
_CAPACITIES = listed("capacity role post position")
_CALLED = ("councillor", "cllr", "member", "trustee")
_TITLED = ("mr", "mrs", "ms", "miss", "dr")
_TICK = re.compile(r"\[(?P<tick>[ xX\u2713\u2714])\]\s+")
_NOBODY = ("none", "nil", "none received", "no apologies", "n/a")
_STATUSES = listed("attended attendance status present apologies present_or")
_PRESENT = (
    "pres", "yes", "attend", "in attendance", "here", "late", "by phone", "by video", "via ", "teams", "online", "remote", "virtual", "dialled",
    "\u2611", "\u2612", "\u2713", "\u2714",
)  # fmt: skip
_ABSENT = ("apol", "absent", "sent ", "not present", "not attend", "did not", "could not", "unable", "on leave")
_AWAY = ("apolog", "absent", "regret", "sorry", "unable", "not ")
_BODY = listed("agenda meeting minutes notes discussion items item business introduction welcome")
_WELCOME = listed("welcome and introductions introduction apologies , & . 1 item")
_HEADED = listed("present attendees attended attending attendance apologies sederunt in")
_LOOSE = listed("secretary staff panel board group committee directors officers representatives")
"""Labels that are as often the words of something else."""


def read_attendance(passages: Sequence[Passage], facts: Sequence[Fact] = ()) -> tuple[tuple[Attendance, ...], frozenset[int]]:
    """Everybody named, and the passages that say so: from the sections at the head of the notes, else from what the file itself declares; later sentences add apologies."""
    walker = _Walker()
    for at, passage in enumerate(passages[:400]):
        if walker.finished:
            break
        walker.step(at, passage, passages[at + 1] if at + 1 < len(passages) else None)
    for fact in (
        facts if not walker.entries else ()
    ):  # people under the fields of front matter: `directors`, `present`, `apologies`
        if (label := SECTION.fullmatch(fact.key)) is not None and (person := read_person(fact.value)) is not None:
            walker.add([person], _status(label["label"]), fact.line)
    for at, passage in enumerate(passages[:60] if not walker.entries else ()):
        # People listed at the head under no heading: that they were there is not said.
        person = read_person(passage.text) if passage.mark and len(passage.text) < 120 else None
        several = people_in(passage.text) if at < 10 and not passage.cells else []
        if len(several) > 2 or (person is not None and ("(" in passage.text or person[1])):
            walker.add(several if person is None or len(several) > 2 else [person], Attended.UNKNOWN, passage.line, at)
    entries = [*walker.entries, *_said_apologies(passages, {plain_name(one.name or "") for one in walker.entries})]
    if walker.capacities and len(walker.capacities) == len(walker.plain_names):
        entries = [replace(one, post=None) for one in entries]
    entries.extend(Attendance(None, title, Attended.UNKNOWN, line) for title, line in walker.capacities)
    return tuple(entries), frozenset(walker.used)


class _Walker:
    """Goes down the head of the notes, section by section."""

    def __init__(self) -> None:
        self.entries, self.used, self.pending = list[Attendance](), set[int](), list[int]()
        self.status: Attended | None = None
        self.hanging: Attended | None = None
        self.stacked, self.columns = False, list[Attended]()
        self.plain_names, self.capacities = list[str](), list[tuple[str, str]]()
        self.names_seen = self.misses = self.status_column = self.status_table = self.name_column = self.level = 0
        self.mode, self.finished, self.past_head = "", False, False

    def add(self, people: Sequence[tuple[str, str]], status: Attended, line: str, at: int | None = None) -> None:
        self.entries.extend(Attendance(name, post or None, status, line) for name, post in people)
        self.names_seen += len(people)
        if at is not None:
            self.used.add(at)

    def step(self, at: int, passage: Passage, after: Passage | None) -> None:
        text = passage.text.strip()
        low = words_of(text).low if len(text) < 60 and self.entries and not passage.mark else []
        titled = text.split(" ", 1)[0].lower().rstrip(".") in _TITLED or text.lower().startswith(("(", *_CALLED))
        titled = titled and self.mode != "inline" and not (passage.strong or passage.level)
        hangs = self.hanging is not None and not passage.cells and (passage.indent > 3 or titled)
        if low and low[0] in _BODY and (len(low) < 3 or low[:2] == ["item", "discussion"]):
            self.finished = True  # what follows the list of people: `Agenda`, `Discussion`, `Item  Discussion`
        elif (self.mode == "ticks" and not passage.cells and self._ticked(at, passage)) or (
            passage.cells and (self._named(at, passage) or self._row(at, passage))
        ):
            pass
        elif text.lower() in ("present or apologies", "apologies") and (
            (self.mode in ("names", "capacities") and not self.capacities) or self.status_column
        ):
            self.mode, self.status = "" if self.status_column else "ticks", self.status or Attended.UNKNOWN
            self.used.add(at)
        elif self._opens(at, passage, after):
            pass
        elif hangs and (people := people_in(text) or list(filter(None, [read_person(text)]))):
            self.add(people, self.hanging or Attended.PRESENT, passage.line, at)
        elif self.status is not None or self.mode:
            self._entry(at, passage, after)

    def _opens(self, at: int, passage: Passage, after: Passage | None) -> bool:
        low = words_of(passage.text[:80]).low
        welcome = "welcome" in low[:3] and len(low) < 8 and _WELCOME.issuperset(low)
        if welcome and after is not None and not self.entries and read_person(after.text) is not None:
            self.status, self.mode = Attended.PRESENT, ""
            return True
        labelled = not passage.mark or _LABEL.match(passage.text)
        section = _SECTION_LINE.fullmatch(passage.text) if labelled and len(passage.text) < 4000 else None
        self.past_head = self.past_head or bool(self.entries and passage.level and section is None)
        presents = self.past_head and section is not None and section["label"].lower().startswith("presenter")  # of an item
        if section is None or presents or not self._is_section(section, passage, after):
            return self._lists(at, passage)
        self._open(at, section, passage)
        return True

    def _lists(self, at: int, passage: Passage) -> bool:
        """`In the room: Ada Bain (AB), Ben Coe`: a label of any words at the head, behind which nothing stands but people."""
        group = _GROUP.fullmatch(passage.text) if at < 25 and not (passage.cells or is_header(passage.text)) else None
        people = group["people"] if group is not None else ""
        found, pieces = names_inline(people), people.split(";") if ";" in people else parted(people)
        alone = len(found) == 1 and (not self.entries or " " not in found[0][0])  # `Outcome: Closed` names nobody
        if len(found) < len(pieces) or alone or self.past_head:
            return False
        self.add(found, _status(passage.text.partition(":")[0]), passage.line, at)
        return True

    def _ticked(self, at: int, passage: Passage) -> bool:
        """Name, post and whether they were there, each on a line of its own, as a table becomes when it is flattened; what is left empty is unknown."""
        text = passage.text.strip()
        person = read_person(text) if len(text) < 90 else None
        last = self.entries[-1] if self.entries else None
        if person is not None:
            self.add([person], Attended.UNKNOWN, passage.line)
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
        label, rest = section["label"].lower(), section["rest"]
        if label in _LOOSE and not rest and self.status is None:
            return False
        if rest and not passage.text[section.end("label") : section.start("rest")].strip(" *"):  # `Attendees Supt Bryn Cole; ...`
            first = re.split(r"[,;:]", rest, maxsplit=1)[0]
            return label.split()[0] in _HEADED and bool(names_inline(first)) and not passage.text.endswith((".", "?"))
        if rest:
            return any(mark in passage.text[: section.start("rest")] for mark in ":;") or bool(names_inline(rest))
        return after is not None and len(passage.text) < 60

    def _open(self, at: int, section: re.Match[str], passage: Passage) -> None:
        status, rest = _status(section["label"]), section["rest"]
        self.misses = 0
        if rest:
            self.used.add(at)
            if section["label"].lower() == "in the chair":
                self.add([(name, "Chair") for name, _ in names_inline(rest)[:1]], status, passage.line)
            else:
                self._inline(rest, status, passage.line)
            goes_on = rest.rstrip().endswith((",", ";", " and"))
            self.status, self.mode = (status, "inline") if goes_on else (None if self.status is None else status, "")
            self.hanging = status
            return
        self.hanging = None
        self.pending = [one for one in self.pending if at - one <= 3] + [at]
        if self.status is not None and not self.names_seen and self.status is not status:
            self.stacked = True
        elif self.names_seen and not (self.stacked and status is Attended.PRESENT):
            self.stacked = False
        self.status, self.mode, self.level, self.name_column = status, "", passage.level, 0
        self.names_seen = 0 if not self.stacked else self.names_seen

    def _inline(self, text: str, status: Attended, line: str) -> None:
        at = 0
        for match in _INLINE_SECTION.finditer(text):
            self.add(names_inline(text[at : match.start() + 1]), status, line)
            status, at = _status(match["label"]), match.end()
        said = _APOLOGIES_FROM.search(text, at)
        self.add(names_inline(said["names"] if said is not None else text[at:]), status, line)

    def _entry(self, at: int, passage: Passage, after: Passage | None) -> None:
        text = passage.text.strip()
        heading = text.rstrip(":").lower().split()
        capacity = _CAPACITY.fullmatch(text) if self.mode == "capacities" else None
        if heading and all(word in _HEADINGS for word in heading):
            self.mode = "words" if len(heading) > 1 else "capacities" if heading[0] in _CAPACITIES else self.mode or "names"
            self.used.add(at)
        elif capacity is not None and has(text, ROLES):
            self.capacities.append((text.replace("))", ")"), passage.line))
            self.used.update({at, *self.pending})
        elif self.mode == "capacities" and self.capacities:
            self.status, self.mode, self.finished = None, "", True
        else:
            self._people(at, passage, after)

    def _people(self, at: int, passage: Passage, after: Passage | None) -> None:
        """One or several people on a line of a section; what is none, after some, ends it, unless it heads more of them: `Cabinet Office`."""
        text = passage.text.strip().removeprefix("and ")
        if (tick := _TICK.match(text)) is not None and (ticked := read_person(text[tick.end() :])) is not None:
            self.add([ticked], Attended.UNKNOWN if tick["tick"] == " " else Attended.PRESENT, passage.line, at)
            return
        if passage.level and not (self.names_seen or self.mode) and (not self.level or passage.level <= self.level):
            self.status = None  # `Apologies:`, and nobody below it
            return
        inside = self.status is not None and not self.stacked
        apart = "polog" in text.lower()  # who sent them is told by the sentence
        found = names_inline(text) if self.mode == "inline" else people_in(text) if inside and not apart else []
        self.mode = "" if self.mode == "inline" and not text.endswith((",", ";")) else self.mode
        group = _GROUP.fullmatch(text) if inside and not found else None
        if group is not None and ", apologies from " in group["people"].lower() and self.status is not None:
            self._inline(group["people"], self.status, passage.line)
            return
        found = names_inline(group["people"]) if group is not None else found
        if not found and len(text) < 120 and not action_label(text) and not is_header(text):
            first, _, rest = text.partition(" / ")
            alone = passage.mark and first.isalpha() and len(first) < 20 and not (rest and first.islower())
            one = read_person(text, listed_so=self.mode == "words") or ((first, rest) if alone else None)
            found = [one] if one is not None and text.lower() not in ("nil", "none") else []
            self.plain_names.extend(name for name, _ in found if self.status is not None)
        if found and self.status is not None:
            self.add(found, Attended.UNKNOWN if self.stacked else self.status, passage.line, at)
            self.used.update(self.pending)
            self.pending, self.misses = [], 0
        elif not found:
            self.misses += 1
            numbered = text[:1].isdigit() and ":" not in text[:3]
            far = self.misses > 3 or len(text) > 120 or numbered
            if not (self.names_seen or self.mode) and (numbered or text.lower().strip(" .") in _NOBODY):
                self.status = None
            goes_on = after is not None and "," in after.text and len(text) < 40 and read_person(after.text) is not None
            if self.names_seen and (far or ((passage.strong or passage.level) and not goes_on)):
                self.status, self.stacked, self.mode = None, False, ""

    def _named(self, at: int, passage: Passage) -> bool:
        """Under `Company | Name | Role` the name is not in the first column."""
        column, cells, status = self.name_column, passage.cells, self.status
        person = read_person(cells[column]) if status is not None and 0 < column < len(cells) else None
        if person is not None and status is not None:
            said = (person[1], *cells[column + 1 :], *cells[:column])
            self.add([(person[0], ", ".join(filter(None, said)))], status, passage.line, at)
        return person is not None

    def _row(self, at: int, passage: Passage) -> bool:
        cells = [cell.strip() for cell in passage.cells]
        labels = [SECTION.fullmatch(cell.rstrip(":").strip()) for cell in cells]
        people = [read_person(cell.split("\n")[0]) if cell else None for cell in cells]
        low = [cell.lower() for cell in cells]
        told = next((at for at, cell in enumerate(low) if cell.rstrip("?") in _STATUSES or cell.startswith("present or ")), 0)
        self.used.add(at)
        told_last = _told(cells[-1]) if len(cells) > 1 and people[0] is not None else None
        listed_beside = self.status is not None and not passage.table and len(cells) > 1
        beside = [one for one in people if one is not None] if listed_beside else []
        if self.status is not None and len(beside) == len(cells) and cells[0] != beside[0][0]:
            self.add(beside, self.status, passage.line)  # who follows somebody with a capacity is somebody else
            return True
        if labels[0] is not None and len(cells) == 3 and people[1] is not None and cells[2] and not SECTION.fullmatch(cells[2]):
            self.status = _status(labels[0]["label"])
            self.add([(people[1][0], cells[2])], self.status, passage.line)
        elif any(labels) and all(label or not cell or one for label, cell, one in zip(labels, cells, people, strict=True)):
            self._labelled_row(cells, labels, passage.line)
        elif labels[0] is not None and len(cells) > 1 and not any(people) and max(map(len, cells)) < 30 and self.status is None:
            self.status, self.mode = _status(labels[0]["label"]), ""
        elif told and low[0] in _HEADINGS:
            self.status_column, self.status_table, self.status = told, passage.table, self.status or Attended.UNKNOWN
        elif told_last is not None and not self.status_column and passage.table:
            self.status_column, self.status_table = len(cells) - 1, passage.table
            self._ticked_row(cells, passage.line)
        elif self.status_column and passage.table == self.status_table and (passage.table or people[0] is not None):
            self._ticked_row(cells, passage.line)
        elif low[0] in _HEADINGS and all(cell in _HEADINGS or len(cell) < 30 for cell in low):
            self.name_column = low.index("name") if "name" in low else 0
            return self.status is not None
        elif self.columns and any(people):
            for cell, status in zip(cells, (*self.columns, *self.columns[-1:] * len(cells)), strict=False):
                self._cell(cell, status, passage.line)
        elif self.status is not None and looks_like_name(cells[0].split("\n")[0]) and max(map(len, cells)) < 80:
            name = cells[0].split("\n")[0].partition("(")[0].strip()
            self.add([(name, ", ".join(cell for cell in cells[1:] if cell))], self.status, passage.line)
        else:
            self.used.discard(at)
            return False
        return True

    def _labelled_row(self, cells: Sequence[str], labels: Sequence[re.Match[str] | None], line: str) -> None:
        width, self.hanging = max(len(cells), len(self.columns)), _status(labels[0]["label"]) if labels[0] is not None else None
        self.columns = (self.columns + [self.status or Attended.PRESENT] * width)[:width]
        if labels[0] is not None and not any(cells[1:]):
            self.columns = [_status(labels[0]["label"])] * width
        for number, (label, cell) in enumerate(zip(labels, cells, strict=True)):
            if label is not None:
                self.columns[number] = _status(label["label"])
            elif cell:
                self._cell(cell, self.columns[number], line)

    def _ticked_row(self, cells: list[str], line: str) -> None:
        name, post = cells[0], ", ".join(cell for cell in cells[1 : self.status_column] if cell)
        said = cells[self.status_column] if len(cells) > self.status_column else ""
        if name or (post and said):
            self.entries.append(Attendance(name or None, post or None, _told(said) or Attended.UNKNOWN, line))
            self.names_seen += 1

    def _cell(self, cell: str, status: Attended, line: str) -> None:
        lines = [part for part in cell.split("\n") if part.strip()]
        person = read_person(lines[0]) if lines else None
        if person is not None:
            more = [part for part in lines[1:] if not part[:1].isdigit()]
            self.add([(person[0], ", ".join(part for part in (person[1], *more) if part))], status, line)


def _told(said: str) -> Attended | None:
    words = said.strip().lower()
    there, away = words.startswith(_PRESENT) or words in ("y", "p", "x"), words.startswith(_ABSENT) or words in ("n", "a", "no")
    return Attended.PRESENT if there else Attended.APOLOGIES if away else None


def _status(label: str) -> Attended:
    return Attended.APOLOGIES if any(word in label.lower() for word in _AWAY) else Attended.PRESENT


def _said_apologies(passages: Sequence[Passage], known: set[str]) -> Iterator[Attendance]:
    """`Apologies were received from Councillors Aldous and Benn.`"""
    for passage in passages:
        text = passage.text[:6000] if "polog" in passage.text else ""
        for match in (*_APOLOGIES_FROM.finditer(text), *_SENT.finditer(text)):
            for part in parted(match["names"]):
                called = (word for word in part.partition("(")[0].split() if word.lower().rstrip("s") not in _CALLED)
                name = " ".join(called)
                words = name.replace("-", " ").replace("'", "").replace("\u2019", "").replace(".", "").split()
                named = 0 < len(words) < 6 and all(word.isalpha() and word[0].isupper() for word in words)
                named = named and (len(words) > 1 or not name.isupper() or len(name) < 4)  # `and from TOWN`
                if named and plain_name(name) not in known:
                    yield Attendance(name, None, Attended.APOLOGIES, passage.line)
