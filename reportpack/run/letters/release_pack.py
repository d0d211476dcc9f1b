"""`release` of a pack, or of lines of the office's to the force: the editions that the recipients need, as they were built and looked at."""

from collections.abc import Sequence
from functools import partial

from reportpack.compose.judgements import slip_words, told_lines
from reportpack.compose.letters import needed_editions
from reportpack.compose.topics import known_by, office_lines
from reportpack.drive_files import sha256_of
from reportpack.errors import InputError
from reportpack.ledger import Ledger
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.event import Event
from reportpack.model.meeting import Meeting
from reportpack.model.release import Released, ReleasedFile, ReleasedLine, ReleasedRole
from reportpack.render.templates import Templates
from reportpack.run.letters.gate import refuse_leaks
from reportpack.run.letters.proposal import (
    APPENDIX_FILES,
    PAGE_FILES,
    Made,
    Proposal,
    Proposed,
    ReleaseOrder,
    own_papers,
    propose,
)
from reportpack.run.letters.release_checks import (
    build_of,
    reference,
    refuse_changed,
    refuse_exposed,
    refuse_other_pages,
    refuse_unreadable,
)
from reportpack.run.office_files import Folders, Progress
from reportpack.run.pack import DRAFT, Order, Prepared, lay_out, prepare, with_papers
from reportpack.run.pack import NAME as PACK
from reportpack.run.pack_record import pack_record
from reportpack.run.program import office_templates, program_version
from reportpack.run.steps.documents import set_laid_out
from reportpack.run.steps.released import hidden_cells, last_release, released_lines
from reportpack.run.steps.standing import refuse_conflict

LINES = "lines"
"""Releasing lines alone: before there is a pack to release, for what the force is told beforehand."""


def prepare_pack(folders: Folders, order: ReleaseOrder, ledger: Ledger, size: int, progress: Progress) -> Proposal:
    """The editions as they would be released, with the lines that go with them."""
    prepared = prepare(folders, Order(order.meeting, None, None, order.now, order.today), ledger, progress)
    refuse_conflict(prepared.gathered.standing)
    meeting, office = prepared.view.meeting, prepared.gathered.settings.office
    before = released_lines(ledger, meeting.id)
    office_pack = lay_out(folders, prepared, Audience.OFFICE, DRAFT).pack
    offered = office_lines(office_pack)
    lines = _chosen(order.lines, offered, before)
    changed = known_by(lines) != known_by(before)
    if order.document == LINES:
        refuse_changed(reference(ledger, meeting, prepared.own, prepared.own), prepared, ledger)
        refuse_unreadable(lines, lay_out(folders, prepared, Audience.FORCE, DRAFT, lines).pack)
        return Proposal(meeting, office, order.document, (), lines, changed, size, offered)
    editions = order.editions or needed_editions(office, meeting.series, PACK) or (prepared.own,)
    templates = office_templates(folders)
    proposed = []
    for edition in editions:
        progress(f"Setting the {edition} edition")
        one = _propose_pack(folders, order, ledger, prepared, edition, before, lines, templates)
        if not one.same:
            refuse_leaks(
                folders, prepared.gathered.settings, meeting, prepared.gathered.standing.rows, one.release, one.data.__getitem__
            )
        proposed.append(one)
    inputs = prepared.gathered.inputs
    unused = (
        *(one.source.file for one in prepared.problems if one.kind == "workbook-unused"),
        *(f"{one.file}: {', '.join(one.unused)}" for one in inputs.readings if one.unused),
    )
    return Proposal(meeting, office, order.document, tuple(proposed), lines, changed, size, offered, unused=unused)


def _propose_pack(
    folders: Folders,
    order: ReleaseOrder,
    ledger: Ledger,
    today: Prepared,
    edition: Audience,
    before: Sequence[ReleasedLine],
    lines: Sequence[ReleasedLine],
    templates: Templates,
) -> Proposed:
    seen = reference(ledger, today.view.meeting, edition, today.own)
    refuse_changed(seen, today, ledger)
    build = build_of(seen)
    if today.gathered.settings.office.edition(edition).hide_small:
        refuse_exposed(today.findings, edition)
    then = today if build.on == today.gathered.on else _as_on_that_day(folders, order, ledger, seen, today.view.meeting)
    known = last_release(ledger, today.view.meeting.id, PACK, edition)
    refuse_other_pages(folders, ledger, seen, then, edition, before, known.version if known is not None else 0)
    made_as = partial(_set_pack, folders, ledger, then, edition, lines, seen.number, templates)

    def is_same(known: Released, made: Released) -> bool:
        return (known.files, known.lines) == (made.files, made.lines)

    return propose(ledger, order, today.view.meeting.id, edition, made_as, is_same, seen=build.edition is edition)


def _as_on_that_day(folders: Folders, order: ReleaseOrder, ledger: Ledger, seen: Event, meeting: Meeting) -> Prepared:
    on = build_of(seen).on
    day = on if on < meeting.day else seen.recorded.date()
    return prepare(folders, Order(meeting.id, None, None, order.now, day), ledger, lambda _: None)


def _set_pack(
    folders: Folders,
    ledger: Ledger,
    prepared: Prepared,
    edition: Audience,
    lines: Sequence[ReleasedLine],
    build: int,
    templates: Templates,
    number: int,
) -> Made:
    composed = lay_out(folders, prepared, edition, f"v{number}", lines)
    if shows(edition, Part.RELEASED_LINES):
        refuse_unreadable(lines, composed.pack)
    pages = set_laid_out(composed.laid_out, folders)
    inputs = composed.gathered.inputs
    document, program, problems = composed.document, program_version(), composed.problems
    record = pack_record(composed.pack, document, program, inputs.files, problems, composed.accepted, composed.view)
    parts = {role: pages.files[output] for role, output in PAGE_FILES.items()} | {ReleasedRole.RECORD: record}
    parts |= {role: pages.appendix[output] for role, output in APPENDIX_FILES.items() if output in pages.appendix}
    full = with_papers(folders, ledger, composed, pages)
    parts |= {ReleasedRole.FULL: full.pdf} if full is not None else {}
    own, owners = own_papers(folders, prepared, composed.pack, number, PACK, templates)
    files = (*((ReleasedFile(role, sha256_of(data)), data) for role, data in parts.items()), *own)
    shown = tuple(lines) if shows(edition, Part.RELEASED_LINES) else ()
    release = Released(
        composed.pack.meeting,
        PACK,
        edition,
        number,
        prepared.gathered.on,
        build,
        program_version(),
        pages.pages,
        tuple(file for file, _ in files),
        shown,
        composed.pack.judgements,
        tuple(one.words.text for one in composed.pack.turned if one.again and one.leads),
        hidden_cells(prepared.findings),
        told_lines(composed.pack),
        slip_words(composed.pack.slip),
    )
    return Made(release, composed.pack, {file.sha256: data for file, data in files}, owners)


def _chosen(
    wanted: tuple[str, ...] | None, offered: Sequence[ReleasedLine], before: tuple[ReleasedLine, ...]
) -> tuple[ReleasedLine, ...]:
    """The lines that were asked for by their numbers; without any, those released before that still stand."""
    if wanted is None:
        return before
    if wanted == ("all",):
        return tuple(offered)
    if wanted == ("none",):
        return ()
    by_id = {one.id: one for one in offered}
    unknown = [one for one in wanted if one not in by_id]
    if unknown:
        known = ", ".join(by_id) or "none"
        raise InputError(f"There is no line {unknown[0]}.", f"The lines of this pack are: {known}. Or write all, or none.")
    return tuple(by_id[one] for one in dict.fromkeys(wanted))
