"""What the readers of an edition had before: the pack of the last meeting, and the last version of this one."""

from collections.abc import Sequence

from reportpack.ledger import Ledger
from reportpack.merge.figures import find_revisions
from reportpack.model.agenda_view import AgendaView
from reportpack.model.document import PACK
from reportpack.model.edition import Audience
from reportpack.model.event import Build
from reportpack.model.judgement import Judgement, Told
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.period import long_date
from reportpack.model.release import Released
from reportpack.run.steps.released import all_releases, last_release, next_version


def printed_before(ledger: Ledger, view: AgendaView) -> Sequence[Observation]:
    """The figures of the last build for the series' previous meeting that had one."""
    meeting = _built_before(ledger, view)
    return ledger.figures_of(ledger.builds(meeting.id)[-1]) if meeting is not None else ()


def figures_had(ledger: Ledger, view: AgendaView) -> dict[str, tuple[Observation, ...]]:
    """What the packs of the meetings that matters came from said of those matters' measures, by meeting; nothing where none was built."""
    wanted: dict[str, set[str]] = {}
    for one in view.matters:
        if one.origin.meeting is not None and one.measures and one.origin.meeting.id != view.meeting.id:
            wanted.setdefault(one.origin.meeting.id, set()).update(one.measures)
    builds = {meeting: ledger.builds(meeting) for meeting in wanted}
    return {one: ledger.figures_of(found[-1], wanted[one]) for one, found in builds.items() if found}


def told_before(
    ledger: Ledger, view: AgendaView, printed: Sequence[Observation], now: Sequence[Observation], edition: Audience, version: str
) -> tuple[Told, ...]:
    """By that edition, before that version of it (`draft`: the next), where the verdicts were recorded; `printed` are the last meeting's figures."""
    told = []
    before, meeting = _version_before(ledger, view.meeting, edition, version), _built_before(ledger, view)
    build = next((one for one in ledger.builds(view.meeting.id) if before is not None and one.number == before.build), None)
    if before is not None and build is not None:
        told.append(_told(f"v{before.version}", before.program, before.judgements, ledger.figures_of(build), now, again=before))
    if meeting is not None:
        released = last_release(ledger, meeting.id, PACK.stem, edition)
        built = ledger.last_build(meeting.id, edition)
        last = released or (built.what if built is not None else None)
        program, judgements = (last.program, last.judgements) if isinstance(last, Build | Released) else ("", ())
        told.append(_told(f"the pack for {long_date(meeting.day)}", program, judgements, printed, now))
    return tuple(one for one in told if one.judgements or one.again)


def _told(
    called: str,
    program: str,
    judgements: tuple[Judgement, ...],
    figures: Sequence[Observation],
    now: Sequence[Observation],
    *,
    again: Released | None = None,
) -> Told:
    lines = again.has if again is not None else None
    return Told(called, program, judgements, tuple(figures), find_revisions(figures, now, called), again is not None, lines)


def _version_before(ledger: Ledger, meeting: Meeting, edition: Audience, version: str) -> Released | None:
    number = int(version[1:]) if version.startswith("v") else next_version(ledger, meeting.id, PACK.stem, edition)
    releases = [one for one in all_releases(ledger, meeting.id, PACK.stem) if one.edition is edition and one.version < number]
    return releases[-1] if releases else None


def _built_before(ledger: Ledger, view: AgendaView) -> Meeting | None:
    return next((one for one in view.previous if ledger.builds(one.id)), None)
