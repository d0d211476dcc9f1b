"""The tables of office.toml as the office they describe."""

from datetime import date

from reportpack.model.due_rules import DueRules
from reportpack.model.office import (
    Abbreviation,
    Accepted,
    Area,
    Closure,
    Edition,
    Mail,
    MeetingSeries,
    Office,
    Person,
    Post,
    Recipient,
    Topic,
    Withholding,
)
from reportpack.model.source import Source
from reportpack.settings import keys_office as keys
from reportpack.toml.agenda import agenda_item
from reportpack.toml.text import Table, records

OFFICE_FILE = "office.toml"


def office_from(root: Table) -> Office:
    """The office; entries that lack what they need are left out, each with its fault in `root.faults`."""
    top = keys.OfficeKeys
    return Office(
        name=root.take(top.name_),
        short_name=root.take(top.short_name) or root.take(top.name_),
        force=root.take(top.force),
        areas=records(root.each(top.area), _area),
        posts=records(root.each(top.post), _post),
        people=records(root.each(top.person), _person),
        topics=records(root.each(top.topic), _topic),
        series=records(root.each(top.series), _series),
        editions=records(root.each(top.edition), _edition),
        abbreviations=records(root.each(top.abbreviation), _abbreviation),
        accepted=records(root.each(top.accepted), _accepted),
        figures_note=root.take(top.figures_note),
        contact=root.take(top.contact),
        language=root.take(top.language),
        area_noun=root.take(top.area_noun),
        area_noun_plural=root.take(top.area_noun_plural),
        recipients=records(root.each(top.recipient), _recipient),
        mail=_mail(root.one(top.mail)),
        due=_due(root.one(top.due)),
        withholdings=records(root.each(top.withholding), _withholding),
        closures=records(root.each(top.closure), _closure),
        bank_holidays=root.take(top.bank_holidays),
        source=_source(root),
    )


def _source(table: Table) -> Source:
    return Source(OFFICE_FILE, cell=f"line {table.line()}")


def _area(table: Table) -> Area:
    key = keys.AreaKeys
    return Area(
        id=table.take(key.id_),
        name=table.take(key.name_),
        kind=table.take(key.kind),
        aliases=table.take(key.aliases),
        start=table.take(key.from_),
        end=table.take(key.to),
        successors=table.take(key.successors),
        population=table.take(key.population),
    )


def _post(table: Table) -> Post:
    key = keys.PostKeys
    take = table.take
    return Post(take(key.id_), take(key.title), take(key.abbreviation), take(key.side), take(key.aliases))


def _person(table: Table) -> Person:
    key = keys.PersonKeys
    take = table.take
    return Person(take(key.name_), take(key.post), take(key.from_), take(key.to), take(key.email))


def _topic(table: Table) -> Topic:
    key = keys.TopicKeys
    take = table.take
    return Topic(take(key.id_), take(key.title), take(key.aliases), take(key.audience), take(key.under), take(key.withheld))


def _series(table: Table) -> MeetingSeries:
    key = keys.SeriesKeys
    rule = table.take(key.recurrence)
    return MeetingSeries(
        id=table.take(key.id_),
        title=table.take(key.title),
        chair=table.take(key.chair),
        note_taker=table.take(key.note_taker),
        venue=table.take(key.venue),
        start_time=table.take(key.time) or (rule.start_time if rule is not None else None),
        recurrence=rule,
        expected=table.take(key.expected),
        agenda=records(table.each(key.agenda), agenda_item),
        edition=table.take(key.edition),
        public=table.take(key.public),
        papers_days=table.take(key.papers_days),
        lasts=table.take(key.lasts),
    )


def _edition(table: Table) -> Edition:
    key = keys.EditionKeys
    return Edition(table.take(key.audience), table.take(key.marking), table.take(key.hide_small))


def _abbreviation(table: Table) -> Abbreviation:
    return Abbreviation(table.take(keys.AbbreviationKeys.short), table.take(keys.AbbreviationKeys.long))


def _accepted(table: Table) -> Accepted:
    key = keys.AcceptedKeys
    return Accepted(
        problem=table.take(key.problem),
        by=table.take(key.by),
        reason=table.take(key.reason),
        until=table.take(key.until) or date.min,
        kind=table.take(key.kind),
        file=table.take(key.file),
        sheet=table.take(key.sheet),
        cell=table.take(key.cell),
    )


def _recipient(table: Table) -> Recipient:
    key = keys.RecipientKeys
    return Recipient(
        edition=table.take(key.edition),
        gets=table.take(key.gets),
        post=table.take(key.post),
        name=table.take(key.name_),
        email=table.take(key.email),
        areas=table.take(key.areas),
        series=table.take(key.series),
        source=_source(table),
    )


def _mail(table: Table) -> Mail:
    key = keys.MailKeys
    return Mail(
        server=table.take(key.server),
        port=table.take(key.port),
        tls=table.take(key.tls),
        sign_in=table.take(key.sign_in),
        user=table.take(key.user),
        password_from=table.take(key.password_from),
        sender=table.take(key.from_),
        reply_to=table.take(key.reply_to),
        folder=table.take(key.folder),
        attach_up_to=table.take(key.attach_up_to),
        files_at=table.take(key.files_at),
        ca_file=table.take(key.ca_file),
        source=_source(table),
    )


def _due(table: Table) -> DueRules:
    key = keys.DueKeys
    take = table.take
    return DueRules(
        commission=take(key.commission),
        draft=take(key.draft),
        final=take(key.final),
        chase=take(key.chase),
        remind=take(key.remind),
        annex=take(key.annex),
        monthly=min(take(key.monthly), 28),
        alone=take(key.alone),
        tell=take(key.tell),
    )


def _withholding(table: Table) -> Withholding:
    key = keys.WithholdingKeys
    return Withholding(table.take(key.id_), table.take(key.reason))


def _closure(table: Table) -> Closure:
    key = keys.ClosureKeys
    start = table.take(key.from_) or date.min
    return Closure(start, table.take(key.to) or start, table.take(key.reason))
