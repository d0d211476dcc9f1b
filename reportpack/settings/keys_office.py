"""Every key of office.toml, once: its name, what it means, how it is read. The office is made by these lines, and docs/settings.md prints them."""

from dataclasses import replace

from reportpack.model.edition import UNKNOWN_AUDIENCE, Audience
from reportpack.model.office import (
    Abbreviation,
    Accepted,
    AppendixPlace,
    Area,
    AreaKind,
    Closure,
    Edition,
    Gets,
    Holidays,
    Mail,
    MeetingSeries,
    Office,
    Person,
    Population,
    Post,
    Recipient,
    Side,
    SignIn,
    Tls,
    Topic,
    Withholding,
)
from reportpack.model.recurrence import Alone, DueRules
from reportpack.settings.recurrence import recurrence
from reportpack.toml import text as toml
from reportpack.toml.agenda import AgendaKeys, for_whom

OFFICE_FILE = "office.toml"


class PopulationKeys(toml.Keys):
    """How many people lived in the area in one year."""

    makes = Population

    year = replace(toml.whole("the year", least=1800), required=True)
    people = replace(toml.whole("how many people lived there", least=1), required=True)


class AreaKeys(toml.Keys):
    """A place that figures are about: the force, a part of it, or another force to compare with."""

    makes = Area

    id_ = toml.slug("its short name in these files", required=True)
    name_ = toml.text("its name as printed", required=True)
    kind = toml.choice("the whole force, a part of it, or a peer: another force", AreaKind)
    aliases = toml.texts("other names that workbooks and notes use for it")
    from_ = toml.day("the first day on which it was an area").into("start")
    to = toml.day("the last day on which it was an area").into("end")
    successors = toml.texts("the areas (their id) that took its place")
    population = toml.maybe(toml.whole("how many people live there", least=1))
    populations = toml.tables("how many people lived there, year by year", PopulationKeys)
    similar = toml.flag("of another force: whether it is one of the group of most similar ones, to be ranked among")


class PostKeys(toml.Keys):
    """A post that acts, speaks and owns actions. Posts are matched as whole words only."""

    makes = Post

    id_ = toml.slug("its short name in these files", required=True)
    title = toml.text("its title as printed", required=True)
    abbreviation = toml.text("its abbreviation, which no other post has", required=True)
    side = toml.choice("whose post it is", Side)
    aliases = toml.texts("other words that notes and registers use for it")


class PersonKeys(toml.Keys):
    """Who holds a post, and when. A post can be shared, or vacant for a time."""

    makes = Person

    name_ = toml.text("the person's name", required=True)
    post = toml.text("the post (its id) that they hold", required=True)
    from_ = toml.day("their first day in the post").into("start")
    to = toml.day("their last day in the post").into("end")
    email = toml.text("where their letters go")


class TopicKeys(toml.Keys):
    """A subject of the meetings. Its other names are aliases, never a second topic."""

    makes = Topic

    id_ = toml.slug("its short name in these files", required=True)
    title = toml.text("its title as printed", required=True)
    aliases = toml.texts("other names that agendas, notes and registers use for it")
    under = toml.text("the topic (its id) under whose agenda item it is taken, where it has none of its own")
    harm = toml.whole(
        "how much harm it does to people, 1 (little) to 5 (most): what is more harmful comes first", least=1, most=5, default=3
    )
    audience = for_whom("who may read its page")
    withheld = toml.text("why it is withheld from others: the id of one of the office's reasons, or your own sentence")


class SeriesKeys(toml.Keys):
    """Meetings of one kind: what they share unless one says otherwise."""

    makes = MeetingSeries

    id_ = toml.slug("the second half of its meetings' ids: 2019-05-28-ID", required=True)
    title = toml.text("the title of its meetings", required=True)
    chair = toml.text("the post (its id) in the chair")
    note_taker = toml.text("the post (its id) that takes the notes")
    venue = toml.text("where it meets")
    time = toml.clock("when it begins").into("start_time")
    recurrence = recurrence("when it meets, in words or as an RRULE")
    lasts = toml.whole("how many minutes it lasts, for calendars", least=1)
    expected = toml.texts("the posts (their id) expected to attend")
    edition = for_whom("the audience that its packs are for")
    public = toml.flag("whether it is held in public")
    papers_days = toml.whole("how many days before the meeting its papers are wanted")
    agenda = toml.tables("its agenda, one table a line", AgendaKeys)

    @staticmethod
    def settle(made: MeetingSeries) -> MeetingSeries:
        """The time may stand in the words that say when it meets."""
        rule = made.recurrence
        return replace(made, start_time=rule.start_time) if made.start_time is None and rule is not None else made


class EditionKeys(toml.Keys):
    """How the document for one audience is made."""

    makes = Edition

    audience = for_whom("the audience that it is for", required=True)
    marking = toml.text("the words at the top and bottom of every page")
    hide_small = toml.flag("whether small numbers are hidden in it")


class AbbreviationKeys(toml.Keys):
    """An abbreviation that is spelt out at its first use."""

    makes = Abbreviation

    short = toml.text("the abbreviation", required=True)
    long = toml.text("what it stands for", required=True)


class RecipientKeys(toml.Keys):
    """Who is sent what. Nobody is sent anything that no person has released."""

    makes = Recipient

    post = toml.text("the post (its id): whoever holds it that day")
    name_ = toml.text("a named person, such as a staff officer who gets that post's letters")
    email = toml.text("their address; without it the holder's own")
    edition = toml.choice("the edition that they get", Audience, Audience.PUBLIC, required=True, wrong=UNKNOWN_AUDIENCE)
    gets = toml.choices("what they are sent", Gets)
    areas = toml.texts("the areas (their id) that their own sheet is about; without it all")
    series = toml.texts("the meeting series (their id) whose letters they get; without it all")


class MailKeys(toml.Keys):
    """How letters leave. The password itself never stands in a file here."""

    makes = Mail

    server = toml.text("the mail server; without one letters are laid into a folder, as a rehearsal")
    port = toml.whole("its port", least=1)
    tls = toml.choice("how the connection is kept private", Tls)
    sign_in = toml.choice("how to sign in", SignIn)
    user = toml.text("the name to sign in with; without it the sender's address")
    password_from = toml.text("where the password is: env:NAME, file:PATH or command:WORDS")
    from_ = toml.text("the sender's address").into("sender")
    reply_to = toml.text("where replies go; without it to the sender")
    folder = toml.text("the folder for rehearsals, inside build/")
    attach_up_to = toml.whole("megabytes that may be attached; what is larger goes as a link")
    files_at = toml.text(
        "where readers find what is too large to attach: a shared folder or an address; without it such a letter is refused"
    )
    ca_file = toml.text("a file of certificates to trust, for a mail server whose certificate no public authority signed")


class MemoryKeys(toml.Keys):
    """Where the ledger is, when it is not in inputs/memory, and where its backups are twice. The password itself never stands in a file here."""

    second = toml.text("a folder on another machine or drive that gets a copy of every backup and of the outbox's journal")
    url = toml.text("a PostgreSQL database: postgresql://user@server/database; the password is in PGPASSWORD or a pgpass file")


class DueKeys(toml.Keys):
    """What `reportpack due` does, and how many days before or after."""

    makes = DueRules

    commission = toml.whole("days before a meeting on which the commissioning note is written")
    draft = toml.whole("days before it on which a draft pack is built")
    final = toml.whole("days before it on which the final pack is built, and what is released goes")
    chase = toml.wholes("days after a paper or figures were wanted on which they are asked for again")
    remind = toml.wholes("days before an action's day on which its owner is reminded; 0 is the day itself")
    annex = toml.wholes("days after a meeting on which you are reminded of its notes until they are issued")
    monthly = toml.whole("the day of the month on which a pack is built even where no meeting is set; 0: never")
    alone = toml.choices("what may go without your word; what is not named here is prepared, and waits for you", Alone)
    tell = toml.text(
        "the post (its id) that is told what was done, what waits and what failed; without it the one that takes notes"
    )

    @staticmethod
    def settle(made: DueRules) -> DueRules:
        """Every month has 28 days."""
        return replace(made, monthly=min(made.monthly, 28))


class WithholdingKeys(toml.Keys):
    """A reason why an item is left out of an edition, as it is printed there; the item names it: `withheld = "ID"`."""

    makes = Withholding

    id_ = toml.slug("its short name in these files", required=True)
    reason = toml.text("the reason, a whole sentence", required=True)
    audience = toml.text(
        "no longer used: a reason does not follow from who may read an item; name it at the item, as withheld"
    ).into("")


class ClosureKeys(toml.Keys):
    """Days on which no meeting is proposed."""

    makes = Closure

    from_ = toml.day("the first day", required=True).into("start")
    to = toml.day("the last day; without it the first day alone").into("end")
    reason = toml.text("why")

    @staticmethod
    def settle(made: Closure) -> Closure:
        """The first day alone, where no last one is given."""
        return replace(made, end=made.end or made.start)


class AcceptedKeys(toml.Keys):
    """A known problem that somebody accepts for a time: named by its fingerprint, or by kind and place."""

    makes = Accepted

    problem = toml.text("its fingerprint, as `check --json` prints it; it comes back when it changes")
    kind = toml.text("its kind, such as month-missing")
    file = toml.text("the file that it is in")
    sheet = toml.text("the sheet that it is on")
    cell = toml.text("the cell or line where it stands")
    by = toml.text("who accepts it", required=True)
    reason = toml.text("why", required=True)
    until = toml.day("the last day on which it is accepted", required=True)


class OfficeKeys(toml.Keys):
    """The office itself. These keys stand first in the file, before any heading."""

    makes = Office

    name_ = toml.text("the office's name", required=True)
    short_name = toml.text("its short name or abbreviation")
    force = toml.text("the force that it holds to account", required=True)
    contact = toml.text("whom to ask about a pack, with telephone or address")
    figures_note = toml.text("a remark on every cover about the figures, such as that they are provisional")
    language = toml.text("the language of the documents")
    area_noun = toml.text("what one part of the force is called")
    area_noun_plural = toml.text("what several parts are called")
    bank_holidays = toml.choice("whose bank holidays the office keeps", Holidays)
    appendix = toml.choice(
        "where a pack's appendix stands: in a file of its own beside the pack, or bound into it", AppendixPlace
    )
    area = toml.tables("the places that figures are about", AreaKeys, required=True).into("areas")
    post = toml.tables("the posts", PostKeys, required=True).into("posts")
    person = toml.tables("the people who hold them", PersonKeys).into("people")
    topic = toml.tables("the subjects of the meetings", TopicKeys).into("topics")
    series = toml.tables("the kinds of meeting", SeriesKeys, required=True)
    edition = toml.tables("the editions", EditionKeys).into("editions")
    abbreviation = toml.tables("the abbreviations", AbbreviationKeys).into("abbreviations")
    recipient = toml.tables("who is sent what", RecipientKeys).into("recipients")
    mail = toml.table("how letters leave", MailKeys)
    memory = toml.table("where the ledger is", MemoryKeys).into("")
    due = toml.table("what the machine does by itself, and when", DueKeys)
    withholding = toml.tables("why items are withheld", WithholdingKeys).into("withholdings")
    closure = toml.tables("days without meetings", ClosureKeys).into("closures")
    accepted = toml.tables("known problems that are accepted", AcceptedKeys)

    @staticmethod
    def settle(made: Office) -> Office:
        """Without a short name the office goes by its whole one."""
        return replace(made, short_name=made.short_name or made.name)
