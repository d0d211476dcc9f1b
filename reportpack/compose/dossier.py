"""The dossier of a topic, composed: what may be said to this edition's readers, every number with its cells, each row with its life."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from reportpack import patterns as re
from reportpack.compose.actions import STATES, action_line
from reportpack.compose.appendix import compose_marks, compose_tables, list_abbreviations
from reportpack.compose.audience import hide_small_cells, number_sources, publish_sources, restrict
from reportpack.compose.commitments import entries_for
from reportpack.compose.matters import carried_lines, rows_since
from reportpack.compose.measure_page import compose_measure
from reportpack.compose.numbers import count_printed
from reportpack.compose.passages import Passages, held_in
from reportpack.compose.setting import People, Setting, anchor, distinct_ids, head_of, meeting_label, occasion_words
from reportpack.compose.topics import meeting_days, question_line, statement_blocks
from reportpack.errors import RefusedError
from reportpack.model.action import ActionState, Redating
from reportpack.model.agenda_view import ActionView, MatterView, TopicView
from reportpack.model.document import RELEASED
from reportpack.model.dossier import CarriedBy, CarriedLine, Dossier, DossierAction, DossierMatter, DossierView, LifeLine, RowStep
from reportpack.model.edition import Audience, Part, edition_title, may_read, shows
from reportpack.model.finding import Findings, Verdict
from reportpack.model.matter import Matter, MatterState
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.register_columns import DAY_HEADINGS, OWED, RECOMMENDATIONS, Heading, SheetName
from reportpack.model.register_row import CellChange
from reportpack.model.words import Sentence

_DOCUMENTS = {
    **{one.stem: one.title for one in RELEASED},
    "letter: pack": "Letter with the briefing pack",
    "letter: annex": "Letter with the meeting notes",
    "letter: supplement": "Letter with a supplement",
    "letter: commissioning note": "Commissioning note",
    "letter: reminder": "Reminder",
    "letter: chase": "Chase",
    "letter: preview": "Preview for the officer",
}


def compose_dossier(view: DossierView, edition: Audience, office: Office, findings: Findings, on: date) -> Dossier:
    """The dossier as at `on`; RefusedError where the topic itself is not for this edition's readers."""
    if not may_read(edition, view.topic.audience):
        raise RefusedError(
            f'{view.topic.title} is not for the {edition} edition: its audience in office.toml is "{view.topic.audience}".',
            "Make an edition for narrower readers, or change the topic's audience in office.toml.",
        )
    view = Passages(edition, held_in(view), office).in_rows(view)
    restricted = restrict(view.agenda, findings, edition, office, view.topic.id)
    hidden = hide_small_cells(restricted.findings) if office.edition(edition).hide_small else restricted.findings
    own = tuple(one for one in hidden.measures if one.measure.topic == view.topic.id)
    shown = replace(hidden, measures=own)
    setting = Setting(office, edition, restricted.view, shown, on, People(office, on))
    topic = restricted.view.topic(view.topic.id) or TopicView(view.topic, None)
    days = meeting_days(topic)
    title, as_at = view.topic.title, f"as at {long_date(on)}"
    titles = (f"Dossier: {title}, {as_at}", f"Dossier: {title}")
    dossier = Dossier(
        **head_of(office, edition, on, as_at, *titles, f"Everything on record about {title}, {as_at}"),
        topic=view.topic.id,
        names=view.topic.aliases,
        below=tuple(one.title for one in view.below if may_read(edition, one.audience)),
        summary=_summary(topic, setting),
        measures=tuple(compose_measure(one, days, setting) for one in own),
        matters=tuple(_matter(one, view, setting) for one in topic.matters),
        commitments=entries_for(topic.commitments, setting),
        actions=_actions(topic.actions, view, setting),
        questions=tuple(question_line(one, setting) for one in topic.past_questions),
        statements=tuple(
            replace(block, author=f"{block.author}, for {meeting_label(one.meeting)}")
            for one, block in zip(topic.statements, statement_blocks(topic.statements, setting), strict=True)
        ),
        carried=tuple(_carried(one, office) for one in view.carried if may_read(edition, one.audience or one.edition)),
        tables=compose_tables(setting),
        withheld=restricted.withheld,
        marks=(),
        abbreviations=list_abbreviations(office),
        sources=(),
        figures_note=office.figures_note,
    )
    dossier = dossier if shows(edition, Part.FILES) else publish_sources(dossier, shown)
    return replace(dossier, marks=compose_marks(dossier), sources=number_sources(dossier))


def _summary(topic: TopicView, setting: Setting) -> tuple[Sentence, ...]:
    open_matters = [one for one in topic.matters if one.matter.state is MatterState.CARRIED]
    watched = [one for one in topic.actions if one.action in setting.view.register.risks]
    actions = [one for one in topic.actions if one not in watched]
    live = [one for one in actions if one.action.state.is_live]
    late = sum(one.overdue for one in live)
    risks = [one for one in watched if not one.action.ref.startswith(RECOMMENDATIONS.prefix)]
    still = [one for one in risks if one.action.state.is_live]
    verdicts = [one for one in setting.findings.commitments if one.commitment in topic.commitments]
    questions = len(topic.past_questions)
    return (
        _count(topic.matters, "matter", open_matters, "still carried forward"),
        Sentence.of(_count(actions, "action", live, "open"), *((", ", count_printed(late), " overdue") if late else ())),
        *((_count(risks, "risk", still, "open"),) if risks else ()),
        _count(topic.commitments, "commitment", [one for one in verdicts if one.verdict is Verdict.NOT_MET], "not met"),
        Sentence.of(count_printed(questions), f" question{'' if questions == 1 else 's'} on record"),
    )


def _count(found: Sequence[object], noun: str, part: Sequence[object], words: str) -> Sentence:
    """`4 matters, 1 still carried forward`."""
    noun = noun if len(found) == 1 else f"{noun}s"
    return Sentence.of(count_printed(len(found)), f" {noun}, ", count_printed(len(part)), f" {words}")


def _matter(view: MatterView, dossier: DossierView, setting: Setting) -> DossierMatter:
    matter = view.matter
    since = rows_since(view.measures, view.origin, setting)
    words = occasion_words(view.origin)
    return DossierMatter(
        id=anchor("matter", matter.ref),
        ref=matter.ref,
        title=matter.title,
        words=matter.words,
        said=matter.said,
        origin=f"From the meeting of {words}" if view.origin.meeting is not None else f"From {words}" if words else "",
        due=_due(view, setting.on),
        state=matter_state(matter),
        earlier=carried_lines(matter),
        condition=matter.condition,
        readiness=setting.readiness(matter.awaits, view.measures) if matter.state is MatterState.CARRIED else Sentence.of(),
        outcome=matter.outcome,
        evidence=matter.evidence,
        since=since,
        life=life_lines(dossier.life_of(matter.ref, SheetName.MATTERS), setting.edition),
    )


def _due(view: MatterView, on: date) -> str:
    words = occasion_words(view.due)
    if not words:
        return "No date stated"
    if view.matter.state is MatterState.CARRIED and view.due.day is not None and view.due.day < on:
        return f"Was due {words} and is still outstanding"
    return f"Due {words}"


def _actions(views: Iterable[ActionView], dossier: DossierView, setting: Setting) -> tuple[DossierAction, ...]:
    """The live ones first, the overdue before the others; then those that are over, newest first."""
    views = list(views)
    live = [one for one in views if one.action.state.is_live]
    over = [one for one in reversed(views) if not one.action.state.is_live]
    ordered = [*(one for one in live if one.overdue), *(one for one in live if not one.overdue), *over]
    lines = distinct_ids(action_line(one, setting) for one in ordered)
    return tuple(
        DossierAction(
            line=replace(line, state=_state(one)),
            item=one.action.item,
            holders=_holders(one, setting),
            redatings=redating_lines(one.action.redatings),
            life=life_lines(dossier.life_of(one.action.ref, *OWED), setting.edition),
        )
        for one, line in zip(ordered, lines, strict=True)
    )


def _state(view: ActionView) -> Sentence:
    action = view.action
    when = f", {long_date(action.closed)}" if action.closed is not None else ""
    where = f" at the meeting of {meeting_label(action.decided_at)}" if action.decided_at else ""
    return Sentence.of(f"{STATES[action.state].partition(':')[0]}{when}{where}")


def _holders(view: ActionView, setting: Setting) -> str:
    then_day = view.raised.day
    if then_day is None or len(view.action.owners) != 1:
        return ""
    owner = view.action.owners[0]
    then, now = People(setting.office, then_day).holder(owner), setting.people.holder(owner)
    if then == now or not then:
        return f"held by {now}" if now else ""
    return f"held by {then} when it was raised, {f'by {now} now' if now else 'vacant now'}"


def _carried(one: CarriedBy, office: Office) -> CarriedLine:
    meeting = f"{long_date(one.day)}" if one.day is not None else one.meeting
    name = _DOCUMENTS.get(one.document, one.document.removeprefix("letter: ").capitalize())
    posts = [found.abbreviation if (found := office.post(post)) is not None else post for post in one.posts]
    return CarriedLine(name, meeting, edition_title(one.edition), one.made, " ".join(filter(None, (one.note, ", ".join(posts)))))


_STATES = {state.value for kind in (ActionState, MatterState) for state in kind}
_WHEN = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d-[a-z0-9-]+|none")


def life_lines(steps: Iterable[RowStep], edition: Audience) -> tuple[LifeLine, ...]:
    """A line for each recorded step. Beyond the office only states and days are said, never other words or who changed them."""
    lines: list[LifeLine] = []
    for number, step in enumerate(steps):
        told = [one for one in step.changes if one.before != one.after and _may_be_told(one, edition)]
        words = f"{'; '.join(map(_changed, told))}{_by(step, edition)}" if told else ""
        if number == 0:
            state = next((one.after for one in step.changes if one.header == Heading.STATE), "")
            words = f"Entered in the register{_by(step, edition)}{f': {state}' if state.casefold() in _STATES else ''}"
        if words:
            lines.append(LifeLine(step.recorded.date(), words))
    return tuple(lines)


def _may_be_told(change: CellChange, edition: Audience) -> bool:
    if shows(edition, Part.CHANGES):
        return True
    if change.header == Heading.STATE:
        return {change.before.casefold(), change.after.casefold()} <= {"", *_STATES}
    return change.header in DAY_HEADINGS and all(not one or _WHEN.fullmatch(one) for one in (change.before, change.after))


def _changed(change: CellChange) -> str:
    before, after = _short(change.before), _short(change.after) or "nothing"
    return f"{change.header}: {before} became {after}" if before else f"{change.header}: {after}"


def _by(step: RowStep, edition: Audience) -> str:
    if not shows(edition, Part.CHANGES):
        return ""
    if step.cause.startswith("annex "):
        return f" (notes of {meeting_label(step.cause.removeprefix('annex ').partition(',')[0])})"
    return f" ({step.cause.removeprefix('reportpack ')})"


def _short(text: str) -> str:
    text = " ".join(text.split())
    text = meeting_label(text) if re.fullmatch(r"\d{4}-\d\d-\d\d-[a-z0-9-]+", text) else text
    return text if len(text) <= 120 else f"{text[:117]}..."


def redating_lines(redatings: Sequence[Redating]) -> tuple[str, ...]:
    """`From 28 February 2019 to 30 April 2019: the audit was late`, in the register's own words where a meeting stands for a day."""
    lines = []
    for one in redatings:
        before, after = (long_date(day) if day is not None else "no date" for day in (one.before, one.after))
        move = one.words.partition(":")[0].strip() if one.after is None and one.words else f"From {before} to {after}"
        lines.append(f"{move}: {one.reason or 'no reason recorded'}")
    return tuple(lines)


def matter_state(matter: Matter) -> str:
    """`Carried forward`, `Carried forward, put off twice`, `Discharged`."""
    times = len(matter.carryings)
    often = {0: "", 1: ", put off once more", 2: ", put off twice more"}.get(times, f", put off {times} times more")
    return f"{matter.state.value.capitalize()}{often if matter.state is MatterState.CARRIED else ''}"
