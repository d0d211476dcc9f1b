"""A meeting joined to what stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reportpack.merge.agenda import merge_for_meeting
from reportpack.merge.figures import find_revisions
from reportpack.model.action import Action, ActionState
from reportpack.model.agenda_view import AgendaView
from reportpack.model.commitment import Commitment
from reportpack.model.inputs import Inputs
from reportpack.model.matter import Matter, MatterState
from reportpack.model.measure import Better, Measure
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.observation import Observation, Status, Unit
from reportpack.model.office import AgendaItem, Area, AreaKind, MeetingSeries, Office, Topic
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register import Register
from reportpack.model.statement import Answered, Block, BlockKind, Question, Statement

HERE = Source("register.xlsx", "Matters", "A2:M2")
AGENDA = (
    AgendaItem("1", "Outstanding matters"),
    AgendaItem("2.1", "The plan", "plan"),
    AgendaItem("2.1.1", "Satisfaction", "satisfaction"),
)
OFFICE = Office(
    name="Office",
    short_name="OPCC",
    force="Northshire Police",
    areas=(Area("force", "Northshire", AreaKind.FORCE),),
    posts=(),
    people=(),
    topics=(
        Topic("plan", "The plan"),
        Topic("hate", "Hate crime satisfaction", ("Hate satisfaction",), under="satisfaction"),
        Topic("satisfaction", "Satisfaction", ("Victim satisfaction",)),
        Topic("rural", "Rural crime"),
    ),
    series=(MeetingSeries("assurance", "Assurance"), MeetingSeries("public", "Public")),
    editions=(),
)
MEASURES = (
    Measure(
        "satisfied", "Satisfied", unit=Unit.PER_CENT, better=Better.HIGHER, places=(), topic="satisfaction", expected_days=20
    ),
    Measure("hate", "Hate satisfied", unit=Unit.PER_CENT, better=Better.HIGHER, places=(), topic="hate"),
)


def meeting(meeting_id: str, day: date | None = None, *, cancelled: bool = False) -> Meeting:
    when = day or date.fromisoformat(meeting_id[:10])
    return Meeting(meeting_id, meeting_id[11:], when, meeting_id, agenda=AGENDA, cancelled=cancelled)


NOVEMBER, APRIL, MAY = meeting("2018-11-27-assurance"), meeting("2019-04-30-assurance"), meeting("2019-05-28-assurance")
JUNE_PUBLIC, SEPTEMBER = meeting("2019-06-24-public"), meeting("2019-09-24-assurance")
MEETINGS = (NOVEMBER, APRIL, MAY, JUNE_PUBLIC, SEPTEMBER)


def matter(due: str, origin: str = "2018-11", topic: str = "Satisfaction", ref: str = "M1/2018") -> Matter:
    return Matter(ref, "A matter", "words", MatterState.CARRIED, HERE, topic=topic, origin=origin, due=due, due_as_written=due)


def action(ref: str, **more: object) -> Action:
    return replace(Action(ref, "words", ActionState.OPEN, HERE), **more)  # type: ignore[arg-type]  # the test's own keywords


def merged(
    *,
    matters: Sequence[Matter] = (),
    actions: Sequence[Action] = (),
    commitments: Sequence[Commitment] = (),
    questions: Sequence[Question] = (),
    statements: Sequence[Statement] = (),
    to_ask: Sequence[Question] = (),
    meetings: Sequence[Meeting] = MEETINGS,
    at: Meeting = MAY,
) -> tuple[AgendaView, tuple[Problem, ...]]:
    register = Register(tuple(matters), tuple(actions), tuple(commitments), tuple(questions))
    inputs = Inputs((), (), register, tuple(meetings), tuple(statements), (), questions=tuple(to_ask))
    return merge_for_meeting(inputs, OFFICE, MEASURES, at, at.day)


def test_a_month_is_the_first_meeting_of_the_same_series_in_it() -> None:
    view, problems = merged(matters=[matter("2019-05")])
    assert [one.due.meeting for one in view.matters] == [MAY]
    assert (view.matters[0].origin.meeting, view.matters[0].item, view.matters[0].measures) == (NOVEMBER, "2.1.1", ("satisfied",))
    assert not view.matters[0].missed
    assert problems == ()


def test_a_moved_meeting_still_answers_to_its_month() -> None:
    moved = meeting("2019-05-28-assurance", date(2019, 6, 4))
    view, _ = merged(matters=[matter("2019-05"), matter("2019-05-28"), matter(moved.id)], meetings=(NOVEMBER, moved), at=moved)
    assert [one.due.meeting for one in view.matters] == [moved] * 3


def test_a_matter_that_an_earlier_meeting_missed_is_still_there() -> None:
    view, problems = merged(matters=[matter("2019-04"), matter("2019-02", ref="M2/2018")])
    assert [one.missed for one in view.matters] == [True, True]
    assert [(one.kind, one.weight) for one in problems] == [("meeting-missing", Weight.WRONG)]
    assert "M2/2018" in problems[0].found


def test_a_matter_for_a_meeting_not_yet_set_is_in_the_forward_plan_and_noted() -> None:
    view, problems = merged(matters=[matter("2019-11")])
    assert view.matters == ()
    assert [(one.occasion.meeting, one.occasion.month) for one in view.forward] == [(None, Period.month(2019, 11))]
    assert [(one.kind, one.weight) for one in problems] == [("meeting-missing", Weight.NOTE)]


def test_a_matter_never_goes_to_a_meeting_that_was_called_off() -> None:
    off = meeting("2019-09-24-assurance", cancelled=True)
    view, problems = merged(matters=[matter("2019-09"), matter(off.id)], meetings=(NOVEMBER, MAY, off))
    assert [one.occasion.meeting for one in view.forward] == [None]
    assert len(view.forward[0].matters) == len(problems) == 2


def test_a_matter_of_another_series_is_not_due_here() -> None:
    view, _ = merged(matters=[matter("2019-06", origin="2018-12-10-public")])
    assert view.matters == ()
    assert [one.occasion.meeting for one in view.forward] == [JUNE_PUBLIC]


def test_a_matter_without_a_meeting_stands_last_in_the_forward_plan() -> None:
    view, _ = merged(matters=[matter(""), matter("2019-09", ref="M2/2018")])
    assert [one.occasion.meeting for one in view.forward] == [SEPTEMBER, None]
    assert view.forward[1].occasion.month is None


def test_a_discharged_matter_is_over() -> None:
    view, problems = merged(matters=[replace(matter("2019-05"), state=MatterState.DISCHARGED)])
    assert (view.matters, view.forward, problems) == ((), (), ())


def test_aliases_are_one_topic_and_near_misses_are_asked_about() -> None:
    rows = [
        matter("2019-05", topic=name) for name in ("Hate satisfaction", "hate crime satisfaction", "Hate crimes satisfaction")
    ]
    view, problems = merged(matters=rows)
    assert [one.topic for one in view.matters] == ["hate", "hate", ""]
    assert [one.kind for one in problems] == ["topic-unknown"]
    assert "If Hate crime satisfaction is meant" in problems[0].remedy
    assert view.register.matters[2].topic == "Hate crimes satisfaction"


def test_a_topic_under_another_is_taken_at_its_line() -> None:
    view, _ = merged(matters=[matter("2019-05", topic="Hate satisfaction")])
    assert view.matters[0].item == "2.1.1"
    assert [(one.topic.id, one.item and one.item.number) for one in view.topics] == [
        ("plan", "2.1"),
        ("satisfaction", "2.1.1"),
        ("hate", "2.1.1"),
    ]
    assert view.items[2].topics == ("satisfaction", "hate")


def test_overdue_actions_come_first_then_by_day() -> None:
    actions = [
        action("1/2019"),
        action("2/2019", due=date(2019, 6, 30)),
        action("3/2019", due=date(2019, 5, 27)),
        action("4/2019", due_meeting="2019-04", due_as_written="April"),
        action("5/2019", due=date(2019, 5, 28), topic="Victim satisfaction"),
        action("6/2019", due=date(2019, 1, 1), state=ActionState.CLOSED, closed=date(2019, 5, 2)),
        action("7/2019", due=date(2019, 1, 1), state=ActionState.CLOSED, closed=date(2019, 4, 2)),
    ]
    view, _ = merged(actions=actions)
    assert [(one.action.ref, one.overdue, one.due_here) for one in view.actions] == [
        ("4/2019", True, True),
        ("3/2019", True, True),
        ("5/2019", False, True),
        ("2/2019", False, False),
        ("1/2019", False, False),
    ]
    assert [one.ref for one in view.settled] == ["6/2019"]
    assert [one.action.ref for one in view.topics[1].actions] == ["5/2019"]


def test_a_bring_back_is_in_the_forward_plan_at_its_meeting() -> None:
    view, _ = merged(actions=[action("1/2019", raised="2019-05-28-assurance", due_meeting="2019-09", due_as_written="September")])
    assert [(one.occasion.meeting, len(one.actions)) for one in view.forward] == [(SEPTEMBER, 1)]


def test_a_commitment_comes_back_at_the_first_meeting_that_can_have_the_figures() -> None:
    said = Commitment("C1/2019", "w", HERE, said_at="2019-04", measure="satisfied", period=Period.month(2019, 6))
    view, _ = merged(commitments=[said, replace(said, ref="C2/2019", period=Period.month(2019, 4))])
    assert [one.ref for one in view.commitments] == ["C1/2019", "C2/2019"]
    assert [(one.occasion.meeting, [each.ref for each in one.commitments]) for one in view.forward] == [(SEPTEMBER, ["C1/2019"])]
    assert [one.ref for one in view.topics[1].commitments] == ["C1/2019", "C2/2019"]


def test_a_commitment_said_at_this_meeting_is_not_yet_in_its_pack() -> None:
    said = Commitment("C1/2019", "w", HERE, said_at="2019-05")
    assert merged(commitments=[said])[0].commitments == ()


def test_questions_are_for_now_or_from_before() -> None:
    def question(words: str, at: str) -> Question:
        return Question(words, HERE, meeting=at, topic="Satisfaction")

    view, _ = merged(
        questions=[
            question("april?", "2019-04"),
            question("may?", "2019-05"),
            question("november?", "2018-11"),
            question("june?", "2019-06"),
        ],
        to_ask=[Question("notes?", HERE, meeting=MAY.id, topic="satisfaction", answered=Answered.TO_ASK)],
    )
    topic = view.topic("satisfaction")
    assert topic is not None
    assert [one.words for one in topic.questions] == ["notes?", "may?"]
    assert [one.words for one in topic.past_questions] == ["april?", "november?"]


def test_words_and_papers_stand_under_their_line_or_are_unplaced() -> None:
    def statement(item: str, topic: str) -> Statement:
        return Statement("cc", MAY.id, (Block(BlockKind.PARAGRAPH, "words"),), HERE, item, topic)

    papers = (Paper("One", "2.1.1", PaperStatus.AWAITED), Paper("Two", "9", PaperStatus.TABLED))
    at = replace(MAY, papers=papers)
    said = [statement("1", ""), statement("2.1.1", "satisfaction"), statement("", "rural"), statement("", "")]
    view, _ = merged(statements=said, at=at, meetings=(NOVEMBER, APRIL, at))
    assert [len(one.statements) for one in view.items] == [1, 0, 0]
    assert [one.topic.id for one in view.topics if one.statements] == ["satisfaction", "rural"]
    assert view.unplaced_statements == (said[3],)
    assert (view.items[2].papers, view.unplaced_papers) == (papers[:1], papers[1:])
    assert [one.id for one in view.previous] == [APRIL.id, NOVEMBER.id]


@given(st.lists(st.tuples(st.sampled_from(["2018-11", "2019-02", "2019-04", "2019-05", "2019-06", "2019-09", "2020-01", ""]))))
def test_no_carried_matter_is_ever_lost(dues: list[tuple[str]]) -> None:
    rows = [matter(due, ref=f"M{number}/2018") for number, (due,) in enumerate(dues)]
    view, _ = merged(matters=rows)
    shown = [one.matter.ref for one in view.matters] + [one.matter.ref for entry in view.forward for one in entry.matters]
    assert sorted(shown) == sorted(one.ref for one in rows)


def test_a_figure_that_differs_from_the_last_pack_is_a_revision() -> None:
    def figure(month: int, value: float | None) -> Observation:
        status = Status.NUMBER if value is not None else Status.SUPPRESSED
        return Observation("satisfied", "force", Period.month(2019, month), value, status, HERE)

    before = [figure(1, 80.0), figure(2, 79.0), figure(3, 0.1 + 0.2), figure(4, None)]
    now = [figure(1, 80.0), figure(2, 78.5), figure(3, 0.3), figure(4, 77.0), figure(5, 76.0)]
    assert [(one.before.value, one.now.value) for one in find_revisions(before, now)] == [(79.0, 78.5)]


def test_an_action_due_on_a_later_day_comes_back_at_the_first_meeting_from_then() -> None:
    later = action("1/2019", raised="2019-04-30-assurance", due=date(2019, 7, 1))
    view, _ = merged(actions=[later, replace(later, ref="2/2019", due=date(2019, 11, 5)), replace(later, ref="3/2019", due=None)])
    assert [(one.occasion.meeting, [each.action.ref for each in one.actions]) for one in view.forward] == [
        (SEPTEMBER, ["1/2019"]),
        (None, ["2/2019"]),
    ]
    assert view.forward[1].occasion.month == Period.month(2019, 11)
