"""The worked example joined together: its meeting, its notes, what they change in the register, its topics. A person looked at what comes of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.errors import InputError
from reportpack.merge.back_fill import fill_in, own_reference, references_given
from reportpack.merge.brought_forward import due_when_called_off
from reportpack.merge.dossier import find_topic, merge_dossier
from reportpack.merge.figures import apply_corrections, find_revisions, with_answers
from reportpack.merge.issuing import answered_rows, issue_notes
from reportpack.merge.letters import asked, invited, letter_standing, letters_standing, officers, reminded
from reportpack.merge.noted import give_references, place_notes
from reportpack.merge.noted_corrections import (
    corrected_rows,
    current_corrections,
    propose_corrections,
    standing_corrections,
)
from reportpack.merge.register_rows import rows_after, standing_rows
from reportpack.model.commitment import CommitmentState
from reportpack.model.correction import CorrectionKind, CorrectionPlace, CorrectionSettled, FoundCorrection
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexIssued, Event, GivenReference, RowChange, Undone
from reportpack.model.letter import Addressee, Letter, LetterKind
from reportpack.model.measure import Correction as FigureCorrection
from reportpack.model.minutes import Assurance, NotedOwner, NotedState, NotedTest
from reportpack.model.noted import NotedView, Restated, SettledCommitment
from reportpack.model.observation import FigureAnswered, Status
from reportpack.model.outbox import (
    AttemptBegun,
    AttemptEnded,
    Delivery,
    LetterEvent,
    LetterQueued,
    LetterRehearsed,
    LetterReported,
    LetterSettled,
    Outcome,
)
from reportpack.model.problem import Problem, Source
from reportpack.model.register_row import RegisterRow
from tests.example import EXPECTED, Example, read_example, with_outcomes
from tests.outline import outline

Golden = Callable[[Path, str], None]
ON = date(2019, 6, 3)
NOON = datetime(2019, 6, 3, 12, tzinfo=UTC)
ELSEWHERE = (
    "minutes",
    "register",
    "agenda",
    "expected",
    "apologies",
    "venue",
    "note_taker",
    "chair",
    "papers",
    "editions",
    "sha256",
)
"""What was read so, and stands in every meeting that is named."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return read_example(tmp_path_factory.mktemp("example"))


def told(value: object) -> str:
    return outline(value, ELSEWHERE)


def test_the_meeting_is_joined_to_what_stands_as_a_person_looked_at_it(example: Example, golden: Golden) -> None:
    view = example.prepared.view
    called_off = due_when_called_off(
        view.meeting, example.prepared.gathered.inputs.meetings, view.register, example.prepared.gathered.settings.office
    )
    golden(EXPECTED / "meeting-joined.txt", told({"view": replace(view, topics=()), "called off": called_off}))
    golden(EXPECTED / "topics-joined.txt", told(tuple(replace(one, matters=(), actions=()) for one in view.topics)))


def test_what_a_sentence_says_of_a_promise_is_found_by_its_reference(example: Example, golden: Golden) -> None:
    """In a paragraph sentence by sentence, in a row of a table as one; the last that says so stands."""
    minutes, settings = example.notes.minutes, example.prepared.gathered.settings
    one = next(each for each in minutes.passages if each.item == "2.1/2")
    words = (
        "It was noted that C1/2018 (the plan) was kept. C2/2019 was not met, and C3/2019 was superseded.",
        "C1/2018 was closed; C4/2019 stands.",
    )
    row = replace(one, words="C3/2019. Kept.", cells=("C3/2019", "Kept."))
    said = replace(minutes, passages=(*minutes.passages, *(replace(one, words=each) for each in words), row))
    register = example.prepared.view.register
    view = place_notes(said, example.notes.view.meeting, example.notes.meetings, settings.office, register)
    golden(EXPECTED / "promises-settled.txt", told(tuple(replace(each, item=view.items[0]) for each in view.settled)))


def test_the_notes_are_joined_to_the_agenda_and_the_register_as_a_person_looked_at_them(example: Example, golden: Golden) -> None:
    golden(EXPECTED / "notes-joined.txt", told(example.notes.view))


# What notes change in the register -------------------------------------------------------------------------------------


def with_promises(view: NotedView) -> NotedView:
    """What was promised with a test, with two, in a month; what was asked, answered and refused; what came of an earlier promise."""
    first = view.commitments[0]
    june = replace(
        first, recorded=True, noted=replace(first.noted, owner="CC", test="4 areas over 80", measure="Victim satisfaction")
    )
    second = replace(june, turn=1, noted=replace(june.noted, tests=(NotedTest("at least 90", None),), measure="999"))
    plain = replace(june, item=None, due=None, noted=replace(first.noted, words="It will be done.", owner=None))
    asked, *rest = view.minutes.questions
    questions = (
        replace(asked, words="Is it so?", answer="It is.", clear=False, item="2.1/2"),
        replace(asked, words="Are we assured?", answer="No.", assurance=Assurance.REFUSED, asked_by=("PCC", "DPCC")),
        replace(asked, words="And why?", answer=None, item=None),
        asked,
        *rest,
    )
    item = view.items[0]
    settled = (
        SettledCommitment("C1/2019", CommitmentState.KEPT, "C1/2019 was kept.", "66", item, Audience.FORCE),
        SettledCommitment("C2/2019", CommitmentState.NOT_KEPT, "C2/2019 was not.", "67", item, Audience.FORCE),
    )
    return replace(
        view,
        commitments=(june, second, plain, *view.commitments[1:]),
        minutes=replace(view.minutes, questions=questions),
        settled=settled,
    )


def with_news(view: NotedView) -> NotedView:
    """News of actions in each state, and outcomes of matters that say why and where to."""
    rich = with_outcomes(view)
    records = next(one for one in rich.actions if one.noted.line == "89")

    def news(ref: str, update: str, state: NotedState = NotedState.OPEN, **more: object) -> object:
        noted = replace(records.noted, ref=ref, state=state, update=update, **more)  # type: ignore[arg-type]
        return replace(records, ref=ref, noted=noted)

    actions = (
        news("1/2019", "Accepted.", NotedState.CLOSED),
        news("15/2018", "It is done.", NotedState.CLOSED),
        news("4/2019", "Put back to 31 July 2019: the survey is late", put_off="Put back to 31 July 2019", due=date(2019, 7, 31)),
        news("16/2018", "Not accepted: the file is empty", due_meeting="2019-09", put_off="Not accepted"),
        news("7/2019", "Half of it."),
        news("10/2019", "accepted"),
        news("5/2019", ""),
        news("8/2019", "To September", due_meeting="2019-09", due=None, put_off="To September"),
        news("99/2019", "Nobody knows it."),
    )
    carried, closed, unknown = rich.matters
    why = "Put back to July, the survey is late"
    matters = (
        replace(carried, noted=replace(carried.noted, outcome=why, returns="2019-07", evidence=("64",))),
        closed,
        replace(unknown, noted=replace(unknown.noted, outcome="")),
    )
    return replace(rich, actions=(*rich.actions, *actions), matters=matters)  # type: ignore[arg-type]


def issued(example: Example, view: NotedView, rows: Sequence[RegisterRow] | None = None, *rest: object) -> object:
    settings = example.prepared.gathered.settings
    earlier, settled = (*rest, None, None)[:2]
    stand = example.notes.standing.rows if rows is None else rows
    own = {} if settled is None else {"settled": settled}
    return issue_notes(view, stand, earlier, settings.office, settings.measures, **own)  # type: ignore[arg-type]


def test_what_the_notes_change_in_the_register_is_what_a_person_looked_at(example: Example, golden: Golden) -> None:
    view = with_promises(example.notes.view)
    first: object = issued(example, view)
    news = issued(example, with_news(example.notes.view))
    again = issued(example, with_news(example.notes.view), rows_after(example.notes.standing.rows, news.changes))  # type: ignore[attr-defined]
    golden(EXPECTED / "notes-issued.txt", told({"first": first, "news": news, "the same again": again}))


def test_notes_that_are_issued_anew_keep_their_references_or_ask(example: Example, golden: Golden) -> None:
    view = with_promises(example.notes.view)
    issue = issued(example, view)
    given: tuple[GivenReference, ...] = issue.given  # type: ignore[attr-defined]
    rows = rows_after(example.notes.standing.rows, issue.changes)  # type: ignore[attr-defined]
    earlier = AnnexIssued(view.meeting.id, "minutes/a.md", "0" * 64, ON, 1, given)
    note, back, records, *others = view.actions
    reworded = replace(records, noted=replace(records.noted, words="DCC to have the records read."))
    added = replace(records, noted=replace(records.noted, words="CC to write.", line="91"))
    answered = tuple(replace(one, answer="Since then.") if one.answer is None else one for one in view.minutes.questions)
    minutes = replace(view.minutes, questions=answered)
    one_new = replace(view, minutes=minutes, actions=(note, back, reworded, *others))
    two_new = replace(one_new, actions=(note, back, reworded, added, *others[1:]))
    ref = next(one.ref for one in given if one.words == records.noted.words)
    gone = next(one.ref for one in given if one.words == others[0].noted.words)
    owner = (NotedOwner("the DCC", "dcc"), NotedOwner("The ACC"))
    filled = [
        replace(one, noted=replace(one.noted, owners=owner, due=date(2019, 8, 1))) for one in give_references(view, given).actions
    ]
    golden(
        EXPECTED / "notes-issued-anew.txt",
        told(
            {
                "as they were": issued(example, view, rows, earlier),
                "one is new": issued(example, one_new, rows, earlier),
                "two are new": issued(example, two_new, rows, earlier),
                "the same": issued(example, one_new, rows, earlier, Restated(((ref, ""),))),
                "the same by its line": issued(example, two_new, rows, earlier, Restated(((ref, "line 91"),), frozenset({gone}))),
                "the same by its words": issued(
                    example, two_new, rows, earlier, Restated(((ref, "the records"),), frozenset({gone}))
                ),
                "no such words": issued(example, two_new, rows, earlier, Restated(((ref, "elephants"), ("77/2019", "")))),
                "answered": answered_rows(replace(one_new, actions=tuple(filled)), rows, earlier),
            }
        ),
    )


def found_corrections(example: Example) -> Iterator[FoundCorrection]:
    """Of each kind: in a row, at an item, at no item, of an action's words, of its owner, a row added and one taken out."""
    passage = "ACTION – DCC to have 100 records of violence without injury read again, and to report by 30 August 2019 how many would not have been recorded in 2017."
    words = "DCC to have 100 records of violence without injury read again, and to report by 30 August 2019 how many would not have been recorded in 2017."
    item = CorrectionPlace("Notes", "2.1.3 Total Recorded Crime")
    yield FoundCorrection(CorrectionKind.CHANGE, item, passage, passage.find("100"), "100", "120", author="Philippa Orme")
    yield FoundCorrection(CorrectionKind.COMMENT, item, passage, comment="Is it so many?", author="Philippa Orme")
    yield FoundCorrection(
        CorrectionKind.CHANGE, CorrectionPlace("Notes", "2.1.1 Confidence"), "Nobody said this.", 0, "Nobody", "He"
    )
    yield FoundCorrection(CorrectionKind.CHANGE, CorrectionPlace("Attendance"), "Present", 0, "Present", "There")
    row = replace(CorrectionPlace("Actions arising"), row="13/2019")
    for column, was, reads in (
        ("Owner", "CC", "ACC"),
        ("Due, and the item it arose at", "Not stated", "30 August 2019"),
        ("Action", words, ""),
    ):
        yield FoundCorrection(CorrectionKind.CHANGE, replace(row, column=column), was, 0, was, reads, tracked=False)
    yield FoundCorrection(CorrectionKind.CHANGE, replace(row, row="M2/2018", column="Outcome"), "None", 0, "None", "Carried")
    typed = "Action: ACC to write.\nOwner: ACC\nDue, and the item it arose at: To come back: 30 August 2019\n2.1.1"
    yield FoundCorrection(CorrectionKind.ADDED, CorrectionPlace("Actions arising"), inserted=typed)
    yield FoundCorrection(
        CorrectionKind.ADDED,
        CorrectionPlace("Actions arising"),
        inserted="Action: ACC to ask.\nDue, and the item it arose at: not stated",
    )
    yield FoundCorrection(CorrectionKind.ADDED, CorrectionPlace("Actions arising"), inserted="Owner: ACC")
    yield FoundCorrection(CorrectionKind.REMOVED, replace(row, row="14/2019"), removed="The whole row")
    yield FoundCorrection(CorrectionKind.REMOVED, replace(row, row="88/2019"), removed="No such row")


def test_corrections_have_a_place_a_number_and_an_effect_that_can_be_taken_back(example: Example, golden: Golden) -> None:
    issue = issued(example, example.notes.view)
    view = give_references(example.notes.view, issue.given)  # type: ignore[attr-defined]
    rows = rows_after(example.notes.standing.rows, issue.changes)  # type: ignore[attr-defined]
    found = tuple(found_corrections(example))
    first = propose_corrections(found[:3], (), view, 1, Audience.FORCE, "a.docx", "a" * 64)
    events = [Event(one, NOON, "reportpack") for one in first]
    known = standing_corrections(events)
    rest = propose_corrections((*found, found[-1]), known, view, 2, Audience.OFFICE, "b.docx", "b" * 64)
    said = [CorrectionSettled(view.meeting.id, one.number, accepted=one.number != 2, on=ON) for one in (*first, *rest)]
    own = [
        CorrectionSettled(view.meeting.id, 1, accepted=True, on=ON, words="130"),
        CorrectionSettled(view.meeting.id, 99, accepted=True, on=ON),
    ]
    stand = standing_corrections(
        [*events, *(Event(one, NOON) for one in rest), *(Event(one, NOON, "Ellis") for one in (*said, *own))]
    )
    changes = corrected_rows(stand, view, rows)
    after = rows_after(rows, changes)
    golden(
        EXPECTED / "corrections.txt",
        told(
            {
                "proposed": tuple((one.number, one.audience, one.found.place) for one in (*first, *rest)),
                "standing": tuple((one.number, one.accepted, one.by, *one.reading) for one in stand),
                "current": tuple(one.number for one in current_corrections(stand, 2, view)),
                "changes": changes,
                "taken back": corrected_rows(stand, view, after, back=True),
            }
        ),
    )


def test_old_notes_are_taken_in_as_a_person_looked_at_it(example: Example, golden: Golden) -> None:
    settings, view = example.prepared.gathered.settings, with_promises(example.notes.view)
    records = next(one for one in view.actions if one.noted.line == "89")

    def old(ref: str, words: str, state: NotedState = NotedState.CLOSED) -> object:
        return replace(records, ref=ref, noted=replace(records.noted, ref=ref or None, words=words, state=state))

    stands = {row.ref: row.words for row in example.notes.standing.rows}
    actions = (
        old("4/2019", stands["4/2019"]),
        old("5/2019", stands["5/2019"]),
        old("7/2019", "Something else about zebras and their stripes altogether."),
        old("8/19", "8/19"),
        old("40/2019", "CC to count the zebras of the county.", NotedState.NEW),
        old("41/2019", "CC to say how many zebras there were.", NotedState.OPEN),
        old("42/18", "Complete"),
        old("", f"{stands['11/2019'].rstrip('.')} (completed)"),
        old("", f"{stands['12/2019'][:-4]} now.", NotedState.NEW),
        old("", "CC to paint the zebras.", NotedState.CLOSED),
        old("3", "CC to feed the zebras.", NotedState.CLOSED),
    )
    rich = replace(view, actions=(*view.actions, *actions))  # type: ignore[arg-type]
    own = frozenset({("Actions", "4/2019"), ("Actions", "11/2019")})
    filled = fill_in(rich, example.notes.standing.rows, own, frozenset({"43/2019"}), settings.office, settings.measures)
    noted = replace(view.minutes, actions=tuple(one.noted for one in rich.actions))
    written = ("17/2022", " 017/22 ", "3", "AP1", "5/1999", "12345/2019")
    golden(
        EXPECTED / "notes-taken-in.txt",
        told({"filled": filled, "given": tuple(references_given([noted])), "written": tuple(map(own_reference, written))}),
    )


# Topics, figures, letters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Satisfaction", "criminal justice performance", "SOC"])
def test_everything_on_a_topic_is_joined_as_a_person_looked_at_it(example: Example, name: str, golden: Golden) -> None:
    prepared = example.prepared
    inputs, settings = prepared.gathered.inputs, prepared.gathered.settings
    topic = find_topic(name, settings.office)
    news = issued(example, with_news(with_promises(example.notes.view))).changes  # type: ignore[attr-defined]
    events = [Event(one, NOON, number=at) for at, one in enumerate((*news, *news[:3]), start=1)]
    undone = [Event(Undone(1, "a slip"), NOON, number=len(events) + 1)]
    said = tuple(one for view in prepared.view.topics for one in view.statements)
    view = merge_dossier(topic, prepared.view, inputs, settings.office, settings.measures, said, [*events, *undone], ())
    own = view.agenda.topic(topic.id)
    golden(EXPECTED / f"topic-{topic.id}.txt", told((topic, view.below, own, view.lives)))


def test_a_topic_that_is_none_is_told_the_nearest(example: Example) -> None:
    office = example.prepared.gathered.settings.office
    with pytest.raises(InputError, match="No topic is called") as near:
        find_topic("Satisfacton", office)
    with pytest.raises(InputError, match="No topic is called") as none:
        find_topic("zzzz", office)
    assert "Nearest to it: Satisfaction" in str(near.value.remedy)
    assert "The topics in office.toml are: " in str(none.value.remedy)


def test_figures_are_put_right_answered_and_revised_as_a_person_looked_at_it(example: Example, golden: Golden) -> None:
    settings = example.prepared.gathered.settings
    figures = [
        one for one in example.prepared.gathered.inputs.observations if one.measure == "confidence" and one.area == "west-mercia"
    ][-6:]
    first, second, third, fourth, *others = figures
    hidden = replace(second, value=None, status=Status.TEXT, raw="0", marks=("[x hidden]",))
    doubted = replace(first, doubt="It is far off.", raw="77")
    figures = [doubted, hidden, third, fourth, *others]
    confidence = next(one for one in settings.measures if one.id == "confidence")
    late, early, month = others[-1].period.shifted(3), first.period.shifted(-30), third.period
    put_right = (
        FigureCorrection("", month, 12.5, 1, 8, by="Lena Marsh", on=ON, reason="A slip."),
        FigureCorrection("west-mercia", fourth.period, fourth.value or 0.0, by="Lena Marsh", on=ON),
        FigureCorrection("", late, 80.0),
        FigureCorrection("", early, 70.0),
        FigureCorrection("shropshire", month, 60.0),
    )
    stand, corrected, problems = apply_corrections(figures, [replace(confidence, corrections=put_right)], settings.office)

    def answer(one: object, raw: str, value: float | None, day: int) -> Event:
        place = one.source  # type: ignore[attr-defined]
        what = FigureAnswered(place.file, place.sheet, place.cell, raw, "It is right.", value)
        return Event(what, datetime(2019, 5, day, tzinfo=UTC), "Ellis")

    answers = [
        answer(doubted, "77", None, 2),
        answer(hidden, "0", None, 2),
        answer(third, third.raw, 79.0, 3),
        answer(fourth, "other", None, 2),
        answer(others[0], others[0].raw, None, 30),
    ]
    both = Source(doubted.source.file, doubted.source.sheet, f"{doubted.source.cell}, {hidden.source.cell}")
    asked_about = (
        Problem("doubt", doubted.source, "One.", "Look."),
        Problem("doubts", both, "Two.", "Look."),
        Problem("more", replace(both, cell=f"{both.cell} and 3 more"), "More.", "Look."),
        Problem("other", others[0].source, "Not by then.", "Look."),
    )
    known = replace(settings, measures=(confidence,))
    answered, told_so = with_answers(known, figures, asked_about, answers, date(2019, 5, 20))
    unasked = with_answers(known, figures, asked_about, answers[3:], date(2019, 5, 20))
    nearly = [replace(one, value=(one.value or 0) * (1 + 1e-12)) for one in (third, fourth)]
    moved = [replace(others[0], value=(others[0].value or 0) + 1e-6), replace(others[1], value=None, status=Status.TEXT), doubted]
    golden(
        EXPECTED / "figures-put-right.txt",
        told(
            {
                "figures": tuple((one.area, one.period.label, one.value, one.numerator, one.marks, one.cells) for one in stand),
                "corrected": tuple((one.before is None, one.now.period.label, one.now.value, one.now.raw) for one in corrected),
                "problems": problems,
                "answered": tuple((one.period.label, one.value, one.status, one.marks, one.doubt) for one in told_so),
                "accepted": answered.office.accepted,
                "corrections": answered.measures[0].corrections,
                "nothing answered": unasked[0] == known and list(unasked[1]) == figures,
                "revised": tuple((one.now.period.label, one.since) for one in find_revisions(figures, [*nearly, *moved], "v1")),
            }
        ),
    )


def test_where_a_letter_stands_after_everything_that_can_happen_to_it(golden: Golden) -> None:
    to = Addressee("Tom", "tom@force.example", "cc", Audience.FORCE)
    letter = Letter(LetterKind.PACK, "m", "briefing-pack", 1, Audience.FORCE, to, "Subject", "Text", "")
    queued = LetterQueued(letter.key, letter, "a@b.example", "", "<1@b>", "now")
    key = letter.key
    begun, late = AttemptBegun("m", key, "mail"), LetterReported("m", key, Delivery.LATE)
    cases: dict[str, tuple[LetterEvent, ...]] = {
        "never queued": (begun,),
        "queued": (queued,),
        "begun": (queued, begun),
        **{one.value: (queued, begun, AttemptEnded("m", key, one, "250 ok")) for one in Outcome},
        "twice": (
            queued,
            begun,
            AttemptEnded("m", key, Outcome.PUT_OFF, "later"),
            begun,
            AttemptEnded("m", key, Outcome.ACCEPTED, "ok"),
            late,
        ),
        "came back": (
            queued,
            begun,
            AttemptEnded("m", key, Outcome.ACCEPTED),
            LetterReported("m", key, Delivery.CAME_BACK, "no such box"),
        ),
        "rehearsed": (queued, LetterRehearsed("m", key, "a.eml")),
        "settled as sent": (queued, begun, LetterSettled("m", key, sent=True)),
        "settled as not sent": (queued, begun, LetterSettled("m", key, sent=False)),
        "to be sent again": (queued, begun, LetterSettled("m", key, sent=False, again=True), queued),
        "settled, and why": (queued, begun, LetterSettled("m", key, sent=True, why="He has it")),
    }
    standing = {
        name: letter_standing(
            Event(one, datetime(2019, 6, at, tzinfo=UTC), "Ellis", at) for at, one in enumerate(happened, start=1)
        )
        for name, happened in cases.items()
    }
    golden(EXPECTED / "letters-standing.txt", outline(standing, without=("queued",)))
    events = [Event(queued, NOON), Event(begun, NOON), Event(RowChange("Actions", "1/2019", (), ""), NOON)]
    assert [one.attempts for one in letters_standing(events)] == [1]


def test_whom_letters_go_to_is_what_a_person_looked_at(example: Example, golden: Golden) -> None:
    office = example.prepared.gathered.settings.office
    first, *rest = office.recipients
    office = replace(
        office, recipients=(replace(first, series=("public",)), *rest, replace(rest[-1], post="po", email="HPA@force.example"))
    )
    people = {
        "asked": asked(office, ON),
        "asked of a public meeting": asked(office, ON, "public"),
        **{f"reminded, {post.id}": reminded(office, ON, post.id) for post in office.posts},
        "invited": invited(office, ON, "assurance"),
        "invited to a public meeting": invited(office, ON, "public"),
        "officers": officers(office, ON, "po"),
        "before anybody came": officers(office, date(2010, 1, 1), "po"),
    }
    golden(EXPECTED / "addressees.txt", outline(people))


def test_rows_stand_as_their_events_leave_them(example: Example) -> None:
    rows = example.notes.standing.rows
    events = [Event(RowChange.adding(one, one.ref, "a test"), NOON, number=at) for at, one in enumerate(rows, start=1)]
    stand = standing_rows([*events, Event(Undone(2, "a slip"), NOON)])
    assert [one.ref for one in stand] == [one.ref for at, one in enumerate(rows) if at != 1]
