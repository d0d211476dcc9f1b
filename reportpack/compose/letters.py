"""Who is sent what, each in their own edition and no other, and the words of the letters; who gets nothing is said, with the reason."""

from collections.abc import Iterable, Sequence
from datetime import date

from reportpack.model.document import RELEASED, kind_of
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.letter import Addressee, DocumentLetter, EnclosureLine, LetterKind, LinkLine
from reportpack.model.meeting import Meeting
from reportpack.model.office import Gets, Office, Recipient, Side
from reportpack.model.outbox import NotSent
from reportpack.model.period import long_date
from reportpack.model.release import Planned, Released, ReleasedFile, ReleasedRole
from reportpack.records import dataclass

DOCUMENT_GETS = {one.stem: Gets(one.short) for one in RELEASED}
_OWN = {Gets.SHEET: ReleasedRole.SHEET, Gets.REPLY_FORM: ReleasedRole.REPLY_FORM}


@dataclass(frozen=True, slots=True)
class _Person:
    """A recipient of the settings as one person with an address."""

    name: str
    email: str
    recipient: Recipient


def recipients_for(office: Office, series: str) -> tuple[Recipient, ...]:
    """Who gets letters about that series of meetings."""
    return tuple(one for one in office.recipients if not one.series or series in one.series)


def needed_editions(office: Office, series: str, document: str) -> tuple[Audience, ...]:
    """The editions that somebody gets the document in, or their own sheet or form with it."""
    wanted = {DOCUMENT_GETS[document], *_OWN}
    return tuple(dict.fromkeys(one.edition for one in recipients_for(office, series) if wanted & set(one.gets)))


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
    if not gets & {DOCUMENT_GETS[document], *_OWN}:
        why = f"is not sent the {document.replace('-', ' ')} by the settings"
        return NotSent(first.name, first.recipient.post, why, meant=True)
    if len(editions) > 1:
        named = " and the ".join(sorted(editions))
        return NotSent(
            first.name, first.recipient.post, f"is listed with two editions, the {named}: nobody can tell which is theirs"
        )
    edition = first.recipient.edition
    if _beyond(edition, posts, office):
        return NotSent(first.name, first.recipient.post, "would get the office's edition and does not belong to the office")
    release = by_edition.get(edition)
    if release is None:
        return NotSent(first.name, first.recipient.post, f"the {edition} edition is not released")
    papers, lacking = _papers(lines, release)
    if DOCUMENT_GETS[document] not in gets and not papers:
        return NotSent(first.name, first.recipient.post, lacking or "there is nothing of their own in it")
    to = Addressee(first.name, first.email.strip(), first.recipient.post, edition)
    return Planned(to, release, gets, papers, posts, lacking)


def _beyond(edition: Audience, posts: Iterable[str], office: Office) -> bool:
    sides = [found.side for post in posts if (found := office.post(post)) is not None]
    return not shows(edition, Part.OTHER_POSTS) and any(side is not Side.OFFICE for side in sides)


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


def letter_kind(document: str) -> LetterKind:
    """What a letter with that document is."""
    return LetterKind(kind_of(document).short)


def document_name(meeting: Meeting, release: Released, ending: str) -> str:
    """`2019-05-28 assurance briefing pack v1 force.pdf`."""
    words = release.document.replace("-", " ")
    return f"{meeting.day.isoformat()} {meeting.series} {words} v{release.version} {release.edition.value}{ending}"


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
) -> DocumentLetter:
    """What is said to one person; `turned` are the verdicts that were otherwise in what they had before."""
    release, mail = planned.release, office.mail
    edition = office.edition(release.edition)
    title = f"{kind_of(release.document).in_letters}: {meeting.title}, {long_date(meeting.day)} (v{release.version})"
    return DocumentLetter(
        title=f"{edition.marking}: {title}" if edition.marking else title,
        language=office.language,
        marking=edition.marking,
        name=planned.to.name or planned.to.email,
        meeting=meeting.title,
        day=meeting.day,
        time=f"{meeting.start_time:%H:%M}" if meeting.start_time is not None else "",
        venue=meeting.venue,
        version=f"v{release.version}",
        edition=release.edition.value,
        pages="1 page" if release.pages == 1 else f"{release.pages} pages",
        replaces=f"v{release.version - 1}" if release.version > 1 else "",
        has_document=Gets(kind_of(planned.release.document).short) in planned.gets,
        has_form=any(one.role is ReleasedRole.REPLY_FORM for one in planned.papers),
        reply_to=mail.reply_to or mail.sender,
        office=office.name,
        contact=office.contact,
        enclosures=enclosures,
        links=links,
        turned=turned,
    )


def what_it_is(release: Released, paper: ReleasedFile | None = None) -> str:
    """What an enclosed file is, in the letter's list."""
    if paper is None:
        return kind_of(release.document).spoken
    return "your own sheet, with your actions" if paper.role is ReleasedRole.SHEET else "the reply form for your actions"
