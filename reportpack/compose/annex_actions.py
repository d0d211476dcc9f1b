"""Actions arising, what the notes say of earlier ones, decisions, commitments, and what comes back when."""

from collections.abc import Iterator
from datetime import date

from reportpack.compose.annex_said import AnnexSetting, correction_remarks, remarks_on
from reportpack.compose.occasions import occasion_words
from reportpack.compose.people import join_words
from reportpack.compose.setting import anchor
from reportpack.model.action import ActionState
from reportpack.model.agenda_view import Occasion
from reportpack.model.annex import AnnexAction, AnnexReturn, AnnexSaid
from reportpack.model.answer import Stands
from reportpack.model.correction import Correction
from reportpack.model.minutes import ActionKind, MatterEnd, NotedState
from reportpack.model.noted import PlacedAction, PlacedCommitment
from reportpack.model.period import long_date
from reportpack.model.state_words import told_state
from reportpack.model.words import Sentence

NOT_STATED = "Not stated"


def compose_arising(setting: AnnexSetting) -> tuple[AnnexAction, ...]:
    """Every action that the notes call one and that is new, in their order."""
    arising = [one for one in setting.view.actions if one.noted.marked and one.noted.state is NotedState.NEW]
    return tuple(_action(one, setting) for one in arising if setting.reads(one.audience, one.noted.line))


def compose_earlier(setting: AnnexSetting) -> tuple[AnnexSaid, ...]:
    """What was said of actions and commitments from before."""
    actions = (
        AnnexSaid("", one.ref, one.noted.words, _owner(one), _news(one), setting.link(one.item))
        for one in setting.view.actions
        if one.noted.state is not NotedState.NEW and setting.reads(one.audience, one.noted.line)
    )
    commitments = (
        AnnexSaid("", one.ref, one.words, "", Sentence.of(one.state.value.capitalize()), setting.link(one.item))
        for one in setting.view.settled
        if setting.reads(one.audience, one.line)
    )
    return (*actions, *commitments)


def _news(placed: PlacedAction) -> Sentence:
    """What became of it, and the words that say so, as the register has them."""
    noted = placed.noted
    told = told_state(noted.update) or (ActionState.PROPOSED if noted.state is NotedState.CLOSED else ActionState.OPEN)
    state = {ActionState.OPEN: "Still open", ActionState.PROPOSED: "Reported done"}.get(told, told.value.capitalize())
    moved = Sentence.of(", due now: ", _due(placed)) if noted.put_off else ""
    return Sentence.of(state, moved, f": \u201c{noted.update}\u201d" if noted.update else "")


def compose_decisions(setting: AnnexSetting) -> tuple[AnnexSaid, ...]:
    """Decisions, word for word."""
    return tuple(
        AnnexSaid("", "", one.noted.words, "", Sentence.of(), setting.link(one.item))
        for one in setting.view.decisions
        if setting.reads(one.audience, one.noted.line)
    )


def compose_commitments(setting: AnnexSetting) -> tuple[AnnexSaid, ...]:
    """What somebody said would happen, and how it will be known."""
    return tuple(
        AnnexSaid(
            "", one.ref, one.noted.words, _said_by(one, setting), Sentence.of("; ".join(_test_parts(one))), setting.link(one.item)
        )
        for one in setting.view.commitments
        if one.recorded and setting.reads(one.audience, one.noted.line)
    )


def compose_returns(setting: AnnexSetting) -> tuple[AnnexReturn, ...]:
    """What is carried again and what is to come back, by the meeting it comes back to, soonest first; those without one stand last."""
    groups: dict[tuple[date, str], tuple[bool, list[tuple[str, str]]]] = {}
    for due, day, line in _returning(setting):
        when = due.day if due is not None else day
        words = occasion_words(due) if due is not None else long_date(when) if when else ""
        is_set = due is not None and due.meeting is not None
        groups.setdefault((when or date.max, words), (is_set, []))[1].append(line)
    return tuple(
        AnnexReturn(words or "No meeting stated", is_set, tuple(lines))
        for (_, words), (is_set, lines) in sorted(groups.items(), key=lambda one: one[0])
    )


def _returning(setting: AnnexSetting) -> Iterator[tuple[Occasion | None, date | None, tuple[str, str]]]:
    for matter in setting.view.matters:
        if matter.noted.became is MatterEnd.CARRIED and setting.reads(matter.audience, matter.noted.line):
            yield matter.due, None, (matter.ref, matter.noted.title)
    for one in setting.view.actions:
        back = one.noted.marked and one.noted.state is NotedState.NEW and one.noted.kind is ActionKind.BRING_BACK
        if back and setting.reads(one.audience, one.noted.line):
            yield one.due, one.noted.due, (one.ref, one.noted.words)


def _action(placed: PlacedAction, setting: AnnexSetting) -> AnnexAction:
    noted = placed.noted
    posts = [post.title for owner in noted.owners if owner.post and (post := setting.office.post(owner.post))]
    owner = _owner(placed)
    return AnnexAction(
        id=anchor("arising", f"{placed.noted.line}-{placed.noted.words[:30]}"),
        ref=placed.ref,
        words=noted.words,
        owner=owner,
        post="" if join_words(posts) == owner else join_words(posts),
        due=_due(placed),
        stated=noted.due is not None or bool(noted.due_meeting or noted.due_as_written),
        condition=noted.condition or "",
        comes_back=noted.kind is ActionKind.BRING_BACK,
        item=setting.link(placed.item),
        remarks=(
            *remarks_on(setting, Stands.ACTION, lambda query: query.line == noted.line and query.about.startswith(noted.words)),
            *correction_remarks(setting, lambda one: one.proposed.found.place.line == noted.line and _corrects(one, placed)),
        ),
    )


def _corrects(correction: Correction, placed: PlacedAction) -> bool:
    """Whether the correction is to the action itself, in its row or where it was minuted."""
    found = correction.proposed.found
    return found.place.row == placed.ref if found.place.row else placed.noted.words in found.passage


def _owner(placed: PlacedAction) -> str:
    return join_words([owner.as_written.removeprefix("The ").removeprefix("the ") for owner in placed.noted.owners])


def _due(placed: PlacedAction) -> Sentence:
    """The day or meeting; as minuted where neither can be told."""
    noted = placed.noted
    if noted.due is not None:
        return Sentence.of(long_date(noted.due))
    if placed.due is not None and occasion_words(placed.due):
        words = occasion_words(placed.due)
        if "meetings" in (noted.due_as_written or ""):
            words = f"{words} (“{noted.due_as_written}”)"
        return Sentence.of(f"The meeting of {words}" if placed.due.meeting is not None else words)
    return Sentence.of(f"“{noted.due_as_written}”" if noted.due_as_written else NOT_STATED)


def _said_by(placed: PlacedCommitment, setting: AnnexSetting) -> str:
    owner = placed.noted.owner or ""
    post = next((one.title for one in setting.office.posts if owner.casefold() in (one.abbreviation.casefold(), one.id)), "")
    return f"{owner}, {post}" if post else owner


def _test_parts(placed: PlacedCommitment) -> Iterator[str]:
    if placed.noted.test:
        yield f"Test: {placed.noted.test}{f', {placed.noted.measure}' if placed.noted.measure else ''}"
    if placed.noted.condition:
        yield placed.noted.condition
    if placed.due is not None and placed.due.month is not None:
        yield f"to be shown in {placed.due.month.label}"
