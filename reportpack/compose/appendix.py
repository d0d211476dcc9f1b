"""The appendix: full tables, figures revised, what could not be used, what was left out, marks and abbreviations."""

from collections.abc import Iterable

from reportpack.compose.area_words import area_name
from reportpack.compose.figures import MARKS, figure_words
from reportpack.compose.full_tables import compose_tables
from reportpack.compose.revisions import revision_lines
from reportpack.compose.setting import Setting
from reportpack.model.edition import may_read
from reportpack.model.inputs import ReadingNote
from reportpack.model.judgement import Corrected, Revision
from reportpack.model.office import Abbreviation, Office
from reportpack.model.pack import Appendix, CorrectionLine, Mark, ProblemLine, ReadingLine, Withheld, find_texts
from reportpack.model.problem import Problem

NOT_TOLD = "The reason is not in this edition."


def compose_marks(value: object) -> tuple[Mark, ...]:
    """The marks that stand anywhere in a pack, with their meaning."""
    used = {sign for text in find_texts(value) if "[" in text for sign in MARKS if sign in text}
    return tuple(Mark(sign, meaning) for sign, meaning in MARKS.items() if sign in used)


def compose_appendix(
    setting: Setting,
    problems: Iterable[Problem],
    revisions: Iterable[Revision],
    corrections: Iterable[Corrected],
    withheld: tuple[Withheld, ...],
    readings: Iterable[ReadingNote] = (),
) -> Appendix:
    """Problems, and how workbooks were read, are for the office: they name its files and rows."""
    return Appendix(
        tables=compose_tables(setting),
        revisions=tuple(revision_lines(revisions, setting)),
        problems=tuple(ProblemLine(one.source.where, one.found, one.remedy) for one in problems) if setting.for_office else (),
        withheld=withheld,
        marks=(),
        abbreviations=list_abbreviations(setting.office),
        readings=reading_lines(readings) if setting.for_office else (),
        corrections=tuple(line for one in corrections for line in _correction(one, setting)),
    )


def reading_lines(readings: Iterable[ReadingNote]) -> tuple[ReadingLine, ...]:
    """Without the folder, which all of them share."""
    return tuple(ReadingLine(one.file.rpartition("/")[2], one.text) for one in readings)


def list_abbreviations(office: Office) -> tuple[Abbreviation, ...]:
    """The office's own, and its posts'."""
    posts = (Abbreviation(post.abbreviation, post.title) for post in office.posts if post.abbreviation)
    merged = {one.short: one for one in (*posts, *office.abbreviations)}
    return tuple(sorted(merged.values(), key=lambda one: one.short.casefold()))


def _correction(corrected: Corrected, setting: Setting) -> Iterable[CorrectionLine]:
    """One line, where this edition has the measure and its cell is not hidden."""
    now, correction = corrected.now, corrected.correction
    finding = setting.findings.of(now.measure)
    if finding is None or (setting.hides_small and finding.is_small(now.area, now.period)):
        return
    told = may_read(setting.edition, correction.audience)
    yield CorrectionLine(
        finding.measure.title,
        area_name(now.area, setting.office),
        now.period.label,
        figure_words(corrected.before, finding.measure),
        figure_words(now, finding.measure),
        correction.by if told else setting.office.short_name,
        correction.on,
        correction.reason if told else NOT_TOLD,
    )
