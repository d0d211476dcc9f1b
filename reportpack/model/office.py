"""The office as its settings describe it: areas, posts, people, meetings, editions."""

from datetime import date, time
from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.model.problem import Problem, Source
from reportpack.model.recurrence import DueRules, Recurrence
from reportpack.records import dataclass


class AreaKind(StrEnum):
    """What an area is to the force: the whole of it, a part, or another force."""

    FORCE = "force"
    PART = "part"
    PEER = "peer"


@dataclass(frozen=True, slots=True)
class Population:
    """How many people lived in an area in a year."""

    year: int
    people: int


@dataclass(frozen=True, slots=True)
class Area:
    """A place that figures are about, under its names, while it existed."""

    id: str
    name: str
    kind: AreaKind = AreaKind.PART
    aliases: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()
    population: int | None = None
    populations: tuple[Population, ...] = ()
    similar: bool = False  # of another force: whether it is one of the group of most similar ones

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


@dataclass(frozen=True, slots=True)
class Post:
    """A post that acts, speaks and owns actions; people hold it for a time. Matched as a whole word only."""

    id: str
    title: str
    abbreviation: str
    side: Side = Side.OTHER
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds a post, and when."""

    name: str
    post: str
    start: date | None = None
    end: date | None = None
    email: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the post was theirs on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject under its many names: aliases, never a second topic. `under` is the wider topic whose agenda line it is taken at."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    audience: Audience = Audience.OFFICE
    under: str = ""
    harm: int = 3  # how much harm the subject does, from 1 to 5: of two signals alike the more harmful comes first
    withheld: str = ""
    """Why it is left out of an edition: the id of one of the office's reasons, or a person's own words; so for the others."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called: as printed, by its id, by its aliases."""
        return self.title, self.id, *self.aliases


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of an agenda. `number` is as printed (`2.1.3`); `topic` is empty for items that are not about one."""

    number: str
    title: str
    topic: str = ""
    lead: str = ""
    audience: Audience = Audience.OFFICE
    public_title: str = ""
    withheld: str = ""

    @property
    def depth(self) -> int:
        """1 for `2`, 3 for `2.1.3`."""
        return self.number.rstrip(".").count(".") + 1


@dataclass(frozen=True, slots=True)
class MeetingSeries:
    """Meetings of one kind: what they share unless one says otherwise. `edition` is the series' own."""

    id: str
    title: str
    chair: str = ""
    note_taker: str = ""
    venue: str = ""
    start_time: time | None = None
    recurrence: Recurrence | None = None
    expected: tuple[str, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    edition: Audience = Audience.OFFICE
    public: bool = False
    papers_days: int = 7
    lasts: int = 120  # minutes


def own_edition(series: MeetingSeries | None) -> Audience:
    """The series' own edition; the office's where it is not known."""
    return series.edition if series is not None else Audience.OFFICE


@dataclass(frozen=True, slots=True)
class Edition:
    """How the document for one audience is made: its marking, and whether small cells are hidden in it."""

    audience: Audience
    marking: str = ""
    hide_small: bool = True


@dataclass(frozen=True, slots=True)
class Accepted:
    """A known problem that a person accepts until a day. `problem` is its fingerprint, and it comes back when that changes; else
    `kind`, `file`, `sheet` and `cell` name it, those that are given."""

    problem: str
    by: str
    reason: str
    until: date
    kind: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""

    def covers(self, problem: Problem, day: date) -> bool:
        """Whether that problem is accepted on that day."""
        if day > self.until:
            return False
        if self.problem:
            return self.problem == problem.fingerprint
        named = ((self.file, problem.source.file), (self.sheet, problem.source.sheet), (self.cell, problem.source.cell))
        return self.kind == problem.kind and all(wanted in ("", is_) for wanted, is_ in named)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Spelt out at first use, and listed."""

    short: str
    long: str


class Gets(StrEnum):
    """What a recipient is sent."""

    PACK = "pack"
    ANNEX = "annex"
    SHEET = "own sheet"
    REPLY_FORM = "reply form"
    REMINDERS = "reminders"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is sent what: whoever holds `post` that day, or with `email` a named person (`name`) who gets that post's letters.
    `areas` narrows their own sheet to areas; `series` to meeting series, where empty means all of them."""

    edition: Audience
    gets: tuple[Gets, ...]
    post: str = ""
    name: str = ""
    email: str = ""
    areas: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    source: Source = Source("office.toml")


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


@dataclass(frozen=True, slots=True)
class Mail:
    """How letters leave. Without a server they are laid into `folder`: a rehearsal. `files_at` is where readers find what is too
    large. `password_from` says where the password or token is: `env:NAME`, `file:PATH` or `command:WORDS`; never what it is."""

    server: str = ""
    port: int = 587
    tls: Tls = Tls.STARTTLS
    sign_in: SignIn = SignIn.PASSWORD
    user: str = ""
    password_from: str = ""
    sender: str = ""
    reply_to: str = ""
    folder: str = "letters"
    attach_up_to: int = 10  # megabytes; what is larger goes as a link
    files_at: str = ""
    ca_file: str = ""
    source: Source = Source("office.toml")


@dataclass(frozen=True, slots=True)
class Withholding:
    """A reason why an item is left out of an edition, as it is printed there. A person chooses it for the item, by its id."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which no meeting is held: the first and the last."""

    start: date
    end: date
    reason: str = ""


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


@dataclass(frozen=True, slots=True)
class Office:
    """Everything office.toml says. `figures_note` is printed on every cover (illustrative figures, provisional data)."""

    name: str
    short_name: str
    force: str
    areas: tuple[Area, ...]
    posts: tuple[Post, ...]
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    series: tuple[MeetingSeries, ...]
    editions: tuple[Edition, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    figures_note: str = ""
    contact: str = ""
    language: str = "en-GB"
    area_noun: str = "area"
    area_noun_plural: str = "areas"
    recipients: tuple[Recipient, ...] = ()
    mail: Mail = Mail()
    due: DueRules = DueRules()
    withholdings: tuple[Withholding, ...] = ()
    closures: tuple[Closure, ...] = ()
    bank_holidays: Holidays = Holidays.ENGLAND_AND_WALES
    appendix: AppendixPlace = AppendixPlace.OWN_FILE
    source: Source = Source("office.toml")

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

    def area(self, area_id: str) -> Area | None:
        """The area of that id."""
        return next((area for area in self.areas if area.id == area_id), None)

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of that id."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def own_edition(self, series_id: str) -> Audience:
        """The edition that packs of that series are for; the office's where there is no such series."""
        return own_edition(self.series_of(series_id))

    def series_of(self, series_id: str) -> MeetingSeries | None:
        """The meeting series of that id."""
        return next((series for series in self.series if series.id == series_id), None)

    def holders_on(self, post_id: str, day: date) -> tuple[Person, ...]:
        """Who held the post on that day; several where it is shared, none where it was vacant."""
        return tuple(person for person in self.people if person.post == post_id and person.holds_on(day))

    def reason(self, given: str) -> str:
        """The reason that a person gave for withholding: the sentence of that id, else their own words."""
        return next((one.reason for one in self.withholdings if one.id == given), given)

    def edition(self, audience: Audience) -> Edition:
        """The edition for that audience; one with no marking where the settings have none."""
        return next((edition for edition in self.editions if edition.audience is audience), Edition(audience))
