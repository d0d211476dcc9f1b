"""Figures that differ from the last pack's: with the old value, in the appendix and on the page of their measure."""

from collections.abc import Iterable, Iterator, Sequence

from reportpack.compose.area_words import area_name
from reportpack.compose.figures import figure_words
from reportpack.compose.setting import Setting
from reportpack.model.finding import MeasureFinding
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Unit
from reportpack.model.pack import RevisionLine
from reportpack.model.revision import Revision
from reportpack.model.words import Sentence

_MOST = 3


def revision_lines(revisions: Iterable[Revision], setting: Setting) -> Iterator[RevisionLine]:
    """A line for each whose measure this edition has and whose cell, or what it held before, is not hidden."""
    revisions = tuple(revisions)
    for one in revisions:
        finding = setting.findings.of(one.now.measure)
        if finding is None or not may_show(one, revisions, setting):
            continue
        yield RevisionLine(
            finding.measure.title,
            area_name(one.now.area, setting.office),
            one.now.period.label,
            figure_words(one.before, finding.measure),
            figure_words(one.now, finding.measure),
            one.since,
        )


def may_show(revision: Revision, revisions: Iterable[Revision], setting: Setting) -> bool:
    """Whether this edition has the measure, and neither the cell nor what it held before is hidden; `revisions` are those beside it."""
    finding = setting.findings.of(revision.now.measure)
    return finding is not None and not (setting.hides_small and _gives_away(revision, finding, revisions))


def revised_words(measure: str, setting: Setting) -> Sentence:
    """`[r] Revised since the last pack: April 2019, West Mercia, was 79.4%, is now 76.1%.` Newest first, the rest counted."""
    own = sorted(
        (one for one in setting.revisions if one.now.measure == measure), key=lambda one: one.now.period.start, reverse=True
    )
    by_pack: dict[str, list[RevisionLine]] = {}
    for line in revision_lines(own, setting):
        by_pack.setdefault(line.since, []).append(line)
    parts = [part for since, lines in by_pack.items() for part in (" ", _since(since, lines))]
    return Sentence.of(*parts[1:])


def _since(since: str, lines: Sequence[RevisionLine]) -> Sentence:
    told = [
        Sentence.of("; " if number else "", Sentence.of(f"{line.period}, {line.area}, was ", line.before, ", is now ", line.now))
        for number, line in enumerate(lines[:_MOST])
    ]
    more = f"; and {len(lines) - _MOST} more, in the appendix" if len(lines) > _MOST else ""
    return Sentence.of(f"[r] Revised since {since}: ", *told, f"{more}.")


def _gives_away(revision: Revision, finding: MeasureFinding, revisions: Iterable[Revision]) -> bool:
    """Whether the old value of an area could have been hidden, or give a hidden one back: some cell of its period is small, or was."""
    now, measure = revision.now, finding.measure
    if now.area == finding.force.area:
        return False
    if any(cell.period == now.period for cell in finding.small_cells):
        return True
    alike = (one.before for one in revisions if (one.now.measure, one.now.period) == (now.measure, now.period))
    return any(0 < count < measure.small_under for one in alike for count in _counts(one, measure))


def _counts(observation: Observation, measure: Measure) -> Iterator[float]:
    counts = (observation.value,) if measure.unit is Unit.COUNT else (observation.numerator, observation.denominator)
    return (count for count in counts if count is not None)
