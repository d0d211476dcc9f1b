"""`handover`: all that the office remembers, as one archive for the readers of an edition: pages that open from a folder and can be searched there, tables,
PDF, notes and papers as they lie, and the hash of every file. It is made from what was recorded, and of what lies in inputs/ holds no file in which
erased words still stood, so that they stand nowhere in it."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import OutputError
from reportpack.ledger import Ledger
from reportpack.model.edition import Audience, Part, edition_title, may_read, shows
from reportpack.model.event import AnnexIssued, Erased
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.pack import Inheritance, Pack
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source
from reportpack.model.release import Released, ReleasedRole
from reportpack.model.statement import Findable, SaidPage
from reportpack.records import Record
from reportpack.render.letters import LetterTemplates
from reportpack.render.sheet import SheetColumn, SheetTable, workbook_bytes
from reportpack.run.find import everything_issued, lying_file, lying_files
from reportpack.run.letters.gate import leak_gate
from reportpack.run.office_files import Folders, Progress, begun_memory, write_files
from reportpack.run.pack import Briefing, Order, lay_out, prepare
from reportpack.run.program import office_templates, program_version
from reportpack.run.register.export import comma_separated, register_sheets
from reportpack.run.steps.documents import set_document, set_laid_out
from reportpack.run.steps.released import all_releases, released_lines

SUMS = "SHA256SUMS"
_NAME = "handover"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip: the same files give the same archive


class HandoverOrder(Record):
    """For whom, where, and when it is."""

    edition: Audience
    out: Path
    now: datetime
    today: date


class HandedOver(Record):
    """The archive and its folder, each file's hash by its name, and the archive's own; what is wrong with what it rests on."""

    edition: Audience
    paths: tuple[Path, ...]
    files: Mapping[str, str]
    sha256: str
    problems: tuple[Problem, ...]


def make_handover(folders: Folders, order: HandoverOrder, progress: Progress) -> HandedOver:
    """Compose, collect, look through at the gate, write; RefusedError where nothing was recorded, or where an edition's readers would get too much."""
    with begun_memory(folders) as ledger:
        prepared = prepare(folders, Order("", order.edition, order.today, order.now, order.today), ledger, progress)
        progress("Collecting what was issued")
        files = dict(_now(folders, prepared, order, ledger))
        for meeting in prepared.gathered.inputs.meetings:
            files |= _issued(meeting, order.edition, ledger)
        said = everything_issued(ledger, order.edition)
        left: list[Problem] = []
        if shows(order.edition, Part.WORKINGS):
            lying, left = _lying(folders, ledger)
            files |= {f"inputs/{one.file}": data for one, data in lying}
            said += tuple(one for one, _ in lying if one.lines)
        pages = _pages(said)
        templates, office = LetterTemplates(office_templates(folders)), prepared.gathered.settings.office
        office = replace(office, name=office.name_on(order.today))
        for page in pages:
            files[page.name] = templates.render_page("handover-page.html", page=page, office=office).encode()
        files["search-index.js"] = _index(pages).encode()
        words = {
            "files": [(one, PurePosixPath(f"/{one}").as_uri().removeprefix("file:///")) for one in sorted(files)],
            "pages": pages,
            "edition": edition_title(order.edition),
            "on": order.today,
        }
        files["index.html"] = templates.render_page("handover.html", office=office, **words).encode()
        if not shows(order.edition, Part.WORKINGS):
            progress("Looking through it at the gate")
            _gate(folders, prepared, order.edition, files, ledger)
    sums = {name: sha256_of(data) for name, data in sorted(files.items())}
    files[SUMS] = "".join(f"{sha256}  {name}\n" for name, sha256 in sums.items()).encode()
    name = _NAME if shows(order.edition, Part.WORKINGS) else f"{_NAME}.{order.edition}"
    folder, archive = order.out / name, _zipped(name, files)
    strange = sorted(one for one in folder.rglob("*") if one.is_file() and one.relative_to(folder).as_posix() not in files)
    if strange:
        found = f"{strange[0]} lies where the archive is unpacked, and is not of it."
        raise OutputError(found, f"Move {folder} away, or name another place with --out; nothing was written.")
    write_files({folder / one: data for one, data in files.items()} | {order.out / f"{name}.zip": archive})
    paths = order.out / f"{name}.zip", folder / "index.html"
    return HandedOver(order.edition, paths, sums, sha256_of(archive), (*prepared.problems, *left))


def _lying(folders: Folders, ledger: Ledger) -> tuple[list[tuple[Findable, bytes]], list[Problem]]:
    """Notes and papers that lie in inputs/ and were never issued. One that held words when they were erased, and was not changed since, is left out."""
    erased = [one.what for one in ledger.erasures() if isinstance(one.what, Erased)]
    gone = {sha256 for one in erased for sha256 in (*one.standing, *(each.sha256 for each in one.files))}
    issued = {one.sha256 for one in ledger.happened(AnnexIssued)}
    lying, left = [], []
    for path in lying_files(folders):
        name = path.relative_to(folders.inputs).as_posix()
        try:
            data = bytes_of(path)
        except OSError as error:
            left.append(Problem("handover-unread", Source(name), f"It cannot be read: {error.strerror}.", "See who may read it."))
            continue
        sha256 = sha256_of(data)
        if sha256 in gone:
            found = "It is not in the archive: words were erased that still stood in it."
            left.append(Problem("handover-erased", Source(name), found, "Take them out of the file, then hand over again."))
        elif sha256 not in issued:
            lying.append((replace(lying_file(name, path, folders.inputs), title=name), data))
    return lying, left


def _now(folders: Folders, prepared: Briefing, order: HandoverOrder, ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """What stands now: the two pages for whoever takes over, the pack to come with its tables, the register and the figures."""
    office, on = prepared.gathered.settings.office, order.today
    # Posts as they are held now, also where no meeting is to come.
    last = prepared.view.meeting
    today = replace(prepared, view=replace(prepared.view, meeting=replace(last, day=max(last.day, on))))
    version, lines = f"as at {long_date(on)}", released_lines(ledger, last.id)
    composed = lay_out(folders, prepared, order.edition, version, lines)
    pack = lay_out(folders, today, order.edition, version, lines).pack
    coming = [one for one in prepared.gathered.inputs.meetings if one.day >= on and not one.cancelled]
    calendar = tuple(f"{long_date(one.day)}: {one.title}" for one in coming)
    own = {one.name: getattr(pack, one.name) for one in fields(pack)}
    title = f"What you inherit, as at {long_date(on)}"
    own |= {"title": f"{title}: {office.name_on(on)}", "running_title": title}
    own["description"] = f"{title}: promises, matters, actions and dates"
    heir = Inheritance(**own, calendar=calendar, posts=tuple(_held(office, on)))
    for made in (set_document(heir, office_templates(folders), folders), set_laid_out(composed.laid_out, folders)):
        named = [(f"{made.kind.stem}{ending}", data) for ending, data in made.files.items() if ending in (".pdf", ".html")]
        yield from (*named, *((f"appendix{ending}", data) for ending, data in made.appendix.items()))
    rows = register_sheets(prepared.gathered.standing.rows) if shows(order.edition, Part.WORKINGS) else (_rows(pack),)
    for name, tables in (("register", rows), ("figures", tuple(_figures(pack)))):
        yield f"{name}.csv", comma_separated(tables, on)
        yield f"{name}.xlsx", workbook_bytes(tables, on)


def _held(office: Office, on: date) -> Iterator[str]:
    for post in (one for one in office.posts if one.end is None or one.end >= on):
        held = [one for one in office.people if one.post == post.id and (one.end is None or one.end >= on)]
        for one in sorted(held, key=lambda each: each.start or date.min):
            since = f", from {long_date(one.start)}" if one.start is not None and one.start > on else ""
            yield f"{post.title}: {one.name}{since}{f', until {long_date(one.end)}' if one.end is not None else ''}"


def _rows(pack: Pack) -> SheetTable:
    """The register as an edition prints it."""
    lines = [("Matter", one.ref, one.words, "", one.due.text, "") for one in pack.matters]
    actions = (one for each in pack.actions.groups for one in each.lines)
    lines += [("Action", one.ref, one.words, one.owners, one.due.text, one.state.text) for one in actions]
    lines += [("Commitment", one.ref, one.words, one.owner, one.said_at, one.verdict) for one in pack.commitments]
    heads = ("Kind", "Reference", "Words", "Owner", "When", "Where it stands")
    return SheetTable("Register", tuple(SheetColumn(one, 60 if one == "Words" else 22) for one in heads), tuple(lines))


def _figures(pack: Pack) -> Iterator[SheetTable]:
    """Every figure that the edition prints, as it prints it, in one table, each with the cells that it rests on."""
    widths = {"Measure": 40, "Period": 22, "Of": 22, "Figure": 22, "Source": 40}
    heads = tuple(SheetColumn(*one) for one in widths.items())
    rows = [
        (table.title, period, of, cell.text, "; ".join(source.where for number in cell.numbers for source in number.sources))
        for table in pack.appendix.tables
        for period, cells in table.rows
        for of, cell in zip(table.columns, cells, strict=True)
        if cell.text
    ]
    yield SheetTable("Figures", heads, tuple(rows))


def _issued(meeting: Meeting, edition: Audience, ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """Each version that was released to these readers, and for the office the notes as they were issued; what was erased is not there."""
    releases = (one for one in all_releases(ledger, meeting.id) if may_read(edition, one.edition))
    last = {(one.document, one.version, one.edition): one for one in releases}
    for one in last.values():
        for file in one.files:
            if file.role.ending and not file.post and not ledger.is_erased(file.sha256):
                named = f"{one.document}.v{one.version}.{one.edition}{file.role.ending}"
                yield f"meetings/{meeting.id}/{named}", ledger.kept(file.sha256)
    notes = [one.what for one in ledger.annexes(meeting.id) if isinstance(one.what, AnnexIssued)]
    if notes and shows(edition, Part.WORKINGS) and not ledger.is_erased(notes[-1].sha256):
        yield f"meetings/{meeting.id}/notes{Path(notes[-1].file).suffix.lower()}", ledger.kept(notes[-1].sha256)


def _pages(said: Iterable[Findable]) -> tuple[SaidPage, ...]:
    """A page a document, and a page a row of the register with all that was ever recorded of it."""
    groups: dict[str, list[Findable]] = {}
    for one in said:
        groups.setdefault(one.title.partition(",")[0] if one.key.startswith("event ") else one.title, []).append(one)
    return tuple(SaidPage(f"said/{number}.html", title, tuple(those)) for number, (title, those) in enumerate(groups.items(), 1))


def _index(pages: Iterable[SaidPage]) -> str:
    """The index of the search, as a script that a page beside it takes in: pages open from a folder cannot read other files."""
    lines = [
        [page.name, at, f"{long_date(one.day)}, {one.title}", line.words]
        for page in pages
        for one, numbered in page.numbered
        for at, line in numbered
    ]
    return f"const INDEX = {json.dumps(lines, ensure_ascii=True, separators=(',', ':'))};\n"


def _gate(folders: Folders, prepared: Briefing, edition: Audience, files: Mapping[str, bytes], ledger: Ledger) -> None:
    """Every file against what its readers may not have; what is of no meeting against that of the meeting to come."""
    rows, settings = prepared.gathered.standing.rows, prepared.gathered.settings
    for meeting in prepared.gathered.inputs.meetings:
        lines = [line for one in all_releases(ledger, meeting.id) for line in one.lines] + [*released_lines(ledger, meeting.id)]
        whole = meeting.id == prepared.view.meeting.id
        mine = {
            name: data
            for name, data in files.items()
            if name.startswith(f"meetings/{meeting.id}/") or (whole and "meetings/" not in name)
        }
        if mine:
            version = Released(meeting.id, _NAME, edition, 1, prepared.gathered.on, 0, program_version(), lines=tuple(lines))
            gate = leak_gate(folders, settings, meeting, rows, version, None)
            for data in mine.values():
                gate.refuse(ReleasedRole.PDF if data.startswith(b"%PDF") else ReleasedRole.WEB, data)


def _zipped(name: str, files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{name}/{one}", _FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
