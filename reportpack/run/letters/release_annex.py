"""`release` of an annex that was issued: nothing open in its notes, and the notes as they were issued."""

from functools import partial

from reportpack.compose.annex import compose_annex
from reportpack.compose.letters import needed_editions
from reportpack.drive_files import sha256_of
from reportpack.errors import RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.model.document import Output
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.pack import Pack
from reportpack.model.release import Released, ReleasedFile, ReleasedRole
from reportpack.records import dataclass
from reportpack.render.templates import Templates
from reportpack.run.letters.gate import refuse_leaks
from reportpack.run.letters.proposal import PAGE_FILES, Made, Proposal, ReleaseOrder, own_papers, propose
from reportpack.run.minutes.annex_issue import refuse_open_queries
from reportpack.run.minutes.annex_pages import NAME, facts_of, refuse_unreleased
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes, read_for_annex
from reportpack.run.office_files import Folders, Progress
from reportpack.run.pack import DRAFT, Order, Prepared, lay_out, prepare
from reportpack.run.program import office_templates, program_version
from reportpack.run.steps.documents import set_document
from reportpack.run.steps.released import released_lines
from reportpack.run.steps.standing import refuse_conflict


@dataclass(frozen=True, slots=True)
class _Annex:
    """Everything that the editions of an annex are made from."""

    folders: Folders
    read: ReadNotes
    prepared: Prepared
    templates: Templates

    def made(self, edition: Audience, own_pack: Pack, number: int) -> Made:
        read = self.read
        standing, office = read.view.standing, read.settings.office
        state = "agreed" if standing.agreed is not None else "for accuracy"
        on = standing.agreed or standing.issued or read.view.meeting.day
        annex = compose_annex(read.view, edition, office, on, f"v{number} {state}")
        document = set_document(annex, self.templates, self.folders, facts_of(read.view, edition))
        by_role = {role: document.files[output] for role, output in PAGE_FILES.items()}
        if standing.agreed is None:
            by_role[ReleasedRole.WORD] = document.files[Output.WORD]
        own, owners = own_papers(self.folders, self.prepared, own_pack, number, NAME, self.templates)
        every = (*((ReleasedFile(role, sha256_of(data)), data) for role, data in by_role.items()), *own)
        listed = tuple(file for file, _ in every)
        release = Released(read.view.meeting.id, NAME, edition, number, on, 0, program_version(), document.pages, listed)
        return Made(release, own_pack, {file.sha256: data for file, data in every}, owners)


def prepare_annex(folders: Folders, order: ReleaseOrder, ledger: Ledger, size: int, progress: Progress) -> Proposal:
    """The issued annex in the editions that are asked for, or that its recipients need."""
    read = read_for_annex(folders, AnnexOrder(order.meeting, None, order.now, order.today), ledger, progress)
    meeting, office = read.view.meeting, read.settings.office
    _refuse_draft(read)
    refuse_conflict(read.standing)
    editions = order.editions or needed_editions(office, meeting.series, NAME) or (read.own,)
    if not all(shows(one, Part.OPEN_QUERIES) for one in editions):
        refuse_open_queries(read)
    for edition in editions:
        refuse_unreleased(read.view, edition)
    prepared = prepare(folders, Order(meeting.id, None, order.today, order.now, order.today), ledger, progress)
    lines = released_lines(ledger, meeting.id)
    annex = _Annex(folders, read, prepared, office_templates(folders))
    proposed = []
    for edition in editions:
        progress(f"Setting the {edition} edition")
        own_pack = lay_out(folders, prepared, edition, DRAFT, lines).pack
        made_as = partial(annex.made, edition, own_pack)
        one = propose(ledger, order, meeting.id, edition, made_as, _has_same_pages)
        if not one.same:
            refuse_leaks(folders, read.settings, meeting, read.standing.rows, one.release, one.data.__getitem__, read.view)
        proposed.append(one)
    return Proposal(meeting, office, order.document, tuple(proposed), lines, False, size)


def _has_same_pages(known: Released, made: Released) -> bool:
    """Own sheets move with the register from day to day; whether it is the same annex its own pages say."""
    return known.file(ReleasedRole.PAGE_SOURCE) == made.file(ReleasedRole.PAGE_SOURCE)


def _refuse_draft(read: ReadNotes) -> None:
    meeting = read.view.meeting.id
    if read.earlier is None:
        found = f"The notes of {meeting} are a draft: they have not been issued."
        raise RefusedError(found, Remedy("Issue them first:", "annex issue", meeting))
    if not read.unchanged:
        found = f"The notes of {meeting} have changed since they were issued."
        raise RefusedError(found, Remedy("Issue them again, and look:", "annex issue", meeting))
