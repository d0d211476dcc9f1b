"""`release`: a person lets a document out, in the very bytes that are kept, sent and published from then on.

What is released is what they saw: where something has changed since the last recorded build it is refused. Build, look, release.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from reportpack.compose.annex import compose_annex
from reportpack.compose.audience import cite
from reportpack.compose.commission import asked_of_posts, compose_own_sheet, compose_reply_form
from reportpack.compose.judgements import slip_words, told_lines
from reportpack.compose.letters import DOCUMENT_GETS, document_name, needed_editions, own_papers_of, recipients_for
from reportpack.compose.passages import Printed, held_for
from reportpack.compose.still_named import still_named
from reportpack.compose.topics import known_by, office_lines
from reportpack.drive_files import sha256_of
from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.model.document import SUPPLEMENT, Output, kind_of
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.event import Event, Happening
from reportpack.model.journal import versions_of
from reportpack.model.judgement import Cell, LineKind, ToldLine
from reportpack.model.meeting import Meeting
from reportpack.model.pack import Pack
from reportpack.model.release import LinesReleased, Released, ReleasedFile, ReleasedLine, ReleasedRole
from reportpack.records import Record
from reportpack.render.sheet import reply_form_bytes
from reportpack.render.templates import Templates
from reportpack.run.letters import proposal as checks
from reportpack.run.letters.bundle import words_of_page
from reportpack.run.letters.epochs import content_of, in_step
from reportpack.run.letters.gate import leak_gate
from reportpack.run.letters.proposal import LINES, Proposed, ReleaseOrder, Releasing
from reportpack.run.minutes.annex_issue import NAME as ANNEX
from reportpack.run.minutes.annex_issue import facts_of, refuse_open_queries, refuse_unreleased
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes, read_for_annex
from reportpack.run.office_files import Folders, Progress, begun_memory
from reportpack.run.pack import DRAFT, Briefing, Order, lay_out, prepare, with_papers
from reportpack.run.pack import NAME as PACK
from reportpack.run.pack_record import pack_record
from reportpack.run.program import office_templates, program_version
from reportpack.run.steps.documents import set_document, set_laid_out
from reportpack.run.steps.papers import FullPack, papers_come, set_supplement, supplement_to
from reportpack.run.steps.recording import recording
from reportpack.run.steps.released import last_release, next_version, overtaken_by, released_lines
from reportpack.run.steps.standing import refuse_conflict

_PAGES = {ReleasedRole.PDF: Output.PDF, ReleasedRole.WEB: Output.WEB, ReleasedRole.PAGE_SOURCE: Output.PAGE_SOURCE}
_APPENDIX = {ReleasedRole.APPENDIX: Output.PDF, ReleasedRole.APPENDIX_WEB: Output.WEB, ReleasedRole.TABLES: Output.BOOK}


def prepare_release(folders: Folders, order: ReleaseOrder, progress: Progress) -> Releasing:
    """What would be released, or RefusedError for why it cannot be."""
    with begun_memory(folders) as ledger:
        with recording(folders, order.now, ledger=ledger) as record:
            order = replace(order, doubted=in_step(record).until)
        making = _of_annex if order.document == ANNEX else _of_pack
        return making(folders, order, ledger, ledger.size(), progress)


def record_release(folders: Folders, order: ReleaseOrder, proposal: Releasing) -> tuple[Path, ...]:
    """Keep the bytes and record the release; gives the files, which are also laid where they can be looked at."""
    with recording(folders, order.now) as record:
        ledger = record.ledger
        if record.size != proposal.ledger_size:
            found = "Somebody recorded something while you were looking."
            raise RefusedError(found, "Nothing was released. Run it again and look again.")
        new = [one for one in proposal.editions if not one.same]
        for data in (data for one in new for data in one.data.values()):
            ledger.keep(data)
        lines = [LinesReleased(proposal.meeting.id, Audience.FORCE, proposal.lines)] if proposal.lines_changed else []
        overtaken = (gone for one in new for gone in overtaken_by(ledger, one.release))
        happened: list[Happening] = [*lines, *(one.release for one in new), *overtaken]
        every = [released_files(folders, proposal.meeting, one.release, ledger) for one in proposal.editions]
        files = {path: data for one in every for path, data in one.items()}
        record.record([Event(one, order.now, order.by) for one in happened], files)
    for stem in {path.with_suffix("") for path in files}:  # what lies there of a version released anew, and is no part of it now
        named = (stem.with_name(f"{stem.name}{role.ending}") for role in ReleasedRole if role.ending)
        for path in {*named, *stem.parent.glob(f"{stem.name} with papers, part *.pdf")} - files.keys():
            path.unlink(missing_ok=True)
    return tuple(files)


def released_files(folders: Folders, meeting: Meeting, release: Released, ledger: Ledger) -> dict[Path, bytes]:
    """What was released, from where it is kept."""
    folder = folders.build / meeting.id / "released"
    given = [one for one in release.files if one.ending]
    return {folder / document_name(meeting, release, one.ending): ledger.kept(one.sha256) for one in given}


def _of_pack(folders: Folders, order: ReleaseOrder, ledger: Ledger, size: int, progress: Progress) -> Releasing:
    today = prepare(folders, Order(order.meeting, None, None, order.now, order.today), ledger, progress)
    refuse_conflict(today.gathered.standing)
    meeting, office = today.view.meeting, today.gathered.settings.office
    before = released_lines(ledger, meeting.id)
    offered = office_lines(lay_out(folders, today, Audience.OFFICE, DRAFT).pack)
    lines = _chosen(order.lines, offered, before)
    changed = known_by(lines) != known_by(before)
    if order.document == LINES:
        checks.refuse_changed(checks.reference(ledger, meeting, today.own, today.own), today, ledger)
        checks.refuse_unreadable(lines, lay_out(folders, today, Audience.FORCE, DRAFT, lines).pack)
        return Releasing(meeting, office, order.document, (), lines, changed, size, offered)
    editions = order.editions or needed_editions(office, meeting.series, order.document) or (today.own,)
    making = _Making(folders, order, ledger, today, office_templates(folders), lines, before)
    if order.document == SUPPLEMENT.stem and not (editions := tuple(filter(making.lacks, editions))):
        found = "There is nothing for a supplement: nobody was given a version of the pack that lacks a paper which has come."
        raise RefusedError(found, "A paper that comes before the pack goes to anybody is released with it.")
    proposed = making.every(editions, progress)
    unused = (
        *(one.source.file for one in today.problems if one.kind == "workbook-unused"),
        *(f"{one.file}: {', '.join(one.unused)}" for one in today.gathered.inputs.readings if one.unused),
    )
    return Releasing(meeting, office, order.document, proposed, lines, changed, size, offered, unused=unused)


def _of_annex(folders: Folders, order: ReleaseOrder, ledger: Ledger, size: int, progress: Progress) -> Releasing:
    read = read_for_annex(folders, AnnexOrder(order.meeting, None, order.now, order.today), ledger, progress)
    meeting, office = read.view.meeting, read.settings.office
    if read.earlier is None:
        found = f"The notes of {meeting.id} are a draft: they have not been issued."
        raise RefusedError(found, Remedy("Issue them first:", "annex issue", meeting.id))
    if not read.unchanged:
        found = f"The notes of {meeting.id} have changed since they were issued."
        raise RefusedError(found, Remedy("Issue them again, and look:", "annex issue", meeting.id))
    refuse_conflict(read.standing)
    editions = order.editions or needed_editions(office, meeting.series, ANNEX) or (read.own,)
    if not all(shows(one, Part.OPEN_QUERIES) for one in editions):
        refuse_open_queries(read)
    for edition in editions:
        refuse_unreleased(read.view, edition)
    today = prepare(folders, Order(meeting.id, None, order.today, order.now, order.today), ledger, progress)
    lines = released_lines(ledger, meeting.id)
    making = _Making(folders, order, ledger, today, office_templates(folders), lines, lines, read)
    return Releasing(meeting, office, order.document, making.every(editions, progress), lines, False, size)


_IsSame = Callable[[Released, Released], bool]


class _Making(Record):
    """Everything that the editions of a release are made from; `before` are the lines released so far, `notes` those of an annex."""

    folders: Folders
    order: ReleaseOrder
    ledger: Ledger
    today: Briefing
    templates: Templates
    lines: tuple[ReleasedLine, ...]
    before: tuple[ReleasedLine, ...]
    notes: ReadNotes | None = None

    def every(self, editions: Sequence[Audience], progress: Progress) -> tuple[Proposed, ...]:
        """Each of the editions; RefusedError for one that may not go."""
        found = []
        for edition in editions:
            progress(f"Setting the {edition} edition")
            found.append(self._annex(self.notes, edition) if self.notes is not None else self._pack(edition))
        return tuple(found)

    def _pack(self, edition: Audience) -> Proposed:
        today, ledger, meeting = self.today, self.ledger, self.today.view.meeting
        seen = checks.reference(ledger, meeting, edition, today.own)
        checks.refuse_changed(seen, today, ledger)
        build = checks.build_of(seen)
        if self.order.document == PACK and today.gathered.settings.office.edition(edition).hide_small:
            checks.refuse_exposed(today.findings, edition)
        then = today
        if build.on != today.gathered.on:
            day = build.on if build.on < meeting.day else seen.recorded.date()
            then = prepare(self.folders, Order(meeting.id, None, None, self.order.now, day), ledger, lambda _: None)
        known = last_release(ledger, meeting.id, PACK, edition)
        number = known.version if known is not None else 0
        checks.refuse_other_pages(self.folders, ledger, seen, then, edition, self.before, number)

        def is_same(known: Released, made: Released) -> bool:
            return (known.files, known.lines) == (made.files, made.lines)

        set_as = self._set_supplement if self.order.document == SUPPLEMENT.stem else self._set_pack
        made = self._propose(edition, lambda number: set_as(then, edition, seen.number, number), is_same)
        return replace(made, seen=build.edition is edition)

    def _set_pack(self, prepared: Briefing, edition: Audience, build: int, number: int) -> Proposed:
        composed = lay_out(self.folders, prepared, edition, f"v{number}", self.lines)
        pack, document, inputs = composed.pack, composed.laid_out.document, composed.gathered.inputs
        shown = self.lines if shows(edition, Part.RELEASED_LINES) else ()
        checks.refuse_unreadable(shown, pack)
        pages, program = set_laid_out(composed.laid_out, self.folders), program_version()
        facts = (pack, document, program, inputs.files, composed.problems, composed.accepted, composed.view)
        parts = {role: pages.files[output] for role, output in _PAGES.items()}
        parts |= {role: pages.appendix[output] for role, output in _APPENDIX.items() if output in pages.appendix}
        _, full = with_papers(self.folders, self.ledger, composed, pages)
        parts |= {ReleasedRole.FULL: full.pdf} if full is not None else {}
        more = _parts(full)
        turned = tuple(one.words.text for one in pack.turned if one.again and one.leads)
        hidden = (Cell(one.measure.id, cell.area, cell.period) for one in prepared.findings.measures for cell in one.small_cells)
        told = (shown, pack.judgements, turned, tuple(hidden), told_lines(pack), slip_words(pack.slip))
        on, items = prepared.gathered.on, prepared.view.items
        agenda = tuple(ToldLine(LineKind.ITEM, one.item.number, one.item.title, "") for one in items)
        first = tuple(one.words.text for one in pack.cover.headlines)
        asked = tuple(asked_of_posts(pack, prepared.view, prepared.gathered.settings.office))
        release = Released(pack.meeting, PACK, edition, number, on, build, program, pages.pages, (), *told, agenda, first, asked)
        return self._with_files(release, parts, pack, partial(pack_record, *facts), more)

    def lacks(self, edition: Audience) -> bool:
        """Whether its readers have a version without a paper that has come."""
        gathered, pack = self.today.gathered, lay_out(self.folders, self.today, edition, DRAFT, self.lines).pack
        return supplement_to(self.ledger, gathered.settings.office, gathered.meeting, pack) is not None

    def _set_supplement(self, prepared: Briefing, edition: Audience, build: int, number: int) -> Proposed:
        gathered = prepared.gathered
        office, meeting = gathered.settings.office, gathered.meeting
        pack = lay_out(self.folders, prepared, edition, DRAFT, self.lines).pack
        come = papers_come(self.folders, self.ledger, meeting, pack, gathered.papers)
        document = supplement_to(self.ledger, office, meeting, pack, number)
        made = set_supplement(self.folders, office, meeting, document, come)
        if document is None or made is None:
            found = f"None of the papers that have come for the {edition} edition of {meeting.id} can be bound."
            raise RefusedError(found, Remedy("What is wrong with each is said by:", "papers", meeting.id))
        parts = {ReleasedRole.PDF: made.pdf, ReleasedRole.PAGE_SOURCE: made.source.encode()}
        what = (meeting.id, SUPPLEMENT.stem, edition, number, gathered.on, build, program_version(), made.pages)
        has = tuple(one for one in told_lines(document) if one.kind is LineKind.PAPER)
        release = Released(*what, has=has, changed=slip_words(document.slip))
        return self._with_files(release, parts, document, None, _parts(made))

    def _annex(self, read: ReadNotes, edition: Audience) -> Proposed:
        pack = lay_out(self.folders, self.today, edition, DRAFT, self.lines).pack
        standing, office, meeting = read.view.standing, read.settings.office, read.view.meeting
        state = "agreed" if standing.agreed is not None else "for accuracy"
        on = standing.agreed or standing.issued or meeting.day
        outputs = _PAGES | ({} if standing.agreed is not None else {ReleasedRole.WORD: Output.WORD})

        def made(number: int) -> Proposed:
            annex = compose_annex(read.view, edition, office, on, f"v{number} {state}")
            document = set_document(annex, self.templates, self.folders, facts_of(read.view, edition))
            parts = {role: document.files[output] for role, output in outputs.items()}
            release = Released(meeting.id, ANNEX, edition, number, on, 0, program_version(), document.pages)
            return self._with_files(release, parts, pack, None)

        def is_same(known: Released, made: Released) -> bool:
            """Own sheets move with the register from day to day; whether it is the same annex its own pages say."""
            return known.file(ReleasedRole.PAGE_SOURCE) == made.file(ReleasedRole.PAGE_SOURCE)

        return self._propose(edition, made, is_same)

    def _propose(self, edition: Audience, made_as: Callable[[int], Proposed], is_same: "_IsSame") -> Proposed:
        """The edition under the number that is its own: the last release's where it is the same, or where nobody was given that, else the next."""
        meeting, ledger, document = self.today.view.meeting.id, self.ledger, self.order.document
        known = last_release(ledger, meeting, document, edition)
        given = versions_of(ledger.journal.entries, f"{meeting}/{document}", edition.value)
        number = known.version if known is not None else max(given, default=1)
        made = made_as(number)
        if known is not None and is_same(known, made.release):
            return replace(made, release=known, same=True)
        if given.get(number) == content_of(made.release.files):
            return made  # the ledger has forgotten it, and somebody may have been given it
        version = next_version(ledger, meeting, document, edition, self.order.doubted)
        return made if version == number else made_as(version)

    def _with_files(
        self,
        release: Released,
        parts: Mapping[ReleasedRole, bytes],
        pack: Pack,
        record: Callable[[Sequence[str]], bytes] | None,
        more: Mapping[ReleasedFile, bytes] = MappingProxyType({}),
    ) -> Proposed:
        """The release with its files, own sheets and reply forms among them. Every one goes through the gate, last the record, which says so."""
        office = self.today.gathered.settings.office
        own = dict(self._own_papers(release, pack) if DOCUMENT_GETS[release.document][1:] else ())
        files = {ReleasedFile(role, sha256_of(data)): data for role, data in parts.items()} | {**more, **own}
        of, notes = self.notes or self.today.gathered, self.notes.view if self.notes is not None else None
        held = (*self.today.view.held, *(notes.held if notes is not None else ()))
        gate = leak_gate(self.folders, of.settings, self.today.view.meeting, of.standing.rows, release, notes, held)
        looked = [gate.refuse(file.role, data) for file, data in files.items()]
        if record is not None:
            data = record(looked)
            gate.refuse(ReleasedRole.RECORD, data)
            files[ReleasedFile(ReleasedRole.RECORD, sha256_of(data))] = data
        owners = dict.fromkeys(post.title for file in own if (post := office.post(file.post)) is not None)
        by_hash = {file.sha256: data for file, data in files.items()}
        withheld = len(pack.appendix.withheld)
        pages = (data for role, data in parts.items() if role in (ReleasedRole.WEB, ReleasedRole.APPENDIX_WEB))
        printed = [Printed(kind_of(release.document).short, words_of_page(one)) for one in pages]
        asked = tuple(still_named(held_for(release.edition, held), printed, office))
        told = {
            name: cite(getattr(release, name), release.edition, office.citing)
            for name in ("turned", "changed", "headlines", "asked")
        }
        release = replace(release, files=tuple(files), cited=not office.publication.own_references, **told)
        return Proposed(release, by_hash, pack.title, withheld, owners=tuple(owners), asked=asked)

    def _own_papers(self, release: Released, pack: Pack) -> Iterator[tuple[ReleasedFile, bytes]]:
        office, view, version = self.today.gathered.settings.office, self.today.view, f"v{release.version}"
        own = [one for one in recipients_for(office, view.meeting.series) if one.edition is pack.edition]
        for role, whose, areas in dict.fromkeys((role, one.post, areas) for one in own for role, areas in own_papers_of(one)):
            post = office.post(whose)
            if post is None:
                continue
            if role is ReleasedRole.SHEET:
                sheet = compose_own_sheet(pack, view, office, post, areas, version)
                data = set_document(sheet, self.templates, self.folders).files[Output.PDF]
            else:
                reply_to = office.mail.reply_to or office.mail.sender
                form = compose_reply_form(pack, view, post, f"{release.document} {version}", reply_to)
                data = reply_form_bytes(cite(form, pack.edition, office.citing))
            yield ReleasedFile(role, sha256_of(data), post.id, areas), data


def _parts(full: FullPack | None) -> dict[ReleasedFile, bytes]:
    cut = full.parts if full is not None else ()
    return {ReleasedFile(ReleasedRole.PART, sha256_of(one.pdf), part=one.name): one.pdf for one in cut}


def _chosen(
    wanted: tuple[str, ...] | None, offered: Sequence[ReleasedLine], before: tuple[ReleasedLine, ...]
) -> tuple[ReleasedLine, ...]:
    if wanted is None:
        return before
    if wanted in (("all",), ("none",)):
        return tuple(offered) if wanted == ("all",) else ()
    by_id = {one.id: one for one in offered}
    unknown = [one for one in wanted if one not in by_id]
    if unknown:
        known = ", ".join(by_id) or "none"
        raise InputError(f"There is no line {unknown[0]}.", f"The lines of this pack are: {known}. Or write all, or none.")
    return tuple(by_id[one] for one in dict.fromkeys(wanted))
