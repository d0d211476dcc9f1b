"""The parts of the annex: the meeting as noted, who was there, matters, actions arising, decisions, commitments, what comes back when."""

from collections.abc import Iterator
from datetime import date

from reportpack import patterns as re
from reportpack.compose.annex_said import AnnexSetting, correction_remarks, remarks_on
from reportpack.compose.names import count_words, join_words, occasion_words, small_number
from reportpack.compose.setting import anchor
from reportpack.model.action import ActionState
from reportpack.model.agenda_view import Occasion
from reportpack.model.annex import AnnexAction, AnnexComing, AnnexHead, AnnexMatter, AnnexReturn, AnnexSaid, AttendanceGroup
from reportpack.model.answer import Stands
from reportpack.model.correction import Correction
from reportpack.model.minutes import ActionKind, Attendance, Attended, MatterEnd, NotedState
from reportpack.model.noted import AnnexStanding, PlacedAction, PlacedCommitment, PlacedMatter
from reportpack.model.period import Period, long_date
from reportpack.model.state_words import told_state
from reportpack.model.words import Sentence

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")
_GROUPS = ((Attended.PRESENT, "Present"), (Attended.APOLOGIES, "Apologies"), (Attended.UNKNOWN, "Not known whether present"))


def compose_head(setting: AnnexSetting, gist: tuple[Sentence, ...]) -> AnnexHead:
    """What the notes say of the meeting; what they leave out the calendar's own meeting says."""
    minutes, meeting = setting.view.minutes, setting.view.meeting
    times = [f"{one:%H:%M}" for one in (minutes.start or meeting.start_time, minutes.end) if one]
    return AnnexHead(
        office=setting.office.name,
        title=meeting.title,
        notes_title=minutes.title or "",
        day=minutes.day or meeting.day,
        time=" to ".join(times),
        venue=minutes.venue or meeting.venue,
        chair=minutes.chair or "",
        note_taker=minutes.note_taker or "",
        status=status_words(setting.view.standing),
        gist=gist,
        is_draft=setting.view.standing.issued is None,
    )


def status_words(standing: AnnexStanding) -> Sentence:
    """Draft, issued for accuracy, or agreed."""
    if standing.agreed is not None:
        return Sentence.of(f"Agreed on {long_date(standing.agreed)}")
    if standing.issued is not None:
        return Sentence.of(f"Issued for accuracy on {long_date(standing.issued)}; not yet agreed")
    return Sentence.of("Draft: nothing of it is recorded, and its actions have no numbers yet")


def compose_gist(
    matters: tuple[AnnexMatter, ...],
    actions: tuple[AnnexAction, ...],
    commitments: tuple[AnnexSaid, ...],
    actions_out: str,
    corrections: int = 0,
) -> tuple[Sentence, ...]:
    """What this edition holds, in a line each; that there is nothing is said only where nothing was left out."""
    back = sum(one.comes_back for one in actions)
    more = f", {small_number(back)} of them to come back to a later meeting" if back else ""
    said = [f"{count_words(len(actions), 'action').capitalize()} arising{more}." if actions or not actions_out else actions_out]
    if matters:
        open_ones = sum(not one.decided for one in matters)
        ending = f"{small_number(open_ones)} without a recorded outcome" if open_ones else "each with an outcome"
        said.append(f"{count_words(len(matters), 'matter').capitalize()} brought forward, {ending}.")
    if commitments:
        said.append(f"{count_words(len(commitments), 'commitment').capitalize()} recorded.")
    if corrections:
        said.append(f"{count_words(corrections, 'correction').capitalize()} to these notes accepted.")
    return tuple(Sentence.of(words) for words in said)


def compose_attendance(setting: AnnexSetting) -> tuple[AttendanceGroup, ...]:
    """As the notes have it; nobody is moved from one group to another."""
    noted = setting.view.minutes.attendance
    return tuple(
        AttendanceGroup(title, tuple(_person(one) for one in noted if one.status is status), status is Attended.UNKNOWN)
        for status, title in _GROUPS
        if any(one.status is status for one in noted)
    )


def _person(one: Attendance) -> str:
    if not one.name:
        return f"{one.post}: no name is beside it" if one.post else "Not named"
    return f"{one.name}, {one.post}" if one.post else one.name


def compose_matters(setting: AnnexSetting) -> tuple[AnnexMatter, ...]:
    """Each matter with where it was discussed and what came of it; that nothing did is said."""
    return tuple(
        _matter(one, number, setting)
        for number, one in enumerate(setting.view.matters, start=1)
        if setting.reads(one.audience, one.noted.line)
    )


def _matter(placed: PlacedMatter, number: int, setting: AnnexSetting) -> AnnexMatter:
    noted = placed.noted
    items = [
        one for one in setting.view.items if any(line in passage.lines for passage in one.passages for line in noted.evidence)
    ]
    claimed = "No passage discusses it"
    if noted.discussed_at:
        claimed = f"Said to have been discussed at {noted.discussed_at}; no passage there discusses it"
    places = tuple(link for one in items if (link := setting.link(one)) is not None)
    return AnnexMatter(
        id=f"matter-noted-{number}",
        ref=placed.ref,
        title=noted.title,
        words=noted.words,
        origin=_origin(noted.origin),
        discussed=Sentence.of("Discussed at" if places else claimed),
        places=places,
        outcome=Sentence.of(noted.outcome or "No outcome recorded"),
        decided=bool(noted.outcome),
        discussed_remarks=remarks_on(setting, Stands.DISCUSSED, lambda query: query.line == noted.line),
        remarks=(
            *remarks_on(setting, Stands.OUTCOME, lambda query: query.line == noted.line),
            *correction_remarks(setting, lambda one: bool(placed.ref) and one.proposed.found.place.row == placed.ref),
        ),
    )


def _origin(origin: str | None) -> Sentence:
    match = _MONTH.fullmatch(origin or "")
    if match is None:
        return Sentence.of(f"From {origin}" if origin else "The notes do not say which meeting it came from")
    return Sentence.of(f"From {Period.month(int(match[1]), int(match[2])).label}")


def compose_coming(setting: AnnexSetting) -> AnnexComing | None:
    """The next meeting as the notes name it; one of another kind is no date for what this one brings back."""
    coming = setting.view.minutes.next_meeting
    if coming is None:
        return None
    later = [one for one in (coming.title, coming.type) if one]
    return AnnexComing(
        title=later[0] if later else "",
        day=coming.day,
        time=f"{coming.time:%H:%M}" if coming.time else "",
        venue=coming.venue or "",
        note=Sentence.of(),
        remarks=remarks_on(setting, Stands.COMING, lambda _: True),
    )


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
    moved = Sentence.of(", due now: ", _due_words(placed)) if noted.put_off else ""
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
        due=_due_words(placed),
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


def _due_words(placed: PlacedAction) -> Sentence:
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
