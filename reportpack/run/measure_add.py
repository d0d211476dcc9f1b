"""A new measure from a workbook: what stands in it, what can be told without asking, and the entry in measures.toml."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from reportpack import patterns as re
from reportpack.errors import InputError, Remedy
from reportpack.model.inputs import Settings
from reportpack.model.measure import Measure, Place
from reportpack.model.observation import Observation, Unit
from reportpack.model.office import Office
from reportpack.model.period import ANY_MONTH, Period
from reportpack.model.problem import Problem
from reportpack.model.table import Table, TableValue
from reportpack.read.figures.area_names import AreaNames
from reportpack.read.figures.places import DatedWorkbook
from reportpack.read.figures.reading import read_figures
from reportpack.read.figures.titles import timeless, workbook_as_at
from reportpack.read.workbook import read_workbook
from reportpack.read.workbook.opening import is_named
from reportpack.records import Record
from reportpack.run.inspect import Inspection, inspect_file
from reportpack.run.office_files import write_files
from reportpack.settings import read_settings
from reportpack.toml.edit import entry_of, with_entry, with_keys

MEASURES = "measures.toml"
_CHANGING = rf"(?:(?<![a-z])(?:{ANY_MONTH}|q[1-4]|final|draft|revised|prov(?:isional)?|updated?|v(?=\d)|copy|ytd)(?![a-z])|\d)"
_CHANGES = re.compile(rf"{_CHANGING}(?:[ _.,/-]*{_CHANGING})*", re.IGNORECASE)
_ENOUGH = 0.9
_NEAR = 0.51  # Percentage points by which a share may differ from its counts' quotient, as it is rounded.
_SAMPLED = 5
_BESIDE = 30  # Columns before and behind a share among which its counts stand.
_FEWEST_LETTERS = 5
Figures = dict[tuple[str | None, Period | None], float]


class Candidate(Record):
    """Figures in a workbook that a measure could be. `table` is empty where the sheet has one table only."""

    sheet: str
    table: str
    label: str
    only_label: bool
    unit: Unit
    numerator: str
    denominator: str
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    count: int
    samples: tuple[str, ...] = ()
    """The first of its figures as they stand."""
    decimals: int = 0
    heading: str = ""
    """The title of its table, however many there are."""
    cell: str = ""
    """Where the first of its figures stands."""

    @property
    def title(self) -> str:
        """What it could be called."""
        return self.label.replace(" / ", ": ")

    def place(self, file: str, sheets: Sequence[str], area: str, unit: Unit | None = None) -> Place:
        """Where these figures stand in files of that pattern, one of which has these sheets, by what lasts of their names."""
        figure = "" if self.only_label else lasting(self.label)
        labels = (lasting(self.table), figure, lasting(self.numerator), lasting(self.denominator))
        return Place(file, sheet_pattern(self.sheet, sheets), *labels, area, unit=unit)


class Added(Record):
    """What became of it: the figures that the new entry finds, and what is wrong with them."""

    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]
    copied: Path | None


def settings_of(inputs: Path) -> Settings:
    """The office's settings; InputError where they cannot be read."""
    settings, problems = read_settings(inputs)
    if settings is None:
        found = "\n".join(problem.sentence for problem in problems)
        raise InputError(found, Remedy("Put the settings right first; all of it is shown by:", "check"))
    return settings


def find_candidates(workbook: Path, office: Office) -> tuple[tuple[Candidate, ...], Inspection]:
    """Every kind of figure in the workbook; InputError where there is none."""
    areas = AreaNames(office)
    inspection = inspect_file(workbook, [name for area in office.areas for name in (area.name, *area.aliases)])
    found = [one for sheet in inspection.sheets for one in candidates_of(sheet.tables, areas.name_of)]
    if not found:
        reasons = "\n".join(problem.sentence for problem in inspection.problems[:3])
        found_none = f"{workbook.name}: no table of figures was found in it. {reasons}".strip()
        raise InputError(found_none, Remedy("Try:", "inspect", str(workbook)))
    return tuple(found), inspection


def candidates_of(tables: Sequence[Table], name_of: Callable[[str], str]) -> list[Candidate]:
    """Every kind of figure in a sheet's tables; an area goes by what `name_of` gives for it, and is left out where that is nothing."""
    found: list[Candidate] = []
    for table in tables:
        by_label: dict[str, list[TableValue]] = {}
        for value in table.values:
            by_label.setdefault(value.measure or "", []).append(value)
        for label, values in by_label.items():
            above, below = _counts_behind(values, by_label)
            known = dict.fromkeys(name for value in values if value.area and (name := name_of(value.area)))
            periods = sorted({value.period for value in values if value.period})
            title = table.title if len(tables) > 1 else ""
            named = tuple(period.label for period in periods)
            alone = len(by_label) == 1
            samples = tuple(str(value.raw) for value in values[:3])
            decimals = max(len(f"{value.value or 0:.2f}".rstrip("0").partition(".")[2]) for value in values)  # two at most
            counts = tuple(known), named, len(values), samples, decimals, table.title, values[0].cell
            found.append(Candidate(table.sheet, title, label, alone, values[0].unit, above, below, *counts))
    return found


def _counts_behind(values: Sequence[TableValue], by_label: dict[str, list[TableValue]]) -> tuple[str, str]:
    """The two counts whose quotient the per cents are, as the figures themselves show; nothing where they do not."""
    if values[0].unit is not Unit.PER_CENT:
        return "", ""
    shares = _figures_of(values)
    labels = list(by_label)
    at = labels.index(values[0].measure or "")
    near = [(label, by_label[label]) for label in labels[max(at - _BESIDE, 0) : at + _BESIDE]]
    counts = {label: _figures_of(others) for label, others in near if others[0].unit in (Unit.COUNT, Unit.UNKNOWN)}
    likely = _likely_pairs(shares, counts)
    return next(((above, below) for above, below in likely if _makes(shares, counts[above], counts[below])), ("", ""))


def _figures_of(values: Sequence[TableValue]) -> Figures:
    return {(one.area, one.period): one.value for one in values if one.value is not None}


def _likely_pairs(shares: Figures, counts: Mapping[str, Figures]) -> Iterator[tuple[str, str]]:
    """Labels of counts whose quotient is most of a few of the shares: to try each with each is too much for a table of a hundred columns."""
    keys = [key for key, share in shares.items() if share]
    some = keys[:: max(len(keys) // _SAMPLED, 1)]
    for above, uppers in counts.items():
        for below, lowers in counts.items():
            if above != below and sum(_is_share(shares[key], uppers.get(key), lowers.get(key)) for key in some) * 2 > len(some):
                yield above, below


def _is_share(share: float, upper: float | None, lower: float | None) -> bool:
    return upper is not None and bool(lower) and abs(share - 100 * upper / (lower or 1)) <= _NEAR


def _makes(shares: Figures, uppers: Figures, lowers: Figures) -> bool:
    both = [(share, uppers[key], lowers[key]) for key, share in shares.items() if key in uppers and lowers.get(key)]
    right = sum(_is_share(*one) for one in both)
    return len(both) >= max(3, len(shares) // 2) and right >= _ENOUGH * len(both)


def file_pattern(name: str) -> str:
    """The name with `*` for what changes from month to month: its months, quarters and numbers."""
    stem, dot, ending = name.rpartition(".")
    pattern = _starred(stem)
    return f"{pattern}{dot}{ending}" if len(pattern.strip("* ")) >= 3 else name


def sheet_pattern(name: str, sheets: Sequence[str]) -> str:
    """The same for a sheet, where it names no other of the workbook; a name that is a period alone says nothing of next month's."""
    pattern = _starred(name) if timeless(name) != " ".join(name.lower().split()) else name
    if pattern.strip("* -") == "":
        return ""
    return pattern if len(pattern.strip("* ")) >= 3 and sum(is_named(one, pattern) for one in sheets) == 1 else name


def _starred(name: str) -> str:
    return re.sub(r"\*(?:[ _.,/()-]*\*)+", "*", _CHANGES.sub("*", name))


def widened_places(settings: Settings, workbook: Path, candidates: Sequence[Candidate]) -> tuple[tuple[str, int, int, str], ...]:
    """Places of measures whose next file this is, by its name and by the sheet and label that stand in it: title, measure, place, the wider pattern."""
    found = []
    for number, measure in enumerate(settings.measures):
        for index, place in enumerate(measure.places):
            pattern = common_pattern(place.file, file_pattern(workbook.name))
            if pattern and not is_named(workbook.name, place.file) and any(_is_at(one, place) for one in candidates):
                found.append((measure.title, number, index, pattern))
    return tuple(found)


def _is_at(one: Candidate, place: Place) -> bool:
    sheet = not place.sheet or is_named(one.sheet, place.sheet) or timeless(one.sheet) == timeless(place.sheet)
    label = one.only_label or timeless(place.figure) in map(timeless, (one.label, *one.label.split(" / ")))
    return sheet and (label if place.figure else True)


def common_pattern(one: str, two: str) -> str:
    """A pattern for both names: the longest words that they share with `*` around; nothing where they share no more than five letters."""
    (first, ending), (second, other) = (re.sub(r"[ _*-]+", " ", name.casefold()).rpartition(".")[::2] for name in (one, two))
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    shared = first[match.a : match.a + match.size].strip("* _-.")
    if sum(letter.isalpha() for letter in shared) < _FEWEST_LETTERS:
        return ""
    start = "" if first.startswith(shared) and second.startswith(shared) else "*"
    return f"{start}{shared.replace(' ', '*')}*.{ending if ending == other else '*'}"


def widen(inputs: Path, workbook: Path, places: Sequence[tuple[str, int, int, str]]) -> Path | None:
    """Write the wider patterns into measures.toml, and copy the workbook to performance/ when it is not there yet."""
    content = (inputs / MEASURES).read_bytes()
    for _, measure, place, pattern in places:
        content = with_keys(content, MEASURES, {"file": pattern}, table=("measure", measure, "place", place))
    return _write(inputs, workbook, content)


def lasting(label: str) -> str:
    """A label as it is to be written into measures.toml: without this release's dates, FINAL or v2, where anything stays."""
    bare = timeless(label)
    same = bare.replace(" ", "") in ("", label.lower().replace(" ", ""))
    return label if same else f"{bare[0].upper()}{bare[1:]}"


def new_id(title: str, taken: Sequence[str]) -> str:
    """A short name made of the title, with a number where that is taken."""
    slug = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:40].strip("-") or "measure"
    slug = slug if slug[0].isalpha() else f"m-{slug}"
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def add_measure(inputs: Path, workbook: Path, new: Measure) -> Added:
    """Write the entry, and copy the workbook to performance/ when it is not there yet; then read the new figures."""
    path = inputs / MEASURES
    before = path.read_bytes() if path.exists() else b""
    copied = _write(inputs, workbook, with_entry(before, MEASURES, "measure", entry_of(new)))
    try:
        settings = settings_of(inputs)
    except InputError as fault:
        write_files({path: before})
        if copied is not None:
            copied.unlink()
        raise InputError(fault.found, "Nothing was written. Give the answers so that they fit.") from fault
    measure = settings.measure(new.id)
    if measure is None:
        raise InputError(f"{MEASURES}: the new measure {new.id} cannot be read back.", "Look at the end of the file.")
    path = copied or workbook
    book, problems = read_workbook(path, path.resolve().relative_to(inputs.resolve()).as_posix())
    if book is None:
        return Added((), problems, copied)
    observations, more = read_figures([DatedWorkbook(book, workbook_as_at(book))], (measure,), settings.office)
    return Added(observations, (*problems, *more), copied)


def _write(inputs: Path, workbook: Path, content: bytes) -> Path | None:
    files = {inputs / MEASURES: content}
    target = inputs / "performance" / workbook.name
    if workbook.resolve().is_relative_to((inputs / "performance").resolve()):
        write_files(files)
        return None
    if target.exists() and target.read_bytes() != workbook.read_bytes():
        remedy = "Give the new one another name, or move the old one away."
        raise InputError(f"{target}: there is another workbook of that name already.", remedy)
    write_files(files | {target: workbook.read_bytes()})
    return target
