"""The briefing pack, composed: what may be said to this edition's readers, in finished sentences whose numbers know their cells."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from reportpack.compose.actions import compose_actions
from reportpack.compose.agenda import compose_agenda, compose_forward, compose_papers
from reportpack.compose.appendix import compose_appendix, compose_marks
from reportpack.compose.audience import hide_small_cells, number_sources, publish_sources, restrict
from reportpack.compose.commitments import compose_commitments
from reportpack.compose.cover import compose_cover, compose_glance
from reportpack.compose.judgements import compose_slip, judgements_of, turned_since
from reportpack.compose.matters import compose_matters
from reportpack.compose.passages import Passages, held_in
from reportpack.compose.setting import People, Setting, head_of
from reportpack.compose.topics import compose_items, compose_running_sheet, compose_topics, known_by, with_released_questions
from reportpack.model.agenda_view import AgendaView
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.finding import Findings
from reportpack.model.inputs import ReadingNote
from reportpack.model.judgement import Corrected, Revision, Told
from reportpack.model.observation import Observation
from reportpack.model.office import Office
from reportpack.model.pack import Pack
from reportpack.model.period import long_date
from reportpack.model.problem import Problem
from reportpack.model.release import ReleasedLine


def compose_pack(
    view: AgendaView,
    edition: Audience,
    office: Office,
    findings: Findings,
    problems: Iterable[Problem],
    revisions: Iterable[Revision],
    on: date,
    version: str,
    *,
    corrections: Iterable[Corrected] = (),
    reconstructed: bool = False,
    released: Iterable[ReleasedLine] = (),
    told: Iterable[Told] = (),
    program: str = "",
    had: Mapping[str, tuple[Observation, ...]] | None = None,
    readings: Iterable[ReadingNote] = (),
) -> Pack:
    """The pack for one meeting and edition, as at `on`; what its readers may not see is out of it before the first sentence.

    `released` are lines of the office's that a person has let the force read; `told` is what these readers had before, and
    `program` the version that judges now; `had` are the figures of earlier meetings' own packs."""
    released = tuple(released) if shows(edition, Part.RELEASED_LINES) else ()
    view = Passages(edition, held_in(view), office).in_rows(with_released_questions(view, released, edition))
    if theme := office.within(view.meeting.theme):
        told_of = tuple(one for one in findings.measures if one.measure.topic in theme)
        its = frozenset(one.measure.id for one in told_of)
        promises = tuple(one for one in findings.commitments if one.commitment in view.commitments)
        findings = replace(findings, measures=told_of, commitments=promises)
        revisions = tuple(one for one in revisions if one.now.measure in its)
        corrections = tuple(one for one in corrections if one.now.measure in its)
    restricted = restrict(view, findings, edition, office)
    shown = hide_small_cells(restricted.findings) if office.edition(edition).hide_small else restricted.findings
    told = tuple(told)
    revisions = (*revisions, *(one for then in told if then.again for one in then.revisions))
    revised = frozenset((one.now.measure, one.now.area, one.now.period) for one in revisions)
    people = People(office, view.meeting.day)
    setting = Setting(
        office, edition, restricted.view, shown, on, people, revised, known_by(released), revisions, told, had or {}
    )
    topics, items = compose_topics(setting), compose_items(setting)
    meeting, cover = restricted.view.meeting, compose_cover(setting, reconstructed=reconstructed)
    day = long_date(meeting.day)
    titles = (f"Briefing pack: {meeting.title}, {day}", f"{meeting.title}, {day}")
    about = f"Briefing pack for the meeting of {day}, figures as at {long_date(on)}"
    pack = Pack(
        **head_of(office, edition, on, version, *titles, about),
        meeting=meeting.id,
        cover=cover,
        agenda=compose_agenda(setting),
        unplaced_papers=compose_papers(restricted.view.unplaced_papers, setting),
        glance=compose_glance(setting),
        matters=compose_matters(setting),
        actions=compose_actions(setting),
        commitments=compose_commitments(setting),
        topics=topics,
        items=items,
        forward=compose_forward(setting),
        appendix=compose_appendix(setting, problems, revisions, corrections, restricted.withheld, readings),
        running_sheet=compose_running_sheet(setting, topics, items),
        sources=(),
        turned=turned_since(setting, program),
        judgements=judgements_of(setting, cover.headlines),
    )
    pack = pack if shows(edition, Part.FILES) else publish_sources(pack, shown)
    pack = replace(pack, slip=compose_slip(pack, setting))
    appendix = replace(pack.appendix, marks=compose_marks(pack))
    return replace(pack, appendix=appendix, sources=number_sources(pack))
