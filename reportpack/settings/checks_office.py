"""What must hold between the tables of office.toml."""

from datetime import date

from reportpack import patterns as re
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.office import AreaKind, Side
from reportpack.settings import keys_office as keys
from reportpack.toml.agenda import check_agenda, check_width
from reportpack.toml.checks import in_order, is_address, meet, names_reason, refers, refers_all, spoken, unique
from reportpack.toml.text import Key, Table

_SUPERSEDED = re.compile(r"\b(not\s+protectively\s+marked|npm|protect)\b", re.IGNORECASE)
_SUPERSEDED_ALONE = re.compile(r"\b(restricted|confidential|unclassified)\b", re.IGNORECASE)
"""Words of the protective marking scheme that ended on 2 April 2014 (Government Security Classifications, Cabinet Office)."""
_CURRENT = re.compile(r"\b(official|secret)\b", re.IGNORECASE)


def check_office(root: Table) -> None:
    """Note a fault for everything that does not hold."""
    for check in (_names, _references, _areas, _people, _editions, _withholdings, _recipients, _mail, _memory, _due, _accepted):
        check(root)
    for closure in root.each(keys.OfficeKeys.closure):
        in_order(closure, keys.ClosureKeys.from_, keys.ClosureKeys.to)


def ids(root: Table) -> dict[str, list[str]]:
    """The ids that other tables may refer to, by noun."""
    top = keys.OfficeKeys
    return {
        "area": [table.take(keys.AreaKeys.id_) for table in root.each(top.area)],
        "post": [table.take(keys.PostKeys.id_) for table in root.each(top.post)],
        "topic": [table.take(keys.TopicKeys.id_) for table in root.each(top.topic)],
        "series": [table.take(keys.SeriesKeys.id_) for table in root.each(top.series)],
        "reason": [table.take(keys.WithholdingKeys.id_) for table in root.each(top.withholding)],
    }


def _names(root: Table) -> None:
    """Ids and abbreviations are one thing's only, and so are all names that notes are matched by."""
    top = keys.OfficeKeys
    for each, own, noun in (
        (top.area, keys.AreaKeys.id_, "areas"),
        (top.post, keys.PostKeys.id_, "posts"),
        (top.topic, keys.TopicKeys.id_, "topics"),
        (top.series, keys.SeriesKeys.id_, "series"),
        (top.abbreviation, keys.AbbreviationKeys.short, "abbreviations"),
        (top.withholding, keys.WithholdingKeys.id_, "reasons"),
    ):
        unique(root.each(each), own, noun)
    _no_collision(root.each(top.post), (keys.PostKeys.title, keys.PostKeys.abbreviation), keys.PostKeys.aliases, "post")
    _no_collision(root.each(top.topic), (keys.TopicKeys.title,), keys.TopicKeys.aliases, "topic")


def _no_collision(tables: tuple[Table, ...], names: tuple[Key[str], ...], aliases: Key[tuple[str, ...]], noun: str) -> None:
    """No name belongs to two, whatever its case and spacing; as whole names: OCC, OPCC, CC, PC and PCC are five."""
    seen: dict[str, tuple[int, str]] = {}
    for order, table in enumerate(tables):
        label = table.take(names[0])
        every = [*((key.name, table.take(key)) for key in names), *((aliases.name, one) for one in table.take(aliases))]
        for key, name in every:
            other, other_label = seen.setdefault(spoken(name), (order, label))
            if other != order and name:
                found = f'"{name}" names two {noun}s: "{other_label}" and "{label}".'
                table.fault(key, "same-name", found, "Take the name out of one of them.")


def _areas(root: Table) -> None:
    """One force; areas that shared a name or followed one another never on the same day."""
    key = keys.AreaKeys
    areas = root.each(keys.OfficeKeys.area)
    forces = [table for table in areas if table.take(key.kind) is AreaKind.FORCE]
    if len(forces) != 1:
        found = f"{len(forces) or 'None'} of the areas {'are' if len(forces) > 1 else 'is'} the whole force."
        (forces[1] if forces else root).fault("kind", "no-force", found, 'Give exactly one area kind = "force".')
    by_id = {table.take(key.id_): table for table in areas}
    for table in areas:
        in_order(table, key.from_, key.to)
        refers_all(table, key.successors, list(by_id), "area")
        for name in table.take(key.successors):
            if name in by_id and meet(_span(table), _span(by_id[name])):
                found = f'"{table.take(key.name_)}" and its successor "{by_id[name].take(key.name_)}" exist on the same days.'
                table.fault("to", "areas-overlap", found, 'Give the older one "to" and the newer one "from", a day apart.')
    for order, table in enumerate(areas):
        together = [other for other in areas[:order] if meet(_span(table), _span(other))]
        _no_collision((*together, table), (key.name_,), key.aliases, "area")


def _span(table: Table) -> tuple[date | None, date | None]:
    return table.take(keys.AreaKeys.from_), table.take(keys.AreaKeys.to)


def _references(root: Table) -> None:
    """Topics refer to other topics, series to posts, that exist, in their agendas too; a series that gives its time twice gives the same."""
    known = ids(root)
    topics = root.each(keys.OfficeKeys.topic)
    audiences = {one.take(keys.TopicKeys.id_): one.take(keys.TopicKeys.audience) for one in topics}
    for topic in topics:
        others = [one for one in known["topic"] if one != topic.take(keys.TopicKeys.id_)]
        above = audiences.get(topic.take(keys.TopicKeys.under))
        check_width(topic, topic.take(keys.TopicKeys.audience), above, "the topic that it stands under")
        refers(topic, keys.TopicKeys.under, others, "topic")
        names_reason(topic, keys.TopicKeys.withheld, known["reason"])
    key = keys.SeriesKeys
    for series in root.each(keys.OfficeKeys.series):
        refers(series, key.chair, known["post"], "post")
        refers(series, key.note_taker, known["post"], "post")
        refers_all(series, key.expected, known["post"], "post")
        check_agenda(series.each(key.agenda), known["topic"], known["post"], known["reason"])
        given, rule = series.take(key.time), series.take(key.recurrence)
        if given and rule and rule.start_time and rule.start_time != given:
            found = f'"recurrence" says {rule.start_time:%H:%M}, and "time" says {given:%H:%M}.'
            series.fault("recurrence", "two-times", found, f"Put one of them right; until then {given:%H:%M} holds.")


def _people(root: Table) -> None:
    known = ids(root)["post"]
    for person in root.each(keys.OfficeKeys.person):
        refers(person, keys.PersonKeys.post, known, "post")
        in_order(person, keys.PersonKeys.from_, keys.PersonKeys.to)
        _address(person, "email", person.take(keys.PersonKeys.email))


def _editions(root: Table) -> None:
    """One edition an audience, and no marking of the scheme that ended in 2014."""
    seen: set[Audience] = set()
    for edition in root.each(keys.OfficeKeys.edition):
        audience = edition.take(keys.EditionKeys.audience)
        marking = edition.take(keys.EditionKeys.marking)
        if audience in seen:
            edition.fault("audience", "same-audience", f"Two editions are for {audience}.", "Take one of them out.")
        seen.add(audience)
        if _SUPERSEDED.search(marking) or (_SUPERSEDED_ALONE.search(marking) and not _CURRENT.search(marking)):
            found = f'"{marking}" is a marking of the scheme that ended on 2 April 2014.'
            remedy = "New documents carry OFFICIAL, or no marking; old ones keep theirs."
            edition.fault("marking", "marking-superseded", found, remedy)


def _withholdings(root: Table) -> None:
    """A reason is chosen by a person for an item; it does not follow from who may read it."""
    for one in root.each(keys.OfficeKeys.withholding):
        if one.has(keys.WithholdingKeys.audience):
            reason = one.take(keys.WithholdingKeys.id_)
            one.fault(
                "audience",
                "reason-of-an-audience",
                f'The reason "{reason}" is no longer given by itself to everything that is for "{one.take(keys.WithholdingKeys.audience)}".',
                f'Take this line out, and name the reason at each topic, item, paper or measure that it is for: withheld = "{reason}".',
            )


def _recipients(root: Table) -> None:
    """Somebody who can be reached, an edition that they may read, areas and series that exist."""
    known = ids(root)
    sides = {post.take(keys.PostKeys.id_): post.take(keys.PostKeys.side) for post in root.each(keys.OfficeKeys.post)}
    key = keys.RecipientKeys
    for one in root.each(keys.OfficeKeys.recipient):
        refers(one, key.post, known["post"], "post")
        refers_all(one, key.areas, known["area"], "area")
        refers_all(one, key.series, known["series"], "series")
        _address(one, "email", one.take(key.email))
        if not one.take(key.post) and not one.take(key.email):
            one.fault("", "no-recipient", "This recipient has neither a post nor an address.", "Give post, or name and email.")
        side = sides.get(one.take(key.post), Side.OFFICE)
        if side is not Side.OFFICE and not shows(one.take(key.edition), Part.OTHER_POSTS):
            found = f'"{one.take(key.post)}" is not a post of the office and would get the office\'s edition.'
            one.fault("edition", "edition-not-theirs", found, 'Write edition = "force" or edition = "public".')


def _address(table: Table, name: str, email: str) -> None:
    if email and not is_address(email):
        found = f'"{email[:60]}" is not an e-mail address.'
        table.fault(name, "not-an-address", found, "Write one address such as a.name@example.org.")


def _mail(root: Table) -> None:
    """A password never stands in the file; a server has a sender."""
    key = keys.MailKeys
    mail = root.one(keys.OfficeKeys.mail)
    for name in mail.values:
        if re.search(r"pass(word|wd)?$|secret|token", name, re.IGNORECASE):
            remedy = "Take it out, change the password, and say where it is kept with password_from."
            mail.fault(name, "password-in-file", "A password stands in the file.", remedy)
    if not re.match(r"(env|file|command):\S", mail.take(key.password_from) or "env:x"):
        remedy = "Write env:NAME, file:PATH or command:WORDS; never the password itself."
        mail.fault("password_from", "wrong-value", '"password_from" does not say where the password is kept.', remedy)
    _address(mail, "from", mail.take(key.from_))
    _address(mail, "reply_to", mail.take(key.reply_to))
    if mail.take(key.server) and not mail.take(key.from_):
        mail.fault("server", "no-sender", "There is a mail server but no sender.", "Add from, the sender's address.")


def _memory(root: Table) -> None:
    memory = root.one(keys.OfficeKeys.memory)
    url = memory.take(keys.MemoryKeys.url)
    if re.match(r"[^/]*//[^/@]*:[^/@]+@", url) or re.search(r"[?&]password=", url):
        remedy = "Take it out, change the password, and put it into PGPASSWORD or a pgpass file."
        memory.fault("url", "password-in-file", "A password stands in the file.", remedy)
    elif url and not re.match(r"postgresql://", url):
        memory.fault("url", "wrong-value", '"url" is no PostgreSQL database.', "Write it as postgresql://user@server/database.")


def _accepted(root: Table) -> None:
    key = keys.AcceptedKeys
    for one in root.each(keys.OfficeKeys.accepted):
        if not one.take(key.problem) and not (one.take(key.kind) and one.take(key.file)):
            one.fault("", "nothing-accepted", "This does not say which problem is accepted.", "Give problem, or kind and file.")


def _due(root: Table) -> None:
    """The note comes before the draft, the draft before the final pack; a month has 28 days; the post exists."""
    key = keys.DueKeys
    due = root.one(keys.OfficeKeys.due)
    refers(due, key.tell, ids(root)["post"], "post")
    for later, sooner in ((key.draft, key.commission), (key.final, key.draft)):
        if due.take(later) > due.take(sooner):
            found = f'"{later.name}" is {due.take(later)} days before the meeting, and "{sooner.name}" {due.take(sooner)}, which comes after it.'
            due.fault(later.name, "days-out-of-order", found, "Give commission the most days, then draft, then final.")
    if due.take(key.monthly) > 28:
        found = f'"monthly" is {due.take(key.monthly)}.'
        due.fault("monthly", "wrong-value", found, "Write a day that every month has: 1 to 28, or 0 for never.")
