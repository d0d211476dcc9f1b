"""What an office let out with small numbers hidden: what no later paper may give back."""

from collections.abc import Collection, Iterator, Sequence

from reportpack.ledger import Ledger
from reportpack.model.document import PACK
from reportpack.model.finding import Findings
from reportpack.model.judgement import Cell, Disclosed, Versions
from reportpack.model.office import Office
from reportpack.model.release import Released
from reportpack.run.steps.released import letters_of, may_have_gone, was_published


def disclosed_before(ledger: Ledger | None, office: Office) -> Versions:
    """The packs that somebody was given, in editions that hide small numbers, with the figures of the measures that are asked for."""

    def earlier(measures: Collection[str]) -> Sequence[Disclosed]:
        return [version_of(ledger, one, measures) for one in _given(ledger, office)] if ledger is not None else []

    return earlier


def version_of(ledger: Ledger, release: Released, measures: Collection[str] = ()) -> Disclosed:
    """What that release prints and hides."""
    hidden = frozenset(release.hidden) if release.hidden is not None else None
    return Disclosed(ledger.figures_of(release.build, measures), hidden)


def hidden_cells(findings: Findings) -> tuple[Cell, ...]:
    """Every cell that an edition which hides small numbers leaves out."""
    return tuple(Cell(one.measure.id, cell.area, cell.period) for one in findings.measures for cell in one.small_cells)


def _given(ledger: Ledger, office: Office) -> Iterator[Released]:
    """The last release of each version; what nobody was given yet is made anew under its number, so nobody knows it."""
    last = {
        (one.meeting, one.edition, one.version): one
        for one in ledger.happened(Released)
        if one.document == PACK.stem and office.edition(one.edition).hide_small
    }
    return (one for one in last.values() if was_published(ledger, one) or any(map(may_have_gone, letters_of(ledger, one))))
