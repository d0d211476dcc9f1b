"""The head of the annex: the meeting as noted, who was there, the matters brought forward, the next meeting."""

from collections.abc import Iterator

from reportpack import patterns as re
from reportpack.compose.annex_said import AnnexSetting, correction_remarks, remarks_on
from reportpack.compose.occasions import count_words, small_number
from reportpack.model.annex import AnnexAction, AnnexComing, AnnexHead, AnnexMatter, AnnexSaid, AttendanceGroup
from reportpack.model.answer import Stands
from reportpack.model.minutes import Attendance, Attended
from reportpack.model.noted import AnnexStanding, PlacedMatter
from reportpack.model.pack import Link
from reportpack.model.period import Period, long_date
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
    lines = tuple(Sentence.of(words) for words in _gist(matters, actions, commitments, corrections))
    return lines if actions or not actions_out else (Sentence.of(actions_out), *lines[1:])


def _gist(
    matters: tuple[AnnexMatter, ...], actions: tuple[AnnexAction, ...], commitments: tuple[AnnexSaid, ...], corrections: int
) -> Iterator[str]:
    back = sum(one.comes_back for one in actions)
    more = f", {small_number(back)} of them to come back to a later meeting" if back else ""
    yield f"{count_words(len(actions), 'action').capitalize()} arising{more}."
    if matters:
        open_ones = sum(not one.decided for one in matters)
        ending = f"{small_number(open_ones)} without a recorded outcome" if open_ones else "each with an outcome"
        noun = "matter" if len(matters) == 1 else "matters"
        yield f"{small_number(len(matters)).capitalize()} {noun} brought forward, {ending}."
    if commitments:
        yield f"{count_words(len(commitments), 'commitment').capitalize()} recorded."
    if corrections:
        yield f"{count_words(corrections, 'correction').capitalize()} to these notes accepted."


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
    places = tuple(link for one in items if (link := setting.link(one)) is not None)
    return AnnexMatter(
        id=f"matter-noted-{number}",
        ref=placed.ref,
        title=noted.title,
        words=noted.words,
        origin=_origin(noted.origin),
        discussed=_discussed(noted.discussed_at, places),
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


def _discussed(claimed: str | None, places: tuple[Link, ...]) -> Sentence:
    if places:
        return Sentence.of("Discussed at")
    if claimed:
        return Sentence.of(f"Said to have been discussed at {claimed}; no passage there discusses it")
    return Sentence.of("No passage discusses it")


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
