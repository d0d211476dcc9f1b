"""The office as office.toml describes it: areas, posts, people, meetings, editions. Each key stands here once, as the field that it gives."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from enum import StrEnum

from reportpack import patterns as re
from reportpack.model.edition import Audience
from reportpack.model.problem import Problem, Source
from reportpack.model.recurrence import DueRules, Recurrence
from reportpack.records import Record, key, needed

OFFICE_FILE = "office.toml"
WITHHELD = "why it is withheld from others: the id of one of the office's reasons, or your own sentence"


class AreaKind(StrEnum):
    """What an area is to the force: the whole of it, a part, or another force."""

    FORCE = "force"
    PART = "part"
    PEER = "peer"


class Population(Record):
    """How many people lived in the area in one year."""

    year: int = needed("the year", least=1800)
    people: int = needed("how many people lived there", least=1)


class Area(Record):
    """A place that figures are about: the force, a part of it, or another force to compare with."""

    id: str = needed("its short name in these files")
    name: str = needed("its name as printed")
    kind: AreaKind = key("the whole force, a part of it, or a peer: another force", default=AreaKind.PART)
    aliases: tuple[str, ...] = key("other names that workbooks and notes use for it", default=())
    start: date | None = key("the first day on which it was an area", name="from", default=None)
    end: date | None = key("the last day on which it was an area", name="to", default=None)
    successors: tuple[str, ...] = key("the areas (their id) that took its place", default=())
    population: int | None = key("how many people live there", least=1, default=None)
    populations: tuple[Population, ...] = key("how many people lived there, year by year", default=())
    similar: bool = key(
        "of another force: whether it is one of the group of most similar ones, to be ranked among", default=False
    )

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called: as printed, by its id, by its aliases."""
        return self.name, self.id, *self.aliases

    def population_on(self, day: date) -> int | None:
        """How many people live there: of the latest year that is known by then, else of the first; what holds for all years without any."""
        years = sorted(self.populations, key=lambda one: one.year)
        known = [one.people for one in years if one.year <= day.year] or [one.people for one in years[:1]]
        return known[-1] if known else self.population

    def exists_on(self, day: date) -> bool:
        """Whether it was an area on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Side(StrEnum):
    """Whose post it is."""

    OFFICE = "office"
    FORCE = "force"
    OTHER = "other"


class Post(Record):
    """A post that acts, speaks and owns actions. Posts are matched as whole words only."""

    id: str = needed("its short name in these files")
    title: str = needed("its title as printed")
    abbreviation: str = needed("its abbreviation, which no other post has")
    side: Side = key("whose post it is", default=Side.OTHER)
    aliases: tuple[str, ...] = key("other words that notes and registers use for it", default=())
    end: date | None = key("its last day, where another takes over", name="to", default=None)
    successor: str = key("the post (its id) that takes over what it owes", default="")


class Person(Record):
    """Who holds a post, and when. A post can be shared, or vacant for a time."""

    name: str = needed("the person's name")
    post: str = needed("the post (its id) that they hold")
    start: date | None = key("their first day in the post", name="from", default=None)
    end: date | None = key("their last day in the post", name="to", default=None)
    email: str = key("where their letters go", default="")

    def holds_on(self, day: date) -> bool:
        """Whether the post was theirs on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Topic(Record):
    """A subject of the meetings. Its other names are aliases, never a second topic."""

    id: str = needed("its short name in these files")
    title: str = needed("its title as printed")
    aliases: tuple[str, ...] = key("other names that agendas, notes and registers use for it", default=())
    under: str = key("the topic (its id) under whose agenda item it is taken, where it has none of its own", default="")
    harm: int = key(
        "how much harm it does to people, 1 (little) to 5 (most): what is more harmful comes first", least=1, most=5, default=3
    )
    audience: Audience = key("who may read its page", default=Audience.OFFICE)
    withheld: str = key(WITHHELD, default="")

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called: as printed, by its id, by its aliases."""
        return self.title, self.id, *self.aliases


class AgendaItem(Record):
    """A line of the agenda; the numbers make the outline: 2.1.3 stands under 2.1."""

    number: str = needed("its number as printed")
    title: str = needed("its title as printed")
    topic: str = key("the topic (its id) that it is about", default="")
    lead: str = key("the post (its id) that leads it", default="")
    audience: Audience = key("who may read it", default=Audience.OFFICE)
    public_title: str = key("what stands in its place where it is withheld", default="")
    withheld: str = key(WITHHELD.replace(" from others", ""), default="")

    def settled(self) -> "AgendaItem":
        """`2.1.` is 2.1."""
        return replace(self, number=self.number.rstrip("."))

    @property
    def depth(self) -> int:
        """1 for `2`, 3 for `2.1.3`."""
        return self.number.rstrip(".").count(".") + 1


class MeetingSeries(Record):
    """Meetings of one kind: what they share unless one says otherwise."""

    id: str = needed("the second half of its meetings' ids: 2019-05-28-ID")
    title: str = needed("the title of its meetings")
    chair: str = key("the post (its id) in the chair", default="")
    note_taker: str = key("the post (its id) that takes the notes", default="")
    venue: str = key("where it meets", default="")
    start_time: time | None = key("when it begins", name="time", default=None)
    recurrence: Recurrence | None = key("when it meets, in words or as an RRULE", default=None)
    lasts: int = key("how many minutes it lasts, for calendars", least=1, default=120)
    expected: tuple[str, ...] = key("the posts (their id) expected to attend", default=())
    edition: Audience = key("the audience that its packs are for", default=Audience.OFFICE)
    public: bool = key("whether it is held in public", default=False)
    theme: tuple[str, ...] = key("the topics (their id) its packs are about; if public, its agenda's", default=())
    papers_days: int = key("how many days before the meeting its papers are wanted", default=7)
    agenda: tuple[AgendaItem, ...] = key("its agenda, one table a line", default=())
    title_from: date | None = key("the title's first day", default=None)
    title_before: str = key("the title until then", default="")

    def settled(self) -> "MeetingSeries":
        """The time may stand in the words that say when it meets."""
        rule = self.recurrence
        return replace(self, start_time=rule.start_time) if self.start_time is None and rule is not None else self

    def title_on(self, day: date | None) -> str:
        """The title of a meeting of that day."""
        return _name_on(day, self.title, self.title_from, self.title_before)


def _name_on(day: date | None, name: str, start: date | None, before: str) -> str:
    return before if before and day is not None and start is not None and day < start else name


def own_edition(series: MeetingSeries | None) -> Audience:
    """The series' own edition; the office's where it is not known."""
    return series.edition if series is not None else Audience.OFFICE


_SUPERSEDED = re.compile(
    r"(?i)\b(not\s+protectively\s+marked|protectively\s+marked|npm|protect|restricted|confidential|unclassified)\b"
)
"""Words of the protective marking scheme that ended on 2 April 2014 (Government Security Classifications, Cabinet Office)."""
_EVEN_BESIDE = re.compile(r"(?i)\b(not\s+protectively\s+marked|npm|protect)\b")
_CURRENT = re.compile(r"(?i)\b(official|secret)\b")


def instead_of(marking: str) -> str:
    """What to write in the place of a marking of the old scheme; empty for any other. No old marking is the same as one of today."""
    if not (_EVEN_BESIDE.search(marking) or (_SUPERSEDED.search(marking) and not _CURRENT.search(marking))):
        return ""
    if re.search(r"(?i)not\s+protectively|npm|unclassified", marking):
        return "Write OFFICIAL, or no marking."
    if re.search(r"(?i)confidential", marking):
        return "Whoever wrote it decides between OFFICIAL-SENSITIVE and SECRET."
    return "Write OFFICIAL, or OFFICIAL-SENSITIVE where it needs care in handling."


class Edition(Record):
    """How the document for one audience is made."""

    audience: Audience = needed("the audience that it is for")
    marking: str = key("the words at the top and bottom of every page", default="")
    start: date | None = key("its first day", name="from", default=None)
    marking_before: str = key("the marking until then", default="")
    hide_small: bool = key("whether small numbers are hidden in it", default=True)

    def marked_on(self, day: date) -> str:
        """The marking that a document of that day carries."""
        return self.marking_before if self.start is not None and day < self.start else self.marking


class Accepted(Record):
    """A known problem that somebody accepts for a time: named by its fingerprint, or by kind and place."""

    problem: str = key("its fingerprint, as `check --json` prints it; it comes back when it changes", default="")
    kind: str = key("its kind, such as month-missing", default="")
    file: str = key("the file that it is in", default="")
    sheet: str = key("the sheet that it is on", default="")
    cell: str = key("the cell or line where it stands", default="")
    by: str = needed("who accepts it", default="")
    reason: str = needed("why", default="")
    until: date = needed("the last day on which it is accepted", default=date.min)

    def covers(self, problem: Problem, day: date) -> bool:
        """Whether that problem is accepted on that day."""
        if day > self.until:
            return False
        if self.problem:
            return self.problem == problem.fingerprint
        named = ((self.file, problem.source.file), (self.sheet, problem.source.sheet), (self.cell, problem.source.cell))
        return self.kind == problem.kind and all(wanted in ("", is_) for wanted, is_ in named)


class Abbreviation(Record):
    """An abbreviation that is spelt out at its first use."""

    short: str = needed("the abbreviation")
    long: str = needed("what it stands for")


class Gets(StrEnum):
    """What a recipient is sent."""

    PACK = "pack"
    ANNEX = "annex"
    SHEET = "own sheet"
    REPLY_FORM = "reply form"
    REMINDERS = "reminders"
    CALENDAR = "calendar"


class Recipient(Record):
    """Who is sent what. Nobody is sent anything that no person has released."""

    post: str = key("the post (its id): whoever holds it that day", default="")
    name: str = key("a named person, such as a staff officer who gets that post's letters", default="")
    email: str = key("their address; without it the holder's own", default="")
    edition: Audience = needed("the edition that they get", default=Audience.PUBLIC)
    gets: tuple[Gets, ...] = key("what they are sent", default=())
    areas: tuple[str, ...] = key("the areas (their id) that their own sheet is about; without it all", default=())
    series: tuple[str, ...] = key("the meeting series (their id) whose letters they get; without it all", default=())
    attach_up_to: int = key("megabytes that a letter to them may have, where fewer than in [mail]", default=0)
    source: Source = Source(OFFICE_FILE)


class Tls(StrEnum):
    """How the connection to the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class SignIn(StrEnum):
    """How one signs in at the mail server."""

    PASSWORD = "password"
    XOAUTH2 = "xoauth2"
    NONE = "none"


class Mail(Record):
    """How letters leave. The password itself never stands in a file here."""

    server: str = key("the mail server; without one letters are laid into a folder, as a rehearsal", default="")
    port: int = key("its port", least=1, default=587)
    tls: Tls = key("how the connection is kept private", default=Tls.STARTTLS)
    sign_in: SignIn = key("how to sign in", default=SignIn.PASSWORD)
    user: str = key("the name to sign in with; without it the sender's address", default="")
    password_from: str = key("where the password is: env:NAME, file:PATH or command:WORDS", default="")
    sender: str = key("the sender's address", name="from", default="")
    reply_to: str = key("where replies go; without it to the sender", default="")
    folder: str = key("the folder for rehearsals, inside build/", default="letters")
    attach_up_to: int = key("megabytes that one letter may have; what is larger goes as a link, papers in parts", default=10)
    files_at: str = key(
        "where readers find what is too large to attach: a shared folder or an address; without it such a letter is refused",
        default="",
    )
    ca_file: str = key(
        "a file of certificates to trust, for a mail server whose certificate no public authority signed", default=""
    )
    source: Source = Source(OFFICE_FILE)


class Memory(Record):
    """Where the ledger is, when it is not in inputs/memory, and where its backups are twice. The password itself never stands in a file here."""

    second: str = key(
        "a folder on another machine or drive that gets a copy of every backup and of the outbox's journal", default=""
    )
    url: str = key(
        "a PostgreSQL database: postgresql://user@server/database; the password is in PGPASSWORD or a pgpass file", default=""
    )


class Withholding(Record):
    """A reason why an item is left out of an edition, as it is printed there; the item names it: `withheld = "ID"`."""

    id: str = needed("its short name in these files")
    reason: str = needed("the reason, a whole sentence")
    exemption: str = key("its exemption, for the disclosure log", default="")
    audience: str = key(
        "no longer used: a reason does not follow from who may read an item; name it at the item, as withheld", default=""
    )


class Publication(Record):
    """What is published, and when. Without `law` the checklist warns."""

    agenda_days: int = key("a public agenda is out so many working days before", default=5)
    notes_days: int = key("notes are out so many days after", default=14)
    recommendation_days: int = key("a recommendation is answered so many days after its report", default=56)
    law: str = key("who checked these days against the law", default="")
    national: str = key("an address: national priorities", default="")
    inspections: str = key("an address: inspections and answers", default="")
    complaints: str = key("an address: complaints", default="")
    own_references: bool = key("public papers print the office's own references, which count", default=False)


class Closure(Record):
    """Days on which no meeting is proposed."""

    start: date = needed("the first day", name="from")
    end: date = key("the last day; without it the first day alone", name="to")
    reason: str = key("why", default="")

    def settled(self) -> "Closure":
        """The first day alone, where no last one is given."""
        return replace(self, end=self.end or self.start)


class Holidays(StrEnum):
    """Whose bank holidays the office keeps."""

    ENGLAND_AND_WALES = "england and wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern ireland"
    NONE = "none"


class AppendixPlace(StrEnum):
    """Where a pack's appendix stands."""

    OWN_FILE = "own file"
    BOUND = "bound"


class Office(Record):
    """The office itself. These keys stand first in the file, before any heading."""

    name: str = needed("the office's name")
    short_name: str = key("its short name or abbreviation")
    force: str = needed("the force that it holds to account")
    areas: tuple[Area, ...] = needed("the places that figures are about", name="area")
    posts: tuple[Post, ...] = needed("the posts", name="post")
    people: tuple[Person, ...] = key("the people who hold them", name="person")
    topics: tuple[Topic, ...] = key("the subjects of the meetings", name="topic")
    series: tuple[MeetingSeries, ...] = needed("the kinds of meeting")
    editions: tuple[Edition, ...] = key("the editions", name="edition")
    abbreviations: tuple[Abbreviation, ...] = key("the abbreviations", name="abbreviation", default=())
    contact: str = key("whom to ask about a pack, with telephone or address", default="")
    figures_note: str = key("a remark on every cover about the figures, such as that they are provisional", default="")
    language: str = key("the language of the documents", default="en-GB")
    area_noun: str = key("what one part of the force is called", default="area")
    area_noun_plural: str = key("what several parts are called", default="areas")
    bank_holidays: Holidays = key("whose bank holidays the office keeps", default=Holidays.ENGLAND_AND_WALES)
    appendix: AppendixPlace = key(
        "where a pack's appendix stands: in a file of its own beside the pack, or bound into it", default=AppendixPlace.OWN_FILE
    )
    recipients: tuple[Recipient, ...] = key("who is sent what", name="recipient", default=())
    mail: Mail = key("how letters leave", default=Mail())
    memory: Memory = key("where the ledger is", default=Memory())
    due: DueRules = key("what the machine does by itself, and when", default=DueRules())
    withholdings: tuple[Withholding, ...] = key("why items are withheld", name="withholding", default=())
    publication: Publication = key("publishing", default=Publication())
    closures: tuple[Closure, ...] = key("days without meetings", name="closure", default=())
    accepted: tuple[Accepted, ...] = key("known problems that are accepted", default=())
    name_from: date | None = key("its name's first day", default=None)
    name_before: str = key("its name until then", default="")
    source: Source = Source(OFFICE_FILE)
    citing: tuple[tuple[str, str], ...] = ()  # how the public's editions name the rows of its register

    def settled(self) -> "Office":
        """Without a short name the office goes by its whole one."""
        return replace(self, short_name=self.short_name or self.name)

    def name_on(self, day: date) -> str:
        """What the office is called on that day."""
        return _name_on(day, self.name, self.name_from, self.name_before)

    @property
    def force_area(self) -> Area:
        """The whole force."""
        return next(area for area in self.areas if area.kind is AreaKind.FORCE)

    def parts_on(self, day: date) -> tuple[Area, ...]:
        """The force's areas on that day, in the order of the settings."""
        return tuple(area for area in self.areas if area.kind is AreaKind.PART and area.exists_on(day))

    def post(self, post_id: str) -> Post | None:
        """The post of that id."""
        return next((post for post in self.posts if post.id == post_id), None)

    def post_on(self, post_id: str, day: date) -> Post | None:
        """The post that holds its duties on that day: itself, or whichever has taken over from it."""
        post, passed = self.post(post_id), {""}
        while post is not None and post.end is not None and post.end < day and post.successor not in passed:
            passed.add(post.successor)
            post = self.post(post.successor) or post
        return post

    def area(self, area_id: str) -> Area | None:
        """The area of that id."""
        return next((area for area in self.areas if area.id == area_id), None)

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of that id."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def within(self, topics: Iterable[str]) -> frozenset[str]:
        """These topics (their ids), and all that stand under them."""
        found = frozenset(topics)
        below = found.union(one.id for one in self.topics if one.under in found)
        return below if below == found else self.within(below)

    def own_edition(self, series_id: str) -> Audience:
        """The edition that packs of that series are for; the office's where there is no such series."""
        return own_edition(self.series_of(series_id))

    def series_of(self, series_id: str) -> MeetingSeries | None:
        """The meeting series of that id."""
        return next((series for series in self.series if series.id == series_id), None)

    def holders_on(self, post_id: str, day: date) -> tuple[Person, ...]:
        """Who held the post on that day; several where it is shared, none where it was vacant."""
        post = self.post_on(post_id, day)
        return tuple(one for one in self.people if post is not None and one.post == post.id and one.holds_on(day))

    def reason(self, given: str) -> str:
        """The reason that a person gave for withholding: the sentence of that id, else their own words."""
        return next((one.reason for one in self.withholdings if one.id == given), given)

    def edition(self, audience: Audience) -> Edition:
        """The edition for that audience; one with no marking where the settings have none."""
        return next((edition for edition in self.editions if edition.audience is audience), Edition(audience))
