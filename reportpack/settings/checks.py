"""What must hold between the tables of office.toml, between those of measures.toml, and between the two."""

from datetime import date
from typing import Any

from reportpack import patterns as re
from reportpack.model import office as model
from reportpack.model.edition import Audience, Part, may_read, shows
from reportpack.model.measure import Correction, Measure, Measures, Place, Target
from reportpack.model.observation import Unit
from reportpack.model.recurrence import DueRules
from reportpack.toml.checks import check_agenda, check_width, in_order, is_address, names_reason, refers, unique
from reportpack.toml.text import Table

_MOST_AREAS = 250


def check_office(root: Table[model.Office]) -> None:
    """Note a fault for everything that does not hold."""
    for check in (_names, _references, _areas, _people, _editions, _withholdings, _recipients, _mail, _memory, _due, _accepted):
        check(root)
    for closure in root.each(model.Closure):
        in_order(closure)


def _ids(root: Table[model.Office], kind: Any) -> list[str]:
    return [one.made.id for one in root.each(kind)]


def _names(root: Table[model.Office]) -> None:
    """Ids and abbreviations are one thing's only, and so are all names that notes are matched by."""
    named = {
        model.Area: "areas",
        model.Post: "posts",
        model.Topic: "topics",
        model.MeetingSeries: "series",
        model.Withholding: "reasons",
    }
    for kind, noun in named.items():
        unique(root.each(kind), "id", noun)
    unique(root.each(model.Abbreviation), "short", "abbreviations")
    _no_collision(root.each(model.Post), ("title", "abbreviation"), "post")
    _no_collision(root.each(model.Topic), ("title",), "topic")


def _no_collision(tables: tuple[Table[Any], ...], names: tuple[str, ...], noun: str) -> None:
    """No name belongs to two, whatever its case, spacing and quotation marks; as whole names: OCC, OPCC, CC, PC and PCC are five."""
    seen: dict[str, tuple[int, str]] = {}
    for order, table in enumerate(tables):
        label = getattr(table.made, names[0])
        every = [*((name, getattr(table.made, name)) for name in names), *(("aliases", one) for one in table.made.aliases)]
        for key, name in every:
            other, other_label = seen.setdefault(" ".join(re.findall(r"\w+", name.casefold())), (order, label))
            if other != order and name:
                found = f'"{name}" names two {noun}s: "{other_label}" and "{label}".'
                table.fault(key, "same-name", found, "Take the name out of one of them.")


def _areas(root: Table[model.Office]) -> None:
    """One force; areas that shared a name or followed one another never on the same day."""
    areas = root.each(model.Area)
    if len(areas) > _MOST_AREAS:
        found = f"There are {len(areas):,} areas; {_MOST_AREAS} is the most that a table of theirs has room for."
        areas[-1].fault("", "too-many-areas", found, "Put together those that are never shown by themselves.")
        return
    forces = [table for table in areas if table.made.kind is model.AreaKind.FORCE]
    if len(forces) != 1:
        found = f"{len(forces) or 'None'} of the areas {'are' if len(forces) > 1 else 'is'} the whole force."
        place: Table[Any] = forces[1] if forces else root
        place.fault("kind", "no-force", found, 'Give exactly one area kind = "force".')
    by_id = {table.made.id: table.made for table in areas}
    for table in areas:
        in_order(table)
        refers(table, "successors", by_id, "area")
        for name in table.made.successors:
            if name in by_id and _meet(table.made, by_id[name]):
                found = f'"{table.made.name}" and its successor "{by_id[name].name}" exist on the same days.'
                table.fault("to", "areas-overlap", found, 'Give the older one "to" and the newer one "from", a day apart.')
    for order, table in enumerate(areas):
        together = [other for other in areas[:order] if _meet(table.made, other.made)]
        _no_collision((*together, table), ("name",), "area")


def _meet(one: model.Area, other: model.Area) -> bool:
    """Whether both existed on one day (None: without end)."""
    return (one.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (one.end or date.max)


def _references(root: Table[model.Office]) -> None:
    """Topics refer to other topics, series to posts, that exist, in their agendas too; a series that gives its time twice gives the same."""
    topics, posts, reasons = _ids(root, model.Topic), _ids(root, model.Post), _ids(root, model.Withholding)
    audiences = {one.made.id: one.made.audience for one in root.each(model.Topic)}
    for topic in root.each(model.Topic):
        check_width(topic, audiences.get(topic.made.under), "the topic that it stands under")
        refers(topic, "under", (one for one in topics if one != topic.made.id), "topic")
        names_reason(topic, reasons)
    for series in root.each(model.MeetingSeries):
        for name in ("chair", "note_taker", "expected"):
            refers(series, name, posts, "post")
        refers(series, "theme", topics, "topic")
        check_agenda(series.each(model.AgendaItem), topics, posts, reasons)
        lines = series.each(model.AgendaItem)
        if series.made.public and lines and not any(may_read(Audience.PUBLIC, one.made.audience) for one in lines):
            found = f'"{series.made.title}" is held in public, and no line of its agenda is for the public.'
            series.fault("public", "public-agenda", found, 'Write audience = "public" at the lines that are, or public = false.')
        given, rule = series.made.start_time, series.made.recurrence
        if given and rule and rule.start_time and rule.start_time != given:
            found = f'"recurrence" says {rule.start_time:%H:%M}, and "time" says {given:%H:%M}.'
            series.fault("recurrence", "two-times", found, f"Put one of them right; until then {given:%H:%M} holds.")


def _people(root: Table[model.Office]) -> None:
    for post in root.each(model.Post):
        refers(post, "successor", _ids(root, model.Post), "post")
    for person in root.each(model.Person):
        refers(person, "post", _ids(root, model.Post), "post")
        in_order(person)
        _address(person, "email", person.made.email)


def _editions(root: Table[model.Office]) -> None:
    """One edition an audience, and no marking of the scheme that ended in 2014."""
    seen: set[Audience] = set()
    for edition in root.each(model.Edition):
        audience = edition.made.audience
        if audience in seen:
            edition.fault("audience", "same-audience", f"Two editions are for {audience}.", "Take one of them out.")
        seen.add(audience)
        if edition.made.marking_before and edition.made.start is None:
            found = "No day is given until which this marking holds, so no document would bear it."
            edition.fault(
                "marking_before",
                "marking-without-a-day",
                found,
                "Add from = the first day of the new marking, such as 2019-06-01.",
            )
        for name in ("marking", "marking_before"):
            if instead := model.instead_of(marking := getattr(edition.made, name)):
                found = f'"{marking}" is a marking of the scheme that ended on 2 April 2014.'
                edition.fault(name, "marking-superseded", found, f"{instead} Old documents keep theirs.")


def _withholdings(root: Table[model.Office]) -> None:
    """A reason is chosen by a person for an item; it does not follow from who may read it."""
    for one in root.each(model.Withholding):
        if one.has("audience"):
            one.fault(
                "audience",
                "reason-of-an-audience",
                f'The reason "{one.made.id}" is no longer given by itself to everything that is for "{one.made.audience}".',
                f'Take this line out, and name the reason at each topic, item, paper or measure that it is for: withheld = "{one.made.id}".',
            )


def _recipients(root: Table[model.Office]) -> None:
    sides = {post.made.id: post.made.side for post in root.each(model.Post)}
    for one in root.each(model.Recipient):
        refers(one, "post", sides, "post")
        refers(one, "areas", _ids(root, model.Area), "area")
        refers(one, "series", _ids(root, model.MeetingSeries), "series")
        _address(one, "email", one.made.email)
        if not one.made.post and not one.made.email:
            one.fault("", "no-recipient", "This recipient has neither a post nor an address.", "Give post, or name and email.")
        if sides.get(one.made.post, model.Side.OFFICE) is not model.Side.OFFICE and not shows(one.made.edition, Part.OTHER_POSTS):
            found = f'"{one.made.post}" is not a post of the office and would get the office\'s edition.'
            one.fault("edition", "edition-not-theirs", found, 'Write edition = "force" or edition = "public".')


def _address(table: Table[Any], name: str, email: str) -> None:
    if email and not is_address(email):
        found = f'"{email[:60]}" is not an e-mail address.'
        table.fault(name, "not-an-address", found, "Write one address such as a.name@example.org.")


def _mail(root: Table[model.Office]) -> None:
    """A password never stands in the file; a server has a sender."""
    (mail,) = root.each(model.Mail)
    for name in mail.values:
        if re.search(r"pass(word|wd)?$|secret|token", name, re.IGNORECASE):
            remedy = "Take it out, change the password, and say where it is kept with password_from."
            mail.fault(name, "password-in-file", "A password stands in the file.", remedy)
    if not re.match(r"(env|file|command):\S", mail.made.password_from or "env:x"):
        remedy = "Write env:NAME, file:PATH or command:WORDS; never the password itself."
        mail.fault("password_from", "wrong-value", '"password_from" does not say where the password is kept.', remedy)
    _address(mail, "from", mail.made.sender)
    _address(mail, "reply_to", mail.made.reply_to)
    if mail.made.server and not mail.made.sender:
        mail.fault("server", "no-sender", "There is a mail server but no sender.", "Add from, the sender's address.")


def _memory(root: Table[model.Office]) -> None:
    (memory,) = root.each(model.Memory)
    url = memory.made.url
    if re.match(r"[^/]*//[^/@]*:[^/@]+@", url) or re.search(r"[?&]password=", url):
        remedy = "Take it out, change the password, and put it into PGPASSWORD or a pgpass file."
        memory.fault("url", "password-in-file", "A password stands in the file.", remedy)
    elif url and not re.match(r"postgresql://", url):
        memory.fault("url", "wrong-value", '"url" is no PostgreSQL database.', "Write it as postgresql://user@server/database.")


def _accepted(root: Table[model.Office]) -> None:
    for one in root.each(model.Accepted):
        if not one.made.problem and not (one.made.kind and one.made.file):
            one.fault("", "nothing-accepted", "This does not say which problem is accepted.", "Give problem, or kind and file.")


def _due(root: Table[model.Office]) -> None:
    """The note comes before the draft, the draft before the final pack; a month has 28 days; the post exists."""
    (due,) = root.each(DueRules)
    refers(due, "tell", _ids(root, model.Post), "post")
    for later, sooner in (("draft", "commission"), ("final", "draft")):
        days, more = getattr(due.made, later), getattr(due.made, sooner)
        if days > more:
            found = f'"{later}" is {days} days before the meeting, and "{sooner}" {more}, which comes after it.'
            due.fault(later, "days-out-of-order", found, "Give commission the most days, then draft, then final.")
    given = due.values.get("monthly")
    if isinstance(given, int) and given > 28:
        remedy = "Write a day that every month has: 1 to 28, or 0 for never."
        due.fault("monthly", "wrong-value", f'"monthly" is {given}.', remedy)


def check_measures(root: Table[Measures], office: model.Office) -> None:
    """Note a fault for everything that does not hold."""
    measures = root.each(Measure)
    unique(measures, "id", "measures")
    unique(measures, "title", "measures")
    areas = [area.id for area in office.areas]
    for measure in measures:
        refers(measure, "topic", (topic.id for topic in office.topics), "topic")
        refers(measure, "part_of", (one.made.id for one in measures if one is not measure), "other measure")
        names_reason(measure, (one.id for one in office.withholdings))
        topic = office.topic(measure.made.topic)
        check_width(measure, topic.audience if topic else None, "its topic")
        for place in measure.each(Place):
            refers(place, "area", areas, "area")
            _place(place, measure.made.unit)
        for target in measure.each(Target):
            in_order(target)
            _possible(target, measure.made.unit)
        for correction in measure.each(Correction):
            refers(correction, "area", areas, "area")


def _place(place: Table[Place], unit: Unit) -> None:
    """Both counts where there is one, unless the figure itself is named; a file that is in the folder."""
    above, below, figure, file = place.made.numerator, place.made.denominator, place.made.figure, place.made.file
    if above and not below and not figure and unit in (Unit.PER_CENT, Unit.RATE):
        remedy = "Add denominator, the label of the counts below the line."
        place.fault("numerator", "no-denominator", f'"{above}" has nothing to be divided by.', remedy)
    if below and not above and not figure:
        place.fault("denominator", "no-numerator", f'"{below}" divides nothing.', "Add numerator or figure.")
    if file.startswith("/") or ".." in file:
        remedy = "Put the workbook into performance/ and write its name."
        place.fault("file", "file-outside", f'"{file}" is outside the folder.', remedy)


def _possible(target: Table[Target], unit: Unit) -> None:
    value, upper = target.made.value, target.made.up_to
    if target.has("from_value") and not (target.made.start and target.made.end):
        remedy = "Add from and to: the days of from_value and value."
        target.fault("from_value", "target-without-days", "A trajectory has no first or no last day.", remedy)
    if upper is not None and upper <= value:
        target.fault("up_to", "target-impossible", f'"up_to" is {upper:g}, not above {value:g}.', "Write the lower end as value.")
    if not target.has("value") or target.has("change_on"):
        return
    words = f'"value" is {value:g}'
    if unit is Unit.PER_CENT and not 0 <= value <= 100:
        target.fault("value", "target-impossible", f"{words}, but a per cent lies between 0 and 100.", "Write 85 for 85%.")
    if unit is Unit.PER_CENT and 0 < value < 1:
        target.fault("value", "target-impossible", f"{words}, which is less than one per cent.", "Write 85 for 85%, not 0.85.")
    if unit in (Unit.COUNT, Unit.DAYS, Unit.RATE, Unit.DURATION) and value < 0:
        target.fault("value", "target-impossible", f"{words}, but there are no figures below 0.", "Correct the target.")
    if unit is Unit.RANK and (value < 1 or value != int(value)):
        target.fault("value", "target-impossible", f"{words}, but a rank is 1, 2, 3 and so on.", "Correct the target.")
