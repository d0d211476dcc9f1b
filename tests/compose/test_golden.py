"""Every document that this room composes of the worked example, whole, in each edition: a person looked at what it says.

The example is made richer where it lacks a case: an earlier version that said otherwise, answers and corrections to the notes.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from difflib import unified_diff
from itertools import cycle
from pathlib import Path

import pytest

from reportpack.compose.agenda import compose_paper_sheets
from reportpack.compose.annex import compose_annex, compose_queries
from reportpack.compose.commission import (
    compose_commission,
    compose_own_sheet,
    compose_reply_form,
    deadline_entries,
    meeting_entry,
)
from reportpack.compose.dossier import compose_dossier
from reportpack.compose.judgements import compose_supplement, slip_words, told_lines
from reportpack.compose.minutes_form import compose_minutes_form
from reportpack.compose.pack import compose_pack
from reportpack.compose.topics import office_lines
from reportpack.merge.dossier import find_topic, merge_dossier
from reportpack.model.action import ActionState
from reportpack.model.answer import Answer, AskedQuery, QueryAnswered, Verdict
from reportpack.model.correction import (
    Correction,
    CorrectionKind,
    CorrectionPlace,
    CorrectionProposed,
    CorrectionSettled,
    FoundCorrection,
)
from reportpack.model.dossier import CarriedBy, DossierView, RowStep
from reportpack.model.edition import Audience, may_read
from reportpack.model.finding import Findings
from reportpack.model.judgement import Corrected, LineKind, Revision, Told, ToldLine
from reportpack.model.measure import Correction as FigureCorrection
from reportpack.model.minutes import Query
from reportpack.model.noted import AnnexStanding, NotedView
from reportpack.model.pack import Pack
from reportpack.model.paper import PaperHealth, Remark
from reportpack.model.period import Period
from reportpack.model.register_row import CellChange
from reportpack.model.release import Released
from reportpack.render.page import Printable, render_page_source
from reportpack.render.templates import load_templates
from tests.compose import every_case, northmoor
from tests.example import EXPECTED, ROOT, Example, read_example, with_outcomes
from tests.golden.test_page_sources import without_drawings
from tests.outline import outline

Golden = Callable[[Path, str], None]
ON = date(2019, 6, 3)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return read_example(tmp_path_factory.mktemp("example"))


def other_than(text: str, office: str) -> str:
    """What an edition has otherwise than the office's: the lines that it lacks, and its own."""
    lines = list(unified_diff(office.splitlines(), text.splitlines(), n=0, lineterm=""))[2:]
    return "\n".join(line for line in lines if not line.startswith("@@")) + "\n"


def page(document: Printable) -> str:
    """Its page source, without its drawings."""
    return without_drawings(render_page_source(document, load_templates(ROOT / "templates")))


def compare_editions(golden: Golden, name: str, composed: dict[Audience, str]) -> None:
    """The office's edition and the public's whole, the force's as far as it differs from the office's."""
    if Audience.FORCE in composed:
        composed[Audience.FORCE] = other_than(composed[Audience.FORCE], composed[Audience.OFFICE])
    for edition, text in composed.items():
        golden(EXPECTED / f"{name}.{edition}.txt", text)


# The pack --------------------------------------------------------------------------------------------------------------


def a_pack(example: Example, edition: Audience, told: tuple[Told, ...] = ()) -> Pack:
    prepared = example.prepared
    force = [one for one in prepared.gathered.inputs.observations if one.area == "west-mercia" and one.value is not None]
    corrected = FigureCorrection("west-mercia", force[0].period, 1.0, by="Lena Marsh", on=date(2019, 5, 2), reason="A slip.")
    return compose_pack(
        prepared.view,
        edition,
        prepared.gathered.settings.office,
        prepared.findings,
        prepared.problems,
        [Revision(replace(one, value=1.0), one) for one in force[-40::3]],
        prepared.gathered.on,
        "v2",
        corrections=[
            Corrected(None, force[0], corrected),
            Corrected(replace(force[1], value=2.0), force[1], replace(corrected, audience=Audience.PUBLIC)),
        ],
        told=told,
        program="1.1",
        had={"2018-11-27-assurance": tuple(replace(one, value=70.0) for one in force if one.period.end < date(2018, 11, 1))},
        readings=prepared.gathered.inputs.readings,
    )


def told_before(pack: Pack, example: Example) -> tuple[Told, ...]:
    """A version of this pack, and the pack before, that said otherwise for each of the reasons that there are."""
    basis = cycle(("", "", "what was asked then"))
    said = tuple(replace(one, said="Otherwise", basis=next(basis) or one.basis) for one in pack.judgements)
    figures = tuple(example.prepared.gathered.inputs.observations)
    revised = [one for one in figures if one.measure == "victim-satisfaction" and one.value is not None][-12:]
    revisions = tuple(Revision(replace(one, value=(one.value or 0) + 1), one) for one in revised)
    items = [one for one in told_lines(pack) if one.kind is LineKind.ITEM]
    first, second, third, *others = (one for one in told_lines(pack) if one.kind is not LineKind.ITEM)
    lines = (
        replace(items[0], title="Matters"),
        *items[2:],
        replace(first, state="It stood otherwise"),
        replace(second, title="It was called otherwise"),
        replace(third, mark="another file"),
        ToldLine(LineKind.ACTION, "9/2017", "It is done", "Open"),
        ToldLine(LineKind.MATTER, "M9/2017", "It is over", "Due"),
        ToldLine(LineKind.PAPER, "Z", "It is put off", "Received"),
        *others[2:],
    )
    again = Told("v1", "1.0", said, figures, revisions, again=True, lines=lines)
    known = tuple(one for one in figures if one.period < Period.month(2019, 4) or one.measure != "confidence")
    return (Told("the pack for 30 April 2019", "1.0", said, known, ()), again)


def test_the_pack_says_what_a_person_looked_at(example: Example, golden: Golden) -> None:
    plain = a_pack(example, Audience.OFFICE)
    told = told_before(plain, example)
    compare_editions(golden, "briefing-pack", {one: outline(a_pack(example, one, told)) for one in Audience})
    quiet = replace(told[1], judgements=(), revisions=())
    golden(EXPECTED / "slip.office.txt", outline(a_pack(example, Audience.OFFICE, (quiet,)).slip))


def test_the_papers_taken_from_the_pack_say_what_a_person_looked_at(example: Example, golden: Golden) -> None:
    """The commissioning note, each post's own sheet and reply form, calendar entries, and the form for the notes."""
    prepared = example.prepared
    view, settings = prepared.view, prepared.gathered.settings
    office, meeting = settings.office, replace(view.meeting, start_time=time(10), cancelled=True)
    late = [(one, Period.month(2019, month)) for month, one in zip(cycle((3, 4)), settings.measures, strict=False)]
    composed: dict[Audience, str] = {}
    for edition in Audience:
        pack = a_pack(example, edition)
        posts = [post for post in office.posts if (post.side.value == "office") == (edition is Audience.OFFICE)]
        sheets = [compose_own_sheet(pack, view, office, post, (), "v1") for post in posts]
        actions = [one.action for one in view.actions]
        note = compose_commission(pack, view, office, late, 10, prepared.gathered.inputs.readings, settings.measures)
        own: dict[str, object] = {
            "note": note,
            "sheets": tuple(replace(one, abbreviations=(), sources=()) for one in sheets),
            "of an area": replace(
                compose_own_sheet(pack, view, office, posts[0], ("shropshire",), "v1"), abbreviations=(), sources=()
            ),
            "forms": tuple(compose_reply_form(pack, view, post, "v1", "policy@opcc.example") for post in posts),
            "calendar": (
                meeting_entry(meeting, office, 2),
                meeting_entry(replace(meeting, start_time=None, cancelled=False), office, 1),
                *deadline_entries(meeting, actions, office, edition, 3, updates_by=date(2019, 5, 14)),
                *deadline_entries(view.meeting, actions, office, edition, 3, posts=["cc"]),
            ),
        }
        composed[edition] = outline(own | ({"notes form": compose_minutes_form(view, office)} if not composed else {}))
        if edition is Audience.FORCE:
            golden(EXPECTED / "commission.force.html", page(note))
            golden(EXPECTED / "own-sheet.force.html", page(sheets[0]))
    compare_editions(golden, "from-the-pack", composed)


LEFT_OUT = (
    "points",
    "bands",
    "spark",
    "tables",
    "sources",
    "id",
    "target_id",
    "definition",
    "subtitle",
    "table",
    "marks",
    "floor",
)
"""What every measure has, and the example's own pack shows."""


def test_every_case_that_this_room_tells_apart_is_said_as_a_person_looked_at_it(golden: Golden) -> None:
    view, findings, office = every_case.a_view(), every_case.the_findings(), every_case.an_office()
    pack = compose_pack(view, Audience.OFFICE, office, findings, (), (), northmoor.ON, "draft")
    golden(EXPECTED / "every-case.office.txt", outline(pack, LEFT_OUT))
    small = tuple(one for one in findings.measures if one.small_cells or one.measure.id == "no-area-shown")
    pack = compose_pack(view, Audience.PUBLIC, office, replace(findings, measures=small), (), (), northmoor.ON, "draft")
    golden(EXPECTED / "every-case.public.txt", outline((pack.glance, pack.topics[0].measures, pack.appendix, pack.sources)))


def test_papers_are_listed_bound_and_sent_after_as_a_person_looked_at_it(golden: Golden) -> None:
    """The sheets before the papers of a full pack, a paper that cannot be bound, and what came after the pack was released."""
    view, findings, office = every_case.a_view(), northmoor.the_findings(), every_case.an_office()
    health = PaperHealth(
        "papers/a.pdf", "PDF", 1000, 12, remarks=tuple(Remark(one, "", "") for one in ("paper-signed", "paper-form"))
    )
    told: dict[str, object] = {}
    for edition in Audience:
        pack = compose_pack(view, edition, office, findings, (), (), northmoor.ON, "v2")
        paper = pack.unplaced_papers[0]
        more = tuple(replace(paper, letter=letter, title=f"Paper {letter}", mark=letter) for letter in "BCD")
        pack = replace(pack, unplaced_papers=(paper, *more))
        sheets = {"A": health, "B": replace(health, pages=1, tagged=True, remarks=())}
        bound = compose_paper_sheets(pack, view.meeting, office, sheets, {"C": "It is locked."})
        had = told_lines(replace(pack, unplaced_papers=(replace(paper, title="As it was called"),)))
        then = Released(pack.meeting, "briefing-pack", edition, 1, northmoor.ON, 1, "1.0", has=had)
        before = replace(then, document="supplement", build=2, has=told_lines(replace(pack, unplaced_papers=more[:1])))
        late = compose_supplement(pack, office, then, (before,), "Supplement 2")
        assert late is not None
        own_list = compose_paper_sheets(late, view.meeting, office, {}, {})
        told |= {f"bound, {edition}": bound, f"late, {edition}": (late.title, late.late, late.slip, own_list.absent)}
        assert compose_supplement(replace(pack, unplaced_papers=()), office, then, (), "Supplement 1") is None
    golden(EXPECTED / "papers.txt", outline(told))


def test_lines_that_a_person_released_are_numbered_and_read_by_the_force(example: Example, golden: Golden) -> None:
    prepared = example.prepared
    lines = office_lines(a_pack(example, Audience.OFFICE))
    rest = (prepared.gathered.settings.office, prepared.findings, (), (), prepared.gathered.on, "v2")
    released = {one: compose_pack(prepared.view, one, *rest, released=lines[::2]) for one in Audience}
    told = {edition.name: office_lines(pack) for edition, pack in released.items()}
    golden(EXPECTED / "released-lines.txt", outline({"offered": lines, **told, "slip": slip_words(None)}))


# The annex -------------------------------------------------------------------------------------------------------------


def answered(view: NotedView) -> NotedView:
    """Every second query answered, in each of the ways that there are."""
    verdicts, by = cycle(Verdict), cycle(("Ellis Wainfleet", ""))

    def answer(kind: str, found: str) -> Answer:
        verdict = next(verdicts)
        words = "As the tape has it" if verdict is Verdict.ANSWERED else ""
        why = "Nobody wrote it down" if verdict is Verdict.LEFT else ""
        return Answer(QueryAnswered(view.meeting.id, found, kind, found, verdict, ON, words, why), next(by))

    asked = tuple(
        replace(one, answer=answer(one.query.kind, one.query.found)) if at % 3 != 1 else one for at, one in enumerate(view.asked)
    )
    kinds = ("next-meeting-earlier", "attendance-unknown", "chair-missing", "next-meeting-venue")
    said = QueryAnswered(view.meeting.id, "", "", "", Verdict.ANSWERED, ON, "In the hall")
    more = (AskedQuery(9, one, Query(one, "135", f"{one}.", "Ask."), Answer(said, "Ellis Wainfleet")) for one in kinds)
    return replace(view, asked=(*asked, *more))


def corrections(view: NotedView) -> Iterator[Correction]:
    """One of each kind accepted, one refused, one open; at an item, in a row, at no item."""
    passage = "The PCC commented that letters from North Worcestershire are mostly about not seeing anybody."
    places = cycle(
        (
            CorrectionPlace("Notes", "Confidence", item="2.1/1", line="55"),
            CorrectionPlace("Actions arising", row="3/2019", line="60"),
            CorrectionPlace("Notes", "Outcome 16", item="2.1/5", line="103"),
            CorrectionPlace("Attendance"),
        )
    )
    for number, kind in enumerate([*CorrectionKind, *CorrectionKind], start=1):
        found = FoundCorrection(
            kind, next(places), passage, passage.find("mostly"), "mostly", "often", "Is it?", "Philippa Orme" * (number % 2)
        )
        audience = Audience.FORCE if number % 2 else Audience.PUBLIC
        proposed = CorrectionProposed(view.meeting.id, 1, number, f"k{number}", found, "copy.docx", "0" * 64, audience=audience)
        settled = CorrectionSettled(view.meeting.id, number, accepted=number != 2, on=ON, words="seldom" * (number == 6))
        yield Correction(proposed, settled if number != 3 else None, "Ellis Wainfleet")


def test_the_annex_says_what_a_person_looked_at(example: Example, golden: Golden) -> None:
    drafted, office = example.notes.view, example.prepared.gathered.settings.office
    rich = with_outcomes(answered(drafted))
    issued = replace(rich, corrections=tuple(corrections(rich)), standing=AnnexStanding(ON, None, 1))
    agreed = replace(issued, standing=AnnexStanding(ON, date(2019, 6, 24), 1))
    for name, view in (("annex-draft", drafted), ("annex", issued)):
        composed = {edition: outline(compose_annex(view, edition, office, ON, "v1")) for edition in Audience}
        compare_editions(golden, name, composed)
    sheets = [compose_queries(one, office, ON, "draft") for one in (drafted, rich, replace(rich, asked=()))]
    golden(EXPECTED / "queries.office.txt", outline(tuple(replace(one, abbreviations=()) for one in sheets)))
    for edition in Audience:
        golden(EXPECTED / f"annex.{edition}.html", page(compose_annex(issued, edition, office, ON, "v1")))
    golden(EXPECTED / "queries.office.html", page(sheets[1]))
    assert compose_annex(agreed, Audience.FORCE, office, ON, "v1").head.status.text == "Agreed on 24 June 2019"


# The dossier -----------------------------------------------------------------------------------------------------------


def steps_of(ref: str) -> tuple[RowStep, ...]:
    """A life in which everything happens that is told of a row."""
    long = "Words of the register that go on for so long that they have to be cut somewhere, " * 2
    told = (
        ("reportpack annex", (CellChange("State", "", "open"), CellChange("Action", "", long))),
        ("annex 2019-01-29-assurance, issued", (CellChange("Due", "30 April 2019", "2019-05-28-assurance"),)),
        ("reportpack register update", (CellChange("Update", "", long), CellChange("State", "open", "proposed complete"))),
        ("register.xlsx", (CellChange("Due", "soon", "31 May 2019"), CellChange("Title", "same", "same"))),
        ("register.xlsx", (CellChange("State", "gone", "open"),)),
    )
    return tuple(RowStep(datetime(2019, 1 + at, 5, 9, tzinfo=UTC), cause, changes) for at, (cause, changes) in enumerate(told))


CARRIED = (
    CarriedBy("briefing-pack", "2019-04-30-assurance", date(2019, 4, 30), Audience.FORCE, date(2019, 4, 23)),
    CarriedBy("letter: chase", "", None, Audience.OFFICE, ON, "sent to", Audience.OFFICE, ("cc", "nobody")),
    CarriedBy("letter: trouble", "2019-04", None, Audience.PUBLIC, ON, "v1: M2/2018"),
)


def a_dossier(example: Example, name: str) -> tuple[DossierView, Findings]:
    prepared = example.prepared
    inputs, settings = prepared.gathered.inputs, prepared.gathered.settings
    topic = find_topic(name, settings.office)
    said = tuple(one for view in prepared.view.topics for one in view.statements)
    view = merge_dossier(topic, prepared.view, inputs, settings.office, settings.measures, said, (), CARRIED)
    own = view.agenda.topic(topic.id)
    refs = [("Actions", one.action.ref) for one in own.actions] if own is not None else []
    refs += [("Matters", one.matter.ref) for one in own.matters] if own is not None else []
    return replace(view, lives=tuple((sheet, ref, steps_of(ref)) for sheet, ref in refs)), prepared.findings


TOPICS = ("satisfaction", "criminal-justice", "outcome-16", "recorded-crime", "soc")


@pytest.mark.parametrize("topic", TOPICS)
def test_the_dossier_says_what_a_person_looked_at(example: Example, topic: str, golden: Golden) -> None:
    office = example.prepared.gathered.settings.office
    view, findings = a_dossier(example, topic)

    def composed(edition: Audience) -> str:
        """What the pack does not print of it; the measures are the pack's."""
        dossier = compose_dossier(view, edition, office, findings, example.prepared.gathered.on)
        if topic == "satisfaction" and edition is not Audience.PUBLIC:
            golden(EXPECTED / f"dossier.{edition}.html", page(replace(dossier, measures=(), tables=())))
        return outline(replace(dossier, measures=(), tables=(), abbreviations=()))

    editions = {one: composed(one) for one in Audience if may_read(one, view.topic.audience)}
    compare_editions(golden, f"dossier-{topic}", editions)


def test_every_state_of_an_action_has_its_words_in_a_dossier(example: Example, golden: Golden) -> None:
    view, findings = a_dossier(example, "satisfaction")
    topic = view.agenda.topic("satisfaction")
    assert topic is not None
    first = topic.actions[0]
    states = tuple(
        replace(
            first,
            overdue=at % 2 == 0,
            action=replace(
                first.action, state=state, ref=f"{at}/2019", closed=ON if at > 3 else None, decided_at="2019-04" * (at % 2)
            ),
        )
        for at, state in enumerate(ActionState)
    )
    agenda = replace(
        view.agenda, topics=tuple(replace(one, actions=states) if one is topic else one for one in view.agenda.topics)
    )
    office = example.prepared.gathered.settings.office
    dossier = compose_dossier(replace(view, agenda=agenda), Audience.OFFICE, office, findings, ON)
    golden(EXPECTED / "dossier-states.office.txt", outline((dossier.summary, dossier.actions)))
