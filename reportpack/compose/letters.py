"""The words of the letters that carry released documents; templates/letters/ arranges them."""

from reportpack.model.document import kind_of
from reportpack.model.letter import DocumentLetter, EnclosureLine, LetterKind, LinkLine
from reportpack.model.meeting import Meeting
from reportpack.model.office import Gets, Office
from reportpack.model.period import long_date
from reportpack.model.release import Planned, Released, ReleasedFile, ReleasedRole


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
