"""Figures that differ from the last pack's: with the old value, in the appendix and on the page of their measure."""

from collections.abc import Iterable, Iterator, Sequence

from reportpack.compose.area_words import area_name
from reportpack.compose.figures import figure_words
from reportpack.compose.setting import Setting
from reportpack.model.judgement import Revision
from reportpack.model.pack import RevisionLine
from reportpack.model.words import Sentence

_MOST = 3


def revision_lines(revisions: Iterable[Revision], setting: Setting) -> Iterator[RevisionLine]:
    """A line for each whose measure this edition has and whose cell, or what it held before, is not hidden."""
    for one in revisions:
        finding = setting.findings.of(one.now.measure)
        if finding is None or not may_show(one, setting):
            continue
        yield RevisionLine(
            finding.measure.title,
            area_name(one.now.area, setting.office),
            one.now.period.label,
            figure_words(one.before, finding.measure),
            figure_words(one.now, finding.measure),
            one.since,
        )


def may_show(revision: Revision, setting: Setting) -> bool:
    """Whether this edition has the measure, and the cell is not hidden: what was hidden before is hidden still."""
    finding, now = setting.findings.of(revision.now.measure), revision.now
    return finding is not None and not (setting.hides_small and finding.is_small(now.area, now.period))


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
