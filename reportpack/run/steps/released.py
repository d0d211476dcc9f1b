"""What has been released of a meeting so far, and which version comes next."""

from collections.abc import Collection, Iterator, Sequence

from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.document import PACK
from reportpack.model.edition import Audience
from reportpack.model.finding import Findings
from reportpack.model.journal import versions_of
from reportpack.model.judgement import Cell, Disclosed, Versions
from reportpack.model.office import Office
from reportpack.model.outbox import LetterSettled, LetterStanding, LetterState
from reportpack.model.release import LinesReleased, Published, Released, ReleasedLine


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
    packs = [one for one in ledger.happened(Released) if one.document == PACK.stem and office.edition(one.edition).hide_small]
    last = {(one.meeting, one.edition, one.version): one for one in packs}
    return (one for one in last.values() if was_published(ledger, one) or any(map(may_have_gone, letters_of(ledger, one))))


def released_lines(ledger: Ledger, meeting: str) -> tuple[ReleasedLine, ...]:
    """The lines of the office's that the force may read now."""
    found = [one.what for one in ledger.releases(meeting) if isinstance(one.what, LinesReleased)]
    return found[-1].lines if found else ()


def last_release(ledger: Ledger, meeting: str, document: str, edition: Audience) -> Released | None:
    """The newest release of that edition; None before the first."""
    return next((one for one in reversed(all_releases(ledger, meeting, document)) if one.edition is edition), None)


def all_releases(ledger: Ledger, meeting: str, document: str = "") -> tuple[Released, ...]:
    """Every release of that meeting's documents (or of that one), oldest first."""
    found = [one.what for one in ledger.releases(meeting) if isinstance(one.what, Released)]
    return tuple(one for one in found if document in ("", one.document))


def next_version(ledger: Ledger, meeting: str, document: str, edition: Audience, doubted: int = 0) -> int:
    """The number after the last that was sent or published, by the ledger or by the outbox's journal, which no restore touches.

    A version that nobody was given is made anew under its own number; what was released by the event `doubted` may have been given elsewhere.
    """
    last = last_release(ledger, meeting, document, edition)
    noted = max(versions_of(ledger.journal.entries, f"{meeting}/{document}", edition.value), default=0)
    if last is None or noted >= last.version:
        return noted + 1
    released = max((one.number for one in ledger.releases(last.meeting) if one.what == last), default=0)
    given = was_published(ledger, last) or any(may_have_gone(one) for one in letters_of(ledger, last))
    return last.version + 1 if given or released < doubted else last.version


def letters_of(ledger: Ledger, release: Released) -> tuple[LetterStanding, ...]:
    """The letters that carry that version."""
    wanted = (release.document, release.edition, release.version)
    standing = letters_standing(ledger.letters(release.meeting))
    return tuple(one for one in standing if (one.letter.document, one.letter.edition, one.letter.version) == wanted)


def overtaken_by(ledger: Ledger, release: Released) -> tuple[LetterSettled, ...]:
    """For every letter of that edition that waits still, even in a run that is trying again: it is not to go any more as it is."""
    standing = letters_standing(ledger.letters(release.meeting))
    of_edition = (one for one in standing if (one.letter.document, one.letter.edition) == (release.document, release.edition))
    waiting = [one.key for one in of_edition if one.state.may_go]
    why = f"v{release.version} was released since"
    return tuple(LetterSettled(release.meeting, key, sent=False, why=why) for key in waiting)


def is_overtaken(ledger: Ledger, standing: LetterStanding) -> bool:
    """Whether what the letter carries is no longer what is released."""
    letter = standing.letter
    if not letter.kind.needs_release:
        return False
    release = last_release(ledger, letter.meeting, letter.document, letter.edition)
    if release is None or release.version != letter.version:
        return True
    released = {one.sha256 for one in release.files}
    carried = {one.sha256 for one in letter.enclosures if not one.media_type.startswith("text/calendar")}
    return not carried <= released


def may_have_gone(standing: LetterStanding) -> bool:
    """Whether somebody may have it."""
    return standing.state in (LetterState.SENT, LetterState.ARRIVED, LetterState.UNCERTAIN, LetterState.DRAFTED)


def was_published(ledger: Ledger, release: Released) -> bool:
    """Whether that version lies where the web site takes it from."""
    published = [one.what for one in ledger.releases(release.meeting) if isinstance(one.what, Published)]
    wanted = (release.document, release.edition, release.version)
    return any((one.document, one.edition, one.version) == wanted for one in published)
