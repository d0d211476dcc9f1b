"""Who is sent what, each in their own edition and no other, and the words of every letter; who gets nothing is said, with the reason."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath

from reportpack.compose.audience import claims_for
from reportpack.compose.setting import join_words, small_number
from reportpack.model.action import Action
from reportpack.model.commission import CommissioningNote, WantedFigures
from reportpack.model.document import ANNEX, PACK, SUPPLEMENT, kind_of
from reportpack.model.edition import Audience, Part, Ruling, shows
from reportpack.model.letter import Addressee, DocumentLetter, EnclosureLine, LinkLine, Notice, NoticeLists
from reportpack.model.meeting import Meeting, Paper
from reportpack.model.meeting_event import MeetingCancelled, MeetingEvent
from reportpack.model.office import Gets, Office, Recipient, Side
from reportpack.model.outbox import NotSent
from reportpack.model.pack import ActionLine
from reportpack.model.paper import PaperHealth
from reportpack.model.period import long_date
from reportpack.model.release import Planned, Released, ReleasedFile, ReleasedRole
from reportpack.records import Record

MEGABYTE = 730_000  # Bytes of files in a megabyte of mail: they grow by a third on their way.
MOST_CHANGED = 8
"""Changes, or things asked, that a letter tells one by one; the slip before the pack, or the pack itself, has them all."""
_OWN = {Gets.SHEET: ReleasedRole.SHEET, Gets.REPLY_FORM: ReleasedRole.REPLY_FORM}
DOCUMENT_GETS = {PACK.stem: (Gets.PACK, *_OWN), ANNEX.stem: (Gets.ANNEX, *_OWN), SUPPLEMENT.stem: (Gets.PACK,)}
"""What its recipients get with a document: itself, and what is made for each of them."""


class _Person(Record):
    """A recipient of the settings as one person with an address."""

    name: str
    email: str
    recipient: Recipient


def recipients_for(office: Office, series: str) -> tuple[Recipient, ...]:
    """Who gets letters about that series of meetings."""
    return tuple(one for one in office.recipients if not one.series or series in one.series)


def needed_editions(office: Office, series: str, document: str) -> tuple[Audience, ...]:
    """The editions that somebody gets the document in, or their own sheet or form with it."""
    return tuple(dict.fromkeys(one.edition for one in recipients_for(office, series) if {*DOCUMENT_GETS[document]} & {*one.gets}))


def smallest_room(office: Office, series: str, edition: Audience) -> int:
    """The fewest bytes that one letter with that edition's pack may carry; 0 where nobody is sent it, or what is too large goes as a link."""
    rooms = [_room(one, office) for one in recipients_for(office, series) if one.edition is edition and Gets.PACK in one.gets]
    return min(rooms, default=0) * MEGABYTE if not office.mail.files_at else 0


def _room(recipient: Recipient, office: Office) -> int:
    return min(filter(None, (recipient.attach_up_to, office.mail.attach_up_to)), default=0)


def own_papers_of(recipient: Recipient) -> tuple[tuple[ReleasedRole, tuple[str, ...]], ...]:
    """The papers of their own that a recipient gets, with the areas that each is about."""
    sheet = ((ReleasedRole.SHEET, recipient.areas),) if Gets.SHEET in recipient.gets else ()
    form = ((ReleasedRole.REPLY_FORM, ()),) if Gets.REPLY_FORM in recipient.gets else ()
    return (*sheet, *form) if recipient.post else ()


def plan_letters(
    office: Office, series: str, document: str, releases: Sequence[Released], on: date
) -> tuple[tuple[Planned, ...], tuple[NotSent, ...]]:
    """A letter for each person who gets something of the document; and everybody who does not, with the reason.

    `releases` are the newest of each edition. One person has one letter: several lines of the settings for one address become one,
    unless they name two editions."""
    by_edition = {one.edition: one for one in releases}
    persons: dict[str, list[_Person]] = {}
    not_sent: list[NotSent] = []
    for recipient in recipients_for(office, series):
        found, why = _persons(recipient, office, on)
        if why:
            not_sent.append(NotSent(recipient.name, recipient.post, why))
        for one in found:
            persons.setdefault(one.email.strip().casefold(), []).append(one)
    planned: list[Planned] = []
    for lines in persons.values():
        letter = _letter(lines, office, document, by_edition)
        if isinstance(letter, NotSent):
            not_sent.append(letter)
        else:
            planned.append(letter)
    return tuple(planned), tuple(not_sent)


def _persons(recipient: Recipient, office: Office, on: date) -> tuple[list[_Person], str]:
    if recipient.email:
        title = office.post(recipient.post)
        return [_Person(recipient.name or (f"the office of the {title.title}" if title else ""), recipient.email, recipient)], ""
    holders = office.holders_on(recipient.post, on)
    if not holders:
        return [], "nobody holds the post"
    missing = [one.name for one in holders if not one.email]
    why = f"{' and '.join(missing)} has no address in office.toml" if missing else ""
    return [_Person(one.name, one.email, recipient) for one in holders if one.email], why


def _letter(lines: Sequence[_Person], office: Office, document: str, by_edition: dict[Audience, Released]) -> Planned | NotSent:
    first = lines[0]
    posts = tuple(dict.fromkeys(one.recipient.post for one in lines))
    gets = frozenset(each for one in lines for each in one.recipient.gets)
    editions = {one.recipient.edition for one in lines}
    if not gets & set(DOCUMENT_GETS[document]):
        why = f"is not sent the {document.replace('-', ' ')} by the settings"
        return NotSent(first.name, first.recipient.post, why, meant=True)
    if len(editions) > 1:
        named = " and the ".join(sorted(editions))
        why = f"is listed with two editions, the {named}: nobody can tell which is theirs"
        return NotSent(first.name, first.recipient.post, why)
    edition = first.recipient.edition
    sides = [found.side for post in posts if (found := office.post(post)) is not None]
    if not shows(edition, Part.OTHER_POSTS) and any(side is not Side.OFFICE for side in sides):
        return NotSent(first.name, first.recipient.post, "would get the office's edition and does not belong to the office")
    release = by_edition.get(edition)
    if release is None:
        return NotSent(first.name, first.recipient.post, f"the {edition} edition is not released")
    papers, lacking = _papers(lines, release) if DOCUMENT_GETS[document][1:] else ((), "")
    if DOCUMENT_GETS[document][0] not in gets and not papers:
        return NotSent(first.name, first.recipient.post, lacking or "there is nothing of their own in it")
    to = Addressee(first.name, first.email.strip(), first.recipient.post, edition)
    return Planned(to, release, gets, papers, posts, min(_room(one.recipient, office) for one in lines), lacking)


def _papers(lines: Sequence[_Person], release: Released) -> tuple[tuple[ReleasedFile, ...], str]:
    """Their own papers, from among what was released; those that were not are told, never made anew."""
    papers: dict[ReleasedFile, None] = {}
    lacking: list[str] = []
    for one in lines:
        for role, areas in own_papers_of(one.recipient):
            file = release.file(role, one.recipient.post, areas)
            if file is not None:
                papers[file] = None
            else:
                lacking.append(f"their {role} was not among what was released: release it again")
    return tuple(papers), "; ".join(dict.fromkeys(lacking))


def document_name(meeting: Meeting, release: Released, ending: str) -> str:
    """`2019-05-28 assurance briefing pack v1 force.pdf`, `2019-05-28 assurance supplement 1 force.pdf`."""
    return f"{meeting.day.isoformat()} {meeting.series} {release.named} {release.edition.value}{ending}"


def paper_name(meeting: Meeting, release: Released, paper: ReleasedFile, office: Office) -> str:
    """`2019-05-28 assurance own sheet v1 CC.pdf`."""
    post = office.post(paper.post)
    whose = " ".join(((post.abbreviation or post.id) if post else paper.post, *paper.areas))
    ending = ".pdf" if paper.role is ReleasedRole.SHEET else ".xlsx"
    return f"{meeting.day.isoformat()} {meeting.series} {paper.role.value} v{release.version} {whose}{ending}"


def compose_letter(
    planned: Planned,
    meeting: Meeting,
    office: Office,
    enclosures: tuple[EnclosureLine, ...],
    links: tuple[LinkLine, ...],
    turned: tuple[str, ...] = (),
    changed: tuple[str, ...] = (),
    place: tuple[int, int] = (1, 1),
    had: int = 0,
) -> DocumentLetter:
    """What is said to one person; `turned` are the verdicts that were otherwise in what they had before, `changed` what else was; `place` is
    the letter's among those that carry it, `had` the version that they had last (0: none)."""
    release, mail = planned.release, office.mail
    marking = office.edition(release.edition).marked_on(release.on)
    kind, numbered = kind_of(release.document), release.document == SUPPLEMENT.stem
    asked = tuple(dict.fromkeys(words for post, words in release.asked if post in planned.posts)) if place[0] == 1 else ()
    of = f"{meeting.title}, {long_date(meeting.day)}"
    title = f"{kind.in_letters} {release.version}: {of}" if numbered else f"{kind.in_letters}: {of} (v{release.version})"
    title += f", letter {place[0]} of {place[1]}" if place[1] > 1 else ""
    return DocumentLetter(
        title=f"{marking}: {title}" if marking else title,
        language=office.language,
        marking=marking,
        name=planned.to.name or planned.to.email,
        meeting=meeting.title,
        day=meeting.day,
        time=f"{meeting.start_time:%H:%M}" if meeting.start_time is not None else "",
        venue=meeting.venue,
        version=f"{release.version}" if numbered else f"v{release.version}",
        edition=release.edition.value,
        pages="1 page" if release.pages == 1 else f"{release.pages} pages",
        replaces=f"v{release.version - 1}" if release.version > 1 and not numbered else "",
        had=f"v{had}" if 0 < had < release.version - 1 and not numbered else "",
        has_document=DOCUMENT_GETS[release.document][0] in planned.gets,
        has_form=any(one.role is ReleasedRole.REPLY_FORM for one in planned.papers),
        reply_to=mail.reply_to or mail.sender,
        office=office.name_on(release.on),
        contact=office.contact,
        enclosures=enclosures,
        links=links,
        number=place[0],
        letters=place[1],
        turned=turned,
        changed=changed[:MOST_CHANGED],
        more_changed=max(len(changed) - MOST_CHANGED, 0),
        asked=asked[:MOST_CHANGED],
        more_asked=max(len(asked) - MOST_CHANGED, 0),
        headlines=release.headlines if place[0] == 1 else (),
    )


def what_it_is(release: Released, paper: ReleasedFile | None = None) -> str:
    """What an enclosed file is, in the letter's list."""
    if paper is None:
        return kind_of(release.document).spoken
    return "your own sheet, with your actions" if paper.role is ReleasedRole.SHEET else "the reply form for your actions"


def commissioning_notice(
    note: CommissioningNote, to: Addressee, office: Office, own: Sequence[ActionLine], enclosed: tuple[EnclosureLine, ...]
) -> Notice:
    """What is asked of one person; the rest is in the note that goes with it."""
    post = office.post(to.post)
    when = f"{long_date(note.day)}{f' at {note.time}' if note.time else ''}{f', {note.venue}' if note.venue else ''}"
    papers = tuple(f"{one.title}, by {one.by}" for one in note.papers if post is not None and one.author == post.title)
    actions = tuple(_action_line(one.ref, one.title or one.words, one.due.text[:1].lower() + one.due.text[1:]) for one in own)
    opening = f"The next {note.heading} is on {when}. {note.summary.text}"
    title = f"What is asked for: {note.heading}, {long_date(note.day)}"
    return _notice(title, opening, NoticeLists(papers=papers, actions=actions), to, office, note.on, enclosed)


def reminder_notice(actions: Sequence[tuple[Action, date]], today: date, to: Addressee, office: Office) -> Notice:
    """Actions whose day is near, has come or has just passed."""
    lines = tuple(_reminded(action, due, today, claims_for(office).rule(to.edition, action)) for action, due in actions)
    one_only = len(actions) == 1
    opening = f"{small_number(len(actions)).capitalize()} {'action is' if one_only else 'actions are'} due."
    title = f"Reminder: {'action' if one_only else 'actions'} {join_words([action.ref for action, _ in actions])}"
    return _notice(title, opening, NoticeLists(actions=lines), to, office, today)


def chase_notice(
    meeting: Meeting, papers: Sequence[Paper], figures: Sequence[WantedFigures], today: date, to: Addressee, office: Office
) -> Notice:
    """Papers and figures that were wanted for a meeting and have not come."""
    lists = NoticeLists(
        papers=tuple(f"{one.title}{f', wanted by {long_date(one.wanted_by)}' if one.wanted_by else ''}" for one in papers),
        figures=tuple(f"{one.measure}, {one.month}, expected by {one.by}" for one in figures),
    )
    what = join_words([*(["papers"] if papers else []), *(["figures"] if figures else [])])
    opening = f"These {what} for the {meeting.title} of {long_date(meeting.day)} have not reached us."
    return _notice(f"Still wanted for {meeting.title}, {long_date(meeting.day)}", opening, lists, to, office, today)


def sheets_notice(
    meeting: Meeting, papers: Sequence[tuple[Paper, PaperHealth, tuple[str, ...]]], today: date, to: Addressee, office: Office
) -> Notice:
    """How the files are that came for a meeting, and what is asked of their author, by the first day still ahead on which it can be used."""
    final = meeting.day - timedelta(days=office.due.final)
    by = min(one for one in (*(paper.wanted_by for paper, *_ in papers), final, meeting.day) if one is not None and one >= today)
    lists = NoticeLists(
        papers=tuple(f"{paper.title} ({PurePosixPath(paper.file).name}): {sheet.line}" for paper, sheet, _ in papers),
        waiting=tuple(f"{paper.title}: {line}" for paper, _, lines in papers for line in lines),
    )
    what = "a paper of yours has" if len(papers) == 1 else f"{small_number(len(papers))} papers of yours have"
    of = f"{meeting.title} of {long_date(meeting.day)}"
    opening = f"For the {of} {what} come. Please put right what is said below by {long_date(by)}."
    return _notice(f"Your paper for {meeting.title}, {long_date(meeting.day)}: please look", opening, lists, to, office, today)


def calendar_notice(
    meeting: Meeting, told: MeetingEvent | None, today: date, to: Addressee, office: Office, enclosed: tuple[EnclosureLine, ...]
) -> Notice:
    """A meeting that was set, moved or called off since what was `told` of it last."""
    when = f"{long_date(meeting.day)}{f' at {meeting.start_time:%H:%M}' if meeting.start_time else ''}"
    where = f", {meeting.venue}" if meeting.venue else ""
    if meeting.cancelled:
        title, opening = "Called off", f"The {meeting.title} of {when} is called off."
    elif isinstance(told, MeetingCancelled):
        title, opening = "Goes ahead", f"The {meeting.title} goes ahead after all, on {when}{where}."
    elif told is not None:
        title, opening = "Changed", f"The {meeting.title} has changed. It is now on {when}{where}."
    else:
        title, opening = "Meeting", f"The {meeting.title} is on {when}{where}."
    return _notice(f"{title}: {meeting.title}, {long_date(meeting.day)}", opening, NoticeLists(), to, office, today, enclosed)


def report_notice(
    today: date, lists: NoticeLists, to: Addressee, office: Office, enclosed: tuple[EnclosureLine, ...] = ()
) -> Notice:
    """What the machine did on a day, what waits for the officer, and what failed."""
    counts = ((lists.failed, "failed"), (lists.waiting, "waiting for you"), (lists.missing, "missing"), (lists.done, "done"))
    said = join_words([f"{len(lines)} {words}" for lines, words in counts if lines])
    return _notice(
        f"Due on {long_date(today)}: {said}", f"What fell due by {long_date(today)}.", lists, to, office, today, enclosed
    )


def _notice(
    title: str,
    opening: str,
    lists: NoticeLists,
    to: Addressee,
    office: Office,
    on: date,
    enclosures: tuple[EnclosureLine, ...] = (),
) -> Notice:
    marking = office.edition(to.edition).marked_on(on)
    return Notice(
        title=f"{marking}: {title}" if marking else title,
        language=office.language,
        marking=marking,
        name=to.name,
        opening=opening,
        lists=lists,
        office=office.name_on(on),
        contact=office.contact,
        enclosures=enclosures,
    )


def _reminded(action: Action, due: date, today: date, ruling: Ruling) -> str:
    words = (action.title or action.words) if ruling.shown else action.public_title
    when = f"due on {long_date(due)}" if due > today else "due today" if due == today else f"was due on {long_date(due)}"
    return _action_line(action.ref, words, when)


def _action_line(ref: str, words: str, when: str) -> str:
    return f"{ref} {words.rstrip(' .')}: {when}" if words else f"{ref}: {when}"
