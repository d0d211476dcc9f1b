"""The appendix: full tables, figures revised and put right, what could not be used, what was left out, marks and abbreviations."""

from collections.abc import Iterable, Iterator

from reportpack.compose.area_words import area_name
from reportpack.compose.charts import chart_points
from reportpack.compose.comparison_words import compared_in_full
from reportpack.compose.numbers import MARKS, figure_words, gap_words
from reportpack.compose.setting import Setting, anchor, join_words
from reportpack.compose.signal_words import line_words
from reportpack.model import pack as model
from reportpack.model.chart import PointKind
from reportpack.model.edition import UNTITLED, may_read
from reportpack.model.finding import MeasureFinding
from reportpack.model.inputs import ReadingNote
from reportpack.model.judgement import Corrected, Revision
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Status
from reportpack.model.office import Abbreviation, AppendixPlace, Office
from reportpack.model.period import in_time
from reportpack.model.problem import Problem
from reportpack.model.words import Sentence

_ONE_OF = {"Papers": "a paper for item", "Outstanding matters": "matter", "Open actions": "action", "Risks": "risk",
           "Commitments": "commitment"}  # fmt: skip
NOT_TOLD = "The reason is not in this edition."


def compose_marks(value: object) -> tuple[model.Mark, ...]:
    """The marks that stand anywhere in a pack, with their meaning."""
    used = {sign for text in model.find_values(value, str) if "[" in text for sign in MARKS if sign in text}
    return tuple(model.Mark(sign, meaning) for sign, meaning in MARKS.items() if sign in used)


def compose_appendix(
    setting: Setting,
    problems: Iterable[Problem],
    revisions: Iterable[Revision],
    corrections: Iterable[Corrected],
    withheld: tuple[model.Withheld, ...],
    readings: Iterable[ReadingNote] = (),
) -> model.Appendix:
    """Problems, and how workbooks were read, are for the office: they name its files and rows."""
    return model.Appendix(
        tables=compose_tables(setting),
        revisions=tuple(revision_lines(revisions, setting)),
        problems=tuple(model.ProblemLine(one.source.where, one.found, one.remedy) for one in problems)
        if setting.for_office
        else (),
        withheld=withheld,
        marks=(),
        abbreviations=list_abbreviations(setting.office),
        readings=reading_lines(readings) if setting.for_office else (),
        left_out=tuple(_left_out(withheld)),
        own_file=setting.office.appendix is AppendixPlace.OWN_FILE,
        corrections=tuple(line for one in corrections for line in _correction(one, setting)),
    )


def _left_out(withheld: Iterable[model.Withheld]) -> Iterator[str]:
    """`Not in this edition: action 4/2019, some papers and measures. Publishing them would ...`; lines of the agenda say so themselves."""
    by_reason: dict[str, dict[str, None]] = {}
    for one in withheld:
        if one.section != "Agenda":
            title = "" if one.title == UNTITLED else f" {one.title}"
            some = one.title.removeprefix("Some ").removesuffix(" are not in this edition")
            by_reason.setdefault(one.reason, {})[f"{_ONE_OF[one.section]} {one.ref}{title}" if one.ref else f"some {some}"] = None
    for reason, names in by_reason.items():
        named = [one for one in names if not one.startswith("some ")]
        counted = [one for one in names if one.startswith("some ")]
        listed = [*named, *counted[:1], *(one.removeprefix("some ") for one in counted[1:])]
        yield f"Not in this edition: {join_words(listed)}.{f' {reason}' if reason else ''}"


def reading_lines(readings: Iterable[ReadingNote]) -> tuple[model.ReadingLine, ...]:
    """Without the folder, which all of them share."""
    return tuple(model.ReadingLine(one.file.rpartition("/")[2], one.text) for one in readings)


def list_abbreviations(office: Office) -> tuple[Abbreviation, ...]:
    """The office's own, and its posts'."""
    posts = (Abbreviation(post.abbreviation, post.title) for post in office.posts if post.abbreviation)
    merged = {one.short: one for one in (*posts, *office.abbreviations)}
    return tuple(sorted(merged.values(), key=lambda one: one.short.casefold()))


def _correction(corrected: Corrected, setting: Setting) -> Iterable[model.CorrectionLine]:
    """One line, where this edition has the measure and its cell is not hidden."""
    now, correction = corrected.now, corrected.correction
    finding = setting.findings.of(now.measure)
    if finding is None or (setting.hides_small and finding.is_small(now.area, now.period)):
        return
    told = may_read(setting.edition, correction.audience)
    by, why = (correction.by, correction.reason) if told else (setting.office.short_name, NOT_TOLD)
    where = (finding.measure.title, area_name(now.area, setting.office), now.period.label)
    was, is_now = (figure_words(one, finding.measure) for one in (corrected.before, now))
    yield model.CorrectionLine(*where, was, is_now, by, correction.on, why)


def compose_tables(setting: Setting) -> tuple[model.FullTable, ...]:
    """A table for each measure that has any figure."""
    return tuple(_table(finding, setting) for finding in setting.findings.measures if finding.force.observations or finding.areas)


def _table(finding: MeasureFinding, setting: Setting) -> model.FullTable:
    series = (finding.force, *(area.series for area in finding.areas))
    known = in_time({observation.period for one in series for observation in one.observations})
    xmr, periods = finding.xmr, known[-finding.measure.window :]
    if xmr is not None and xmr.points:
        later = {period for period in known if period >= xmr.points[0].period}
        periods = in_time({point.period for point in xmr.points} | later)
    figures = [{one.period: one for one in line.observations} for line in series]
    kinds = zip(xmr.points, chart_points(xmr, finding.measure), strict=True) if xmr is not None else ()
    marked = {one.period: _MARKED[point.kind] for one, point in kinds if point.kind in _MARKED}
    width = len(series) + bool(marked)
    return model.FullTable(
        id=anchor("table", finding.measure.id),
        title=finding.measure.title,
        columns=(
            setting.office.force,
            *(area_name(area.area, setting.office) for area in finding.areas),
            *(("On the chart",) if marked else ()),
        ),
        rows=tuple(
            (
                period.short,
                (*(_cell(line.get(period), finding, setting) for line in figures), Sentence.of(marked.get(period, "")))[:width],
            )
            for period in periods
        ),
        foot=tuple(
            (head.capitalize(), (words, *[Sentence.of()] * (width - 1)))
            for head, words in line_words(finding.xmr, finding.measure)
        ),
        notes=(
            *_about(finding.measure),
            *compared_in_full(finding),
            *(
                Sentence.of(f"{area_name(line.area, setting.office)}: ", gap_words(figure, period), ".")
                for line, known in zip(series, figures, strict=True)
                for period in periods
                if (figure := known.get(period)) is not None and figure.status not in (Status.NUMBER, Status.SUPPRESSED)
            ),
        ),
    )


_MARKED = dict(zip(list(PointKind)[1:5], ("better", "worse", "higher", "lower"), strict=True))


def _about(measure: Measure) -> Iterator[Sentence]:
    """How it is defined, what a person noted of its data, and that an example's figures are made up."""
    if measure.definition:
        yield Sentence.of(f"{measure.definition.rstrip('.')}.")
    for note in measure.notes:
        yield Sentence.of(f"{note.day:%B %Y}: {note.text.rstrip('.')}" + (f" ({note.author})." if note.author else "."))
    if measure.illustrative:
        yield Sentence.of("These figures are illustrative: they were made for this example.")


def _cell(observation: Observation | None, finding: MeasureFinding, setting: Setting) -> Sentence:
    if observation is None or (observation.value is None and observation.status is not Status.SUPPRESSED):
        return Sentence.of("[x]")
    return figure_words(observation, finding.measure, setting.is_revised(observation))


_MOST = 3


def revision_lines(revisions: Iterable[Revision], setting: Setting) -> Iterator[model.RevisionLine]:
    """A line for each whose measure this edition has and whose cell, or what it held before, is not hidden."""
    for one in revisions:
        finding = setting.findings.of(one.now.measure)
        if finding is None or not may_show(one, setting):
            continue
        where = (finding.measure.title, area_name(one.now.area, setting.office), one.now.period.label)
        was, is_now = (figure_words(each, finding.measure) for each in (one.before, one.now))
        yield model.RevisionLine(*where, was, is_now, one.since)


def may_show(revision: Revision, setting: Setting) -> bool:
    """Whether this edition has the measure, and the cell is not hidden: what was hidden before is hidden still, or let out as it is now."""
    finding, now = setting.findings.of(revision.now.measure), revision.now
    if finding is None or not setting.hides_small:
        return finding is not None
    let_out = ((one.area or finding.force.area, one.period) for one in finding.measure.let_out)
    return not finding.is_small(now.area, now.period) and (now.area, now.period) not in let_out


def revised_words(measure: str, setting: Setting) -> Sentence:
    """`[r] Revised since the last pack: April 2019, West Mercia, was 79.4%, is now 76.1%.` Newest first, the rest counted."""
    own = [one for one in setting.revisions if one.now.measure == measure]
    own.sort(key=lambda one: one.now.period.start, reverse=True)
    by_pack: dict[str, list[model.RevisionLine]] = {}
    for line in revision_lines(own, setting):
        by_pack.setdefault(line.since, []).append(line)
    parts: list[Sentence | str] = []
    for since, lines in by_pack.items():
        told = [Sentence.of(f"{one.period}, {one.area}, was ", one.before, ", is now ", one.now) for one in lines[:_MOST]]
        more = f"; and {len(lines) - _MOST} more, in the appendix" if len(lines) > _MOST else ""
        listed = [part for one in told for part in ("; ", one)][1:]
        parts += [" ", Sentence.of(f"[r] Revised since {since}: ", *listed, f"{more}.")]
    return Sentence.of(*parts[1:])
