"""For each workbook one paragraph of how it was read: what is used and what is not, how new it is, what to know, what moved since its last file."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from reportpack.model.event import WorkbookSeen
from reportpack.model.inputs import ReadingNote
from reportpack.model.observation import Finality, Observation, span_words
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.figures.places import DatedWorkbook, Shelf
from reportpack.read.figures.remarks import listed
from reportpack.read.figures.titles import timeless
from reportpack.read.workbook.opening import is_named

_SHOWN = 4
_SHEET = " > "  # between a sheet and a label
_MOST = 2_000  # labels: a workbook of more is no report whose layout anybody keeps


def reading_notes(
    shelf: Shelf, observations: Sequence[Observation], before: Sequence[WorkbookSeen] = (), patterns: Iterable[str] = ()
) -> tuple[tuple[ReadingNote, ...], tuple[Problem, ...]]:
    """A note for every workbook, in the order of their names, and a problem for each whose layout has moved. `before` are the
    workbooks that the ledger knows, oldest first; `patterns` what the measures' files are called."""
    by_file: dict[str, list[Observation]] = {}
    for one in observations:
        by_file.setdefault(one.source.file, []).append(one)
    notes, problems = [], []
    for dated in sorted(shelf.workbooks, key=lambda one: one.workbook.file):
        file, sha256 = dated.workbook.file, dated.workbook.sha256
        mine, layout = by_file.get(file, []), _layout(shelf, file)
        moved, is_wrong = _moved(layout, *_last(dated, shelf, before, [one for one in patterns if is_named(file, one)]))
        every = [label for table in shelf.found(file) for _, label, _ in table.labelled()]
        labels = {
            one.measure or "" for one in every if one.period or not one.total
        }  # a total below months is no figure of its own
        used = {label for place, _, label in shelf.used if place == file}
        apart = (f"sheet {one.name}" for one in dated.workbook.sheets if not shelf.is_looked_at(file, one.name))
        unused = (*sorted(labels - used - {""}), *apart)
        sentences = (*_sentences(dated, mine, sorted(used & labels), unused), moved)
        measures = tuple(dict.fromkeys(one.measure for one in mine))
        notes.append(ReadingNote(file, " ".join(filter(None, sentences)), measures, unused, layout))
        if is_wrong:
            remedy = "See that the figures are still those that are meant, before they are used."
            problems.append(Problem("layout-moved", Source(file, sha256=sha256), moved, remedy, Weight.NOTE))
    return tuple(notes), tuple(problems)


def _sentences(dated: DatedWorkbook, mine: Sequence[Observation], used: Sequence[str], unused: Sequence[str]) -> Iterator[str]:
    what = f"Used: {listed(used, _SHOWN, '; ')}." if used else "Used: the figures of its only measure."
    yield what if mine else "It was read, but no figure of it is used." if used else "Nothing of it is used."
    yield f"Not used: {listed(unused, _SHOWN, '; ')}." if unused else ""
    if numbers := [one for one in mine if one.value is not None]:
        newest = max(numbers, key=lambda one: one.period.end)
        yield f"Newest: {newest.period.label} ({span_words(newest.meaning.reach, newest.period)})."
    scales = {one.meaning.scale for one in numbers} - {1.0}
    marks = sorted({mark for one in numbers for mark in one.marks})
    finals = sorted({one.meaning.finality.value for one in numbers if one.meaning.finality is not Finality.NOT_TOLD})
    sheets = dated.workbook.sheets
    hidden = sum(len(sheet.hidden_rows) + len(sheet.hidden_columns) for sheet in sheets)
    struck = sum(len(sheet.struck) for sheet in sheets)
    yield f"Given in {' and '.join(f'{scale:,.0f}s' for scale in sorted(scales))}." if scales else ""
    for words, names in (
        ("Marked", [*marks, *finals]),
        ("Doubted", [one.source.cell for one in numbers if one.doubt]),
        ("Hidden sheets", [sheet.name for sheet in sheets if sheet.hidden]),
    ):
        yield f"{words}: {listed(names, _SHOWN, '; ')}." if names else ""
    yield f"{hidden} hidden rows and columns." if hidden else ""
    yield f"{struck} cells struck through." if struck else ""
    yield f'What is not used is taken in with: reportpack measure add "inputs/{dated.workbook.file}".' if unused else ""


def _last(
    dated: DatedWorkbook, shelf: Shelf, before: Sequence[WorkbookSeen], patterns: Sequence[str]
) -> tuple[str, tuple[str, ...]]:
    """The name and the layout of the file of the same place before this one: beside it, else as the ledger knows it."""
    older = [one for one in shelf.beside(dated) if one.as_at is not None and dated.as_at is not None and one.as_at < dated.as_at]
    if older:
        last = max(older, key=lambda one: one.as_at or date.min).workbook.file
        return last, _layout(shelf, last)
    here = {one.workbook.sha256 for one in shelf.workbooks}
    known = [one for one in before if one.layout and one.sha256 not in here]
    same = [one for one in known if any(is_named(one.file, pattern) for pattern in patterns)]
    return (same[-1].file, same[-1].layout) if same else ("", ())


def _moved(now: Sequence[str], last: str, then: Sequence[str]) -> tuple[str, bool]:
    if not now or not then:
        return "", False
    if all(len({line.partition(_SHEET)[0] for line in lines}) == 1 for lines in (now, then)):
        now, then = (
            [line.partition(_SHEET)[2] for line in lines] for lines in (now, then)
        )  # one sheet each, whatever it is called
    here, there = (dict(line.rpartition("\t")[::2] for line in lines) for lines in (now, then))
    kinds = (
        ("new", [one for one in here if one not in there]),
        ("gone", [one for one in there if one not in here]),
        ("moved", [f"{one} to column {here[one]}" for one in here if one in there and here[one] != there[one]]),
    )
    name = last.rpartition("/")[2]
    said = [f"{what} {listed([one.rpartition(_SHEET)[2] for one in ones], _SHOWN, '; ')}" for what, ones in kinds if ones]
    return (f"Against {name}: {'; '.join(said)}." if said else f"As last time, in {name}."), any(ones for _, ones in kinds[1:])


def _layout(shelf: Shelf, file: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for table in shelf.found(file):
        for column, label, _ in table.labelled():
            place = f"{timeless(table.sheet)}{_SHEET}{timeless(label.measure or '')}"
            found.setdefault(place, column)
    lines = tuple(f"{place}\t{column}" for place, column in found.items() if not place.endswith(_SHEET))
    return lines if len(lines) <= _MOST else ()
