"""A meeting's papers: the health sheets of those that have come; and the pack with them in one PDF: what an
edition may have, as it was received, each file known by what it holds; and the supplement to a pack that people have, with what came since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path

from reportpack import patterns as re
from reportpack.compose.agenda import compose_paper_sheets, paper_lines
from reportpack.compose.judgements import compose_supplement
from reportpack.compose.letters import smallest_room
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, fails_as
from reportpack.ledger import Ledger
from reportpack.model.document import FULL_PACK, SUPPLEMENT, Output
from reportpack.model.event import Build, BuildFile, Event, FileRole
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.office import Office
from reportpack.model.pack import Pack, Supplement
from reportpack.model.paper import PaperCut, PaperHealth
from reportpack.model.problem import Problem
from reportpack.read.papers.health import paper_health, readied
from reportpack.records import Record
from reportpack.run.look import Look
from reportpack.run.office_files import Folders, kept_text
from reportpack.run.program import office_templates
from reportpack.run.steps.documents import LaidOut, laid_out_before, lay_out_document, set_laid_out, set_to_bind
from reportpack.run.steps.released import all_releases, next_version, version_before


def with_sheets(inputs: Path, meeting: Meeting) -> tuple[Meeting, dict[str, PaperHealth]]:
    """A health sheet for each paper that has come, by its file; and the meeting with what each file is known by."""
    come = [one.file for one in meeting.papers if one.file and one.status is not PaperStatus.DEFERRED]
    sheets = {one: paper_health(inputs / one, one) for one in come}
    papers = tuple(replace(one, mark=sheets[one.file].mark) if one.file in sheets else one for one in meeting.papers)
    return replace(meeting, papers=papers), sheets


_RECORD = "full-pack.json"
_SOURCE = f"{FULL_PACK.stem}{Output.PAGE_SOURCE}"
_COVER = f"{FULL_PACK.stem} cover{Output.PAGE_SOURCE}"
_PART = re.compile(rf"{FULL_PACK.stem} (?P<part>part \d+ of \d+)\.json")
_OWN = 100_000  # Bytes that a part may have beside its papers: its cover, list and dividers with their fonts.


class BoundFile(Record):
    """A paper in a full pack: its letter and title, what its own file is kept under, and the PDF that is bound."""

    letter: str
    title: str
    sha256: str
    pdf: str
    accessible: bool
    whole: bool = False
    first: int = 1  # of its pages in this part, and the last (0: the end)
    last: int = 0


class FullPack(Record):
    """A full pack of so many pages, with everything that it is made from again: the sheets' page source, the papers, and PDFs that were made here.
    Its `parts` are such packs, where it is larger than some reader's mail takes; all but the first begin with a `cover`, a page source too."""

    pdf: bytes
    pages: int
    source: str
    papers: tuple[BoundFile, ...]
    made: Mapping[str, bytes]
    name: str = ""  # `part 2 of 3`
    cover: str = ""
    parts: tuple["FullPack", ...] = ()

    def keep(self, ledger: Ledger) -> tuple[BuildFile, ...]:
        """Keep what it is made from again beside what the pack itself is."""
        for data in self.made.values():
            ledger.keep(data)
        record = json.dumps([[*astuple(one)] for one in self.papers]).encode()
        kept = [(_RECORD, record), (_SOURCE, self.source.encode()), (_COVER, self.cover.encode())]
        kept = kept if self.cover else kept[:2]
        own = [BuildFile(FileRole.RECORD, _of_part(name, self.name), ledger.keep(data)) for name, data in kept]
        return (*own, *(each for one in self.parts for each in one.keep(ledger)))

    def named(self, stem: str = FULL_PACK.stem) -> dict[str, bytes]:
        """Itself and its parts, by the stems of their files."""
        return {f"{stem} {one.name}".strip(): one.pdf for one in (self, *self.parts)}


def _of_part(name: str, part: str) -> str:
    """`full-pack part 2 of 3.json`"""
    return name.replace(FULL_PACK.stem, f"{FULL_PACK.stem} {part}") if part else name


class PapersCome(Record):
    """The papers of an edition that have come, each as the PDF that is bound: by letter their health sheets, or why they cannot be bound."""

    files: tuple[BoundFile, ...]
    data: Mapping[str, bytes]
    sheets: Mapping[str, PaperHealth]
    refused: Mapping[str, str]
    made: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def papers_come(folders: Folders, ledger: Ledger, meeting: Meeting, pack: Pack, health: Mapping[str, PaperHealth]) -> PapersCome:
    """What has come of the papers that this edition may have; `health` are the sheets of the files as they lie there."""
    by_letter = {one.letter: one for one in meeting.papers if one.file in health}
    records = (_read(kept_text(ledger, event, FileRole.RECORD, _RECORD)) for event in ledger.builds(meeting.id))
    known = {one.sha256: one.pdf for record in records for one in record}
    made, data = dict[str, bytes](), dict[str, bytes]()
    files, sheets, refused, problems = [], dict[str, PaperHealth](), dict[str, str](), list[Problem]()
    for letter in (one.letter for one in paper_lines(pack) if one.letter in by_letter):
        paper, file, pdf = by_letter[letter], b"", None
        sheet = health[paper.file]
        if sheet.refused is None:
            with fails_as(InputError, f"{paper.file} cannot be read", "Close the program that holds it, then run again."):
                file = bytes_of(folders.inputs / paper.file)
            before = known.get(sha256_of(file), "")
            pdf, sheet = readied(file, sheet, ledger.kept(before) if before and not ledger.is_erased(before) else None)
            problems.extend(one for one in sheet.problems if one not in health[paper.file].problems)
        if pdf is None:
            refused[letter] = sheet.refused.found if sheet.refused is not None else ""
            continue
        claims = (sheet.accessible and not sheet.fonts, not sheet.left_out)
        files.append(BoundFile(letter, paper.title, sha256_of(file), sha256_of(pdf), *claims))
        data[files[-1].pdf], sheets[letter] = pdf, sheet
        made |= {files[-1].pdf: pdf} if pdf is not file else {}
    return PapersCome(tuple(files), data, sheets, refused, made, tuple(problems))


def bind_behind(
    folders: Folders, office: Office, meeting: Meeting, pack: Pack, come: PapersCome, pdf: bytes, look: Look
) -> FullPack | None:
    """The pack as it was set, with the papers behind it that it names and that can be bound, whole and in the parts that mail takes; None
    where there is none."""
    named = {one.letter for one in paper_lines(pack)}
    files = tuple(one for one in come.files if one.letter in named)
    if not files:
        return None
    sheets = compose_paper_sheets(pack, meeting, office, come.sheets, come.refused)
    laid = lay_out_document(sheets, office_templates(folders), folders)
    full = FullPack(*_bound(folders, laid, look, pdf, files, come.data), laid.source, files, come.made)
    return _in_parts(folders, office, meeting, pack, come, pdf, look, full)


def _in_parts(
    folders: Folders, office: Office, meeting: Meeting, pack: Pack, come: PapersCome, pdf: bytes, look: Look, full: FullPack
) -> FullPack:
    """The full pack with its parts, where it is larger than a letter to some reader of the edition may be: each fits, unless a page alone does not."""
    from reportpack.render.binding.binding import cut

    limit = smallest_room(office, meeting.series, pack.edition)
    if not limit or len(full.pdf) <= limit:
        return full
    templates, papers = office_templates(folders), [(one.letter, come.data[one.pdf]) for one in full.papers]

    def made(cuts: Sequence[Sequence[PaperCut]], number: int) -> FullPack:
        sheets = compose_paper_sheets(pack, meeting, office, come.sheets, come.refused, cuts, number)
        laid = lay_out_document(sheets, templates, folders)
        cover = lay_out_document(replace(sheets, cover=True), templates, folders) if number > 1 else None
        front = set_laid_out(cover, folders, look=look).files[Output.PDF] if cover is not None else pdf
        known = {one.letter: one for one in full.papers}
        whole = (replace(known[one.letter], first=one.first, last=one.last) for one in cuts[number - 1])
        run = tuple(replace(one, whole=one.whole and not one.last) for one in whole)
        bound = _bound(folders, laid, look, front, run, come.data)
        return FullPack(*bound, laid.source, run, {}, sheets.part.lower(), cover.source if cover is not None else "")

    room = limit * sum(len(data) for _, data in papers) // (len(full.pdf) - len(pdf))  # as they are before they are bound
    parts: tuple[FullPack, ...] = ()
    for _ in range(5):
        cuts = cut(papers, room - len(pdf) - _OWN, room - _OWN)
        parts = tuple(made(cuts, number) for number in range(1, len(cuts) + 1))
        divisible = [len(one.pdf) for one in parts if one.papers and one.papers[0].first != one.papers[-1].last]
        largest = max(divisible, default=0)
        if largest <= limit:
            break
        room = room * limit // largest * 49 // 50
    return replace(full, parts=parts)


def supplement_to(ledger: Ledger, office: Office, meeting: Meeting, pack: Pack, number: int = 0) -> Supplement | None:
    """What that edition's readers, who were given a version, lack of its papers; `number` 0 is the next supplement. None where they lack nothing."""
    then = version_before(ledger, meeting.id, pack.edition, "draft")
    if then is None:
        return None
    state = "" if number else ", draft"
    number = number or next_version(ledger, meeting.id, SUPPLEMENT.stem, pack.edition)
    released = [one for one in all_releases(ledger, meeting.id, SUPPLEMENT.stem) if one.edition is pack.edition]
    earlier = [one for one in released if one.version < number]
    return compose_supplement(pack, office, then, earlier, f"Supplement {number}{state}")


def set_supplement(
    folders: Folders, office: Office, meeting: Meeting, supplement: Supplement | None, come: PapersCome
) -> FullPack | None:
    """The supplement with its papers, and its page source; None where there is none, or nothing of it can be bound."""
    if supplement is None:
        return None
    laid = lay_out_document(supplement, office_templates(folders), folders)
    pages = set_to_bind(laid, set_laid_out(laid, folders), folders)
    bound = bind_behind(folders, office, meeting, supplement, come, pages.files[Output.PDF], pages.look)
    return replace(bound, source=laid.source) if bound is not None else None


def full_pack_again(folders: Folders, ledger: Ledger, event: Event, pdf: bytes, look: Look) -> dict[str, bytes]:
    """The full pack of a recorded build and its parts, by the stems of their files, from what was kept; none where it had none, or a part of
    it was erased."""
    names = (one.name for one in event.what.files_of(FileRole.RECORD)) if isinstance(event.what, Build) else ()
    found = {}
    for part in ("", *(one["part"] for name in names if (one := _PART.fullmatch(name)))):
        own = (_of_part(name, part) for name in (_RECORD, _SOURCE, _COVER))
        record, source, cover = (kept_text(ledger, event, FileRole.RECORD, name) for name in own)
        files = _read(record)
        if source is None or any(ledger.is_erased(one.pdf) for one in files):
            return {}
        data = {one.pdf: ledger.kept(one.pdf) for one in files}
        before = laid_out_before(FULL_PACK, cover) if cover is not None else None
        front = set_laid_out(before, folders, look=look).files[Output.PDF] if before is not None else pdf
        found[_of_part(FULL_PACK.stem, part)] = _bound(folders, laid_out_before(FULL_PACK, source), look, front, files, data)[0]
    return found


def _bound(
    folders: Folders, laid: LaidOut, look: Look, pdf: bytes, files: Sequence[BoundFile], data: Mapping[str, bytes]
) -> tuple[bytes, int]:
    from reportpack.render.binding.binding import PaperFile, bind
    from reportpack.render.binding.stamps import Stamps

    dividers = set_laid_out(laid, folders, look=look).files[Output.PDF]
    stamps = Stamps(look.theme, look.assets, laid.document.meta.marking)
    every = [PaperFile(one.letter, one.title, data[one.pdf], one.accessible, one.whole, one.first, one.last) for one in files]
    bound = bind(pdf, dividers, every, stamps)
    return bound.pdf, bound.pages


def _read(text: bytes | None) -> tuple[BoundFile, ...]:
    return tuple(BoundFile(*one) for one in json.loads(text)) if text is not None else ()
