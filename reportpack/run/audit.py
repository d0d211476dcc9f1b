"""`audit`: what was promised at all the meetings on record, and what came of it; of a folder as it lies, drafted as an office aside, or of this office.

It records nothing, and never writes in the folder that it reads."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from reportpack import patterns as re
from reportpack.analyse.commitments import Figures
from reportpack.analyse.findings import analyse
from reportpack.analyse.undertakings import judge_undertaking
from reportpack.compose.audience import remade
from reportpack.compose.audit import compose_audit
from reportpack.compose.commitments import commitment_words
from reportpack.errors import InputError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.figures import apply_corrections
from reportpack.merge.noted import place_notes
from reportpack.merge.occasions import settle_topics
from reportpack.merge.undertakings import Followed, follow
from reportpack.model.audit import AuditLine, AuditRow, Came, Judged, PromiseAudit
from reportpack.model.event import RowChange
from reportpack.model.finding import CommitmentFinding
from reportpack.model.observation import Observation
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Source
from reportpack.model.register_columns import Heading
from reportpack.model.words import Sentence
from reportpack.read.figures.places import DatedWorkbook
from reportpack.read.figures.reading import read_figures
from reportpack.read.register.commitments import noted_test
from reportpack.read.workbook import read_workbook
from reportpack.records import Record
from reportpack.render.sheet import SheetColumn, SheetTable, workbook_bytes
from reportpack.run.first_day.folder import EARLIER
from reportpack.run.first_day.office import EVERY
from reportpack.run.first_day.setting_up import FirstDay, set_up
from reportpack.run.gather import Material, gather
from reportpack.run.minutes.back_fill import dated_notes
from reportpack.run.office_files import Folders, Progress, open_memory, write_files
from reportpack.run.program import office_templates
from reportpack.run.steps.documents import set_document

_FOR_AN_OFFICE = re.compile(r": (?:put it into|look with|name the file|ask for).*")
_HEADS = ("What came of it", "Why", Heading.WORDS, "File and line", Heading.MEETING, "When", "Who", Heading.DUE, Heading.MEASURE,
          "Then", "Now", "Times re-dated", Heading.RE_DATED, "Later words")  # fmt: skip
_TAKEN = re.compile(r"inputs/([^;(]+)")


class AuditOrder(Record):
    """What is asked for: a folder (None: this office's own memory), where the files go, and when it is."""

    folder: Path | None
    out: Path
    now: datetime
    today: date


class MadeAudit(Record):
    """The audit, everything that was judged, where it was written, and what is wrong with what it rests on."""

    audit: PromiseAudit
    judged: tuple[Judged, ...]
    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> tuple[AuditRow, ...]:
        """Every undertaking as it is printed."""
        return tuple(row for part in self.audit.parts for row in part.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many undertakings came to what."""
        return {came.value: sum(one.came is came for one in self.judged) for came in Came}


def make_audit(folders: Folders | None, order: AuditOrder, progress: Progress) -> MadeAudit:
    """Read, follow, judge, compose, write; InputError where nothing can be used, or where the files would go into the folder that is read."""
    if order.folder is None:
        assert folders is not None  # noqa: S101 - the command line asks for them
        return _audit(folders, order, {}, (), (), progress)
    if order.folder.is_dir() and order.out.resolve().is_relative_to(order.folder.resolve()):
        remedy = Remedy("Name another place for the pages:", "audit", str(order.folder), out="FOLDER")
        raise InputError(f"{order.out} is in the folder that is read, in which nothing is written.", remedy)
    with TemporaryDirectory(prefix="reportpack-") as aside:
        new = Path(aside) / "office"
        first = set_up(new, order.folder, {"bodies": EVERY}, lambda _: None, order.now, order.today, progress)
        # The name in the folder of every file that was taken, by the one that it has in the office that was drafted.
        names = {match[1].strip(): one.file for one in first.accounts for match in _TAKEN.finditer(one.taken)}
        kept = {file: name for name, file in names.items() if name.startswith("performance/")}
        aside_of = ((one.file, kept.get(one.why_not.removeprefix(EARLIER), "")) for one in first.accounts if not one.taken)
        earlier = {file: (order.folder / file, later) for file, later in aside_of if later}
        left = tuple(AuditLine(one.file, (_FOR_AN_OFFICE.sub("", one.why_not),)) for one in first.accounts if not one.taken)
        return _audit(first.folders, order, names, left, tuple(_remarks(first)), progress, earlier)


def _audit(
    folders: Folders,
    order: AuditOrder,
    names: Mapping[str, str],
    left: tuple[AuditLine, ...],
    remarks: tuple[str, ...],
    progress: Progress,
    earlier: Mapping[str, tuple[Path, str]] = MappingProxyType({}),
) -> MadeAudit:
    with open_memory(folders) as ledger:
        gathered = gather(folders, "", order.today, order.today, ledger, ledger.first_seen, progress)
        found, of_notes = _followed(folders, gathered, ledger, progress)
    office, measures, inputs = gathered.settings.office, gathered.settings.measures, gathered.inputs
    figures, _, _ = apply_corrections(inputs.observations, measures, office)
    findings = analyse(figures, measures, office, inputs.register, order.today, order.today)

    def named(value: Any) -> Any:
        return replace(value, file=names.get(value.file, value.file)) if isinstance(value, Source) else None

    older: dict[tuple[str, str, Period], list[Observation]] = {}
    for one in remade(gathered.replaced, named):
        older.setdefault((one.measure, one.area, one.period), []).append(one)
    now = {(one.measure, one.area, one.period): one.value for one in figures}
    for file, (path, later) in earlier.items():
        workbook, _ = read_workbook(path, later)
        given = read_figures([DatedWorkbook(workbook, None)], measures, office)[0] if workbook is not None else ()
        held = (one for one in given if one.value is not None)
        other = [one for one in held if one.value != now.get((one.measure, one.area, one.period), one.value)]
        for one in other:
            older.setdefault((one.measure, one.area, one.period), []).append(replace(one, source=replace(one.source, file=file)))
        if other:
            many = (
                f"{len(other)} of its figures is another there"
                if len(other) == 1
                else f"{len(other)} of its figures are others there"
            )
            example = f"{other[-1].period.label} is {other[-1].value:g} here"
            left = tuple(
                replace(one, where=(f"{one.where[0]}; {many}: {example}",)) if one.words == file else one for one in left
            )
    progress("Holding what was said against the figures")
    found = remade(found, named)

    def say(finding: CommitmentFinding, of: Figures) -> Sentence:
        return commitment_words(finding, of.measure, office)

    judging = (judge_undertaking(one, findings, office, older, order.today, say) for one in found.undertakings)
    judged = remade(tuple(judging), named)
    revised = (one for one in inputs.problems if one.kind == "figures-replaced")
    files = (*left, *(AuditLine(names.get(one.source.file, one.source.file), (_in_words(one.found, names),)) for one in revised))
    if not found.undertakings and not inputs.observations:
        remarks = (*remarks, "There are neither notes nor figures here that could be used.")
    if order.folder is not None:  # whose it is nobody said
        office = replace(office, name=order.folder.resolve().name)
    audit = compose_audit(judged, found.repeated, found.dropped, files, remarks, office, measures, order.today)
    progress("Setting the pages")
    made = set_document(audit, office_templates(folders), folders)
    paths = {order.out / f"{audit.kind.stem}{ending}": data for ending, data in made.files.items()}
    paths[order.out / f"{audit.kind.stem}.xlsx"] = workbook_bytes(tuple(_sheets(audit)), order.today)
    write_files(paths)
    return MadeAudit(audit, judged, tuple(paths), (*of_notes, *made.problems))


def _followed(folders: Folders, gathered: Material, ledger: Ledger, progress: Progress) -> tuple[Followed, tuple[Problem, ...]]:
    """Every set of notes through the same fold, then the register's own rows."""
    office, measures, meetings = gathered.settings.office, gathered.settings.measures, gathered.inputs.meetings
    register, _ = settle_topics(gathered.inputs.register, office, measures)
    folder = folders.inputs / "minutes"
    there = folder.is_dir() and any(folder.iterdir())
    notes, _, problems = dated_notes(folder, gathered.settings, meetings, progress) if there else ((), (), ())
    views = [
        place_notes(replace(minutes, file=f"minutes/{minutes.file}"), meeting, meetings, office, register)
        for _, minutes, meeting in sorted(notes, key=lambda one: (one[2].day, one[2].id))
    ]
    origins: dict[str, Source] = {}
    for change in ledger.happened(RowChange):
        if change.source.file:
            origins.setdefault(change.ref, change.source)
    known = replace(gathered.inputs, register=register)
    found = follow(views, known, office, measures, lambda test, words: noted_test(test, words, office), origins)
    return found, tuple(problems)


def _in_words(text: str, names: Mapping[str, str]) -> str:
    for place, file in names.items():
        text = text.replace(place, file)
    return text


def _remarks(first: FirstDay) -> Iterator[str]:
    """What was taken as likely, since nobody was asked."""
    for one in first.answered:
        if one.taken and one.question.name in ("whole", "force"):
            yield f"Nobody was asked, so this was taken as likely: {one.question.text.partition('? ')[0]}? {one.answer}."


def _sheets(audit: PromiseAudit) -> Iterator[SheetTable]:
    rows = tuple(
        (row.came, row.why.text, row.words, row.where, row.series, row.when, row.who, row.due, row.measure, row.then.text, row.now.text,
         float(len(row.redated)), "\n".join(row.redated), "\n".join(row.later))
        for part in audit.parts for row in part.rows
    )  # fmt: skip
    wide = {"Why", Heading.WORDS, "Later words"}
    yield SheetTable("Undertakings", tuple(SheetColumn(one, 60 if one in wide else 22) for one in _HEADS), rows)
    for name, lines in (("Questions", audit.questions), ("Topics", audit.topics), ("Files", audit.files)):
        columns = SheetColumn(Heading.WORDS, 60), SheetColumn("Where", 90)
        yield SheetTable(name, columns, tuple((line.words, "\n".join(line.where)) for line in lines))
