"""`publish`: a released edition for the public, put where the web site takes it from, in the bytes that were kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from reportpack.analyse.findings import given_away
from reportpack.compose.passages import Passages, Printed, held_in
from reportpack.compose.publication import compose_disclosures, elsewhere, publication_steps, step_words, warnings
from reportpack.compose.still_named import still_named
from reportpack.errors import OutputError, RefusedError, Remedy, fails_as
from reportpack.ledger import Ledger
from reportpack.merge.noted_corrections import standing_passages
from reportpack.merge.proposals import days_closed
from reportpack.model.document import PACK, SUPPLEMENT, kind_of
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.journal import Entry, Step
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.passage import PassageHeld, PassageRestored
from reportpack.model.period import long_date
from reportpack.model.release import (
    PublicationStep,
    Published,
    PublishedFile,
    PublishedIndex,
    PublishedPaper,
    Released,
    ReleasedRole,
)
from reportpack.read.words.notes import read_notes
from reportpack.records import Record
from reportpack.render.letters import LetterTemplates
from reportpack.run.letters.bundle import index_files, not_accessible, public_register, texts_now, with_figures, words_of_page
from reportpack.run.letters.epochs import content_of, in_step
from reportpack.run.letters.gate import leak_gate
from reportpack.run.letters.proposal import refuse_given_away
from reportpack.run.minutes.annex_issue import NAME as ANNEX
from reportpack.run.minutes.annex_issue import refuse_open_queries
from reportpack.run.minutes.annex_reading import AnnexOrder, read_for_annex
from reportpack.run.office_files import REGISTER, Folders, begun_memory, gather_meetings, open_memory, which_meeting
from reportpack.run.program import office_templates
from reportpack.run.steps.citing import REGISTER_CSV, with_citing
from reportpack.run.steps.recording import recording
from reportpack.run.steps.released import disclosed_before, last_release, version_of, was_published
from reportpack.run.steps.standing import read_standing, refuse_conflict

FOLDER = "public"
_KINDS = {
    ReleasedRole.PDF: ("PDF", "application/pdf"),
    ReleasedRole.WEB: ("web page", "text/html"),
    ReleasedRole.APPENDIX: ("appendix as PDF", "application/pdf"),
    ReleasedRole.APPENDIX_WEB: ("appendix as web page", "text/html"),
    ReleasedRole.TABLES: ("full tables as workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ReleasedRole.FULL: ("PDF with the papers", "application/pdf"),
}


class PublishOrder(Record):
    """What is to be published, where (None: the folder `public` inside build/), and by whom."""

    meeting: str
    document: str
    folder: Path | None
    by: str
    now: datetime
    today: date


class Publishing(Record):
    """What would be published; `known` when that version was before."""

    meeting: Meeting
    release: Released
    folder: Path
    files: dict[Path, bytes]
    known: bool
    steps: tuple[str, ...] = ()  # the meeting's checklist, once this is published
    warnings: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # words held back since, and names of what is held back that stand still
    gone: tuple[Path, ...] = ()  # files of earlier versions with words that were held back since: they are taken away


def prepare_publishing(folders: Folders, order: PublishOrder) -> Publishing:
    """What would be published; RefusedError for what is not released, for an open query, for a conflict."""
    settings, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, order.meeting, order.today)
    folder = order.folder or folders.build / FOLDER
    with begun_memory(folders) as ledger:
        release = last_release(ledger, meeting.id, order.document, Audience.PUBLIC)
        if release is None:
            what = {"document": kind_of(order.document).short, "edition": "public", "by": "NAME"}
            found = f"The public edition of the {order.document.replace('-', ' ')} of {meeting.id} is not released."
            raise RefusedError(found, Remedy("Build it, look at it, release it:", "release", meeting.id, **what))
        standing = read_standing(folders.inputs / REGISTER, ledger, None, order.today.year)
        refuse_conflict(standing)
        settings = with_citing(settings, ledger, standing.rows)
        notes = None
        if order.document == ANNEX:
            read = read_for_annex(folders, AnnexOrder(meeting.id, None, order.now, order.today), ledger, lambda _: None)
            refuse_open_queries(read)
            notes = read.view
        elif order.document == PACK.stem and settings.office.edition(release.edition).hide_small:
            version, earlier = version_of(ledger, release), disclosed_before(ledger, settings.office)
            refuse_given_away(given_away(version, earlier, settings.measures, settings.office, release.on), meeting)
        held, _ = standing_passages(ledger.of_kinds(PassageHeld, PassageRestored))
        gate = leak_gate(folders, settings, meeting, standing.rows, release, notes, held)
        for file in release.files:
            gate.refuse(file.role, ledger.kept(file.sha256))
        own = _published(release, folder, order.today)
        names = (published_name(meeting, own.document, own.version, one.role) for one in own.files)
        files = {folder / meeting.id / name: ledger.kept(one.sha256) for name, one in zip(names, own.files, strict=True)}
        known = was_published(ledger, release)
        papers, figures = with_figures(ledger, list(published_papers(ledger, meetings, own, own.folder)))
        register, left = public_register(settings, standing.rows, held)
        for name, data in (*figures.items(), (REGISTER_CSV, register)):
            gate.refuse(name, data)
            files[folder / name] = data
        office, every = settings.office, {one.id: one for one in meetings}
        newest = tuple(sorted(papers, key=lambda one: (one.day, one.meeting, one.document), reverse=True))
        of = {one: every[one] for one in dict.fromkeys(paper.meeting for paper in newest)}
        said = {one: read_notes(folders.inputs / "notes", one, at.agenda, office, at.also)[:2] for one, at in of.items()}
        of_meeting = {one: (*standing_passages(ledger.passages(one))[0], *held_in(of)) for one, of in said.items()}
        texts, stale = texts_now(ledger, newest, Passages(Audience.PUBLIC, held, office))
        disclosed = compose_disclosures(settings, every, newest, texts, of_meeting, left)
        unreadable = not_accessible(folders, settings, every, newest)
        index = PublishedIndex(office.name, office.language, office.contact, newest, disclosed, unreadable, elsewhere(office))
        gone = tuple(_held_since(ledger, own, Passages(Audience.PUBLIC, held, office), folder, meeting))
        mine, rows = of_meeting[meeting.id], Printed(REGISTER_CSV, register.decode("utf-8-sig"))
        its = [text for one, text in zip(index.papers, texts, strict=True) if one.meeting == meeting.id]
        asked = (*stale, *still_named(mine, (*texts, rows), office), *still_named(held, its, office))
        steps = _steps(ledger, office, meeting, index.papers)
    templates = LetterTemplates(office_templates(folders))
    files |= {folder / name: data for name, data in index_files(templates, index, texts).items()}
    shown = (tuple(step_words(one, order.today) for one in steps), tuple(warnings(office, index.disclosed)))
    return Publishing(meeting, release, folder, files, known, *shown, tuple(dict.fromkeys(asked)), gone)


def publication_of(folders: Folders, order: PublishOrder) -> tuple[Meeting, tuple[str, ...]]:
    """What is to be published of a meeting, and how that stands; nothing is published."""
    settings, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, order.meeting, order.today)
    with open_memory(folders) as ledger:
        papers = tuple(published_papers(ledger, [meeting], None, (order.folder or Path(FOLDER)).name))
        steps = _steps(ledger, settings.office, meeting, papers)
    return meeting, (*(step_words(one, order.today) for one in steps), *warnings(settings.office, ()))


def _steps(ledger: Ledger, office: Office, meeting: Meeting, papers: Sequence[PublishedPaper]) -> tuple[PublicationStep, ...]:
    day, left, closed = meeting.day, office.publication.agenda_days, days_closed(office)
    while left:
        day -= timedelta(days=1)
        left -= closed.is_working_day(day)
    opened = standing_passages(ledger.passages(meeting.id))[1]
    return publication_steps(office, meeting, day, papers, opened=bool(opened))


def _held_since(ledger: Ledger, own: Published, passages: Passages, folder: Path, meeting: Meeting) -> Iterator[Path]:
    for one in (event.what for event in ledger.releases(meeting.id)):
        if isinstance(one, Published) and _place(one) == _place(own) and one.version != own.version:
            web = next((file.sha256 for file in one.files if file.role is ReleasedRole.WEB), "")
            words = [] if ledger.is_erased(web) else [words_of_page(ledger.kept(web))]
            names = (published_name(meeting, one.document, one.version, file.role) for file in one.files)
            yield from (folder / meeting.id / name for name in names if not words or passages.cut(words) != words)


def record_publishing(folders: Folders, order: PublishOrder, publishing: Publishing) -> tuple[Path, ...]:
    """Record it, then put the files there; a version that was published before is only put there again."""
    release = publishing.release
    own = _published(release, publishing.folder, order.today)
    with begun_memory(folders) as ledger, recording(folders, order.now, ledger=ledger) as record:
        in_step(record)
        if last_release(ledger, release.meeting, release.document, release.edition) != release:
            raise RefusedError("It was released anew while you were looking.", "Nothing was published. Run it again.")
        kept = {path.relative_to(publishing.folder).as_posix(): ledger.keep(data) for path, data in publishing.files.items()}
        theirs = {one.sha256 for one in own.files}
        beside = tuple((name, sha256) for name, sha256 in kept.items() if sha256 not in theirs)
        own = replace(own, beside=beside, cited=release.cited)
        known, document = was_published(ledger, release), f"{release.meeting}/{release.document}"
        said = Entry(Step.PUBLISHED, document, release.version, release.edition.value, content=content_of(release.files))
        ledger.say(said)  # from here on somebody may have it
        known = known and [one.beside for one in ledger.happened(Published) if one.folder == own.folder][-1:] == [own.beside]
        record.record([] if known else [Event(own, order.now, order.by)], publishing.files)
    remedy = "See what else writes there, then publish again: it is put there anew."
    for path in publishing.gone:
        with fails_as(
            OutputError, f"{path} holds words that were held back since, and cannot be taken away", "Take it away yourself."
        ):
            path.unlink(missing_ok=True)
    for path, data in publishing.files.items():
        with fails_as(OutputError, f"{path} was put there and cannot be read back", remedy):
            held = path.read_bytes()
        if held != data:
            raise OutputError(f"{path} does not hold what was put there.", remedy)
    return tuple(publishing.files)


def _published(release: Released, folder: Path, on: date) -> Published:
    given = tuple(one for one in release.files if one.role in _KINDS)
    return Published(release.meeting, release.document, release.edition, release.version, on, folder.name, given)


def published_papers(
    ledger: Ledger, meetings: Sequence[Meeting], own: Published | None = None, folder: str | None = None
) -> Iterator[PublishedPaper]:
    """What lies there (None: anywhere) by what was recorded, the last version of each document; and what is published now, since the day it first was."""
    for meeting in meetings:
        found = [one.what for one in ledger.releases(meeting.id) if isinstance(one.what, Published)]
        last = {_place(one): one for one in found if folder in (None, one.folder)}
        if own is not None and meeting.id == own.meeting:
            wanted = (own.document, own.edition, own.version)
            since = next((one.on for one in found if (one.document, one.edition, one.version) == wanted), own.on)
            last[_place(own)] = replace(own, on=since)
        for one in last.values():
            files = ((f"{meeting.id}/{published_name(meeting, one.document, one.version, of.role)}", of) for of in one.files)
            listed = tuple(PublishedFile(path, *_KINDS[of.role], of.sha256) for path, of in files if of.role in _KINDS)
            number = f" {one.version}" if one.document == SUPPLEMENT.stem else ""
            title = f"{kind_of(one.document).in_letters}{number}: {meeting.title}, {long_date(meeting.day)}"
            yield PublishedPaper(title, meeting.id, meeting.day, one.document, one.version, one.on, listed)


def _place(one: Published) -> tuple[str, int]:
    """Its line in the index: a later version takes the place of an earlier, one supplement not that of another."""
    return one.document, one.version if one.document == SUPPLEMENT.stem else 0


def published_name(meeting: Meeting, document: str, version: int, role: ReleasedRole) -> str:
    """`2019-06-25-public-briefing-pack-v1.pdf`: a name that an address can end in."""
    return f"{meeting.day.isoformat()}-{meeting.series}-{document}-v{version}{role.ending.replace(' ', '-')}"
