"""`send`: the released bytes of a meeting's documents to the people who get them, one message each, at most once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from reportpack.compose import letters as wording
from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.letters import letter_standing, letters_standing
from reportpack.merge.noted_corrections import standing_passages
from reportpack.model.document import SUPPLEMENT, kind_of
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.letter import Enclosure, EnclosureLine, Letter, LetterKind, LinkLine
from reportpack.model.meeting import Meeting
from reportpack.model.office import Gets, Mail, Office
from reportpack.model.outbox import DeliveryReport, LetterStanding, NotSent
from reportpack.model.passage import PassageHeld, PassageRestored
from reportpack.model.problem import Problem
from reportpack.model.release import Planned, Released, ReleasedRole
from reportpack.records import Record
from reportpack.render.letters import LetterTemplates
from reportpack.run.letters.epochs import doubt_of, with_missed
from reportpack.run.letters.gate import leak_gate
from reportpack.run.letters.outbox import addressed, deliver, letter_file, letter_of, letters_folder, write_drafts
from reportpack.run.meetings.calendar import invitation
from reportpack.run.meetings.listing import take_in_meetings
from reportpack.run.office_files import REGISTER, Folders, Progress, gather_meetings, open_memory, which_meeting, write_files
from reportpack.run.pack import NAME as PACK
from reportpack.run.program import office_templates
from reportpack.run.steps.released import all_releases, may_have_gone
from reportpack.run.steps.standing import read_standing, refuse_conflict
from reportpack.send.message import build_message

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FULL, _PART = "the same with its papers, in one file", "the same with its papers: "
_WITH_A_DOCUMENT = (
    (ReleasedRole.PDF, _PDF, ""),
    (ReleasedRole.APPENDIX, _PDF, "its appendix: full tables, sources, how to read"),
    (ReleasedRole.TABLES, _XLSX, "the appendix's full tables as a workbook"),
    (ReleasedRole.FULL, _PDF, _FULL),
    (ReleasedRole.WORD, _DOCX, "the same to type in: your changes are tracked"),
)
"""The files that go with a document to whoever gets it, in their order, with what each is beside the document itself."""


class SendOrder(Record):
    """What is to be sent: no meeting means the next that has a release, no documents all that are released; `to` narrows to people."""

    meeting: str
    documents: tuple[str, ...]
    to: tuple[str, ...]
    now: datetime
    today: date


class SendPlan(Record):
    """Who would get what, and who gets nothing. `standing` is how each letter stands already, by its key; `remarks` are worth knowing before a yes."""

    meeting: Meeting
    office: Office
    planned: tuple[tuple[Planned, Letter], ...]
    not_sent: tuple[NotSent, ...]
    standing: dict[str, LetterStanding]
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong in office.toml: a recipient who cannot be read there is sent nothing."""

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Every letter, those that went among them."""
        return tuple(letter for _, letter in self.planned)

    @property
    def to_go(self) -> tuple[Letter, ...]:
        """Those that have not gone and may."""
        return tuple(one for one in self.letters if one.key not in self.standing or self.standing[one.key].state.may_go)


def plan_send(folders: Folders, order: SendOrder) -> SendPlan:
    """Who would get what; RefusedError where nothing may go."""
    settings, meetings, problems = gather_meetings(folders)
    office = settings.office
    with open_memory(folders) as ledger:
        released = [one for one in meetings if all_releases(ledger, one.id)]
        if not released:
            found = "Nothing is released."
            raise RefusedError(found, Remedy("Build a pack, look at it, and release it:", "release", "MEETING", by="NAME"))
        meeting = which_meeting(released if not order.meeting else meetings, order.meeting, order.today)
        register = read_standing(folders.inputs / REGISTER, ledger, None, order.today.year)
        refuse_conflict(register)
        documents = order.documents or tuple(dict.fromkeys(one.document for one in all_releases(ledger, meeting.id)))
        _refuse(meeting, documents, ledger)
        held, _ = standing_passages(ledger.of_kinds(PassageHeld, PassageRestored))
        letters: list[tuple[Planned, Letter]] = []
        not_sent: list[NotSent] = []
        write = _Writer(folders, meeting, office, ledger, order)
        for document, newest in chain.from_iterable(_rounds(ledger, meeting.id, document) for document in documents):
            for release in newest:
                _refuse_erased(ledger, meeting, release)
                gate = leak_gate(folders, settings, meeting, register.rows, release, None, held)
                for file in release.files if document in (PACK, SUPPLEMENT.stem) else ():
                    gate.refuse(file.role, ledger.kept(file.sha256))
            planned, nobody = wording.plan_letters(office, meeting.series, document, newest, order.today)
            letters.extend((one, each) for one in _narrowed(planned, order.to, office) for each in write.letters(one))
            not_sent.extend(nobody)
        if order.to and not letters:
            found = f"Nobody among the recipients is {' or '.join(order.to)}."
            raise InputError(found, "Name an address, a post or a name of office.toml.")
        standing = _standing(ledger, [letter for _, letter in letters], office.mail, order.now)
        every = (one for document in documents for one in all_releases(ledger, meeting.id, document))
        remarks = tuple(_remarks(ledger, every))
    nobody = () if order.to else tuple(dict.fromkeys(not_sent))
    of_settings = tuple(one for one in problems if one.source.file == office.source.file)
    return SendPlan(meeting, office, tuple(letters), nobody, standing, remarks, of_settings)


def _rounds(ledger: Ledger, meeting: str, document: str) -> Iterator[tuple[str, tuple[Released, ...]]]:
    """What goes of a document: the newest of each edition; of supplements each that came after the pack's newest version, since one does not hold another's papers."""
    rounds: dict[int, dict[Audience, Released]] = {}
    for one in all_releases(ledger, meeting):
        if one.document == document:
            rounds.setdefault(one.version if document == SUPPLEMENT.stem else 0, {})[one.edition] = one
        elif document == SUPPLEMENT.stem and one.document == PACK:
            for of_version in rounds.values():
                of_version.pop(one.edition, None)
    return ((document, tuple(rounds[version].values())) for version in sorted(rounds))


def send_planned(
    folders: Folders, order: SendOrder, plan: SendPlan, progress: Progress, *, drafts: bool = False
) -> DeliveryReport:
    """Send what has not gone, or lay it into the folder of rehearsals where there is no mail server; or write it as drafts for a mail program."""
    mail = plan.office.mail
    with open_memory(folders) as ledger:
        take_in_meetings(folders, ledger, (plan.meeting,), order.now)
        check = partial(_refuse_released_anew, ledger, plan)
        if drafts:
            return write_drafts(folders, ledger, plan.letters, mail, order.now, check)
        return deliver(folders, ledger, plan.letters, mail, order.now, progress, check=check)


def write_dry_run(folders: Folders, order: SendOrder, plan: SendPlan) -> tuple[tuple[Path, ...], tuple[NotSent, ...]]:
    """The messages that would go, as files to look at, and who cannot be sent one; nothing is recorded."""
    folder = letters_folder(folders, plan.office.mail)
    fit, not_sent = addressed(plan.to_go)
    queued = [letter_of(letter, plan.office.mail, order.now) for letter in fit]
    files = {folder / letter_file(one.letter): build_message(one) for one in queued}
    write_files(files)
    return tuple(files), not_sent


class _Writer:
    def __init__(self, folders: Folders, meeting: Meeting, office: Office, ledger: Ledger, order: SendOrder) -> None:
        self._ledger = ledger
        self._order = order
        self._meeting = meeting
        self._office = office
        self._kept: Callable[[str], bytes] = lru_cache(maxsize=64)(ledger.kept)
        self._templates = LetterTemplates(office_templates(folders))

    def letters(self, planned: Planned) -> Iterator[Letter]:
        """One letter, or as many as it takes to carry the full pack to somebody whose mail takes little at once."""
        release = planned.release
        what = dict(self._files(planned))
        whole = release.file(ReleasedRole.PDF if release.document == SUPPLEMENT.stem else ReleasedRole.FULL)
        cut = {one.sha256 for one in release.files if one.part}
        parts = [one for one in what if one.sha256 in cut]
        full = next((one for one in what if whole is not None and one.sha256 == whole.sha256), None)
        loads, links = self._loads([one for one in what if one not in parts], parts, full, planned.room)
        kind = LetterKind(kind_of(release.document).short)
        for number, enclosures in enumerate(loads, 1):
            lines = tuple(EnclosureLine(one.name, what[one]) for one in enclosures)
            had, turned, changed = self._otherwise(planned) if number == 1 else (0, (), ())
            said = (lines, links if number == 1 else (), turned, changed, (number, len(loads)), had)
            words = wording.compose_letter(planned, self._meeting, self._office, *said)
            text, page = self._templates.render(kind.value, words)
            which = (kind, release.meeting, release.document, release.version, release.edition)
            yield Letter(*which, planned.to, words.title, text, page, enclosures, number)

    def _loads(
        self, files: Sequence[Enclosure], parts: Sequence[Enclosure], full: Enclosure | None, room: int
    ) -> tuple[list[tuple[Enclosure, ...]], tuple[LinkLine, ...]]:
        """What each letter carries: the full pack stands with the rest where that fits, else its parts follow, each where there is room for it."""
        most = room * wording.MEGABYTE
        if full is None or self._office.mail.files_at or sum(len(one.data) for one in files) <= most:
            enclosures, links = self._split(files, room)
            return [enclosures], links
        enclosures, links = self._split([one for one in files if one is not full], room)
        loads = [enclosures]
        for one in [full] if len(full.data) <= most or not parts else parts:
            if len(one.data) > most:
                raise self._too_large(one, room)
            if sum(len(each.data) for each in (*loads[-1], one)) > most:
                loads.append(())
            loads[-1] = (*loads[-1], one)
        return loads, links

    def _otherwise(self, planned: Planned) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """The version that this person had last (0: none), the verdicts that were otherwise in it, and what else was."""
        release = planned.release
        if release.document == SUPPLEMENT.stem:
            return 0, (), release.changed
        had = [one.letter for one in letters_standing(self._ledger.letters(release.meeting)) if may_have_gone(one)]
        mine = (planned.to.email, release.document, release.edition)
        last = max((one.version for one in had if (one.to.email, one.document, one.edition) == mine), default=0)
        every = all_releases(self._ledger, release.meeting, release.document)
        missed = [one for one in every if one.version > (last or release.version) and one.edition is release.edition]
        turned, changed = ([words for one in missed for words in one.turned], [words for one in missed for words in one.changed])
        return last, tuple(dict.fromkeys(turned)), tuple(dict.fromkeys(changed))

    def _split(self, files: Sequence[Enclosure], most: int) -> tuple[tuple[Enclosure, ...], tuple[LinkLine, ...]]:
        mail = self._office.mail
        room, fitting = most * wording.MEGABYTE, set[str]()
        for one in sorted(files, key=lambda one: len(one.data)):
            if len(one.data) <= room:
                room -= len(one.data)
                fitting.add(one.name)
        large = [one for one in files if one.name not in fitting]
        if large and not mail.files_at:
            raise self._too_large(large[0], most)
        links = tuple(LinkLine(one.name, f"{mail.files_at.rstrip('/')}/{one.name}") for one in large)
        return tuple(one for one in files if one.name in fitting), links

    def _too_large(self, file: Enclosure, most: int) -> RefusedError:
        return RefusedError(
            f"{file.name} is larger than a letter of {most} MB can carry, and office.toml does not say where readers find it.",
            "Put it where they can read it, and name that place as files_at in [mail]; or raise attach_up_to, and release it again where it "
            f"has papers. The released files are in build/{self._meeting.id}/released.",
        )

    def _files(self, planned: Planned) -> Iterator[tuple[Enclosure, str]]:
        release, meeting, office = planned.release, self._meeting, self._office
        with_document = wording.DOCUMENT_GETS[release.document][0] in planned.gets and release.file(ReleasedRole.PDF) is not None
        for role, media, what in _WITH_A_DOCUMENT if with_document else ():
            file = release.file(role)
            if file is not None:
                name = wording.document_name(meeting, release, role.ending)
                yield Enclosure.of(name, media, self._kept(file.sha256)), what or wording.what_it_is(release)
        for file in release.files if with_document else ():
            if file.part:
                name = wording.document_name(meeting, release, file.ending)
                words = f"{wording.what_it_is(release)}: " if release.document == SUPPLEMENT.stem else _PART
                yield Enclosure.of(name, _PDF, self._kept(file.sha256)), f"{words}{file.part}"
        for paper in planned.papers:
            media = _PDF if paper.role is ReleasedRole.SHEET else _XLSX
            file_name = wording.paper_name(meeting, release, paper, office)
            yield Enclosure.of(file_name, media, self._kept(paper.sha256)), wording.what_it_is(release, paper)
        if Gets.CALENDAR in planned.gets and release.document == PACK and meeting.day >= self._order.today:
            yield invitation(self._ledger, office, meeting, planned.to, self._order.now), "the meeting, for your calendar"


def _standing(ledger: Ledger, letters: Iterable[Letter], mail: Mail, now: datetime) -> dict[str, LetterStanding]:
    """How each letter stands, by its key, once the ledger has what it missed of it."""
    found = {}
    for one, so_far, missed in with_missed(ledger, doubt_of(ledger), letters, now, goes=bool(mail.server)):
        events = [*(so_far or [Event(letter_of(one, mail, now), now)]), *missed] if so_far or missed else []
        standing = letter_standing(events)
        if standing is not None:
            found[one.key] = standing
    return found


def _refuse(meeting: Meeting, documents: Sequence[str], ledger: Ledger) -> None:
    for document in documents or (PACK,):
        if not all_releases(ledger, meeting.id, document):
            short = kind_of(document).short
            found = f"The {document.replace('-', ' ')} of {meeting.id} is not released."
            raise RefusedError(found, Remedy("Look at it, then release it:", "release", meeting.id, document=short, by="NAME"))
    if meeting.cancelled and PACK in documents:
        raise RefusedError(f"The meeting {meeting.id} is cancelled.", "Its pack is not sent any more.")


def _refuse_erased(ledger: Ledger, meeting: Meeting, release: Released) -> None:
    if any(ledger.is_erased(one.sha256) for one in release.files):
        found = f"Of v{release.version} of the {release.document.replace('-', ' ')} of {meeting.id} ({release.edition}) files were erased since."
        words = "It goes to nobody as it was. Build it again, look at it, release it:"
        is_annex = release.document == "annex"
        raise RefusedError(found, Remedy(words, "annex", meeting.id) if is_annex else Remedy(words, "pack", meeting.id))


def _refuse_released_anew(ledger: Ledger, plan: SendPlan) -> None:
    for planned, _ in plan.planned:
        release = planned.release
        rounds = _rounds(ledger, release.meeting, release.document)
        if not any(release in newest for _, newest in rounds):
            found = f"The {release.edition} edition was released anew while you were looking."
            raise RefusedError(found, "Nothing was sent. Run it again and look again.")


def _narrowed(planned: Sequence[Planned], to: Sequence[str], office: Office) -> tuple[Planned, ...]:
    wanted = {one.strip().casefold() for one in to}

    def names(one: Planned) -> set[str]:
        posts = [post for each in one.posts if (post := office.post(each)) is not None]
        named = (one.to.email, one.to.name, *(name for post in posts for name in (post.id, post.abbreviation)))
        return {name.casefold() for name in named if name}

    return tuple(one for one in planned if not wanted or names(one) & wanted)


def _remarks(ledger: Ledger, releases: Iterable[Released]) -> Iterator[str]:
    for release in {one.edition: one for one in releases}.values():
        build = ledger.last_build(release.meeting, release.edition, document=release.document)
        if build is not None and release.build and build.number > release.build:
            yield (
                f"The {release.edition} edition has been built again since v{release.version} was released; "
                f"what goes is v{release.version} as it was released."
            )
