"""Every key of office.toml, once: its name, what it means, how it is read. docs/settings.md prints these lines."""

from reportpack.model.audience import Audience
from reportpack.model.due_rules import Alone
from reportpack.model.office import AreaKind, Gets, Holidays, Side, SignIn, Tls
from reportpack.settings.recurrence import recurrence
from reportpack.toml import text as toml
from reportpack.toml.agenda import UNKNOWN_AUDIENCE, AgendaKeys


class AreaKeys(toml.Keys):
    """A place that figures are about: the force, a part of it, or another force to compare with."""

    id_ = toml.slug("its short name in these files", required=True)
    name_ = toml.text("its name as printed", required=True)
    kind = toml.choice("the whole force, a part of it, or a peer: another force", AreaKind, AreaKind.PART)
    aliases = toml.texts("other names that workbooks and notes use for it")
    from_ = toml.day("the first day on which it was an area")
    to = toml.day("the last day on which it was an area")
    successors = toml.texts("the areas (their id) that took its place")
    population = toml.maybe_whole("how many people live there", least=1)


class PostKeys(toml.Keys):
    """A post that acts, speaks and owns actions. Posts are matched as whole words only."""

    id_ = toml.slug("its short name in these files", required=True)
    title = toml.text("its title as printed", required=True)
    abbreviation = toml.text("its abbreviation, which no other post has", required=True)
    side = toml.choice("whose post it is", Side, Side.OTHER)
    aliases = toml.texts("other words that notes and registers use for it")


class PersonKeys(toml.Keys):
    """Who holds a post, and when. A post can be shared, or vacant for a time."""

    name_ = toml.text("the person's name", required=True)
    post = toml.text("the post (its id) that they hold", required=True)
    from_ = toml.day("their first day in the post")
    to = toml.day("their last day in the post")
    email = toml.text("where their letters go")


class TopicKeys(toml.Keys):
    """A subject of the meetings. Its other names are aliases, never a second topic."""

    id_ = toml.slug("its short name in these files", required=True)
    title = toml.text("its title as printed", required=True)
    aliases = toml.texts("other names that agendas, notes and registers use for it")
    under = toml.text("the topic (its id) under whose agenda item it is taken, where it has none of its own")
    audience = toml.choice("who may read its page", Audience, Audience.OFFICE, wrong=UNKNOWN_AUDIENCE)
    withheld = toml.text("why it is withheld from others: the id of one of the office's reasons, or your own sentence")


class SeriesKeys(toml.Keys):
    """Meetings of one kind: what they share unless one says otherwise."""

    id_ = toml.slug("the second half of its meetings' ids: 2019-05-28-ID", required=True)
    title = toml.text("the title of its meetings", required=True)
    chair = toml.text("the post (its id) in the chair")
    note_taker = toml.text("the post (its id) that takes the notes")
    venue = toml.text("where it meets")
    time = toml.clock("when it begins")
    recurrence = recurrence("when it meets, in words or as an RRULE")
    lasts = toml.whole("how many minutes it lasts, for calendars", least=1, default=120)
    expected = toml.texts("the posts (their id) expected to attend")
    edition = toml.choice("the audience that its packs are for", Audience, Audience.OFFICE, wrong=UNKNOWN_AUDIENCE)
    public = toml.flag("whether it is held in public")
    papers_days = toml.whole("how many days before the meeting its papers are wanted", default=7)
    agenda = toml.tables("its agenda, one table a line", AgendaKeys)


class EditionKeys(toml.Keys):
    """How the document for one audience is made."""

    audience = toml.choice("the audience that it is for", Audience, Audience.OFFICE, required=True, wrong=UNKNOWN_AUDIENCE)
    marking = toml.text("the words at the top and bottom of every page")
    hide_small = toml.flag("whether small numbers are hidden in it", default=True)


class AbbreviationKeys(toml.Keys):
    """An abbreviation that is spelt out at its first use."""

    short = toml.text("the abbreviation", required=True)
    long = toml.text("what it stands for", required=True)


class RecipientKeys(toml.Keys):
    """Who is sent what. Nobody is sent anything that no person has released."""

    post = toml.text("the post (its id): whoever holds it that day")
    name_ = toml.text("a named person, such as a staff officer who gets that post's letters")
    email = toml.text("their address; without it the holder's own")
    edition = toml.choice("the edition that they get", Audience, Audience.PUBLIC, required=True, wrong=UNKNOWN_AUDIENCE)
    gets = toml.choices("what they are sent", Gets)
    areas = toml.texts("the areas (their id) that their own sheet is about; without it all")
    series = toml.texts("the meeting series (their id) whose letters they get; without it all")


class MailKeys(toml.Keys):
    """How letters leave. The password itself never stands in a file here."""

    server = toml.text("the mail server; without one letters are laid into a folder, as a rehearsal")
    port = toml.whole("its port", least=1, default=587)
    tls = toml.choice("how the connection is kept private", Tls, Tls.STARTTLS)
    sign_in = toml.choice("how to sign in", SignIn, SignIn.PASSWORD)
    user = toml.text("the name to sign in with; without it the sender's address")
    password_from = toml.text("where the password is: env:NAME, file:PATH or command:WORDS")
    from_ = toml.text("the sender's address")
    reply_to = toml.text("where replies go; without it to the sender")
    folder = toml.text("the folder for rehearsals, inside build/", default="letters")
    attach_up_to = toml.whole("megabytes that may be attached; what is larger goes as a link", default=10)
    files_at = toml.text(
        "where readers find what is too large to attach: a shared folder or an address; without it such a letter is refused"
    )
    ca_file = toml.text("a file of certificates to trust, for a mail server whose certificate no public authority signed")


class MemoryKeys(toml.Keys):
    """Where the ledger is, when it is not in inputs/memory. The password itself never stands in a file here."""

    url = toml.text("a PostgreSQL database: postgresql://user@server/database; the password is in PGPASSWORD or a pgpass file")


class DueKeys(toml.Keys):
    """What `reportpack due` does, and how many days before or after."""

    commission = toml.whole("days before a meeting on which the commissioning note is written", default=21)
    draft = toml.whole("days before it on which a draft pack is built", default=14)
    final = toml.whole("days before it on which the final pack is built, and what is released goes", default=7)
    chase = toml.wholes("days after a paper or figures were wanted on which they are asked for again", default=(1, 4))
    remind = toml.wholes("days before an action's day on which its owner is reminded; 0 is the day itself", default=(7, 0))
    annex = toml.wholes("days after a meeting on which you are reminded of its notes until they are issued", default=(2, 7))
    monthly = toml.whole("the day of the month on which a pack is built even where no meeting is set; 0: never", default=1)
    alone = toml.choices("what may go without your word; what is not named here is prepared, and waits for you", Alone)
    tell = toml.text(
        "the post (its id) that is told what was done, what waits and what failed; without it the one that takes notes"
    )


class WithholdingKeys(toml.Keys):
    """A reason why an item is left out of an edition, as it is printed there; the item names it: `withheld = "ID"`."""

    id_ = toml.slug("its short name in these files", required=True)
    reason = toml.text("the reason, a whole sentence", required=True)
    audience = toml.text("no longer used: a reason does not follow from who may read an item; name it at the item, as withheld")


class ClosureKeys(toml.Keys):
    """Days on which no meeting is proposed."""

    from_ = toml.day("the first day", required=True)
    to = toml.day("the last day; without it the first day alone")
    reason = toml.text("why")


class AcceptedKeys(toml.Keys):
    """A known problem that somebody accepts for a time: named by its fingerprint, or by kind and place."""

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

    name_ = toml.text("the office's name", required=True)
    short_name = toml.text("its short name or abbreviation")
    force = toml.text("the force that it holds to account", required=True)
    contact = toml.text("whom to ask about a pack, with telephone or address")
    figures_note = toml.text("a remark on every cover about the figures, such as that they are provisional")
    language = toml.text("the language of the documents", default="en-GB")
    area_noun = toml.text("what one part of the force is called", default="area")
    area_noun_plural = toml.text("what several parts are called", default="areas")
    bank_holidays = toml.choice("whose bank holidays the office keeps", Holidays, Holidays.ENGLAND_AND_WALES)
    area = toml.tables("the places that figures are about", AreaKeys, required=True)
    post = toml.tables("the posts", PostKeys, required=True)
    person = toml.tables("the people who hold them", PersonKeys)
    topic = toml.tables("the subjects of the meetings", TopicKeys)
    series = toml.tables("the kinds of meeting", SeriesKeys, required=True)
    edition = toml.tables("the editions", EditionKeys)
    abbreviation = toml.tables("the abbreviations", AbbreviationKeys)
    recipient = toml.tables("who is sent what", RecipientKeys)
    mail = toml.table("how letters leave", MailKeys)
    memory = toml.table("where the ledger is", MemoryKeys)
    due = toml.table("what the machine does by itself, and when", DueKeys)
    withholding = toml.tables("why items are withheld", WithholdingKeys)
    closure = toml.tables("days without meetings", ClosureKeys)
    accepted = toml.tables("known problems that are accepted", AcceptedKeys)
