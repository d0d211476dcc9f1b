"""Open actions by owner, overdue first; what was settled since the last meeting."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportpack.compose.numbers import count_printed
from reportpack.compose.setting import Setting, anchor, distinct_ids, meeting_label, occasion_words, small_number
from reportpack.model.action import Action, ActionState, Redating, says_no_day
from reportpack.model.agenda_view import ActionView
from reportpack.model.pack import ActionLine, Actions, OwnerGroup
from reportpack.model.period import long_date
from reportpack.model.words import Printed, Sentence

STATES = {
    ActionState.OPEN: "Open",
    ActionState.PROPOSED: "Proposed complete: for this meeting to accept or dispute",
    ActionState.DISPUTED: "Disputed: said to be complete, not accepted",
    ActionState.ACCEPTED: "Accepted as complete",
    ActionState.CLOSED: "Closed",
    ActionState.SUPERSEDED: "Superseded",
    ActionState.WITHDRAWN: "Withdrawn",
}
NO_OWNER = "No owner stated"


def compose_actions(setting: Setting) -> Actions:
    """Groups in the order in which their most pressing action comes."""
    lines: dict[str, list[ActionLine]] = {}
    holders: dict[str, str] = {}
    numbered = distinct_ids(action_line(view, setting) for view in setting.view.actions)
    for view, line in zip(setting.view.actions, numbered, strict=True):
        owner = line.owners or NO_OWNER
        lines.setdefault(owner, []).append(line)
        holders[owner] = setting.people.holder(view.action.owners[0]) if len(view.action.owners) == 1 else ""
    groups = tuple(
        OwnerGroup(owner, holders[owner], tuple(sorted(group, key=lambda line: not line.overdue)))
        for owner, group in lines.items()
    )
    settled = tuple(settled_line(action, setting) for action in setting.view.settled)
    risks = distinct_ids(action_line(view, setting) for view in setting.view.risks)
    return Actions(_summary(setting.view.actions, setting), groups, settled, risks)


def _summary(views: Sequence[ActionView], setting: Setting) -> Sentence:
    """`14 actions are open: 3 overdue, 2 proposed complete, 1 disputed.`"""
    if not views:
        return Sentence.of("No action is open." if setting.for_office else "No open action is in this edition.")
    kinds = (
        ([view for view in views if view.overdue], "overdue"),
        ([view for view in views if view.action.state is ActionState.PROPOSED], "proposed complete"),
        ([view for view in views if view.action.state is ActionState.DISPUTED], "disputed"),
        ([view for view in views if view.due_here and not view.overdue], "due by this meeting"),
    )
    parts = [Sentence.of(count_actions(group), f" {words}") for group, words in kinds if group]
    here = (
        "" if setting.for_office else " in this edition"
    )  # what it leaves out is not counted, and the words are not of the whole
    start = Sentence.of(count_actions(views), f" action{here} is open" if len(views) == 1 else f" actions{here} are open")
    if not parts:
        return Sentence.of(start, ", and it is not overdue." if len(views) == 1 else ", none of them overdue.")
    return Sentence.of(start, ": ", *[part for one in parts for part in (", ", one)][1:], ".")


def count_actions(views: Sequence[ActionView]) -> Printed:
    """How many there are, resting on their rows of the register."""
    return count_printed(len(views), tuple(view.action.source for view in views))


def action_line(view: ActionView, setting: Setting) -> ActionLine:
    """A live action as it stands."""
    action = view.action
    due = view.action.due or (view.due.day if view.due is not None else None)
    days = (setting.on - due).days if due is not None and view.overdue else 0
    late = Sentence.of(count_printed(days, (action.source,)), " day" if days == 1 else " days") if days else Sentence.of()
    return _line(
        action,
        setting,
        id=anchor("action", action.ref),
        raised=occasion_words(view.raised),
        due=_due(view),
        overdue=view.overdue,
        due_here=view.due_here,
        state=Sentence.of(STATES[action.state]),
        topic=setting.topic_link(view.topic),
        readiness=setting.readiness(action.awaits, view.measures) if action.state.is_live else Sentence.of(),
        decided_at=meeting_label(action.decided_at),
        days_late=late,
        more=setting.printed_beside(action),
    )


def settled_line(action: Action, setting: Setting) -> ActionLine:
    """An action that nobody owes any more."""
    state = Sentence.of(f"{STATES[action.state]}{f', {long_date(action.closed)}' if action.closed else ''}")
    told = {"raised": meeting_label(action.raised), "due": Sentence.of(), "state": state, "topic": None}
    return _line(action, setting, id="", overdue=False, due_here=False, **told)


def _line(action: Action, setting: Setting, **told: Any) -> ActionLine:
    return ActionLine(
        ref=action.ref,
        words=action.words,
        title=action.title,
        owners=setting.people.titles(action.owners) if action.owners else action.owners_as_written,
        redated=redated_words(action.redatings),
        condition=action.condition,
        update=action.update,
        evidence=action.evidence,
        **told,
    )


def _due(view: ActionView) -> Sentence:
    action, words = view.action, occasion_words(view.due)
    start = "Overdue: was due" if view.overdue else "Due"
    if action.due is not None:
        return Sentence.of(f"{start} {long_date(action.due)}")
    if view.due is not None and words:
        return Sentence.of(f"{start} {'at the meeting of ' if view.due.meeting is not None else ''}{words}")
    written = action.due_as_written
    return Sentence.of(f"Due “{written}”" if written and not says_no_day(written) else "No date stated")


def redated_words(redatings: tuple[Redating, ...]) -> Sentence:
    """`Re-dated twice, last from 30 April 2019: waiting for the audit`."""
    if not redatings:
        return Sentence.of()
    times = {1: "once", 2: "twice"}.get(len(redatings), f"{small_number(len(redatings))} times")
    last = max(redatings, key=lambda one: one.after or date.max)
    start = f", {'last ' if len(redatings) > 1 else ''}from {long_date(last.before)}" if last.before else ""
    return Sentence.of(f"Re-dated {times}{start}" + (f": {last.reason}" if last.reason else ""))
