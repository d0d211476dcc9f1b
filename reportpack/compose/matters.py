"""Outstanding matters: what was said and promised then, what the numbers did since, what is still open on it."""

from reportpack.compose.actions import action_line
from reportpack.compose.commitments import entries_for
from reportpack.compose.lives import carried_lines
from reportpack.compose.occasions import occasion_words, origin_words
from reportpack.compose.setting import Setting, anchor, distinct_ids
from reportpack.compose.since import rows_since
from reportpack.model.agenda_view import MatterView
from reportpack.model.pack import ActionLine, Link, MatterEntry
from reportpack.model.period import long_date
from reportpack.model.words import Sentence


def compose_matters(setting: Setting) -> tuple[MatterEntry, ...]:
    """Every matter due here, or missed earlier, in the order of the register."""
    return distinct_ids(_entry(view, setting) for view in setting.view.matters)


def matter_id(ref: str) -> str:
    """The anchor of a matter."""
    return anchor("matter", ref)


def _entry(view: MatterView, setting: Setting) -> MatterEntry:
    matter = view.matter
    topic = setting.view.topic(view.topic)
    since = rows_since(view.measures, view.origin, setting)
    following = setting.view.following
    return MatterEntry(
        id=matter_id(matter.ref),
        ref=matter.ref,
        title=matter.title,
        words=matter.words,
        said=matter.said,
        origin=origin_words(view.origin, setting.view.meeting.day),
        due=_due(view, setting),
        missed=view.missed,
        condition=matter.condition,
        evidence=matter.evidence,
        outcome=matter.outcome,
        readiness=setting.readiness(matter.awaits, view.measures),
        earlier=carried_lines(matter),
        taken_at=_taken_at(view, setting),
        since=since,
        since_note=_note(view, bool(since)),
        actions=_actions(view, setting),
        commitments=entries_for(topic.commitments, setting) if topic else (),
        more=setting.printed_beside(matter.printed),
        carry_to=long_date(following[0].day) if following else "",
    )


def _due(view: MatterView, setting: Setting) -> Sentence:
    words = occasion_words(view.due)
    if view.missed:
        return Sentence.of(f"Was due {words} and is still outstanding" if words else "Still outstanding")
    if view.due.meeting is not None and view.due.meeting.id == setting.view.meeting.id:
        return Sentence.of("Due at this meeting")
    return Sentence.of(f"Due {words}" if words else "No date stated")


def _taken_at(view: MatterView, setting: Setting) -> Link | None:
    link = setting.topic_link(view.topic)
    if link is not None and link.target:
        return link
    item = next((one.item for one in setting.view.items if one.item.number == view.item), None)
    return Link(f"{item.number} {item.title}") if item else None


def _note(view: MatterView, has_rows: bool) -> Sentence:
    if has_rows:
        return Sentence.of()
    if view.measures:
        return Sentence.of("The measures on this matter are not in this edition.")
    return Sentence.of("No measure shows what became of this matter.")


def _actions(view: MatterView, setting: Setting) -> tuple[ActionLine, ...]:
    refs = {action.ref for action in view.actions}
    return tuple(action_line(one, setting) for one in setting.view.actions if one.action.ref in refs)
