"""The minutes-and-actions annex, composed, and the sheet of queries for the note taker, which is for the office alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from reportpack.compose import annex_parts as parts
from reportpack.compose.annex_parts import place_words
from reportpack.compose.appendix import list_abbreviations
from reportpack.compose.passages import REWORDED, Passages, held_for
from reportpack.compose.setting import anchor, count_words, head_of, small_number
from reportpack.model import annex as model
from reportpack.model.answer import Answer, AskedQuery, Cause, Stands, Verdict, count_questions
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.minutes import Attendance, Attended, NotedPassage, NotedState
from reportpack.model.noted import AnnexStanding, NotedView, PlacedItem
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.words import Sentence


def compose_annex(view: NotedView, edition: Audience, office: Office, on: date, version: str) -> model.Annex:
    """The annex of the notes in `view`; what its readers may not see is out of it before the first sentence."""
    passages, whole = Passages(edition, view.held, office), parts.AnnexSetting(view, edition, office)
    view = passages.in_notes(view)
    setting = parts.AnnexSetting(view, edition, office)
    matters, arising = parts.compose_matters(setting), parts.compose_arising(setting)
    commitments = parts.compose_commitments(setting)
    meeting, corrections = view.meeting, tuple(parts.compose_correction(one, setting) for one in parts.accepted(setting))
    made_from = f"Made from {view.minutes.file} (sha256 {view.minutes.sha256[:16]})."
    matters_out, actions_out = _left_out(whole, len(arising), len(matters))
    day = long_date(meeting.day)
    titles = (f"Meeting notes and actions: {meeting.title}, {day}", f"Notes and actions, {day}")
    annex = model.Annex(
        **head_of(office, edition, on, version, *titles, f"Notes of the meeting of {day}, with the actions arising"),
        meeting=meeting.id,
        head=compose_head(setting, compose_gist(matters, arising, commitments, actions_out, len(corrections))),
        attendance=compose_attendance(setting),
        matters=matters,
        items=compose_notes(setting),
        decisions=parts.compose_decisions(setting),
        actions=arising,
        earlier=parts.compose_earlier(setting),
        commitments=commitments,
        returns=parts.compose_returns(setting),
        coming=parts.compose_coming(setting),
        made_from=Sentence.of(made_from if shows(edition, Part.WORKINGS) else ""),
        marked=parts.marks_on(setting, Stands.HEAD, lambda _: True),
        matters_withheld=matters_out,
        actions_withheld=actions_out,
        attendance_remarks=parts.remarks_on(setting, Stands.ATTENDANCE, lambda _: True),
        corrections=corrections,
        abbreviations=list_abbreviations(office),
    )
    return passages.everywhere(annex)


def _left_out(setting: parts.AnnexSetting, arising: int, matters: int) -> tuple[str, str]:
    """That matters and actions are left out of this edition, and how many for those who may know it; the items say so themselves."""
    every = [one for one in setting.view.actions if one.noted.marked and one.noted.state is NotedState.NEW]
    counted = shows(setting.edition, Part.REFERENCES)
    return _left(len(setting.view.matters) - matters, "matter", counted), _left(len(every) - arising, "action", counted)


def _left(count: int, noun: str, counted: bool) -> str:
    how_many = count_words(count, noun).capitalize() if counted else f"Some {noun}s"
    return f"{how_many} left out of this edition." if count else ""


PRIVATE = "A passage with private details is left out of this edition."


def compose_notes(setting: parts.AnnexSetting) -> tuple[model.AnnexItem, ...]:
    """Every item; what stands before the first is the office's."""
    items = tuple(_item(one, setting) for one in setting.view.items)
    if not setting.view.loose or not setting.reads(Audience.OFFICE):
        return items
    blocks = tuple(note_blocks(setting.view.loose))
    return (model.AnnexItem("note-before", "", "Before the first item", 1, nil=False, blocks=blocks), *items)


def _item(item: PlacedItem, setting: parts.AnnexSetting) -> model.AnnexItem:
    readable = setting.reads(item.audience)
    kept = [one for one in item.passages if setting.reads(item.audience, *one.lines)]
    return model.AnnexItem(
        id=anchor("note", item.noted.path),
        number=item.number,
        title=setting.title(item),
        depth=min(item.number.count(".") + 1, 3) if item.number else 1,
        nil=item.noted.nil,
        blocks=tuple(note_blocks(kept)),
        withheld="" if readable else setting.told(item),
        left_out=_without(setting, kept, whole=len(kept) == len(item.passages)) if readable else "",
        remarks=parts.item_remarks(item, setting) if readable else (),
    )


def _without(setting: parts.AnnexSetting, kept: Sequence[NotedPassage], *, whole: bool) -> str:
    """What an item that may be read does not show of its words."""
    instead = [f"[{one.instead}]" for one in held_for(setting.edition, setting.view.held) if one.instead]
    reworded = any(gap in text for gap in instead for one in kept for text in (one.words, *one.cells))
    return " ".join(filter(None, ("" if whole else PRIVATE, REWORDED if reworded else "")))


def note_blocks(passages: Iterable[NotedPassage]) -> Iterator[model.NoteBlock]:
    """Passages as they are printed: entries that follow one another are one list, rows one table."""
    run: list[NotedPassage] = []
    for passage in passages:
        if run and _kind(run[-1]) != _kind(passage):
            yield _block(run)
            run = []
        run.append(passage)
        if _kind(passage) == "paragraph":
            yield _block(run)
            run = []
    if run:
        yield _block(run)


def _kind(passage: NotedPassage) -> str:
    if passage.cells:
        return "table"
    return "list" if passage.bullet else "paragraph"


def _block(run: Sequence[NotedPassage]) -> model.NoteBlock:
    kind = _kind(run[0])
    if kind == "table":
        width = max(len(one.cells) for one in run)
        return model.NoteBlock(kind, rows=tuple((*one.cells, *("",) * (width - len(one.cells))) for one in run))
    if kind == "list":
        return model.NoteBlock(kind, entries=tuple(one.words for one in run))
    return model.NoteBlock(kind, run[0].words)


def compose_queries(view: NotedView, office: Office, on: date, version: str) -> model.QuerySheet:
    """Every question with its places, then what is only marked in the draft, then what is answered."""
    meeting, edition = view.meeting, Audience.OFFICE
    groups = tuple(group for group in _groups(view) if group.lines)
    day = long_date(meeting.day)
    titles = (f"Queries for the note taker: {meeting.title}, {day}", f"Queries for the note taker, {day}")
    return model.QuerySheet(
        **head_of(office, edition, on, version, *titles, f"What the notes of {day} leave open"),
        meeting=meeting.id,
        heading=f"{meeting.title}, {day}",
        summary=_summary(view.asked),
        groups=groups,
    )


def _groups(view: NotedView) -> Iterator[model.QueryGroup]:
    numbers = dict.fromkeys(one.number for one in view.asked)
    for number in numbers:
        places = [one for one in view.asked if one.number == number and one.is_open]
        if places:
            blocking = any(one.blocking for one in places)
            must = ": to be answered before the notes can be agreed" if blocking else ""
            yield model.QueryGroup(f"{number}. {places[0].cause.value}{must}", _lines(places), blocking)
    marked = [one for one in view.asked if one.answer is None and one.cause is Cause.MARKED]
    yield model.QueryGroup(Cause.MARKED.value, _lines(marked))
    yield model.QueryGroup("Answered", _lines([one for one in view.asked if one.answer is not None]))


def _lines(asked: Sequence[AskedQuery]) -> tuple[model.QueryLine, ...]:
    return tuple(
        model.QueryLine(one.name, place_words(one.query.line), one.query.found, one.query.remedy, *_answer(one.answer))
        for one in asked
    )


def _answer(answer: Answer | None) -> tuple[str, Sentence]:
    if answer is None:
        return "", Sentence.of()
    given = answer.given
    said = given.words if given.verdict is Verdict.ANSWERED else given.verdict.value.capitalize()
    why = f": {given.why}" if given.why else ""
    return f"{said}{why}", Sentence.of(f"{answer.by}, {long_date(given.on)}")


def _summary(asked: Sequence[AskedQuery]) -> Sentence:
    left, blocking = count_questions(asked), count_questions(asked, blocking=True)
    if not left:
        return Sentence.of("The notes leave nothing open that somebody has to answer.")
    start = f"The notes leave {small_number(left)} questions open" if left > 1 else "The notes leave one question open"
    must = f"; {small_number(blocking)} must be answered before they can be agreed" if blocking else ""
    return Sentence.of(
        f"{start}{must}. Answer in the notes themselves and make the annex again, or answer by number on the command line: 3 for a whole question, "
        "3.2 for one of its places."
    )


_GROUPS = ((Attended.PRESENT, "Present"), (Attended.APOLOGIES, "Apologies"), (Attended.UNKNOWN, "Not known whether present"))


def compose_head(setting: parts.AnnexSetting, gist: tuple[Sentence, ...]) -> model.AnnexHead:
    """What the notes say of the meeting; what they leave out the calendar's own meeting says."""
    minutes, meeting = setting.view.minutes, setting.view.meeting
    times = [f"{one:%H:%M}" for one in (minutes.start or meeting.start_time, minutes.end) if one]
    return model.AnnexHead(
        office=setting.office.name_on(minutes.day or meeting.day),
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
    matters: tuple[model.AnnexMatter, ...],
    actions: tuple[model.AnnexAction, ...],
    commitments: tuple[model.AnnexSaid, ...],
    actions_out: str,
    corrections: int = 0,
) -> tuple[Sentence, ...]:
    """What this edition holds, in a line each; that there is nothing is said only where nothing was left out."""
    back = sum(one.comes_back for one in actions)
    more = f", {small_number(back)} of them to come back to a later meeting" if back else ""
    said = [f"{count_words(len(actions), 'action').capitalize()} arising{more}." if actions or not actions_out else actions_out]
    if matters:
        open_ones = sum(not one.decided for one in matters)
        without = f"{small_number(open_ones)} without a recorded outcome"
        ending = without if open_ones else "each with an outcome" if len(matters) > 1 else "with an outcome"
        said.append(f"{count_words(len(matters), 'matter').capitalize()} brought forward, {ending}.")
    if commitments:
        said.append(f"{count_words(len(commitments), 'commitment').capitalize()} recorded.")
    if corrections:
        said.append(f"{count_words(corrections, 'correction').capitalize()} to these notes accepted.")
    return tuple(Sentence.of(words) for words in said)


def compose_attendance(setting: parts.AnnexSetting) -> tuple[model.AttendanceGroup, ...]:
    """As the notes have it; nobody is moved from one group to another."""
    noted = setting.view.minutes.attendance
    return tuple(
        model.AttendanceGroup(title, tuple(_person(one) for one in noted if one.status is status), status is Attended.UNKNOWN)
        for status, title in _GROUPS
        if any(one.status is status for one in noted)
    )


def _person(one: Attendance) -> str:
    if not one.name:
        return f"{one.post}: no name is beside it" if one.post else "Not named"
    return f"{one.name}, {one.post}" if one.post else one.name
