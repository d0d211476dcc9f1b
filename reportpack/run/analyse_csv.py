"""`analyse FILE.csv`: read, calculate as the reference does, judge as the product does, put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from itertools import pairwise
from pathlib import Path

from reportpack.analyse.check import checked
from reportpack.analyse.series import periods_between
from reportpack.analyse.verdict import Baseline, judge
from reportpack.analyse.xmr import ReferenceXmr, xmr
from reportpack.compose import signal_words as verdicts
from reportpack.compose.charts import xmr_chart
from reportpack.compose.numbers import printed
from reportpack.errors import InputError
from reportpack.model.chart import XmrChart
from reportpack.model.finding import MeasureFinding, Variation, Xmr
from reportpack.model.measure import Better, Measure, Rebase, Target
from reportpack.model.observation import Observation, Series, Status, Unit
from reportpack.model.office import Office
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.figures.dated_values import DatedValue, read_dated_values
from reportpack.records import Record

LEAST_FIXED = 12
MOST_ROWS = 50_000
_FIRST = Period.month(1000, 1)


class Options(Record):
    """What the command line says of the figures."""

    target: float | None = None
    better: Better = Better.HIGHER
    rebases: tuple[date, ...] = ()
    fix_after: int | None = None
    screen_outliers: bool = True


class CsvAnalysis(Record):
    """`reference` is the plain calculation on the values that are there; `judged` the verdict that the check lets stand; `sentences` say both."""

    reference: ReferenceXmr
    judged: Xmr
    sentences: tuple[str, ...]
    chart: XmrChart | None
    problems: tuple[Problem, ...]


def analyse_csv(path: Path, options: Options) -> CsvAnalysis:
    """The whole answer. Raises InputError for what cannot be analysed at all."""
    rows, problems = read_dated_values(path)
    numbers = [(row.day, row.value) for row in rows if row.value is not None]
    _check(path, options, [day for day, _ in numbers])
    values, days = [value for _, value in numbers], [day for day, _ in numbers]
    reference = xmr(values, days, options.better, options.target, options.rebases, options.fix_after, options.screen_outliers)
    measure = _measure(path, rows, numbers, options)
    days = [row.day for row in rows]
    monthly = all(day.day == 1 for day in days) or all((day + timedelta(days=1)).day == 1 for day in days)
    if monthly:
        line = Series("csv", "csv", tuple(_observation(row, Period(row.day.replace(day=1))) for row in rows))
        marked = judge(line, measure, Period(days[-1].replace(day=1)), Baseline(options.fix_after, options.screen_outliers))
        judged = checked(marked, line, measure)
    else:
        marked, judged = _judged_in_turn(rows, measure, options)
    spacing = () if monthly else _uneven(path, days)
    sentences = _sentences(marked, judged, measure, numbers)
    line = Series(measure.id, "csv", tuple(point.observation for point in marked.points))
    finding = MeasureFinding(measure, line, marked, marked.target, None, (), (), None, None, None, (), (), 0.0)
    nobody = Office("", "", measure.title, (), (), (), (), (), ())
    return CsvAnalysis(reference, judged, sentences, xmr_chart(finding, nobody), (*problems, *spacing))


def _check(path: Path, options: Options, days: Sequence[date]) -> None:
    for rebase in options.rebases:
        if rebase not in days:
            found = f"{path.name}: there is no figure for the new baseline of {rebase.isoformat()}."
            raise InputError(found, f"Give a date that is in the file, from {days[0].isoformat()} to {days[-1].isoformat()}.")
    if len(days) > MOST_ROWS:
        raise InputError(f"{path.name}: it holds {len(days):,} figures.", f"Give at most {MOST_ROWS:,}.")
    if options.fix_after is not None and options.fix_after < LEAST_FIXED:
        raise InputError(f"--fix-after {options.fix_after} is too few.", f"Fix the lines after at least {LEAST_FIXED} points.")


def _measure(path: Path, rows: Sequence[DatedValue], numbers: Sequence[tuple[date, float]], options: Options) -> Measure:
    """A measure that says no more than the file does: no unit, every month in the window, decimals as typed."""
    values = [value for _, value in numbers]
    typed = next((places for places in (0, 1) if all(round(value, places) == value for value in values)), 2)
    return Measure(
        path.stem,
        path.stem,
        unit=Unit.UNKNOWN,
        better=options.better,
        places=(),
        decimals=min(2, typed + (max(map(abs, values)) < 100)),  # one more below 100, where averages would look alike
        targets=() if options.target is None else (Target(options.target),),
        rebases=tuple(Rebase(day, "") for day in options.rebases),
        window=len(periods_between(Period(rows[0].day), Period(rows[-1].day))) + 1,
    )


def _observation(row: DatedValue, period: Period) -> Observation:
    status = Status.NUMBER if row.value is not None else Status.NOT_AVAILABLE
    return Observation("csv", "csv", period, row.value, status, row.source)


def _judged_in_turn(rows: Sequence[DatedValue], measure: Measure, options: Options) -> tuple[Xmr, Xmr]:
    """For weeks or days: each row follows the one before, as months do, and is called by its date afterwards."""
    stand_ins = periods_between(_FIRST, _FIRST.shifted(len(rows) - 1))
    days = {stand_in: Period(row.day, 0, 0) for stand_in, row in zip(stand_ins, rows, strict=True)}
    starts = {row.day: stand_in.start for stand_in, row in zip(stand_ins, rows, strict=True)}
    rebases = tuple(replace(one, day=starts[one.day]) for one in measure.rebases)
    line = Series("csv", "csv", tuple(_observation(row, stand_in) for stand_in, row in zip(stand_ins, rows, strict=True)))
    moved = replace(measure, rebases=rebases, window=len(rows))
    marked = judge(line, moved, stand_ins[-1], Baseline(options.fix_after, options.screen_outliers))
    return _dated(marked, days, measure), _dated(checked(marked, line, moved), days, measure)


def _dated(judged: Xmr, days: Mapping[Period, Period], measure: Measure) -> Xmr:
    return replace(
        judged,
        points=tuple(replace(point, period=days[point.period]) for point in judged.points),
        gaps=tuple(days[gap] for gap in judged.gaps),
        rebases=measure.rebases,
        signals=tuple(replace(one, first=days[one.first], last=days[one.last]) for one in judged.signals),
        seasonal=False,
        suggested_rebase=days.get(judged.suggested_rebase) if judged.suggested_rebase else None,
        expected=days.get(judged.expected) if judged.expected else None,
    )


def _uneven(path: Path, days: Sequence[date]) -> tuple[Problem, ...]:
    steps = {(after - before).days for before, after in pairwise(days)}
    if len(steps) < 2:
        return ()
    found = f"the dates are not evenly spaced: {min(steps)} to {max(steps)} days apart."
    remedy = "The rules take each figure as following the one before; check that none is missing."
    return (Problem("dates-uneven", Source(path.name), found, remedy, Weight.NOTE),)


def _sentences(marked: Xmr, judged: Xmr, measure: Measure, numbers: Sequence[tuple[date, float]]) -> tuple[str, ...]:
    lines = verdicts.range_words(marked, measure).text
    last = verdicts.latest_point(marked)
    overruled = judged.variation is not None and marked.variation not in (None, Variation.COMMON)
    words = [
        f"{len(numbers):,} figure{'' if len(numbers) == 1 else 's'}, {judged.points[0].period.label} to {judged.points[-1].period.label}",
        f"Latest {printed(measure, last.value).text} {'in' if last.period.months else 'on'} {last.period.label}"
        if last is not None and last.value is not None
        else "",
        lines[:1].upper() + lines[1:],
        verdicts.variation_words(judged, measure).text,
        verdicts.assurance_words(judged, measure).text if measure.targets else "",
        f"By the chart's rules alone: {verdicts.signal_words(marked, last).text}" if last is not None and overruled else "",
        *(caution.text for caution in verdicts.caution_words(judged, measure)),
    ]
    return tuple(word for word in words if word)


def write_chart(chart: XmrChart | None, sentences: Sequence[str], path: Path) -> Path:
    """The chart as a file of its own: as .svg, or as .pdf, a page with its sentences beside it. Which is told by the file's name."""
    from reportpack.render.chart_style import ChartStyle
    from reportpack.render.charts import chart_file
    from reportpack.run.office_files import write_files

    ending = path.suffix.lower()
    if ending not in (".svg", ".pdf"):
        raise InputError(f"{path.name}: a chart is written as .svg or .pdf.", "Give a name that ends in one of them.")
    if chart is None:
        raise InputError("There are too few figures to draw.", "Give at least two.")
    drawing = chart_file(chart, ChartStyle()).encode() if ending == ".svg" else _page(chart, sentences)
    write_files({path: drawing})
    return path


def _page(chart: XmrChart, sentences: Sequence[str]) -> bytes:
    from reportpack.render.chart_style import ChartStyle
    from reportpack.render.charts import chart_svg
    from reportpack.render.page_source import parse_page_source
    from reportpack.render.pdf.document import render_pdf
    from reportpack.render.theme import read_theme
    from reportpack.run.look import program_theme

    words = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    title = escape(chart.title)
    source = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>{title}</title></head><body><section>'
        f"<h1>{title}</h1>{words}<figure>{chart_svg(chart, ChartStyle())}</figure></section></body></html>"
    )
    theme = read_theme(program_theme(), None, ("the program's theme.toml", ""))
    return render_pdf(parse_page_source(source, chart.title), theme, {}).pdf
